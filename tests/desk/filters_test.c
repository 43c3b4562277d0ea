// Filters as they are built, and the live count behind them.
#include "desk/desk_stage.h"

#include "base/clock.h"
#include "base/str.h"
#include "store/lookups.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "", NULL};

    return open_desk(state, options);
}

static int fresh(void **state)
{
    struct state *s = *state;

    server_faults(s->office.server, "");
    desk_set_live_count(s->desk, true);
    desk_entity(s->desk, &entity_contact);
    desk_filters_clear(s->desk);
    (void)desk_serve(s->desk);
    (void)desk_parts();
    return 0;
}

static void where(struct desk *d, const char *line)
{
    struct err e;

    if (!desk_where(d, line, &e))
        fail_msg("%s: %s", line, e.text);
}

static void expect_text(const struct desk *d, const char *text)
{
    struct str out = {0};

    desk_filters_text(d, &out);
    assert_string_equal(str_text(&out), text);
    str_free(&out);
}

static const struct input *input(const char *name)
{
    return entity_input(&entity_contact, name, BOUND_NONE);
}

static void test_set_get_clear(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct err e;

    where(d, "Management level=VP Level Execs");
    where(d, "managementLevel=Director");
    where(d, "Accuracy score>=85");
    assert_string_equal(desk_filter_get(d, input("managementLevel")), "VP Level Execs, Director");
    assert_true(desk_serve(d) & DESK_FILTERS);
    assert_true(desk_filter_set(d, input("managementLevel"), "Manager, \"A, B\"", &e));
    assert_string_equal(desk_filter_get(d, input("managementLevel")), "Manager, \"A, B\"");
    assert_false(desk_filter_set(d, input("contactAccuracyScoreMin"), "many", &e));
    assert_string_equal(desk_filter_get(d, input("contactAccuracyScoreMin")), "85");
    assert_true(desk_filter_set(d, input("managementLevel"), "  ", &e));
    assert_string_equal(desk_filter_get(d, input("managementLevel")), "");
    assert_int_equal(d->filters.query.n_filters, 1);
    assert_false(desk_where(d, "nonsense=1", &e));
    assert_int_equal(e.kind, ERR_INVALID);
    assert_true(d->filters.changed);
    desk_filters_clear(d);
    assert_int_equal(d->filters.query.n_filters, 0);
}

static void test_text_and_back(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct err e;

    where(d, "companyName=\"Initech, Inc.\", Hooli");
    where(d, "Accuracy score<=99");
    assert_true(desk_server_sort(d, "lastName:asc", &e));
    assert_false(desk_server_sort(d, "shoeSize", &e));
    expect_text(d, "entity = contact\ncompanyName = \"Initech, Inc.\", Hooli\n"
                   "contactAccuracyScoreMax = 99\nsort = lastName:asc\n");
    assert_false(desk_filters_read(d, "companyName = A\n\nshoeSize = 43\n sort=x", &e));
    assert_non_null(strstr(e.text, "line 3, column 1: searching contacts knows no field"));
    assert_non_null(strstr(e.text, "; line 4, column 7: contacts cannot be sorted"));
    assert_false(desk_filters_read(d, "entity = company\n", &e));
    expect_text(d, "entity = contact\ncompanyName = \"Initech, Inc.\", Hooli\n"
                   "contactAccuracyScoreMax = 99\nsort = lastName:asc\n");
    assert_true(desk_filters_read(d, "# two\nfirstName = Ana\n sort=companyName\n", &e));
    expect_text(d, "entity = contact\nfirstName = Ana\nsort = companyName:desc\n");
    assert_true(desk_server_sort(d, NULL, &e));
    expect_text(d, "entity = contact\nfirstName = Ana\n");
}

static void test_remarks(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;

    where(d, "state=usa.california");
    assert_string_equal(str_text(&d->filters.remarks), "");
    where(d, "country=usa");
    assert_non_null(strstr(str_text(&d->filters.remarks), "joined by OR"));
    desk_filters_clear(d);
    assert_string_equal(str_text(&d->filters.remarks), "");
}

static long long searches(const struct state *s)
{
    return server_stat(s->office.server, "requests.POST /search/contact");
}

