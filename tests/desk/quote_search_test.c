// The whole search as a quote: what is missing of its rows is fetched, they are marked, and quoted.
#include "desk/desk_stage.h"

#include "base/mem.h"

enum { RPP = 100 };

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "", NULL};

    return open_desk(state, options);
}

// Page 1 of a search that has a few; no marks.
static void search(struct desk *d, const char *where)
{
    struct err e;

    desk_set_live_count(d, false);
    desk_entity(d, &entity_contact);
    (void)desk_marks_clear(d);
    desk_filters_clear(d);
    desk_filter_drop(d);
    desk_unsort(d);
    assert_true(desk_where(d, where, &e));
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    (void)desk_serve(d);
}

static void quote(struct desk *d, size_t n)
{
    struct err e;

    if (!desk_quote_search(d, n, &e))
        fail_msg("%s", e.text);
    DESK_WAIT(d, d->buying.state != BUYING_ASKED);
    if (d->buying.state != BUYING_QUOTED)
        fail_msg("%s", d->buying.err.text);
}

static void expect_says(const struct desk *d, const char *text)
{
    if (!strstr(d->message.text, text))
        fail_msg("\"%s\" is not in: %s", text, d->message.text);
}

static void refuses(struct desk *d, const char *why)
{
    struct err e;

    assert_false(desk_quote_search(d, 0, &e));
    if (!strstr(e.text, why))
        fail_msg("\"%s\" is not in: %s", why, e.text);
}

static void test_all_hits_are_quoted(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    const struct buying *b = &d->buying;
    int requests;

    search(d, "Accuracy score>=98");
    assert_true(d->results.hits > 2 * RPP);
    requests = desk_quote_search_requests(d, 0);
    assert_int_equal(requests, (d->results.hits - 1) / RPP);
    assert_int_equal(desk_quote_search_requests(d, RPP + 1), 1);
    quote(d, 0);
    assert_int_equal(desk_quote_search_requests(d, 0), 0);
    assert_int_equal(b->selection.n, d->results.hits);
    assert_int_equal(b->quoted.quote.count[STANDING_NEW], d->results.hits);
    assert_int_equal(b->hits, d->results.hits);
    assert_int_equal(d->marks.n, d->results.hits);
    expect_says(d, "hits are marked.");
    // A mark less, and it is no more a quote of the search.
    assert_int_equal(desk_mark(d, 0, 0, false), 1);
    assert_int_equal(b->state, BUYING_STALE);
    quote(d, 0);
    assert_int_equal(b->selection.n, d->results.hits);
}

// In the order of the server, whatever rows are shown; other marks come back with an undo.
static void test_the_first_few(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    const struct buying *b = &d->buying;
    struct str what = {0};
    char *ids[RPP + 50];
    struct err e;

    search(d, "Accuracy score>=98");
    assert_int_equal(desk_quote_search_requests(d, RPP + 50), 1);
    desk_look(d, RPP, 10);
    DESK_WAIT(d, table_has_page(d->results.table, 2));
    for (size_t i = 0; i < RPP + 50; i++)
        ids[i] = mem_strdup(table_id(d->results.table, i));
    assert_int_equal(desk_mark(d, 7, 7, true), 1);
    assert_int_equal(desk_mark(d, RPP + 60, RPP + 61, true), 2);
    desk_sort(d, 3, true, false);
    DESK_WAIT(d, !d->results.arranging);
    quote(d, RPP + 50);
    expect_says(d, "150 of ");
    expect_says(d, "in the place of 2 other marks: undo brings them back.");
    assert_int_equal(b->selection.n, RPP + 50);
    assert_int_equal(b->hits, d->results.hits);
    for (size_t i = 0; i < RPP + 50; i++) {
        assert_string_equal(b->selection.ids[i], ids[i]);
        free(ids[i]);
    }
    assert_true(desk_undo(d, &what, &e));
    assert_int_equal(d->marks.n, 3);
    assert_int_equal(b->state, BUYING_STALE);
    str_free(&what);
}

static void test_what_stands_in_the_way(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct buying *b = &d->buying;
    struct err e;

    search(d, "Accuracy score>=97");
    assert_true(desk_where(d, "Accuracy score>=95", &e));
    refuses(d, "the filters have changed");
    search(d, "Accuracy score>=96");
    assert_true(desk_quote_search(d, 0, &e));
    assert_true(b->fetching);
    assert_true(desk_cancel(d, desk_running(d)->id));
    DESK_WAIT(d, b->state == BUYING_FAILED);
    assert_string_equal(b->err.text, "fetching the rows was stopped");
    assert_int_equal(d->marks.n, 0);

    server_faults(s->office.server, "POST /search/contact 403");
    assert_true(desk_quote_search(d, 0, &e));
    DESK_WAIT(d, b->state == BUYING_FAILED);
    assert_int_equal(b->err.kind, ERR_FORBIDDEN);
    assert_int_equal(d->marks.n, 0);
    server_faults(s->office.server, "");

    search(d, "Accuracy score>=70"); // a hundred pages
    assert_true(desk_quote_search(d, 0, &e));
    search(d, "Accuracy score>=99"); // makes an end of it
    DESK_WAIT(d, b->state == BUYING_FAILED);
    assert_int_equal(d->marks.n, 0);

    search(d, "Accuracy score>=95");
    assert_true(desk_quote_search(d, 0, &e));
    desk_entity(d, &entity_company);
    DESK_WAIT(d, desk_rests(d));
    desk_entity(d, &entity_contact);
    assert_int_equal(b->state, BUYING_FAILED);
    assert_int_equal(d->marks.n, 0);
    quote(d, 0);
    assert_int_equal(b->hits, d->results.hits);
}

// What is found now may be something else: nothing is bought by what was quoted before.
static void test_another_search_makes_it_stale(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    const struct buying *b = &d->buying;
    size_t n;
    struct err e;

    search(d, "Accuracy score>=99");
    quote(d, 20);
    n = d->marks.n;
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, b->state == BUYING_STALE);
    assert_true(desk_lock(d, false, &e));
    assert_false(desk_buy(d, 1, 0, &e));
    assert_non_null(strstr(e.text, "its search or credits have moved"));
    assert_int_equal(d->marks.n, n);
    assert_true(desk_quote(d, NULL, &e)); // of the marks
    DESK_WAIT(d, b->state == BUYING_QUOTED);
    assert_int_equal(b->hits, 0);
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    assert_int_equal(b->state, BUYING_QUOTED);
    // One that is on its way when Lode is left.
    search(d, "Accuracy score>=95");
    assert_true(desk_quote_search(d, 0, &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_hits_are_quoted),
        cmocka_unit_test(test_the_first_few),
        cmocka_unit_test(test_what_stands_in_the_way),
        cmocka_unit_test(test_another_search_makes_it_stale),
    };

    return cmocka_run_group_tests_name("quote search", tests, set_up, tear_down);
}
