// Filters with more values than a request takes, parted.
#include "support/test.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "model/query_split.h"
#include "model/query_text.h"

static const struct input *input(const struct query *q, const char *name)
{
    return entity_input(q->entity, name, BOUND_NONE);
}

// n values of `digits` digits.
static void put(struct query *q, const char *name, size_t n, int digits)
{
    char **values = mem_array(n, sizeof(*values));

    for (size_t i = 0; i < n; i++)
        values[i] = str_format("%0*zu", digits, i);
    query_put(q, input(q, name), (const char *const *)values, n);
    for (size_t i = 0; i < n; i++)
        free(values[i]);
    free(values);
}

static void test_short_sets_stay_one(void **state)
{
    struct query q = query_new(&entity_contact);
    struct query_parts parts;
    struct err e;

    (void)state;
    put(&q, "zipCode", 83, 5);
    assert_false(query_long(&q));
    assert_true(query_split(&q, &parts, &e));
    assert_int_equal(parts.n, 1);
    assert_int_equal(parts.items[0].filters[0].n_values, 83);
    query_parts_free(&parts);
    query_free(&q);
}

static size_t length(const struct filter *f)
{
    struct str wire = {0};
    size_t n;

    filter_wire(f, &wire);
    n = wire.len;
    str_free(&wire);
    return n;
}

// Every value in one part, in order, each part as full as it can be.
static void check_parts(size_t n, int digits, size_t each)
{
    struct query q = query_new(&entity_contact);
    struct query_parts parts;
    struct str text = {0};
    struct err e;
    size_t at = 0;

    put(&q, "zipCode", n, digits);
    assert_true(query_where(&q, "firstName=Ana", &e));
    assert_true(query_long(&q));
    assert_true(query_split(&q, &parts, &e));
    assert_int_equal(parts.n, (n + each - 1) / each);
    for (size_t i = 0; i < parts.n; i++) {
        const struct filter *f = &parts.items[i].filters[0];

        assert_int_equal(parts.items[i].n_filters, 2);
        assert_string_equal(parts.items[i].filters[1].text, "Ana");
        assert_true(length(f) <= VALUE_MAX);
        assert_true(query_check(&parts.items[i], &e));
        for (size_t k = 0; k < f->n_values; k++, at++)
            assert_string_equal(f->values[k], q.filters[0].values[at]);
        query_text(&parts.items[i], &text);
    }
    assert_int_equal(at, n);
    assert_non_null(strstr(str_text(&text), "zipCode = 00"));
    str_free(&text);
    query_parts_free(&parts);
    query_free(&q);
}

static void test_long_sets_are_parted(void **state)
{
    (void)state;
    check_parts(84, 5, 83);
    check_parts(10000, 5, 83);
    check_parts(167, 5, 83);
    check_parts(3, 499, 1);
}

static void test_two_long_sets_are_crossed(void **state)
{
    struct query q = query_new(&entity_contact);
    struct query_parts parts;
    struct map seen = {0};
    struct err e;

    (void)state;
    put(&q, "zipCode", 100, 5);
    put(&q, "companyId", 200, 9);
    assert_true(query_split(&q, &parts, &e));
    assert_int_equal(parts.n, 2 * 4);
    for (size_t i = 0; i < parts.n; i++) {
        struct str text = {0};

        query_text(&parts.items[i], &text);
        assert_null(map_put(&seen, str_text(&text), &q));
        str_free(&text);
    }
    map_free(&seen, NULL);
    query_parts_free(&parts);
    put(&q, "lastName", 1, 10);
    put(&q, "emailAddress", 10000, 90);
    put(&q, "hashedEmail", 10000, 90);
    assert_false(query_split(&q, &parts, &e));
    assert_non_null(strstr(e.text, "would take more than 20000 searches"));
    query_free(&q);
}

// What excludes, or must hold altogether, or is an expression, means another thing in parts.
static void test_what_cannot_be_parted(void **state)
{
    static const struct {
        const char *input, *value;
        bool splits;
    } cases[] = {
        {"companyName", "A or B", true},      {"companyName", "A OR B", true},
        {"companyName", "A NOT B", false},    {"companyName", "KNOT B", true},
        {"companyName", "\"A NOT B\"", true}, {"industryKeywords", "A AND B", false},
        {"excludeJobTitle", "Intern", false}, {"excludedRegions", "usa", false},
        {"requiredFields", "email", false},   {"phone", "1", false}, // an array has no limit
        {"zipCode", "10001", true},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct query q = query_new(&entity_contact);
        struct query_faults to;
        struct err e;

        query_put(&q, input(&q, cases[i].input), &cases[i].value, 1);
        put(&q, cases[i].input, 100, 9);
        if (query_splits(&q, &q.filters[0]) != cases[i].splits)
            fail_msg("%s = %s", cases[i].input, cases[i].value);
        to = query_first_fault(&e);
        to.long_lists = true;
        if (!str_eq(cases[i].input, "phone"))
            assert_int_equal(query_check_all(&q, &to) == 0, cases[i].splits);
        query_free(&q);
    }
}

// A value put is read back from the text as it was.
static void test_put_survives(void **state)
{
    static const char *const odd[] = {"Initech, Inc.", "\"A AND B\"", "5\" pipe", "'", " x ",
                                      "a\"",           "\"",          "李, 明",   "#", "="};
    struct query q = query_new(&entity_contact), again = query_new(&entity_contact);
    struct str text = {0};
    struct err e;

    (void)state;
    query_put(&q, input(&q, "companyTicker"), odd, ARRAY_LEN(odd));
    query_put(&q, input(&q, "school"), odd, 1);
    query_text(&q, &text);
    for (char *rest = text.data, *line; (line = strsep(&rest, "\n")) != NULL;)
        assert_true(query_read(&again, line, &e));
    for (size_t i = 0; i < ARRAY_LEN(odd); i++)
        assert_string_equal(again.filters[0].values[i], odd[i]);
    assert_string_equal(again.filters[1].values[0], odd[0]);
    str_free(&text);
    query_free(&q);
    query_free(&again);
}

static int locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short_sets_stay_one),
        cmocka_unit_test(test_long_sets_are_parted),
        cmocka_unit_test(test_two_long_sets_are_crossed),
        cmocka_unit_test(test_what_cannot_be_parted),
        cmocka_unit_test(test_put_survives),
    };

    return cmocka_run_group_tests_name("model/query_split", tests, locale, NULL);
}
