// Answers that come once nobody waits for them any more: what they were for was closed, or
// something else took its place. Nothing of them is shown, kept or lost. Main thread. Tests.
#include "ui-pane/results_stage.h"
#include "ui/pane/value_picker.h"

static const char *const sure[] = {"Accuracy score>=95", NULL};

static void search(struct desk *d, const char *where)
{
    struct err e;

    desk_filters_clear(d);
    if (!desk_where(d, where, &e) || !desk_search(d, &e))
        fail_msg("%s", e.text);
}

// The screen stays as it is while all that is on its way comes back.
static void nothing_of_it_is_shown(struct host *h)
{
    char *before = stage_text(h), *after;

    STAGE_WAIT(h, desk_rests(h->desk));
    after = stage_text(h);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void test_a_search_behind_the_next_one(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_rows(o, &h, sure);

    server_faults(o->server, "POST /search/contact stall ms=300 first=1");
    search(d, "firstName=Zzyzx");
    search(d, vps[0]);
    STAGE_WAIT(&h, d->results.state == RESULTS_THERE);
    SHOWS(&h, "VP");
    nothing_of_it_is_shown(&h);
    leave(&h, d);
}

static void test_pages_of_rows_that_made_way(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_rows(o, &h, sure);
    struct err e;

    server_faults(o->server, "POST /search/contact stall ms=300 first=3");
    assert_true(stage_run(&h, "bottom", &e));
    stage_draw(&h, USUAL_H, USUAL_W); // asks for what is on the screen, and ahead
    assert_false(desk_rests(d));
    search(d, "firstName=Zzyzx");
    STAGE_WAIT(&h, d->results.state == RESULTS_THERE);
    SHOWS(&h, "0 hits");
    nothing_of_it_is_shown(&h);
    assert_int_equal(table_fetched(d->results.table), 0);
    assert_int_equal(d->results.err.kind, ERR_NONE);
    leave(&h, d);
}

static void test_popups_that_were_closed(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_rows(o, &h, sure);
    const struct input *level = entity_input(d->filters.entity, "managementLevel", BOUND_NONE);
    struct err e;

    server_faults(o->server, "* stall ms=200");
    host_popup(&h, value_picker_open(d, &h, level));
    stage_draw(&h, USUAL_H, USUAL_W);
    stage_close_popup(&h);
    assert_true(desk_waterfall(d, &e));
    host_popup(&h, pane_waterfall.open(d, &h));
    stage_draw(&h, USUAL_H, USUAL_W);
    stage_close_popup(&h);
    assert_true(desk_group(d, 0, &e));
    host_popup(&h, pane_groups.open(d, &h));
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "Counting...");
    stage_close_popup(&h);
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_false(desk_rests(d));
    STAGE_WAIT(&h, desk_rests(d));
    assert_int_equal(h.n_popups, 0);
    host_popup(&h, value_picker_open(d, &h, level)); // what came late is there now
    STAGE_WAIT(&h, desk_list(d, "managementLevel")->there);
    SHOWS(&h, "VP");
    leave(&h, d);
}

static void test_a_record_behind_the_next_one(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, sure);
    char *first = mem_strdup(table_id(d->results.table, 0));

    stage_close(&h);
    desk_detail(d, first);
    desk_detail(d, table_id(d->results.table, 1));
    stage_open(&h, d, &pane_detail);
    STAGE_WAIT(&h, !d->detail.asked);
    SHOWS(&h, table_id(d->results.table, 1));
    SHOWS_NOT(&h, first);
    nothing_of_it_is_shown(&h);
    free(first);
    leave(&h, d);
}

static void test_a_desk_that_was_closed(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_rows(o, &h, sure);
    struct err e;

    server_faults(o->server, "* stall ms=200");
    assert_true(stage_run(&h, "bottom", &e));
    stage_draw(&h, USUAL_H, USUAL_W);
    search(d, vps[0]);
    (void)desk_mark(d, 0, 5, true);
    (void)desk_quote(d, NULL, &e);
    assert_false(desk_rests(d));
    stage_close(&h);
    desk_close(d);
    server_faults(o->server, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_search_behind_the_next_one),
        cmocka_unit_test(test_pages_of_rows_that_made_way),
        cmocka_unit_test(test_popups_that_were_closed),
        cmocka_unit_test(test_a_record_behind_the_next_one),
        cmocka_unit_test(test_a_desk_that_was_closed),
    };

    return cmocka_run_group_tests_name("ui-pane/late", tests, set_up, tear_down);
}
