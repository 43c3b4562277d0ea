// The results pane: order, finding, filters and groups of rows, and the cell under the cursor.
#include "ui-pane/results_stage.h"

#include "base/text.h"

static void test_sorting(void **state)
{
    // So many that the pages looked at meanwhile are never all.
    static const char *const many[] = {"Management level=Manager", NULL};
    struct host h;
    struct desk *d = open_rows(*state, &h, many);
    const struct search_operation *op = &d->results.entity->search;
    struct str status = {0};
    bool ascending;
    size_t title = (size_t)(column_find(op->columns, op->n_columns, "jobTitle") - op->columns);

    DO(&h, "right");
    DO(&h, "right"); // the title, by which the server does not order
    DO(&h, "sort-up");
    assert_true(desk_sorted(d, title, &ascending) && ascending);
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "Job title ^");
    pane_results.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), "sorted by Job title ^, fetched rows"));
    DO(&h, "sort-down");
    assert_true(desk_sorted(d, title, &ascending) && !ascending);
    DO(&h, "left");
    DO(&h, "sort-up-more");
    assert_int_equal(d->results.n_keys, 2);
    str_clear(&status);
    pane_results.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), "sorted by Job title v, Last name ^, fetched rows"));
    // Where there is no room the basis stays.
    STAGE_WAIT(&h, !d->results.arranging);
    stage_draw(&h, USUAL_H, 72);
    str_clear(&status);
    pane_results.status(h.pane, &status);
    assert_null(strstr(str_text(&status), "page"));
    assert_non_null(strstr(str_text(&status), "sorted by Job title v +1, fetched rows"));
    assert_true(text_width(str_text(&status)) <= h.pane->title_w);
    stage_draw(&h, LARGE_H, LARGE_W);
    DO(&h, "right");
    DO(&h, "sort-down");
    assert_int_equal(d->results.n_keys, 0);
    DO(&h, "sort Job title");
    assert_true(desk_sorted(d, title, &ascending) && ascending);
    DO(&h, "sort");
    assert_int_equal(d->results.n_keys, 0);
    DO(&h, "sort contactAccuracyScore"); // the server's to do, for not all is fetched
    assert_int_equal(d->results.n_keys, 0);
    STAGE_WAIT(&h, d->results.query.sort_by && d->results.state == RESULTS_THERE);
    str_clear(&status);
    pane_results.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), "server sort contactAccuracyScore v"));
    str_free(&status);
    REFUSED(&h, "sort height", "no column \"height\"");
    leave(&h, d);
}

// Takes a step back or forth; what it says.
static void turns(struct host *h, bool (*turn)(struct desk *, struct str *, struct err *),
                  const char *says)
{
    struct str what = {0};
    struct err e;

    if (!turn(h->desk, &what, &e))
        fail_msg("%s: %s", says, e.text);
    assert_string_equal(str_text(&what), says);
    str_free(&what);
    STAGE_WAIT(h, h->desk->results.state != RESULTS_ASKED && !h->desk->results.arranging);
}

static void test_a_sort_is_undone(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    const struct results *now = &d->results;
    char *id;
    bool ascending;
    size_t last_name = desk_column_find(now, "lastName");
    struct str what = {0};
    struct err e;

    DO(&h, "right");
    DO(&h, "right");
    DO(&h, "sort-up");
    DO(&h, "sort-down");
    desk_sort(d, last_name, true, true);
    desk_sort(d, last_name, true, true); // as it is: no step
    STAGE_WAIT(&h, !now->arranging);
    desk_go_to(d, 5);
    id = mem_strdup(table_id(now->table, 5));
    turns(&h, desk_undo, "Undid the sort by Last name.");
    assert_int_equal(now->n_keys, 1);
    assert_string_equal(table_id(now->table, now->place), id);
    turns(&h, desk_undo, "Undid the sort by Job title.");
    assert_true(desk_sorted(d, desk_column_find(now, "jobTitle"), &ascending) && ascending);
    assert_string_equal(table_id(now->table, now->place), id);
    turns(&h, desk_undo, "Undid the sort by Job title.");
    assert_int_equal(now->n_keys, 0);
    assert_string_equal(table_id(now->table, now->place), id);
    turns(&h, desk_redo, "Did the sort by Job title again.");
    assert_true(desk_sorted(d, desk_column_find(now, "jobTitle"), &ascending) && ascending);
    assert_string_equal(table_id(now->table, now->place), id);
    DO(&h, "sort");
    turns(&h, desk_undo, "Undid the return to the server's order.");
    assert_int_equal(now->n_keys, 1);
    // The server's, which is asked for each time. Behind it the cursor is on a row that is there.
    desk_go_to(d, table_rows(now->table) - 1);
    assert_true(desk_search_sorted(d, "contactAccuracyScore", false, &e));
    assert_false(desk_undo(d, &what, &e));
    assert_non_null(strstr(e.text, "wait a moment"));
    STAGE_WAIT(&h, now->state == RESULTS_THERE);
    assert_non_null(table_id(now->table, now->place));
    desk_go_to(d, 3);
    turns(&h, desk_undo, "Undoing the sort by Score: one request.");
    assert_null(now->query.sort_by);
    assert_int_equal(now->n_keys, 1);
    assert_non_null(table_id(now->table, now->place));
    turns(&h, desk_redo, "Doing the sort by Score again: one request.");
    assert_string_equal(now->query.sort_by, "contactAccuracyScore");
    assert_false(now->query.ascending);
    assert_int_equal(now->n_keys, 0);
    assert_non_null(table_id(now->table, now->place));
    // Rows of another search have no order to go back to.
    stage_search(d, (const char *const[]){"lastName=Adams", NULL});
    assert_true(desk_undo(d, &what, &e));
    assert_non_null(strstr(str_text(&what), "the change of"));
    str_free(&what);
    free(id);
    leave(&h, d);
}

