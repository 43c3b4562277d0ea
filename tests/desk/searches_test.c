// Saved searches, history, waterfall and parts on the desk.
#include "desk/desk_stage.h"

#include "base/map.h"
#include "base/mem.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=600", "--contacts=11000",
                                          NULL};

    (void)open_desk(state, options);
    desk_set_live_count(((struct state *)*state)->desk, false);
    return 0;
}

static void where(struct desk *d, const char *line)
{
    struct err e;

    if (!desk_where(d, line, &e))
        fail_msg("%s: %s", line, e.text);
}

static void save(struct desk *d, const char *name, bool replace)
{
    struct err e;

    if (!desk_search_save(d, name, "", replace, &e))
        fail_msg("%s", e.text);
}

static void test_saved_and_brought_back(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct str faults = {0};
    struct err e;

    where(d, "managementLevel=Director");
    save(d, "directors", false);
    DESK_WAIT(d, desk_search_named(d, "Directors"));
    save(d, "directors", false); // not over another one unasked
    DESK_WAIT(d, strstr(d->message.text, "is the name of another saved search"));
    where(d, "state=ohio");
    save(d, "directors", true);
    DESK_WAIT(d, strstr(desk_search_named(d, "directors")->text, "ohio"));
    assert_int_equal(d->searches.saved.items.len, 1);
    desk_entity(d, &entity_company);
    assert_true(desk_search_bring(d, desk_search_named(d, "directors")->text, &faults, &e));
    assert_ptr_equal(d->filters.entity, &entity_contact);
    assert_int_equal(d->filters.query.n_filters, 2);
    assert_int_equal(faults.len, 0);
    desk_search_delete(d, desk_search_named(d, "directors")->id);
    DESK_WAIT(d, !desk_search_named(d, "directors"));
    desk_search_restore(d);
    DESK_WAIT(d, desk_search_named(d, "directors"));
}

// What nobody knows is named; the rest is used; undo has what was there before.
static void test_stale_one(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct str faults = {0}, what = {0};
    struct err e;

    desk_filters_clear(d);
    assert_true(desk_search_bring(
        d, "entity = contact\nfavouriteColour = blue\nstate = ohio\nsort = shoe\n", &faults, &e));
    assert_int_equal(d->filters.query.n_filters, 1);
    assert_non_null(strstr(faults.data, "favouriteColour"));
    assert_non_null(strstr(faults.data, "shoe"));
    assert_false(desk_search_bring(d, "state = ohio\n", &faults, &e));
    assert_true(desk_undo(d, &what, &e));
    assert_int_equal(d->filters.query.n_filters, 0);
    str_free(&faults);
    str_free(&what);
}

static void test_history(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct err e;

    desk_filters_clear(d);
    where(d, "state=ohio");
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    desk_searches_read(d);
    DESK_WAIT(d, d->searches.past.items.len == 1);
    assert_string_equal(d->searches.past.items.items[0].text, "entity = contact\nstate = ohio\n");
    assert_int_equal(d->searches.past.items.items[0].hits, d->results.hits);
}

// A search by the filters of a saved one is a run of it, which has its count and date from then on.
static void test_a_run_is_noted(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct err e;

    desk_filters_clear(d);
    where(d, "state=iowa");
    save(d, "iowa", false);
    DESK_WAIT(d, desk_search_named(d, "iowa"));
    assert_int_equal(desk_search_named(d, "iowa")->hits, -1);
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    desk_searches_read(d);
    DESK_WAIT(d, desk_search_named(d, "iowa")->ran_ms > 0);
    assert_int_equal(desk_search_named(d, "iowa")->hits, d->results.hits);
    save(d, "iowa again", false); // what is known is saved with it
    DESK_WAIT(d, desk_search_named(d, "iowa again"));
    assert_int_equal(desk_search_named(d, "iowa again")->hits, d->results.hits);
}

static void test_to_a_file_and_back(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    size_t n = d->searches.saved.items.len;

    desk_searches_export(d, "~/kept.txt");
    DESK_WAIT(d, strstr(d->message.text, "kept.txt as text"));
    desk_searches_export(d, "~/kept.txt"); // not over it
    DESK_WAIT(d, d->message.kind != ERR_NONE);
    desk_searches_import(d, "~/kept.txt");
    DESK_WAIT(d, d->searches.saved.items.len == 2 * n);
    assert_non_null(desk_search_named(d, "iowa (2)"));
    for (size_t i = d->searches.saved.items.len; i-- > 0;) {
        if (str_ends(d->searches.saved.items.items[i].name, "(2)"))
            desk_search_delete(d, d->searches.saved.items.items[i].id);
    }
    DESK_WAIT(d, d->searches.saved.items.len == n);
    desk_searches_import(d, "~/nowhere.txt");
    DESK_WAIT(d, strstr(d->message.text, "nowhere.txt"));
}

