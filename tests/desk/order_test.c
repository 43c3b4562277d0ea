// The server's order of the rows: where the cursor comes to stand, and an undo that does not come.
#include "desk/desk_stage.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "", "--contacts=3000", NULL};

    return open_desk(state, options);
}

// Rows of that search, in no order that was asked for.
static void search(const struct state *s, const char *where)
{
    struct desk *d = s->desk;
    struct err e;

    server_faults(s->office.server, "");
    desk_set_live_count(d, false);
    desk_filters_clear(d);
    if (!desk_where(d, where, &e) || !desk_search(d, &e))
        fail_msg("%s", e.text);
    DESK_WAIT(d, d->results.state != RESULTS_ASKED);
}

static void sort_by(struct desk *d, const char *field, bool ascending)
{
    struct err e;

    if (!desk_search_sorted(d, field, ascending, &e))
        fail_msg("%s", e.text);
    DESK_WAIT(d, d->results.state != RESULTS_ASKED);
}

// A step back or forth, and what came of it.
static void turns(struct desk *d, bool (*turn)(struct desk *, struct str *, struct err *),
                  const char *says)
{
    struct str what = {0};
    struct err e;

    if (!turn(d, &what, &e))
        fail_msg("%s", e.text);
    assert_string_equal(str_text(&what), says);
    str_free(&what);
    DESK_WAIT(d, d->results.state != RESULTS_ASKED && !d->results.arranging);
}

#define SAYS(d_, text_)                                                                            \
    do {                                                                                           \
        if (!strstr((d_)->message.text, (text_)))                                                  \
            fail_msg("it says: %s", (d_)->message.text);                                           \
    } while (0)

static void test_the_cursor_stays_on_its_record(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    uint64_t said;
    char *id;

    search(s, "lastName=Adams");
    assert_true(table_rows(r->table) > 3 && table_rows(r->table) == table_fetched(r->table));
    desk_place(d, 3, 1, 0, 0);
    id = mem_strdup(table_id(r->table, 3));
    said = d->message.number;
    sort_by(d, "companyName", true);
    assert_string_equal(table_id(r->table, r->place), id);
    assert_int_equal(d->message.number, said); // there is nothing to say
    turns(d, desk_undo, "Undoing the sort by Company: one request.");
    SAYS(d, "Undid the sort by Company.");
    assert_string_equal(table_id(r->table, r->place), id);
    turns(d, desk_redo, "Doing the sort by Company again: one request.");
    SAYS(d, "Did the sort by Company again.");
    assert_string_equal(table_id(r->table, r->place), id);
    free(id);
}

static void test_where_its_place_is_not_known_that_is_said(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;

    search(s, "Accuracy score>=70");
    desk_place(d, 250, 240, 0, 0);
    desk_look(d, 240, 20);
    DESK_WAIT(d, table_id(r->table, 250));
    sort_by(d, "lastName", false);
    assert_int_equal(r->place, 0);
    SAYS(d, "Sorted by Last name. The row that the cursor was on is not among the 100 fetched ones: "
            "it is on row 1.");
    desk_go_to(d, 4);
    turns(d, desk_undo, "Undoing the sort by Last name: one request.");
    assert_int_equal(r->place, 250); // where it was before
    assert_int_equal(r->top, 240);
    SAYS(d, "Undid the sort by Last name. The row that the cursor was on is not among the 100 "
            "fetched ones: it is on row 251.");
}

// The rows keep their order, and the step can be tried again.
static void test_an_undo_that_does_not_come_stays_possible(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    struct str what = {0};
    struct err e;

    search(s, "Accuracy score>=70");
    sort_by(d, "lastName", true);
    server_faults(s->office.server, "POST /search/contact 403");
    turns(d, desk_undo, "Undoing the sort by Last name: one request.");
    assert_int_equal(r->state, RESULTS_THERE);
    assert_string_equal(r->query.sort_by, "lastName");
    SAYS(d, "The rows stay in the order they have: ");
    assert_false(desk_redo(d, &what, &e));
    server_faults(s->office.server, "");
    turns(d, desk_undo, "Undoing the sort by Last name: one request.");
    assert_null(r->query.sort_by);
    server_faults(s->office.server, "POST /search/contact 403");
    turns(d, desk_redo, "Doing the sort by Last name again: one request.");
    assert_null(r->query.sort_by);
    server_faults(s->office.server, "");
    turns(d, desk_redo, "Doing the sort by Last name again: one request.");
    assert_string_equal(r->query.sort_by, "lastName");
    assert_false(desk_redo(d, &what, &e));
    str_free(&what);
}

// What is done while the server is asked is a step of its own.
static void test_a_mark_meanwhile(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    struct str what = {0};
    struct err e;

    search(s, "Accuracy score>=70");
    (void)desk_marks_clear(d);
    sort_by(d, "lastName", true);
    assert_true(desk_undo(d, &what, &e));
    assert_int_equal(desk_mark(d, 0, 1, true), 2);
    DESK_WAIT(d, r->state != RESULTS_ASKED);
    assert_null(r->query.sort_by);
    turns(d, desk_redo, "Doing the sort by Last name again: one request.");
    assert_string_equal(r->query.sort_by, "lastName");
    sort_by(d, "companyName", true);
    turns(d, desk_undo, "Undoing the sort by Company: one request.");
    str_clear(&what);
    assert_true(desk_redo(d, &what, &e));
    assert_int_equal(desk_mark(d, 5, 5, true), 1); // nothing can be redone from now on
    DESK_WAIT(d, r->state != RESULTS_ASKED);
    assert_string_equal(r->query.sort_by, "companyName");
    turns(d, desk_undo, "Undoing the sort by Company: one request.");
    assert_string_equal(r->query.sort_by, "lastName");
    (void)desk_marks_clear(d);
    str_free(&what);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_cursor_stays_on_its_record),
        cmocka_unit_test(test_where_its_place_is_not_known_that_is_said),
        cmocka_unit_test(test_an_undo_that_does_not_come_stays_possible),
        cmocka_unit_test(test_a_mark_meanwhile),
    };

    return cmocka_run_group_tests_name("desk/order", tests, set_up, tear_down);
}
