// The library pane: rows as they are looked at, found by words, marked, written on, ordered;
// fetched again with what differs; purged with the person's word, and gone from marks and results.
// Tests.
#include "ui-pane/buying_stage.h"

#include "support/ledger.h"

static int open_small(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=500", "--contacts=5000",
                                          NULL};
    static struct office office;

    office_open(&office, options);
    *state = &office;
    return 0;
}

// With nothing marked afterwards, and the spend lock on.
static void buy_and_lock(struct desk *d, size_t first, size_t n)
{
    struct err e;

    buy(d, first, n, true);
    (void)desk_marks_clear(d);
    assert_true(desk_lock(d, true, &e));
}

// Does the detail tell something of that name?
static bool is_told(const struct desk *d, const char *name)
{
    for (size_t i = 0; i < d->detail.n_fields; i++) {
        if (str_eq(d->detail.fields[i].column->name, name))
            return str_eq(d->detail.fields[i].section, "Compliance");
    }
    return false;
}

static bool is_read(const struct desk *d, size_t n)
{
    return d->library.state == LIBRARY_THERE && d->library.n == n &&
           (n == 0 || desk_library_line(d, 0));
}

static void test_nothing_is_owned_at_first(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;

    stage_open(&h, d, &pane_library);
    STAGE_WAIT(&h, is_read(d, 0));
    SHOWS(&h, "Nothing is owned yet");
    assert_false(pane_library.offers(h.pane, "mark"));
    assert_false(pane_library.offers(h.pane, "find"));
    REFUSED(&h, "mark", "no owned record");
    REFUSED(&h, "note x", "no owned record");
    REFUSED(&h, "purge", "no owned record");
    REFUSED(&h, "history", "no owned record");
    REFUSED(&h, "mark-all", "no record");
    stage_draw(&h, 1, 1);
    leave(&h, d);
}

static void test_what_is_bought_stands_there_and_is_found(void **state)
{
    struct desk *d = office_ready(*state);
    struct str status = {0};
    struct host h;
    char *first;

    buy_and_lock(d, 0, 6);
    stage_open(&h, d, &pane_library);
    STAGE_WAIT(&h, is_read(d, 6));
    SHOWS(&h, "Free until");
    SHOWS(&h, "row 1 of 6");
    first = mem_strdup(desk_library_line(d, 0)->label);
    SHOWS(&h, first);
    desk_set_privacy(d, true);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS_NOT(&h, first);
    desk_set_privacy(d, false);
    DO(&h, "note 'met in Porto'");
    STAGE_WAIT(&h, is_read(d, 6) && *desk_library_line(d, 0)->note);
    DO(&h, "find porto");
    STAGE_WAIT(&h, is_read(d, 1));
    SHOWS(&h, first);
    pane_library.status(h.pane, &status);
    assert_string_equal(str_text(&status), "1 found: porto");
    str_free(&status);
    DO(&h, "find 'foo\" OR (NEAR'");
    STAGE_WAIT(&h, is_read(d, 0));
    SHOWS(&h, "Nothing that is owned fits");
    DO(&h, "back");
    STAGE_WAIT(&h, is_read(d, 6));
    DO(&h, "expiring 10");
    STAGE_WAIT(&h, is_read(d, 0));
    DO(&h, "expiring 400");
    STAGE_WAIT(&h, is_read(d, 6));
    DO(&h, "find");
    STAGE_WAIT(&h, is_read(d, 6));
    free(first);
    leave(&h, d);
}

// Does a row's free window end within so many days?
static bool is_free_for(const struct desk *d, size_t row, int days)
{
    return desk_library_line(d, row)->until_ms < desk_utc_ms(d) + days * (int64_t)24 * 3600 * 1000;
}

// From a row of the library its neighbours are the library's, wherever the results are.
static void test_the_detail_steps_through_the_library(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;
    struct err e;

    stage_open(&h, d, &pane_library);
    STAGE_WAIT(&h, is_read(d, 6));
    DO(&h, "top");
    DO(&h, "detail");
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(d->detail.id, desk_library_line(d, i)->id);
        assert_int_equal(desk_library_step(d, 1, &e), i < 5);
    }
    assert_non_null(strstr(e.text, "the last row"));
    assert_true(desk_library_step(d, -1, &e));
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "row 5 of 6"); // the pane goes along
    leave(&h, d);
}

static void test_columns_are_chosen(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;

    stage_open(&h, d, &pane_library);
    STAGE_WAIT(&h, is_read(d, 6));
    SHOWS(&h, "Tags");
    // The window is a setting, and holds at once.
    desk_set_free_months(d, 1);
    STAGE_WAIT(&h, is_read(d, 6) && is_free_for(d, 0, 32));
    desk_set_free_months(d, 12);
    STAGE_WAIT(&h, is_read(d, 6) && !is_free_for(d, 0, 300));
    DO(&h, "columns");
    assert_int_equal(h.n_popups, 1);
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_true(stage_mouse(&h, MOUSE_PRESS, stage_find(&h, "x Tags"), 1));
    assert_true(stage_key(&h, K_SHIFT | K_DOWN));
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 0);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS_NOT(&h, "Tags");
    assert_non_null(strstr(desk_remembered(d, "library-columns-contact"), "Name,Free until,:"));
    leave(&h, d);
}

