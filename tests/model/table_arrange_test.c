// The rows of a table put in order, sifted, searched and counted.
#include "model/table_stage.h"

static void test_sort_by_type(void **state)
{
    static const struct {
        size_t column;
        enum column_type type;
        bool ascending;
        const char *ids;
    } cases[] = {
        {NAME, COLUMN_TEXT, true, "2 3 1 4 6 5"}, // anna ÄMIL=ämil émile, empty last
        {NAME, COLUMN_TEXT, false, "6 1 4 3 2 5"},
        {SCORE, COLUMN_NUMBER, true, "3 1 2 6 4 5"}, // 7 9.5 80 80 n/a, empty
        {SCORE, COLUMN_NUMBER, false, "4 2 6 1 3 5"},
        {SCORE, COLUMN_TEXT, true, "3 2 6 1 4 5"},
        {DATE, COLUMN_DATE, true, "2 1 3 6 4 5"},
        {DATE, COLUMN_DATE, false, "6 3 1 2 4 5"},
        {DATE, COLUMN_TEXT, true, "2 3 6 1 4 5"},
    };
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 6);
    (void)put(t, 1,
              "1,\303\204MIL,9.5,7/14/2020 3:05 PM|2,anna,80,2019-02-01|3,Anna "
              "B,7,2021-01-01|4,\303\244mil,n/a");
    (void)put(t, 2, "5,,,|6,\303\251mile,80,2021-06-30");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        sort(t, cases[i].column, cases[i].type, cases[i].ascending);
        assert_true(table_ordered(t));
        expect(t, cases[i].ids);
    }
    table_unorder(t);
    expect(t, "1 2 3 4 5 6");
    table_free(t);
}

static void test_ids_sort_as_64_bit_numbers(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    (void)put(t, 1, "1,9223372036854775807|2,-1766367996|3,9223372036854775806|4,7076615179");
    sort(t, NAME, COLUMN_ID, true);
    expect(t, "2 4 3 1");
    table_free(t);
}

static void test_late_pages_find_their_place(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 15);
    (void)put(t, 2, "5,E,50|6,F,10|7,G,|8,H,90");
    sort(t, SCORE, COLUMN_NUMBER, false);
    expect(t, "8 5 6 7 . . . . . . . . . . .");
    assert_int_equal(table_page_of(t, 4), 1);
    assert_int_equal(table_page_of(t, 8), 3);
    assert_int_equal(table_page_of(t, 14), 4);
    assert_false(table_behind(t));
    (void)put(t, 1, "1,A,50|2,B,95|3,C,|4,D,10");
    expect(t, "8 5 6 7 1 2 3 4 . . . . . . ."); // behind, until it is ordered again
    assert_true(table_behind(t));
    assert_int_equal(table_place(t, "4"), 7);
    sort(t, SCORE, COLUMN_NUMBER, false);
    assert_false(table_behind(t));
    expect(t, "2 8 1 5 4 6 3 7 . . . . . . .");
    assert_int_equal(table_place(t, "4"), 4);
    (void)put(t, 4, "13,M,50|14,N,1|15,O,99");
    (void)put(t, 3, "9,I|10,J|11,K|12,L");
    sort(t, SCORE, COLUMN_NUMBER, false);
    expect(t, "15 2 8 1 5 13 4 6 14 3 7 9 10 11 12");
    table_free(t);
}

static void test_several_keys(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    (void)put(t, 1, "1,B,1|2,A,2|3,B,2|4,A,1");
    (void)put(t, 2, "5,B,1|6,A,");
    arrange(
        t, &(struct arrangement){.keys = {{NAME, COLUMN_TEXT, true}, {SCORE, COLUMN_NUMBER, false}},
                                 .n_keys = 2});
    expect(t, "2 4 6 3 1 5");
    arrange(t, &(struct arrangement){
                   .keys = {{SCORE, COLUMN_NUMBER, true}, {NAME, COLUMN_TEXT, true}}, .n_keys = 2});
    expect(t, "4 1 5 2 3 6");
    table_free(t);
}