static void test_the_servers_order(void **state)
{
    struct desk *d = office_ready(*state);
    struct str status = {0};
    struct host h;
    struct err e;

    assert_true(desk_server_sort(d, "contactAccuracyScore:desc", &e));
    stage_search(d, vps);
    stage_open(&h, d, &pane_results);
    SHOWS(&h, "Score v");
    pane_results.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), "server sort contactAccuracyScore v"));
    str_free(&status);
    for (size_t i = 0; i < d->results.n_shown; i++) {
        if (d->results.shown[i].column == desk_column_find(&d->results, "lastName"))
            desk_place(d, 0, 0, i, 0);
    }
    stage_draw(&h, USUAL_H, USUAL_W);
    DO(&h, "sort-up-more"); // of what the server's order has alike
    assert_int_equal(d->results.n_keys, 2);
    STAGE_WAIT(&h, !d->results.arranging);
    h.pane->title_w = 0;
    pane_results.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), "sorted by Score v, Last name ^, fetched rows"));
    str_free(&status);
    leave(&h, d);
}

#define FIND(host_, line_)                                                                         \
    do {                                                                                           \
        DO((host_), (line_));                                                                      \
        STAGE_WAIT((host_), !d->results.finding);                                                  \
    } while (0)

static void test_finding(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    const struct table *t = d->results.table;
    char *line = str_format("find %s", table_cell(t, 7, 0)); // an id: there is one
    size_t first;
    struct err e;

    REFUSED(&h, "find-next", "nothing was searched for");
    FIND(&h, line);
    assert_int_equal(d->results.place, 7);
    FIND(&h, "find-next");
    assert_int_equal(d->results.place, 7);
    assert_non_null(strstr(d->message.text, "There is no other"));
    free(line);
    FIND(&h, "find Vice President");
    first = d->results.place;
    FIND(&h, "find-next");
    assert_true(d->results.place != first);
    FIND(&h, "find-prev");
    assert_int_equal(d->results.place, first);
    FIND(&h, "find /^vice .*(sales|marketing)/");
    FIND(&h, "find =vcprsdnt");
    assert_null(strstr(d->message.text, "no fetched row"));
    REFUSED(&h, "find /(/", "no regular expression");
    FIND(&h, "find qqqqqq");
    assert_non_null(strstr(d->message.text, "no fetched row holds \"qqqqqq\""));
    assert_true(stage_run(&h, "back", &e)); // the found text is shown no more
    assert_false(stage_run(&h, "back", &e));
    leave(&h, d);
}

