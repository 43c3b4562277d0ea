// The results pane: order, finding, filters and groups of rows, and their columns.
#include "ui-pane/results_stage.h"

static void test_sorting(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
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

    REFUSED(&h, "goto 0", "there are rows 1 to ");
    REFUSED(&h, "goto x", "there are rows 1 to ");
    REFUSED(&h, past, "there are rows 1 to ");
    REFUSED(&h, "goto 99999999999999999999999999999999999999", "there are rows 1 to ");
    DO(&h, "goto 0,0,12"); // as numbers are shown
    assert_int_equal(d->results.place, 11);
    DO(&h, last);
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_int_equal(d->results.place, rows - 1);
    SHOWS(&h, "\u00b7\u00b7\u00b7"); // it is on its way
    STAGE_WAIT(&h, table_id(t, rows - 1));
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

static void test_widths_and_pins(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    int width;

    stage_draw(&h, LARGE_H, LARGE_W);
    width = d->results.shown[0].width;
    DO(&h, "wider"); // than it is drawn, where there is room to spare
    assert_true(d->results.shown[0].width > width);
    width = d->results.shown[0].width;
    DO(&h, "narrower");
    assert_true(d->results.shown[0].width < width);
    DO(&h, "wider");
    assert_int_equal(d->results.shown[0].width, width);
    DO(&h, "last");
    DO(&h, "pin");
    assert_true(d->results.shown[d->results.at].pinned);
    stage_draw(&h, USUAL_H, USUAL_W);
    DO(&h, "pin");
    assert_false(d->results.shown[d->results.at].pinned);
    leave(&h, d);
}

static size_t first_shown(const struct host *h)
{
    return h->desk->results.shown[0].column;
}

// By their headings, with the mouse; a click without a way sorts.
static void test_columns_are_dragged(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    size_t first = first_shown(&h), second = d->results.shown[1].column;
    struct str what = {0};
    struct err e;
    int from, to;

    stage_draw(&h, LARGE_H, LARGE_W);
    from = heading_at(&h, "First name");
    to = heading_at(&h, "Last name");
    assert_true(stage_mouse(&h, MOUSE_PRESS, 0, from));
    assert_true(stage_mouse(&h, MOUSE_DRAG, 0, from + 1)); // still on itself
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS_NOT(&h, "goes behind");
    assert_true(stage_mouse(&h, MOUSE_DRAG, 2, to + 1)); // hands are not steady
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "First name goes behind Last name");
    assert_int_equal(first_shown(&h), first);
    assert_true(stage_mouse(&h, MOUSE_RELEASE, 2, to + 1));
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS_NOT(&h, "goes behind");
    assert_int_equal(first_shown(&h), second);
    assert_int_equal(d->results.at, 1);
    assert_int_equal(d->results.n_keys, 0);
    assert_true(stage_mouse(&h, MOUSE_PRESS, 0, heading_at(&h, "First name")));
    assert_true(stage_mouse(&h, MOUSE_DRAG, 0, -9)); // past the end
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "First name goes before Last name");
    DO(&h, "back"); // with the button still down
    assert_true(stage_mouse(&h, MOUSE_RELEASE, 0, -9));
    assert_int_equal(first_shown(&h), second);
    assert_true(desk_undo(d, &what, &e));
    assert_int_equal(first_shown(&h), first);
    assert_int_equal(d->results.at, 0); // the cursor goes with it
    assert_true(desk_redo(d, &what, &e));
    assert_int_equal(d->results.at, 1);
    assert_true(desk_undo(d, &what, &e));
    stage_draw(&h, LARGE_H, LARGE_W);
    DO(&h, "column-right");
    assert_int_equal(d->results.shown[1].column, first);
    str_free(&what);
    leave(&h, d);
}

// The first two change places, and so many of the others are left.
static void swap_first_two(struct desk *d, size_t from, size_t n)
{
    struct shown_column *all = mem_dup(d->results.shown, d->results.n_shown * sizeof(*all));
    struct shown_column first = all[0];
    struct err e;

    all[0] = all[1];
    all[1] = first;
    assert_true(desk_columns(d, all + from, n - from, &e));
    free(all);
}

