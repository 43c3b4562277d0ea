// Rows as far as they were fetched: pages in any order, each row once, notes, what they cost.
#include "model/table_stage.h"

#include <stdio.h>
#include <time.h>

static void test_pages_come_in_any_order(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    assert_int_equal(table_rows(t), 0);
    assert_null(table_id(t, 0));
    table_set_rows(t, 10);
    expect(t, ". . . . . . . . . .");
    assert_int_equal(put(t, 3, "9,Ina|10,Jo"), 0);
    expect(t, ". . . . . . . . 9 10");
    assert_int_equal(put(t, 1, "1,Ana|2,Bo|3,Cy|4,Di"), 0);
    expect(t, "1 2 3 4 . . . . 9 10");
    assert_true(table_has_page(t, 1));
    assert_false(table_has_page(t, 2));
    assert_false(table_has_page(t, 0));
    assert_false(table_has_page(t, 4));
    assert_int_equal(table_page_of(t, 4), 2);
    assert_int_equal(table_page_of(t, 7), 2);
    assert_int_equal(table_fetched(t), 6);
    assert_string_equal(table_cell(t, 8, NAME), "Ina");
    assert_string_equal(table_cell(t, 8, SCORE), "");
    assert_null(table_cell(t, 5, NAME));
    assert_int_equal(table_place(t, "10"), 9);
    assert_int_equal(table_place(t, "11"), TABLE_NONE);
    table_free(t);
}

static void test_rows_that_came_twice_are_dropped(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 12);
    assert_int_equal(put(t, 1, "1,A|2,B|3,C|4,D"), 0);
    assert_int_equal(put(t, 2, "4,D|5,E|6,F|6,F"), 2);
    expect(t, "1 2 3 4 5 6 . . . .");
    assert_int_equal(table_page_of(t, 6), 3);
    assert_int_equal(table_place(t, "6"), 5);
    // Rows past rpp are not the page's; rows without an id are never the same.
    assert_int_equal(put(t, 3, "-,G|-,H|9,I|10,J|11,K"), 1);
    expect(t, "1 2 3 4 5 6   9 10");
    table_free(t);
}

static void test_a_page_takes_the_place_of_itself(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 8);
    (void)put(t, 1, "1,A|2,B|3,C|4,D");
    sort(t, NAME, COLUMN_TEXT, false);
    assert_int_equal(put(t, 1, "4,D|1,A|7,G"), 0);
    expect(t, "4 1 7 . . . .");
    sort(t, NAME, COLUMN_TEXT, false);
    expect(t, "7 4 1 . . . .");
    assert_int_equal(table_place(t, "2"), TABLE_NONE);
    assert_int_equal(table_place(t, "7"), 0);
    table_unorder(t);
    expect(t, "4 1 7 . . . .");
    table_free(t);
}

static void test_the_end_moves(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 9);
    (void)put(t, 1, "1|2|3|4");
    table_set_rows(t, 5);
    expect(t, "1 2 3 4 .");
    table_set_rows(t, 2); // what came stays
    expect(t, "1 2 3 4");
    table_set_rows(t, 6);
    expect(t, "1 2 3 4 . .");
    table_set_rows(t, 0);
    expect(t, "1 2 3 4");
    table_free(t);
}

static void test_notes_go_by_id(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);
    struct page p = page_of("1,A|1,A|3,C");
    const struct row_note notes[] = {
        {STANDING_NEW, true, 0}, {STANDING_HELD, true, 1}, {STANDING_OWNED, true, 7}};

    (void)state;
    (void)table_put(t, 1, &p, notes);
    page_free(&p);
    assert_int_equal(table_note(t, 0)->standing, STANDING_NEW);
    assert_int_equal(table_note(t, 1)->standing, STANDING_OWNED);
    assert_int_equal(table_note(t, 1)->free_until, 7);
    assert_null(table_note(t, 2));
    (void)put(t, 2, "5,E");
    assert_null(table_note(t, 2));
    table_set_notes(t, 2, &(struct row_note){.standing = STANDING_NEW}, 1);
    sort(t, NAME, COLUMN_TEXT, false);
    table_set_note(t, "5", (struct row_note){STANDING_IN_DOUBT, true, 0});
    table_set_note(t, "nobody", (struct row_note){STANDING_HELD, true, 0});
    assert_int_equal(table_note(t, 0)->standing, STANDING_IN_DOUBT);
    assert_int_equal(table_note(t, 2)->standing, STANDING_NEW);
    table_free(t);
}

