// Searching: page 1, pages as they are looked at, what is given up, what did not come.
#include "desk/desk_stage.h"

enum { RPP = 100 };

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited",     "--faults",     "",
                                          "--contacts=5000", "--depth=3000", NULL};

    return open_desk(state, options);
}

static int fresh(void **state)
{
    struct state *s = *state;

    server_faults(s->office.server, "");
    desk_set_live_count(s->desk, false);
    desk_entity(s->desk, &entity_contact);
    desk_filters_clear(s->desk);
    (void)desk_serve(s->desk);
    return 0;
}

static void search(struct desk *d, const char *where)
{
    struct err e;

    if (*where && !desk_where(d, where, &e))
        fail_msg("%s: %s", where, e.text);
    if (!desk_search(d, &e))
        fail_msg("search: %s", e.text);
    assert_int_equal(d->results.state, RESULTS_ASKED);
}

static void expect_basis(const struct desk *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void expect_basis(const struct desk *d, const char *format, ...)
{
    struct str out = {0}, wanted = {0};
    va_list args;

    va_start(args, format);
    str_vaddf(&wanted, format, args);
    va_end(args);
    desk_basis(d, &out);
    assert_string_equal(str_text(&out), str_text(&wanted));
    str_free(&out);
    str_free(&wanted);
}

static long long searches(const struct state *s)
{
    return server_stat(s->office.server, "requests.POST /search/contact");
}

static void test_page_one_and_what_is_looked_at(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    long long before = searches(s);
    int hits;

    search(d, "Accuracy score>=90");
    assert_true(desk_serve(d) & DESK_RESULTS);
    DESK_WAIT(d, r->state == RESULTS_THERE);
    hits = (int)r->hits;
    assert_true(hits > 5 * RPP && hits < 3000);
    assert_int_equal(table_rows(r->table), hits);
    assert_int_equal(table_fetched(r->table), RPP);
    assert_int_equal(r->reach, 0);
    assert_int_equal(d->filters.state, COUNT_KNOWN);
    assert_int_equal(d->filters.hits, hits);
    assert_false(d->filters.changed);
    assert_true(table_note(r->table, 0)->known);
    assert_int_equal(table_note(r->table, 0)->standing, STANDING_NEW);
    expect_basis(d, "fetched 100 of %d,%03d", hits / 1000, hits % 1000);
    assert_int_equal(searches(s), before + 1);

    desk_look(d, 0, 40); // read ahead: pages 2 and 3
    DESK_WAIT(d, table_fetched(r->table) == 3 * RPP);
    assert_int_equal(searches(s), before + 3);
    desk_look(d, 0, 40);
    desk_look(d, 1, 40);
    desk_serve_for(d, 50);
    assert_int_equal(searches(s), before + 3);

    desk_look(d, (size_t)hits - 40, 40); // the end
    DESK_WAIT(d, table_id(r->table, (size_t)hits - 1) && table_id(r->table, (size_t)hits - 40));
    assert_null(table_id(r->table, 4 * RPP));
    table_place(r->table, table_id(r->table, 0));
}

static void test_read_ahead_goes_the_persons_way(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;

    search(d, "Accuracy score>=88");
    DESK_WAIT(d, r->state == RESULTS_THERE);
    desk_look(d, 10 * RPP, 40);
    DESK_WAIT(d, table_has_page(r->table, 11) && table_has_page(r->table, 12) &&
                     table_has_page(r->table, 13));
    desk_look(d, 9 * RPP + 50, 40); // up
    DESK_WAIT(d, table_has_page(r->table, 10) && table_has_page(r->table, 9) &&
                     table_has_page(r->table, 8));
    assert_false(table_has_page(r->table, 14));
}

static void test_read_ahead_that_nobody_looks_at(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;

    search(d, "Accuracy score>=86");
    DESK_WAIT(d, r->state == RESULTS_THERE);
    server_faults(s->office.server, "POST /search/contact stall ms=1500");
    for (size_t page = 3; page < 12; page++)
        desk_look(d, page * RPP, 20);
    server_faults(s->office.server, "");
    desk_look(d, 12 * RPP, 20);
    DESK_WAIT(d, table_has_page(r->table, 13));
    desk_serve_for(d, 100);
    for (int page = 4; page < 11; page++)
        assert_false(table_has_page(r->table, page));
    assert_int_equal(r->err.kind, ERR_NONE);
}

static void test_a_page_that_does_not_come(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    uint64_t said;

    search(d, "Accuracy score>=84");
    DESK_WAIT(d, r->state == RESULTS_THERE);
    said = d->message.number;
    server_faults(s->office.server, "POST /search/contact 403");
    desk_look(d, 20 * RPP, 20);
    DESK_WAIT(d, r->err.kind == ERR_FORBIDDEN);
    assert_int_equal(r->state, RESULTS_THERE);
    assert_true(d->message.number > said);
    server_faults(s->office.server, "");
    desk_look(d, 20 * RPP, 20); // not at once again
    assert_null(table_id(r->table, 20 * RPP));
    for (int i = 0; i < 300 && !table_id(r->table, 20 * RPP); i++) {
        desk_serve_for(d, 100);
        desk_look(d, 20 * RPP, 20);
    }
    assert_non_null(table_id(r->table, 20 * RPP));
    assert_int_equal(r->err.kind, ERR_NONE);
}

static void test_a_search_that_fails_keeps_the_rows(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    char *id;

    search(d, "Accuracy score>=90");
    DESK_WAIT(d, r->state == RESULTS_THERE);
    id = str_format("%s", table_id(r->table, 7));
    server_faults(s->office.server, "POST /search/contact 403");
    search(d, "firstName=Nobody");
    DESK_WAIT(d, r->state != RESULTS_ASKED);
    assert_int_equal(r->state, RESULTS_THERE);
    assert_int_equal(r->err.kind, ERR_FORBIDDEN);
    assert_string_equal(table_id(r->table, 7), id);
    assert_int_equal(r->query.n_filters, 1);
    free(id);
}

static void test_the_last_of_two_searches_counts(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    long long all;

    search(d, "Accuracy score>=70");
    DESK_WAIT(d, r->state == RESULTS_THERE);
    all = r->hits;
    server_faults(s->office.server, "POST /search/contact stall ms=300 first=1");
    search(d, "");
    search(d, "Accuracy score>=97");
    DESK_WAIT(d, r->state == RESULTS_THERE);
    assert_true(r->hits < all);
    desk_serve_for(d, 400);
    assert_true(r->hits < all);
}

static void test_a_search_without_hits(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;

    search(d, "firstName=Zzyzx");
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    assert_int_equal(d->results.hits, 0);
    assert_int_equal(table_rows(d->results.table), 0);
    expect_basis(d, "all 0 hits");
    desk_look(d, 0, 40);
    desk_sort(d, 1, true, false);
    DESK_WAIT(d, !d->results.arranging);
}

static void test_paging_reaches_no_further_than_the_server_lets_it(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;

    search(d, "Accuracy score>=70");
    DESK_WAIT(d, r->state == RESULTS_THERE);
    assert_int_equal(r->hits, 5000);
    assert_int_equal(table_rows(r->table), 5000); // the catalogue says 10,000
    desk_look(d, 4000, 20);
    DESK_WAIT(d, r->reach == 3000);
    assert_int_equal(table_rows(r->table), 3000);
    assert_int_equal(r->err.kind, ERR_NONE);
    expect_basis(d, "fetched 100 of 5,000");
    desk_look(d, 2980, 20);
    DESK_WAIT(d, table_id(r->table, 2999));
}

static void test_local_order(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    size_t score = (size_t)(column_find(entity_contact.search.columns,
                                        entity_contact.search.n_columns, "contactAccuracyScore") -
                            entity_contact.search.columns);

    search(d, "Accuracy score>=90");
    DESK_WAIT(d, r->state == RESULTS_THERE);
    desk_sort(d, score, true, false);
    DESK_WAIT(d, !d->results.arranging);
    for (size_t i = 1; i < RPP; i++)
        assert_true(atoi(table_cell(r->table, i - 1, score)) <=
                    atoi(table_cell(r->table, i, score)));
    desk_look(d, 80, 40); // behind the sorted rows come the pages that are missing: one
    DESK_WAIT(d, table_fetched(r->table) == 2 * RPP && !table_behind(r->table));
    for (size_t i = 1; i < 2 * RPP; i++)
        assert_true(atoi(table_cell(r->table, i - 1, score)) <=
                    atoi(table_cell(r->table, i, score)));
    desk_unsort(d);
    assert_null(table_id(r->table, 5 * RPP));
}

// Rows that are not fetched go to the end of a local order, and the cursor with them.
static void test_a_sort_fetches_nothing_by_itself(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    struct results *r = &d->results;
    long long asked;
    size_t rows;

    search(d, "Accuracy score>=90");
    DESK_WAIT(d, r->state == RESULTS_THERE);
    rows = table_rows(r->table);
    r->place = rows - 1;
    r->top = rows - 20;
    desk_look(d, r->top, 20);
    DESK_WAIT(d, table_id(r->table, rows - 1) && desk_rests(d));
    r->place = r->top = rows / 2;
    asked = searches(s);
    desk_sort(d, 0, true, false);
    DESK_WAIT(d, !r->arranging);
    assert_non_null(strstr(d->message.text, "fetch-all"));
    for (int i = 0; i < 5; i++) {
        desk_look(d, r->top, 20);
        DESK_WAIT(d, desk_rests(d));
    }
    assert_int_equal(searches(s), asked);
    r->top++; // the person moves
    for (int i = 0; i < 5; i++) {
        desk_look(d, r->top, 20);
        DESK_WAIT(d, desk_rests(d));
    }
    assert_int_equal(searches(s), asked + 1);
}

static void test_columns(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    struct shown_column shown[] = {{4, 20, true}, {8, 0, false}, {4, 10, false}};
    struct err e;

    assert_true(d->results.n_shown > 5);
    assert_false(desk_columns(d, shown, 3, &e)); // one twice
    assert_false(desk_columns(d, shown, 0, &e));
    assert_true(desk_columns(d, shown, 2, &e));
    assert_int_equal(d->results.n_shown, 2);
    assert_true(d->results.shown[1].width > 0);
    shown[0].column = 99;
    assert_false(desk_columns(d, shown, 1, &e));
    desk_column_width(d, 0, 33);
    desk_column_pin(d, 1, true);
    desk_column_pin(d, 7, true);
    assert_int_equal(d->results.shown[0].width, 33);
    assert_true(d->results.shown[1].pinned);
    desk_place(d, 5, 2, 1, 0);
    assert_int_equal(d->results.place, 5);
}

static size_t shown_at(const struct desk *d, size_t at)
{
    return d->results.shown[at].column;
}

// To where another one stands on the screen, and pinned as that one is.
static void test_columns_move(void **state)
{
    struct desk *d = ((const struct state *)*state)->desk;
    const struct shown_column shown[] = {
        {4, 20, false}, {5, 20, false}, {6, 20, true}, {7, 20, true}, {8, 20, false}};
    struct err e;

    assert_true(desk_columns(d, shown, ARRAY_LEN(shown), &e));
    desk_column_move(d, 4, 4);
    desk_column_move(d, 5, 0);
    desk_column_move(d, 0, 5);
    assert_int_equal(shown_at(d, 0), 4);
    desk_column_move(d, 0, 4); // the screen has 6 7 4 5 8
    for (size_t i = 0; i < ARRAY_LEN(shown); i++)
        assert_int_equal(shown_at(d, i), ((const size_t[]){6, 7, 5, 8, 4})[i]);
    assert_int_equal(d->results.at, 4);
    desk_column_move(d, 4, 0);
    assert_int_equal(shown_at(d, 0), 4);
    assert_true(d->results.shown[0].pinned);
    assert_int_equal(d->results.at, 0);
    desk_column_move(d, 1, 3);
    assert_int_equal(shown_at(d, 3), 6);
    assert_false(d->results.shown[3].pinned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_page_one_and_what_is_looked_at, fresh),
        cmocka_unit_test_setup(test_read_ahead_goes_the_persons_way, fresh),
        cmocka_unit_test_setup(test_read_ahead_that_nobody_looks_at, fresh),
        cmocka_unit_test_setup(test_a_page_that_does_not_come, fresh),
        cmocka_unit_test_setup(test_a_search_that_fails_keeps_the_rows, fresh),
        cmocka_unit_test_setup(test_the_last_of_two_searches_counts, fresh),
        cmocka_unit_test_setup(test_a_search_without_hits, fresh),
        cmocka_unit_test_setup(test_paging_reaches_no_further_than_the_server_lets_it, fresh),
        cmocka_unit_test_setup(test_local_order, fresh),
        cmocka_unit_test_setup(test_a_sort_fetches_nothing_by_itself, fresh),
        cmocka_unit_test_setup(test_columns, fresh),
        cmocka_unit_test_setup(test_columns_move, fresh),
    };

    return cmocka_run_group_tests_name("search", tests, set_up, tear_down);
}