static void test_waterfall(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct waterfall_view *v = &d->searches.waterfall;
    struct err e;

    desk_filters_clear(d);
    where(d, "zipCode=44114");
    where(d, "zipCodeRadiusMiles=50");
    if (!desk_waterfall(d, &e))
        fail_msg("%s", e.text);
    assert_false(desk_waterfall(d, &e)); // one at a time
    DESK_WAIT(d, !v->task);
    assert_int_equal(v->n, 3);
    assert_true(atomic_load(&v->steps[0].hits) >= 0);
    assert_int_equal(atomic_load(&v->steps[1].hits), 11000); // a radius goes with its place
    assert_true(atomic_load(&v->steps[2].hits) <= atomic_load(&v->steps[0].hits));
    assert_true(desk_waterfall(d, &e));
    desk_waterfall_stop(d);
    DESK_WAIT(d, !v->task);
}

static void test_compared(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    const struct changes_view *v = &d->searches.changes;
    struct err e;

    assert_true(desk_search_compare(d, desk_search_named(d, "directors")->id, &e));
    assert_false(desk_search_compare(d, desk_search_named(d, "directors")->id, &e));
    DESK_WAIT(d, v->name && desk_search_named(d, "directors")->hits >= 0);
    assert_true(v->first);
    assert_int_equal(desk_changes_mark(d), 0);
    assert_true(desk_search_compare(d, desk_search_named(d, "directors")->id, &e));
    DESK_WAIT(d, !v->first);
    assert_false(v->partly);
    assert_int_equal(v->rows.len, 0);
}

static void no_id_twice(const struct table *t)
{
    struct map seen = {0};

    for (size_t i = 0; i < table_rows(t); i++) {
        assert_non_null(table_id(t, i));
        assert_null(map_put(&seen, table_id(t, i), &seen));
    }
    map_free(&seen, NULL);
}

// 11,000 people where paging reaches 10,000.
static void test_parts_as_one(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct split_view *v = &d->searches.split;
    long long sum = 0;
    struct err e;

    desk_filters_clear(d);
    assert_false(desk_split_fetch(d, SPLIT_ALL, &e)); // nothing was counted
    if (!desk_split(d, NULL, 0, &e))
        fail_msg("%s", e.text);
    DESK_WAIT(d, v->there && !v->task);
    for (size_t i = 0; i < v->plan.parts.len; i++) {
        assert_false(v->plan.parts.items[i].over);
        sum += v->plan.parts.items[i].hits;
    }
    assert_true(v->plan.parts.len > 1);
    assert_int_equal(v->plan.total, 11000);
    assert_int_equal(sum + v->plan.uncovered - v->plan.overlaps, 11000);
    assert_false(desk_split_fetch(d, (long long)v->plan.parts.len, &e));
    assert_true(desk_split_fetch(d, 0, &e)); // one of them alone
    DESK_WAIT(d, !v->task);
    assert_int_equal(d->results.hits, v->plan.parts.items[0].hits);
    assert_int_equal(table_fetched(d->results.table), v->plan.parts.items[0].hits);
    assert_true(desk_split_fetch(d, SPLIT_ALL, &e));
    DESK_WAIT(d, !v->task);
    assert_int_equal(table_fetched(d->results.table), sum - v->plan.overlaps);
    assert_int_equal(table_missing(d->results.table, 0), 0);
    assert_int_equal(d->results.hits, 11000);
    no_id_twice(d->results.table);
    desk_searches_read(d);
    DESK_WAIT(d, d->searches.past.items.len && d->searches.past.items.items[0].hits == 11000);
    assert_string_equal(d->searches.past.items.items[0].text, "entity = contact\n");
}