static void test_filtering(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    const struct table *t = d->results.table;
    size_t title = desk_column_find(&d->results, "jobTitle"), all = table_rows(t);
    struct str status = {0};
    struct err e;
    char *id;

    STAGE_WAIT(&h, desk_rests(d)); // all pages are here
    REFUSED(&h, "filter-rows /(/", "no regular expression");
    REFUSED(&h, "all-rows", "shown already");
    DO(&h, "filter-rows Marketing");
    STAGE_WAIT(&h, !d->results.arranging);
    assert_true(table_filtered(t) && table_rows(t) > 0 && table_rows(t) < table_fetched(t));
    for (size_t i = 0; i < table_rows(t); i++)
        assert_non_null(strstr(table_cell(t, i, title), "Marketing"));
    pane_results.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), " with \"Marketing\" of all "));
    str_free(&status);
    DO(&h, "sort-down-more");
    STAGE_WAIT(&h, !d->results.arranging);
    assert_true(table_filtered(t));
    DO(&h, "filter-rows qqqqqq");
    STAGE_WAIT(&h, !d->results.arranging);
    SHOWS(&h, "rows holds \"qqqqqq\"");
    assert_true(stage_run(&h, "back", &e));
    STAGE_WAIT(&h, !d->results.arranging);
    assert_int_equal(table_rows(t), all);
    desk_go_to(d, 9);
    id = str_format("%s", table_id(t, 9));
    DO(&h, "filter-rows qqqqqq"); // shows nothing: the cursor comes back to where it stood
    STAGE_WAIT(&h, !d->results.arranging && table_rows(t) == 0);
    DO(&h, "all-rows");
    STAGE_WAIT(&h, !d->results.arranging && table_rows(t) == all);
    assert_string_equal(table_id(t, d->results.place), id);
    free(id);
    leave(&h, d);
}

static void test_grouping(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    const struct table *t = d->results.table;
    size_t company = desk_column_find(&d->results, "companyName"), n;
    char *value;

    STAGE_WAIT(&h, desk_rests(d)); // all pages are here
    REFUSED(&h, "group height", "no column \"height\"");
    DO(&h, "group companyName");
    assert_string_equal(h.opened, "groups");
    host_popup(&h, pane_groups.open(d, &h));
    STAGE_WAIT(&h, d->results.groups.n);
    stage_draw(&h, USUAL_H, 70);
    assert_int_equal(d->results.groups.rows, table_fetched(t));
    value = str_format("%s", d->results.groups.texts.data + d->results.groups.items[0].text);
    n = d->results.groups.items[0].count;
    SHOWS(&h, value);
    SHOWS(&h, "%");
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 0);
    STAGE_WAIT(&h, !d->results.arranging);
    assert_int_equal(table_rows(t), n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(table_cell(t, i, company), value);
    DO(&h, "all-rows");
    free(value);
    leave(&h, d);
}

static void test_going_to_a_row(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    const struct table *t = d->results.table;
    size_t rows = table_rows(t);
    char *last = str_format("goto %zu", rows), *past = str_format("goto %zu", rows + 1);

    REFUSED(&h, "goto 0", "there is no row 0: there are rows 1 to ");
    REFUSED(&h, "goto -5", "there is no row -5: there are rows 1 to ");
    REFUSED(&h, "goto abc", "\"abc\" is no number of a row: there are rows 1 to ");
    REFUSED(&h, "goto 5.", "\"5.\" is no number of a row: ");
    REFUSED(&h, "goto -", "\"-\" is no number of a row: ");
    REFUSED(&h, "goto ''", "\"\" is no number of a row: ");
    REFUSED(&h, past, ": there are rows 1 to ");
    REFUSED(&h, "goto 999999999999999999999",
            "there is no row 999999999999999999999: there are rows 1 to ");
    REFUSED(&h, "goto -99999999999999999999", "there is no row -99999999999999999999: ");
    DO(&h, "goto 0,0,12"); // as numbers are shown
    assert_int_equal(d->results.place, 11);
    DO(&h, last);
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_int_equal(d->results.place, rows - 1);
    SHOWS(&h, "\u00b7\u00b7\u00b7"); // it is on its way
    STAGE_WAIT(&h, table_id(t, rows - 1));
    DO(&h, "filter-rows Zzyzxq");
    STAGE_WAIT(&h, !d->results.arranging);
    REFUSED(&h, "goto 1", "there is no row 1: no row is shown; :all-rows shows all again");
    free(last);
    free(past);
    leave(&h, d);
}

static void test_the_cell_under_the_cursor(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    char *title =
        str_format("Job title: %s",
                   table_cell(d->results.table, 0, desk_column_find(&d->results, "jobTitle")));

    DO(&h, "right");
    DO(&h, "right");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, title); // in full
    while (d->results.entity->search.columns[d->results.shown[d->results.at].column].type !=
           COLUMN_FLAG)
        DO(&h, "right");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "x yes  . no");
    free(title);
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sorting),           cmocka_unit_test(test_a_sort_is_undone),
        cmocka_unit_test(test_the_servers_order), cmocka_unit_test(test_finding),
        cmocka_unit_test(test_filtering),         cmocka_unit_test(test_grouping),
        cmocka_unit_test(test_going_to_a_row),    cmocka_unit_test(test_the_cell_under_the_cursor),
    };

    return cmocka_run_group_tests_name("ui-pane/results_order", tests, set_up, tear_down);
}