static void test_the_live_count_waits_for_a_pause(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    long long before = searches(s);
    int64_t began = desk_clock_ms();

    where(d, "Management level=VP Level Execs");
    assert_int_equal(d->filters.state, COUNT_WAITING);
    where(d, "Accuracy score>=80");
    where(d, "Accuracy score>=85");
    assert_in_range(desk_tick_ms(d), 0, 400);
    DESK_WAIT(d, d->filters.state == COUNT_KNOWN);
    assert_true(desk_clock_ms() - began >= 400);
    assert_true(d->filters.hits > 0);
    assert_int_equal(searches(s), before + 1);
}

static void test_no_count_where_it_is_not_wanted(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    long long before = searches(s);

    desk_set_live_count(d, false);
    where(d, "Management level=Director");
    assert_int_equal(d->filters.state, COUNT_UNKNOWN);
    desk_serve_for(d, 500);
    assert_int_equal(searches(s), before);
    desk_count(d, false);
    assert_int_equal(d->filters.state, COUNT_ASKED);
    DESK_WAIT(d, d->filters.state == COUNT_KNOWN);
    assert_int_equal(searches(s), before + 1);
}

// Where the filters are out of sight.
static void test_a_count_that_is_said(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;

    desk_set_live_count(d, false);
    where(d, "Management level=Director");
    desk_count(d, true);
    DESK_WAIT(d, d->filters.state == COUNT_KNOWN);
    assert_non_null(strstr(d->message.text, " contacts match the filters."));
    where(d, "firstName=Ana");
    server_faults(s->office.server, "POST /search/contact 403");
    desk_count(d, true);
    DESK_WAIT(d, d->filters.state == COUNT_FAILED);
    assert_string_equal(d->message.text, d->filters.err.text);
}

static void test_an_older_count_is_given_up(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    long long all, before;

    where(d, "Accuracy score>=70");
    DESK_WAIT(d, d->filters.state == COUNT_KNOWN);
    all = d->filters.hits;
    before = searches(s);
    server_faults(s->office.server, "POST /search/contact stall first=1");
    desk_count(d, false);
    DESK_WAIT(d, searches(s) > before);
    where(d, "Accuracy score>=95"); // the call that stalls must not hold this one up
    DESK_WAIT(d, d->filters.state == COUNT_KNOWN);
    assert_true(d->filters.hits < all);
}

static void test_counts_that_cannot_be(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;

    where(d, "Accuracy score>=95");
    where(d, "Accuracy score<=80");
    DESK_WAIT(d, d->filters.state == COUNT_FAILED);
    assert_int_equal(d->filters.err.kind, ERR_INVALID);
    desk_filters_clear(d);
    where(d, "managementLevel=Emperor");
    DESK_WAIT(d, d->filters.state == COUNT_FAILED);
    assert_non_null(strstr(d->filters.err.text, "Emperor"));
    desk_filters_clear(d);
    server_faults(s->office.server, "POST /search/contact 403");
    where(d, "firstName=Ana");
    DESK_WAIT(d, d->filters.state == COUNT_FAILED);
    assert_int_equal(d->filters.err.kind, ERR_FORBIDDEN);
}

// The server orders each of the searches; together they are in order as well.
static void sorted_together(struct desk *d)
{
    const struct results *r = &d->results;
    size_t column = 0;
    struct err e;

    assert_true(desk_search_sorted(d, "lastName", true, &e));
    DESK_WAIT(d, r->state == RESULTS_THERE && r->query.sort_by && !r->arranging);
    assert_true(r->gathered && r->n_keys == 1 && r->keys[0].ascending);
    column = r->keys[0].column;
    assert_string_equal(r->entity->search.columns[column].name, "lastName");
    for (size_t i = 1; i < table_rows(r->table); i++)
        assert_true(
            strcasecmp(table_cell(r->table, i - 1, column), table_cell(r->table, i, column)) <= 0);
}