// Rows put together stand there again at the next start, and nothing of them is asked for.
static void test_parts_outlive_the_desk(void **state)
{
    struct state *s = *state;
    size_t rows = table_rows(s->desk->results.table);
    struct str basis = {0};
    const struct results *r;

    desk_close(s->desk);
    s->desk = office_again(&s->office);
    r = &s->desk->results;
    DESK_WAIT(s->desk, r->state == RESULTS_THERE);
    assert_true(r->kept && r->gathered);
    assert_int_equal(r->hits, 11000);
    assert_int_equal(table_rows(r->table), rows);
    assert_int_equal(desk_fetch_all_requests(s->desk), 0);
    no_id_twice(r->table);
    desk_basis(s->desk, &basis);
    assert_true(str_starts(basis.data, "all 11,000 hits, as of "));
    desk_look(s->desk, rows - 1, 1);
    DESK_WAIT(s->desk, table_note(r->table, rows - 1));
    str_free(&basis);
}

// What the other server has: fewer people, a month later.
static void another_world(struct state *s)
{
    char *port = mem_strdup(strrchr(s->office.server->url, ':') + 1);
    const char *const options[] = {"--unlimited",
                                   "--companies=600",
                                   "--contacts=10900",
                                   "--port",
                                   port,
                                   "--clock-offset=2592000",
                                   NULL};

    desk_close(s->desk);
    assert_int_equal(server_stop(s->office.server), 0);
    s->office.server = server_start(options);
    s->desk = office_again(&s->office);
    desk_set_live_count(s->desk, false);
    free(port);
}

static void fetch_rows(struct desk *d, struct map *labels)
{
    const struct results *r = &d->results;
    struct err e;

    assert_true(desk_search(d, &e));
    DESK_WAIT(d, r->state == RESULTS_THERE);
    desk_fetch_all(d);
    DESK_WAIT(d, table_missing(r->table, 0) == 0);
    for (size_t i = 0; i < table_rows(r->table); i++)
        (void)map_put(labels, table_id(r->table, i), labels);
}

static size_t lacks(const struct map *of, const struct map *in)
{
    size_t n = 0;

    for (size_t i = 0; i < of->cap; i++)
        n += of->slots[i].key && !map_has(in, of->slots[i].key);
    return n;
}

// Against a server whose data really differs: told by what the rows of both are.
static void test_what_differs(void **state)
{
    struct state *s = *state;
    struct changes_view *v = &s->desk->searches.changes;
    struct map before = {0}, after = {0};
    struct err e;

    desk_filters_clear(s->desk);
    where(s->desk, "state=ohio");
    save(s->desk, "ohio", false);
    DESK_WAIT(s->desk, desk_search_named(s->desk, "ohio"));
    assert_true(desk_search_compare(s->desk, desk_search_named(s->desk, "ohio")->id, &e));
    DESK_WAIT(s->desk, v->name && str_eq(v->name, "ohio"));
    fetch_rows(s->desk, &before);
    another_world(s);
    v = &s->desk->searches.changes;
    fetch_rows(s->desk, &after);
    desk_searches_read(s->desk);
    DESK_WAIT(s->desk, desk_search_named(s->desk, "ohio"));
    assert_true(desk_search_compare(s->desk, desk_search_named(s->desk, "ohio")->id, &e));
    DESK_WAIT(s->desk, v->name && desk_rests(s->desk));
    assert_false(v->first || v->partly);
    assert_true(v->n[CHANGE_NEW] && v->n[CHANGE_CHANGED] && v->n[CHANGE_GONE]);
    assert_int_equal(v->n[CHANGE_NEW], lacks(&after, &before));
    assert_int_equal(v->n[CHANGE_GONE], lacks(&before, &after));
    assert_true(*v->rows.items[0].label);
    assert_int_equal(v->rows.items[0].change, CHANGE_NEW);
    assert_int_equal(v->rows.items[v->rows.len - 1].change, CHANGE_GONE);
    assert_true(*v->rows.items[v->rows.len - 1].label); // as it was called then
    assert_int_equal(desk_changes_mark(s->desk), v->n[CHANGE_NEW] + v->n[CHANGE_CHANGED]);
    map_free(&before, NULL);
    map_free(&after, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_saved_and_brought_back),
        cmocka_unit_test(test_stale_one),
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_a_run_is_noted),
        cmocka_unit_test(test_to_a_file_and_back),
        cmocka_unit_test(test_waterfall),
        cmocka_unit_test(test_compared),
        cmocka_unit_test(test_parts_as_one),
        cmocka_unit_test(test_parts_outlive_the_desk),
        cmocka_unit_test(test_what_differs),
    };

    return cmocka_run_group_tests_name("searches", tests, set_up, tear_down);
}