static void test_a_share_lives_by_itself(void **state)
{
    struct table *t = table_new(COLUMNS, RPP), *copy;

    (void)state;
    table_set_rows(t, 6);
    (void)put(t, 1, "1,B|2,A|3,C|4,D");
    sort(t, NAME, COLUMN_TEXT, true);
    copy = table_share(t);
    (void)put(t, 1, "9,Z");
    expect(copy, "2 1 3 4 . .");
    table_free(t);
    expect(copy, "2 1 3 4 . .");
    assert_string_equal(table_cell(copy, 1, NAME), "B");
    table_free(copy);
}

static void test_long_texts(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);
    struct page p = page_of("1,A|2,B");
    char *text = mem_alloc(100001);

    (void)state;
    memset(text, 'x', 100000);
    text[100000] = '\0';
    page_cell(&p, &p.rows[0], SCORE, text, 100000);
    (void)table_put(t, 1, &p, NULL);
    page_free(&p);
    assert_string_equal(table_cell(t, 0, SCORE), text);
    assert_string_equal(table_cell(t, 1, NAME), "B");
    assert_string_equal(table_id(t, 1), "2");
    free(text);
    table_free(t);
}

static double now_ms(void)
{
    struct timespec ts;

    (void)clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

// A contact as the sandbox invents them: names, title and company of people, dates, flags.
static void add_contact(struct page *p, unsigned n)
{
    static const char *const flags[] = {"true", "false"};
    const struct entity *contact = &entity_contact;
    struct row *r = page_add(p, contact->search.n_columns);
    char text[80];

    r->id = page_text(p, text, (size_t)snprintf(text, sizeof(text), "%d", (int)(n * 2654435761u)));
    for (size_t i = 0; i < contact->search.n_columns; i++) {
        const struct column *c = &contact->search.columns[i];

        switch (c->type) {
        case COLUMN_FLAG:
            (void)snprintf(text, sizeof(text), "%s", flags[n >> (i % 8) & 1]);
            break;
        case COLUMN_DATE:
            (void)snprintf(text, sizeof(text), "2024-%02u-%02u %02u:%02u", n % 12 + 1, n % 28 + 1,
                           n % 24, n % 60);
            break;
        case COLUMN_NUMBER:
            (void)snprintf(text, sizeof(text), "%u", 70 + n % 30);
            break;
        default:
            (void)snprintf(text, sizeof(text), "%.*s %u", c->width - 4,
                           "Vice President, Digital Marketing", n * 7919 % 9973);
        }
        page_cell(p, r, i, text, strlen(text));
    }
}

static void test_ten_thousand_contacts(void **state)
{
    enum { ROWS = 10000, EACH = 100, BYTES = 3500000 };
    const struct search_operation *op = &entity_contact.search;
    struct table *t = table_new(op->n_columns, EACH);
    double at[4];

    (void)state;
    table_set_rows(t, ROWS);
    at[0] = now_ms();
    for (int i = 0; i < ROWS / EACH; i++) {
        struct page p = {0};

        for (unsigned k = 0; k < EACH; k++)
            add_contact(&p, (unsigned)(i * EACH) + k);
        assert_int_equal(table_put(t, i + 1, &p, NULL), 0);
        page_free(&p);
    }
    assert_int_equal(table_fetched(t), ROWS);
    at[1] = now_ms();
    sort(t, 4, COLUMN_TEXT, true);
    at[2] = now_ms();
    assert_int_equal(find(t, "not there", 0, 1), TABLE_NONE);
    at[3] = now_ms();
    (void)printf("10,000 contacts: %zu bytes; made and put in %.1f ms, sorted in %.1f, searched in "
                 "%.1f\n",
                 table_bytes(t), at[1] - at[0], at[2] - at[1], at[3] - at[2]);
    assert_true(table_bytes(t) < BYTES);
    table_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_come_in_any_order),
        cmocka_unit_test(test_rows_that_came_twice_are_dropped),
        cmocka_unit_test(test_a_page_takes_the_place_of_itself),
        cmocka_unit_test(test_the_end_moves),
        cmocka_unit_test(test_notes_go_by_id),
        cmocka_unit_test(test_a_share_lives_by_itself),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_ten_thousand_contacts),
    };

    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
