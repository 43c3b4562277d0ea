// Conditions on columns, row by row and block by block.
#include "support/test.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "sandbox/search/filter.h"

enum { ROWS = 10000 };

static uint8_t bytes[ROWS];
static uint16_t shorts[ROWS];
static uint32_t pairs[ROWS][2];
static uint64_t words[ROWS][2];

static int setup(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < ROWS; i++) {
        bytes[i] = (uint8_t)(i * 7);
        shorts[i] = (uint16_t)(i * 13);
        pairs[i][0] = i * 31 % 1000;
        pairs[i][1] = i % 9 ? i % 500 : UINT32_MAX;
        words[i][0] = (uint64_t)1 << i % 64;
        words[i][1] = i % 5 == 0;
    }
    return 0;
}

// pass[i] is what holds() says of each row, and filter_holds() says the same.
static void check(struct filter_list *l, bool (*holds)(uint32_t row))
{
    uint8_t pass[ROWS];
    uint32_t n = 0;

    memset(pass, 1, sizeof(pass));
    filter_run(l, ROWS, pass);
    for (uint32_t i = 0; i < ROWS; i++) {
        assert_int_equal(pass[i], holds(i));
        assert_int_equal(filter_holds(l, NULL, i), holds(i));
        n += pass[i];
    }
    assert_in_range(n, 1, ROWS - 1);
    filter_list_free(l);
}

static bool in_bytes(uint32_t i)
{
    return bytes[i] < 100;
}

static void test_table_of_bytes(void **state)
{
    struct filter_list l = {0};
    uint8_t *table = filter_table(&l, 256);

    (void)state;
    memset(table, 1, 100);
    filter_add(&l, NULL, filter_in_table((struct filter_column){bytes, 1, 1, 1}, table, 256),
               false);
    check(&l, in_bytes);
}

static bool not_both(uint32_t i)
{
    return bytes[i] >= 100 && shorts[i] == 26 * 13;
}

static void test_groups_are_anded_and_negated(void **state)
{
    struct filter_list l = {0};
    uint8_t *table = filter_table(&l, 256), *others = filter_table(&l, 65536);

    (void)state;
    memset(table, 1, 100);
    others[26 * 13] = 1;
    filter_add(&l, NULL, filter_in_table((struct filter_column){bytes, 1, 1, 1}, table, 256), true);
    filter_add(&l, NULL, filter_in_table((struct filter_column){shorts, 2, 1, 1}, others, 65536),
               false);
    check(&l, not_both);
}

static bool any_of_pair(uint32_t i)
{
    return pairs[i][0] == 5 || pairs[i][1] == 5 || pairs[i][0] == 499 || pairs[i][1] == 499;
}

// Values past the table, such as "none", never have it.
static void test_table_of_longs(void **state)
{
    struct filter_list l = {0};
    uint8_t *table = filter_table(&l, 500);

    (void)state;
    table[5] = table[499] = 1;
    filter_add(&l, NULL, filter_in_table((struct filter_column){pairs, 4, 2, 2}, table, 500),
               false);
    check(&l, any_of_pair);
}

static bool in_range(uint32_t i)
{
    return pairs[i][1] >= 100 && pairs[i][1] <= 200;
}

static void test_range_of_a_later_cell(void **state)
{
    struct filter_list l = {0};

    (void)state;
    filter_add(&l, NULL, filter_in_range((struct filter_column){&pairs[0][1], 4, 1, 2}, 100, 200),
               false);
    check(&l, in_range);
}

static bool any_bit(uint32_t i)
{
    return i % 64 == 63 || i % 5 == 0;
}

static void test_bits(void **state)
{
    static const uint64_t mask[] = {(uint64_t)1 << 63, 1};
    struct filter_list l = {0};

    (void)state;
    filter_add(&l, NULL, filter_any_bit((struct filter_column){words, 8, 2, 2}, mask), false);
    check(&l, any_bit);
}

static bool in_either(uint32_t i)
{
    return i == 4095 || i == 4096 || i == ROWS - 1 || bytes[i] < 100;
}

static void test_either(void **state)
{
    struct filter_list l = {0};
    uint8_t *rows = filter_table(&l, ROWS), *table = filter_table(&l, 256);

    (void)state;
    rows[4095] = rows[4096] = rows[ROWS - 1] = 1;
    memset(table, 1, 100);
    filter_add(&l, NULL, filter_in_rows(rows), false);
    filter_or(&l, filter_in_table((struct filter_column){bytes, 1, 1, 1}, table, 256));
    check(&l, in_either);
}

static void test_owners(void **state)
{
    struct filter_list l = {0};
    uint8_t *none = filter_table(&l, ROWS);
    int a, b, c;

    (void)state;
    filter_add(&l, &a, filter_in_rows(none), true);
    filter_add(&l, &b, filter_in_rows(none), false);
    assert_true(filter_holds(&l, &a, 7));
    assert_false(filter_holds(&l, &b, 7));
    assert_true(filter_holds(&l, &c, 7));
    assert_false(filter_holds(&l, NULL, 7));
    filter_list_free(&l);
}

static void test_places(void **state)
{
    static const struct {
        enum filter_place place;
        bool neither, hq, home, both, unknown, unknown_hq;
    } cases[] = {
        {PLACE_HOME_OR_HQ, false, true, true, true, false, true},
        {PLACE_HOME_AND_HQ, false, false, false, true, false, false},
        {PLACE_HOME, false, false, true, true, false, false},
        {PLACE_HQ, false, true, false, true, false, true},
        {PLACE_HOME_THEN_HQ, false, false, true, true, false, true},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(filter_place_fits(cases[i].place, true, false, false), cases[i].neither);
        assert_int_equal(filter_place_fits(cases[i].place, true, false, true), cases[i].hq);
        assert_int_equal(filter_place_fits(cases[i].place, true, true, false), cases[i].home);
        assert_int_equal(filter_place_fits(cases[i].place, true, true, true), cases[i].both);
        assert_int_equal(filter_place_fits(cases[i].place, false, false, false), cases[i].unknown);
        assert_int_equal(filter_place_fits(cases[i].place, false, false, true),
                         cases[i].unknown_hq);
    }
}

static void test_no_conditions_pass_all(void **state)
{
    struct filter_list l = {0};
    uint8_t pass[3] = {1, 0, 1};

    (void)state;
    filter_run(&l, 3, pass);
    assert_int_equal(pass[0] + pass[1] + pass[2], 2);
    filter_list_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_of_bytes),
        cmocka_unit_test(test_groups_are_anded_and_negated),
        cmocka_unit_test(test_table_of_longs),
        cmocka_unit_test(test_range_of_a_later_cell),
        cmocka_unit_test(test_bits),
        cmocka_unit_test(test_either),
        cmocka_unit_test(test_owners),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_no_conditions_pass_all),
    };

    return cmocka_run_group_tests_name("sandbox-filter-rows", tests, setup, NULL);
}