static void test_marks_tags_and_order(void **state)
{
    static const char *const strangers[] = {"999999901", "999999902"};
    struct desk *d = office_ready(*state);
    struct host h;
    uint64_t said;

    stage_open(&h, d, &pane_library);
    STAGE_WAIT(&h, is_read(d, 6));
    DO(&h, "mark");
    DO(&h, "mark");
    assert_int_equal(d->marks.n, 2);
    DO(&h, "tag hot");
    STAGE_WAIT(&h, is_read(d, 6) && str_eq(desk_library_line(d, 0)->tags, "hot"));
    assert_string_equal(desk_library_line(d, 1)->tags, "hot");
    assert_string_equal(desk_library_line(d, 2)->tags, "");
    // What is marked and not owned is left out, and that is told.
    assert_int_equal(desk_mark_records(d, strangers, strangers, 2, true), 2);
    said = d->message.number;
    DO(&h, "tag hot");
    DESK_WAIT(d, strstr(d->message.text, "not owned"));
    assert_int_equal(d->message.number, said + 1); // one sentence tells it
    assert_string_equal(d->message.text,
                        "0 contacts got the tag \"hot\"; 2 had it already; 2 are not owned.");
    assert_int_equal(desk_mark_records(d, strangers, strangers, 2, false), 2);
    DO(&h, "find tag:HOT");
    STAGE_WAIT(&h, is_read(d, 2));
    DO(&h, "untag hot");
    STAGE_WAIT(&h, is_read(d, 0));
    assert_string_equal(d->message.text, "2 contacts lost the tag \"hot\".");
    DO(&h, "back");
    STAGE_WAIT(&h, is_read(d, 6));
    DO(&h, "mark-all");
    STAGE_WAIT(&h, d->marks.n == 6);
    (void)desk_marks_clear(d);
    DO(&h, "mark-range");
    DO(&h, "top");
    DO(&h, "mark-range");
    assert_true(d->marks.n > 0);
    (void)desk_marks_clear(d);
    DO(&h, "sort-up");
    STAGE_WAIT(&h, d->library.order == ORDER_COLUMN && is_read(d, 6));
    SHOWS(&h, "Name ^");
    for (size_t i = 0; i + 1 < 6; i++)
        assert_true(desk_library_line(d, i) != NULL);
    DO(&h, "detail");
    assert_string_equal(h.opened, "detail");
    assert_string_equal(d->detail.id, desk_library_line(d, 0)->id);
    leave(&h, d);
}

static void test_fetching_again_says_its_price_and_what_differs(void **state)
{
    struct office *o = *state;
    struct desk *d = office_ready(o);
    struct host h;
    struct err e;

    stage_open(&h, d, &pane_library);
    STAGE_WAIT(&h, is_read(d, 6));
    ledger_change(&o->home, "UPDATE answer SET raw = json_set(raw, '$.firstName', 'Earlier')");
    DO(&h, "mark-page");
    DO(&h, "refresh-owned");
    STAGE_WAIT(&h, h.asked);
    assert_non_null(strstr(h.asked, "costs 0 credits, 6 records, 1 request."));
    assert_string_equal(h.buttons, "Cancel|Fetch");
    // The lock holds below the dialog as well.
    h.answered(h.answered_self, 1);
    assert_non_null(strstr(h.failed, "locked"));
    assert_true(desk_lock(d, false, &e));
    h.answered(h.answered_self, 1);
    STAGE_WAIT(&h, h.n_popups == 1);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "First name: Earlier -> ");
    assert_int_equal(d->library.changes.done.changed, 6);
    assert_int_equal(d->library.changes.done.sum.credits, 0);
    stage_close_popup(&h);
    (void)desk_marks_clear(d);
    STAGE_WAIT(&h, is_read(d, 6) && desk_library_line(d, 0)->earlier == 1);
    DO(&h, "history");
    STAGE_WAIT(&h, h.n_popups == 1);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "First name: Earlier -> ");
    SHOWS(&h, "first kept");
    stage_close_popup(&h);
    leave(&h, d);
}