static void test_find(void **state)
{
    static const struct {
        const char *text;
        size_t from;
        int step;
        long long place;
    } cases[] = {
        {"an", 9, 1, 0},           {"AN", 0, 1, 2},     {"an", 2, 1, 7},
        {"an", 7, 1, 0},           {"an", 0, -1, 7},    {"an", 7, -1, 2},
        {"bo", 1, 1, 1},           {"bo", 1, -1, 1},    {"zo", 0, 1, -1},
        {"\303\204rmel", 0, 1, 3}, {"armel", 0, 1, -1}, {"an", 100, 1, 0},
        {"an", 100, -1, 7},        {"95", 0, 1, -1},    {"/^an/", 9, 1, 0},
        {"/^(bo|ju)/", 0, -1, 2},  {"/n$/", 0, 1, 2},   {"=arml", 0, 1, 3},
        {"=vn", 0, 1, 7},          {"=zz", 0, 1, -1},
    };
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 10);
    assert_int_equal(find(t, "an", 0, 1), TABLE_NONE);
    (void)put(t, 1, "1,Ana,95|2,Bo|3,Juan|4,\303\244rmel");
    (void)put(t, 2, "5,,an|6,|7,B|8,VAN");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(find(t, cases[i].text, cases[i].from, cases[i].step), cases[i].place);
    sort(t, NAME, COLUMN_TEXT, true); // Ana B Bo Juan VAN ärmel
    assert_int_equal(find(t, "an", 0, 1), 3);
    assert_int_equal(find(t, "an", 0, -1), 4);
    table_free(t);
}

static void test_filter(void **state)
{
    static const size_t columns[] = {NAME, DATE};
    struct table *t = table_new(COLUMNS, RPP);
    struct err e;
    struct pattern *pattern = pattern_read("an", &e),
                   *day = pattern_value("2024-05-06", COLUMN_DATE);
    struct arrangement how = {.keys = {{SCORE, COLUMN_NUMBER, false}},
                              .n_keys = 1,
                              .pattern = pattern,
                              .columns = columns,
                              .n_columns = 2};

    (void)state;
    table_set_rows(t, 20);
    (void)put(t, 1, "1,Ana,1,|2,Bo,2,Jan 3|3,Cy,3,|4,Dan,4,5/6/2024 1:00 PM");
    (void)put(t, 3, "5,Ian,9,2024-05-06|6,X,8,2024-05-07");
    arrange(t, &how);
    expect(t, "5 4 2 1");
    assert_int_equal(table_rows(t), 4);
    assert_int_equal(table_place(t, "3"), TABLE_NONE);
    assert_int_equal(find(t, "an", 0, 1), 1);
    (void)put(t, 2, "7,Nan,5"); // not before it is arranged again
    expect(t, "5 4 2 1");
    assert_true(table_behind(t));
    arrange(t, &how);
    expect(t, "5 7 4 2 1");
    how.pattern = day;
    how.n_keys = 0;
    arrange(t, &how);
    expect(t, "4 5");
    table_unorder(t);
    assert_int_equal(table_rows(t), 15);
    pattern_unref(pattern);
    pattern_unref(day);
    table_free(t);
}

static void test_group(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);
    struct groups g;

    (void)state;
    (void)put(t, 1, "1,A,|2,B,|3,A,|4,,");
    (void)put(t, 2, "5,A,|6,B,|7,C,");
    assert_true(table_group(t, NAME, COLUMN_TEXT, NULL, &g));
    assert_int_equal(g.n, 4);
    assert_int_equal(g.rows, 7);
    assert_string_equal(g.texts.data + g.items[0].text, "A");
    assert_int_equal(g.items[0].count, 3);
    assert_string_equal(g.texts.data + g.items[1].text, "B");
    assert_string_equal(g.texts.data + g.items[2].text, "");
    groups_free(&g);
    table_free(t);
}

static void test_what_takes_for_ever_is_refused(void **state)
{
    static const char *const texts[] = {"",    "/(a)\\1/", "/a{1000}/", "/a{9}b{9}c{9}/",
                                        "/(/", "/[/"};
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        assert_null(pattern_read(texts[i], &e));
        assert_int_equal(e.kind, ERR_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sort_by_type),
        cmocka_unit_test(test_ids_sort_as_64_bit_numbers),
        cmocka_unit_test(test_late_pages_find_their_place),
        cmocka_unit_test(test_several_keys),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_filter),
        cmocka_unit_test(test_group),
        cmocka_unit_test(test_what_takes_for_ever_is_refused),
    };

    return cmocka_run_group_tests_name("table/arrange", tests, NULL, NULL);
}