// What the mouse holds is the column, wherever the others go meanwhile.
static void test_columns_change_under_the_mouse(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    size_t first = first_shown(&h), n = d->results.n_shown, third = d->results.shown[2].column;
    bool ascending;
    int x;

    stage_draw(&h, LARGE_H, LARGE_W);
    x = heading_at(&h, "First name");
    assert_true(stage_mouse(&h, MOUSE_PRESS, 0, x));
    swap_first_two(d, 0, n);
    assert_true(stage_mouse(&h, MOUSE_RELEASE, 0, x)); // before anything was drawn: it is sorted
    assert_true(desk_sorted(d, first, &ascending));
    stage_draw(&h, LARGE_H, LARGE_W);
    assert_true(stage_mouse(&h, MOUSE_PRESS, 0, heading_at(&h, "First name")));
    assert_true(stage_mouse(&h, MOUSE_DRAG, 0, heading_at(&h, "Job title")));
    swap_first_two(d, 0, n);
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "First name goes behind Job title");
    assert_true(stage_mouse(&h, MOUSE_RELEASE, 0, heading_at(&h, "Job title")));
    assert_int_equal(d->results.shown[1].column, third);
    assert_int_equal(d->results.shown[2].column, first);
    // It is shown no more: nothing is held, neither the heading nor the edge.
    stage_draw(&h, LARGE_H, LARGE_W);
    assert_true(stage_mouse(&h, MOUSE_PRESS, 0, heading_at(&h, "Job title")));
    assert_true(stage_mouse(&h, MOUSE_DRAG, 0, heading_at(&h, "First name")));
    swap_first_two(d, 1, n);
    assert_int_equal(d->results.n_shown, n - 1);
    swap_first_two(d, 1, n - 1);
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS_NOT(&h, " goes ");
    first = first_shown(&h);
    assert_true(stage_mouse(&h, MOUSE_RELEASE, 0, -9));
    assert_int_equal(first_shown(&h), first);
    leave(&h, d);
}

static void test_columns_are_moved(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    size_t first = first_shown(&h);

    REFUSED(&h, "column-left", "the first column already");
    DO(&h, "column-right");
    assert_int_equal(d->results.shown[1].column, first);
    assert_int_equal(d->results.at, 1);
    DO(&h, "column-left");
    assert_int_equal(first_shown(&h), first);
    DO(&h, "last");
    REFUSED(&h, "column-right", "the last column already");
    leave(&h, d);
}

static void test_columns(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    size_t n = d->results.n_shown, second = d->results.shown[1].column;

    host_popup(&h, pane_columns.open(d, &h));
    stage_draw(&h, USUAL_H, 58);
    SHOWS(&h, "x First name");
    SHOWS(&h, "S-Up S-Down move");
    DO(&h, "down");
    assert_true(stage_key(&h, K_SHIFT | K_UP)); // the second becomes the first
    stage_type(&h, "school");
    stage_draw(&h, USUAL_H, 58);
    SHOWS(&h, "School");
    SHOWS_NOT(&h, "First name");
    assert_true(stage_key(&h, K_TAB));
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 0);
    assert_int_equal(d->results.n_shown, n + 1);
    assert_int_equal(d->results.shown[0].column, second);
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "School");
    leave(&h, d);
}

static void test_no_columns(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    size_t n = d->results.n_shown;

    host_popup(&h, pane_columns.open(d, &h));
    for (size_t i = 0; i < n; i++) {
        assert_true(stage_key(&h, ' '));
        DO(&h, "down");
    }
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 1); // it stays and says why
    stage_draw(&h, USUAL_H, 58);
    SHOWS(&h, "at least one column");
    assert_int_equal(d->results.n_shown, n);
    leave(&h, d);
}

static void buy_first(struct host *h, struct desk *d)
{
    struct err e;

    assert_int_equal(desk_mark(d, 0, 0, true), 1);
    assert_true(desk_quote(d, NULL, &e));
    STAGE_WAIT(h, d->buying.state == BUYING_QUOTED);
    assert_true(desk_lock(d, false, &e));
    if (!desk_buy(d, 1, 0, &e))
        fail_msg("%s", e.text);
    STAGE_WAIT(h, d->buying.state == BUYING_DONE);
}

static void choose_column(struct host *h, struct desk *d, const char *name)
{
    host_popup(h, pane_columns.open(d, h));
    stage_type(h, name);
    stage_draw(h, USUAL_H, 58);
    assert_true(stage_key(h, K_TAB));
    DO(h, "choose");
    stage_draw(h, USUAL_H, LARGE_W);
}