static void test_what_is_past_retention_is_purged_with_a_word(void **state)
{
    struct office *o = *state;
    struct desk *d = office_ready(o);
    struct str status = {0};
    struct host h;

    stage_open(&h, d, &pane_library);
    STAGE_WAIT(&h, is_read(d, 5));
    REFUSED(&h, "past-retention", "no retention is set");
    REFUSED(&h, "purge-past-retention", "no retention is set");
    desk_library_find(d, "retention:past");
    STAGE_WAIT(&h, d->library.state == LIBRARY_FAILED);
    SHOWS(&h, "Nothing is shown: no retention is set, so that nothing is past it: set");
    desk_library_find(d, NULL);
    STAGE_WAIT(&h, is_read(d, 5));
    desk_set_retention(d, 6, false);
    STAGE_WAIT(&h, d->retention.known);
    REFUSED(&h, "purge-past-retention", "no contact here is past retention");
    ledger_change(&o->home, "UPDATE record SET fetched_ms = fetched_ms - 300 * 86400000 WHERE id IN"
                            " (SELECT id FROM record WHERE answer > 0 LIMIT 2)");
    desk_set_retention(d, 7, false);
    STAGE_WAIT(&h, d->retention.known && d->retention.past.all == 2);
    DO(&h, "past-retention");
    STAGE_WAIT(&h, is_read(d, 2));
    pane_library.status(h.pane, &status);
    assert_string_equal(str_text(&status), "2 found: retention:past, 2 past retention");
    str_free(&status);
    h.typed_above = 2;
    DO(&h, "purge-past-retention");
    assert_non_null(strstr(h.asked, "2 contacts were fetched more than 7 months ago: "));
    h.answered(h.answered_self, 0);
    STAGE_WAIT(&h, is_read(d, 2));
    h.typed_above = 1;
    DO(&h, "purge-past-retention");
    assert_non_null(strstr(h.buttons, "Type 2 to purge"));
    h.typed(h.answered_self, "2");
    STAGE_WAIT(&h, is_read(d, 0));
    DO(&h, "back");
    STAGE_WAIT(&h, is_read(d, 3));
    leave(&h, d);
}

static void test_notices_that_are_due(void **state)
{
    struct office *o = *state;
    struct desk *d = office_ready(o);
    struct host h;

    stage_open(&h, d, &pane_library);
    STAGE_WAIT(&h, is_read(d, 3));
    ledger_change(&o->home, "UPDATE answer SET raw = json_set(raw, '$.withinEu', json('true'),"
                            " '$.noticeProvidedDate', iif(no = (SELECT max(no) FROM answer), '',"
                            " '06/27/2020'))");
    DO(&h, "notices");
    STAGE_WAIT(&h, is_read(d, 1));
    assert_true(desk_library_line(d, 0)->notice_by_ms > desk_utc_ms(d));
    stage_draw(&h, USUAL_H, 400);
    SHOWS(&h, "Notice by");
    DO(&h, "detail");
    STAGE_WAIT(&h, !d->detail.asked);
    assert_true(is_told(d, "noticeBy"));
    DO(&h, "back");
    STAGE_WAIT(&h, is_read(d, 3));
    leave(&h, d);
}

static void test_purging_asks_and_leaves_nothing(void **state)
{
    static const char *const strangers[] = {"999999901"};
    struct desk *d = office_ready(*state);
    struct host h;
    char *id;

    stage_search(d, NULL);
    stage_open(&h, d, &pane_library);
    STAGE_WAIT(&h, is_read(d, 6));
    id = mem_strdup(desk_library_line(d, 0)->id);
    DO(&h, "mark");
    DO(&h, "purge");
    assert_non_null(strstr(h.asked, "never bought or kept again"));
    h.answered(h.answered_self, 0);
    STAGE_WAIT(&h, is_read(d, 6));
    // One that is not owned is not counted among those that are; and many are typed.
    assert_int_equal(desk_mark_records(d, strangers, strangers, 1, true), 1);
    STAGE_WAIT(&h, d->marks.summed && desk_rests(d));
    h.typed_above = 1;
    DO(&h, "purge");
    assert_string_equal(h.asked, "Purge");
    assert_true(str_starts(h.buttons, "1 contact out of"));
    assert_non_null(strstr(h.buttons, " 1 that is not owned can no more be bought either."));
    assert_non_null(strstr(h.buttons, "Type 2 to purge"));
    h.typed(h.answered_self, "1");
    assert_non_null(strstr(h.failed, "nothing was purged"));
    assert_int_equal(desk_mark_records(d, strangers, strangers, 1, false), 1);
    h.typed(h.answered_self, " 2");
    STAGE_WAIT(&h, is_read(d, 5));
    assert_int_equal(d->marks.n, 0);
    // Nobody can mark who is on the list.
    STAGE_WAIT(
        &h,
        d->results.table && table_place(d->results.table, id) == TABLE_NONE
            ? true
            : table_note(d->results.table, (size_t)table_place(d->results.table, id))->standing ==
                  STANDING_SUPPRESSED);
    (void)desk_mark_fetched(d);
    assert_false(desk_marked(d, id));
    free(id);
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_owned_at_first),
        cmocka_unit_test(test_what_is_bought_stands_there_and_is_found),
        cmocka_unit_test(test_the_detail_steps_through_the_library),
        cmocka_unit_test(test_columns_are_chosen),
        cmocka_unit_test(test_marks_tags_and_order),
        cmocka_unit_test(test_fetching_again_says_its_price_and_what_differs),
        cmocka_unit_test(test_purging_asks_and_leaves_nothing),
        cmocka_unit_test(test_what_is_past_retention_is_purged_with_a_word),
        cmocka_unit_test(test_notices_that_are_due),
    };

    return cmocka_run_group_tests(tests, open_small, tear_down);
}