// More values than a request takes: counted and searched in parts, each row once.
static void test_long_filters_go_in_parts(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    struct str text = {0};
    struct err e;
    long long before;

    for (int i = 0; i < 200; i++)
        str_addf(&text, "%s%d", i ? ", " : "", 10001 + i % 199);
    assert_true(desk_filter_set(d, input("zipCode"), str_text(&text), &e));
    assert_int_equal(d->filters.requests, 3);
    assert_int_equal(d->filters.state, COUNT_UNKNOWN); // it costs more than one: not by itself
    before = searches(s);
    desk_count(d, false);
    DESK_WAIT(d, d->filters.state == COUNT_KNOWN);
    assert_int_equal(searches(s), before + 3);
    assert_true(d->filters.hits > 0);
    before = d->filters.hits;
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE && !d->results.kept);
    assert_true(d->results.hits > 0 && d->results.hits <= before);
    assert_int_equal(table_fetched(d->results.table), d->results.hits);
    assert_int_equal(table_rows(d->results.table), d->results.hits);
    assert_int_equal(table_missing(d->results.table, 0), 0);
    sorted_together(d);
    str_free(&text);
}

static int64_t eight_days_ago(void *self)
{
    const struct clock now = clock_system();

    (void)self;
    return clock_utc_ms(&now) - (int64_t)8 * 24 * 3600 * 1000;
}

// The desk, opened again with an industry list of one value, kept eight days ago.
static void with_an_old_list(struct state *s)
{
    static const char body[] = "[{\"Id\":\"one\",\"Name\":\"Only one\"}]";
    struct clock clock = clock_system();
    char *session = office_session(&s->office), *folder, *profile, note[512];
    struct store *store;
    struct err e;

    desk_close(s->desk);
    *strrchr(session, '/') = '\0';
    profile = strrchr(session, '/') + 1;
    folder = str_format("%s/data/lode/%s", s->office.home.path, profile);
    clock.utc_ms = eight_days_ago;
    store = store_open(folder, clock, note, &e);
    if (!store || !store_put_lookup(store, "industry", body, clock_utc_ms(&clock), &e))
        fail_msg("%s", e.text);
    store_close(store);
    free(folder);
    free(session);
    s->desk = office_again(&s->office);
}

// It serves at once and is fetched anew behind; where that fails it serves on, and is called old.
static void test_a_list_older_than_a_week(void **state)
{
    struct state *s = *state;
    const struct desk_list *l;

    with_an_old_list(s);
    l = desk_list_kept(s->desk, "industry");
    DESK_WAIT(s->desk, l->there);
    assert_int_equal(l->list.n, 1); // the cache alone asks nobody
    (void)desk_list(s->desk, "industry");
    DESK_WAIT(s->desk, l->list.n > 1 && l->fresh);
    server_faults(s->office.server, "/lookup/industry 500");
    with_an_old_list(s);
    l = desk_list(s->desk, "industry");
    DESK_WAIT(s->desk, l->there && l->fresh);
    assert_int_equal(l->list.n, 1);
    assert_true(l->fetched_ms < eight_days_ago(NULL) + 3600 * 1000);
    DESK_WAIT(s->desk, strstr(s->desk->message.text, "Using the list kept from earlier"));
}

static void test_each_entity_has_its_own(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;

    where(d, "firstName=Ana");
    desk_entity(d, &entity_company);
    assert_ptr_equal(d->filters.entity, &entity_company);
    expect_text(d, "entity = company\n");
    where(d, "companyName=a");
    desk_entity(d, &entity_contact);
    assert_int_equal(d->filters.state, COUNT_WAITING);
    expect_text(d, "entity = contact\nfirstName = Ana\n");
    DESK_WAIT(d, d->filters.state == COUNT_KNOWN);
    desk_entity(d, &entity_company);
    expect_text(d, "entity = company\ncompanyName = a\n");
    DESK_WAIT(d, d->filters.state == COUNT_KNOWN);
    desk_filters_clear(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_set_get_clear, fresh),
        cmocka_unit_test_setup(test_text_and_back, fresh),
        cmocka_unit_test_setup(test_remarks, fresh),
        cmocka_unit_test_setup(test_the_live_count_waits_for_a_pause, fresh),
        cmocka_unit_test_setup(test_no_count_where_it_is_not_wanted, fresh),
        cmocka_unit_test_setup(test_a_count_that_is_said, fresh),
        cmocka_unit_test_setup(test_an_older_count_is_given_up, fresh),
        cmocka_unit_test_setup(test_counts_that_cannot_be, fresh),
        cmocka_unit_test_setup(test_long_filters_go_in_parts, fresh),
        cmocka_unit_test_setup(test_each_entity_has_its_own, fresh),
        cmocka_unit_test_setup(test_a_list_older_than_a_week, fresh),
    };

    return cmocka_run_group_tests_name("filters", tests, set_up, tear_down);
}