// Rows are put in order, sifted and counted by what the library has of them too.
static void by_the_library(struct host *h, struct desk *d, size_t city)
{
    const struct results *r = &d->results;
    char *name = str_format("%s", desk_cell(d, 0, city)),
         *line = str_format("filter-rows %s", name);
    struct str status = {0};
    struct err e;

    desk_go_to(d, 1);
    DO(h, "sort-up"); // the one that has a city comes first, whatever it is
    STAGE_WAIT(h, r->n_keys && !r->arranging && table_ordered(r->table));
    STAGE_WAIT(h, *desk_cell(d, 0, city));
    assert_string_equal(desk_cell(d, 0, city), name);
    pane_results.status(h->pane, &status);
    assert_non_null(strstr(str_text(&status), "City ^, fetched rows as the library has them"));
    str_free(&status);
    DO(h, "sort-down");
    STAGE_WAIT(h, !r->arranging && *desk_cell(d, 0, city)); // still: what is empty comes last
    DO(h, line);
    STAGE_WAIT(h, !r->arranging && table_filtered(r->table));
    assert_int_equal(table_rows(r->table), 1);
    DO(h, "all-rows");
    STAGE_WAIT(h, !r->arranging && !table_filtered(r->table));
    assert_true(desk_group(d, city, &e));
    STAGE_WAIT(h, !r->grouping);
    assert_int_equal(r->groups.n, 2); // that city, and nothing
    assert_int_equal(r->groups.rows, table_fetched(r->table));
    assert_int_equal(r->groups.items[1].count, 1);
    assert_true(desk_mark_same(d, 1, city, &e)); // those with nothing; one is marked
    STAGE_WAIT(h, d->marks.n > 1);
    assert_int_equal(d->marks.n, table_fetched(r->table));
    (void)desk_marks_clear(d);
    desk_filter_value(d, city, name);
    STAGE_WAIT(h, !r->arranging && table_filtered(r->table));
    assert_int_equal(table_rows(r->table), 1);
    desk_filter_drop(d);
    desk_unsort(d);
    STAGE_WAIT(h, !r->arranging && !table_ordered(r->table));
    free(name);
    free(line);
}

// A search of companies tells ids and names: filters and library have more to say.
static void test_columns_beyond_the_search(void **state)
{
    struct desk *d = office_ready(*state);
    const struct results *r = &d->results;
    struct host h;
    struct err e;
    size_t city;

    desk_entity(d, &entity_company);
    stage_search(d, (const char *const[]){"State=Texas", "Employees>=5", NULL});
    stage_open(&h, d, &pane_results);
    city = desk_column_find(r, "City");
    assert_int_equal(desk_column_source(r, city), COLUMN_OF_LIBRARY);
    assert_false(desk_column_offered(r, desk_column_find(r, "filter.zipCode")));
    host_popup(&h, pane_columns.open(d, &h));
    stage_draw(&h, LARGE_H, 58);
    SHOWS(&h, "from the library");
    SHOWS(&h, "Filter Employees >=");
    stage_close_popup(&h);
    choose_column(&h, d, "filter state");
    SHOWS(&h, "Texas");
    choose_column(&h, d, "city");
    assert_int_equal(r->shown[r->n_shown - 1].column, city);
    assert_string_equal(desk_cell(d, 0, city), "");
    for (size_t i = 1; i < r->n_shown; i++)
        DO(&h, "right");
    stage_draw(&h, USUAL_H, LARGE_W);
    SHOWS(&h, "City: not known: only enriching tells it");
    REFUSED(&h, "sort filter.state", "alike in all rows");
    DO(&h, "sort employeeCount"); // which it does
    STAGE_WAIT(&h, r->state == RESULTS_THERE && r->query.sort_by);
    buy_first(&h, d);
    STAGE_WAIT(&h, *desk_cell(d, 0, city));
    SHOWS(&h, desk_cell(d, 0, city));
    assert_string_equal(desk_cell(d, 1, city), "");
    DO(&h, "copy-cell");
    assert_string_equal(h.copied, desk_cell(d, 0, city));
    by_the_library(&h, d, city);
    desk_go_to(d, 5);
    assert_true(desk_find(d, desk_cell(d, 0, city), 1, &e)); // round the end
    STAGE_WAIT(&h, !r->finding);
    assert_int_equal(r->place, 0);
    desk_go_to(d, 5);
    assert_true(desk_find(d, desk_cell(d, 0, city), -1, &e));
    STAGE_WAIT(&h, !r->finding);
    assert_int_equal(r->place, 0);
    assert_true(desk_find(d, "qqqq", 1, &e));
    STAGE_WAIT(&h, !r->finding);
    assert_int_equal(r->place, 0);
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sorting),
        cmocka_unit_test(test_the_servers_order),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_filtering),
        cmocka_unit_test(test_grouping),
        cmocka_unit_test(test_going_to_a_row),
        cmocka_unit_test(test_the_cell_under_the_cursor),
        cmocka_unit_test(test_widths_and_pins),
        cmocka_unit_test(test_columns_are_dragged),
        cmocka_unit_test(test_columns_change_under_the_mouse),
        cmocka_unit_test(test_columns_are_moved),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_no_columns),
        cmocka_unit_test(test_columns_beyond_the_search),
    };

    return cmocka_run_group_tests_name("ui-pane/results_columns", tests, set_up, tear_down);
}
