// The results pane: widths, places and choice of its columns, and those beyond the search.
#include "ui-pane/results_stage.h"

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
    desk_go_to(d, 0); // it went with its record
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
