// The results pane: empty and failed states, paging, marks, copying, the mouse, hostile texts.
#include "ui-pane/results_stage.h"

#include "model/page.h"

static void test_before_the_first_search(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;

    stage_open(&h, d, &pane_results);
    SHOWS(&h, "No search yet: f builds one, r runs it");
    SHOWS(&h, "Searching costs requests");
    assert_false(pane_results.offers(h.pane, "pin"));
    assert_true(pane_results.offers(h.pane, "copy-marked"));
    REFUSED(&h, "mark", "no fetched row");
    REFUSED(&h, "sort-up", "no fetched row");
    REFUSED(&h, "copy-row", "no fetched row");
    assert_false(stage_mouse(&h, MOUSE_PRESS, 3, 3));
    stage_draw(&h, 1, 1); // nothing breaks where there is no room
    stage_draw(&h, 0, 0);
    leave(&h, d);
}

static void test_nothing_found(void **state)
{
    struct host h;
    struct desk *d =
        open_rows(*state, &h, (const char *const[]){"lastName=Zzyzxq", "firstName=Qqqq", NULL});

    SHOWS(&h, "0 hits: no results for this account");
    SHOWS(&h, "f goes to the filters");
    leave(&h, d);
}

static void test_failed(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    struct host h;

    server_faults(o->server, "/search/contact 400");
    stage_search(d, vps);
    stage_open(&h, d, &pane_results);
    assert_int_equal(d->results.state, RESULTS_FAILED);
    SHOWS(&h, "r tries again");
    server_faults(o->server, "");
    DO(&h, "refresh");
    STAGE_WAIT(&h, d->results.state == RESULTS_THERE);
    SHOWS(&h, "Owned");
    SHOWS_NOT(&h, "tries again");
    leave(&h, d);
}

// A new search that fails leaves the rows of the former one, and says why.
static void test_failed_over_rows(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    long long asked;
    struct host h;
    struct err e;

    stage_search(d, NULL);
    asked = server_stat(o->server, "requests.POST /search/contact");
    server_faults(o->server, "/search/contact stall ms=300");
    stage_open(&h, d, &pane_results); // asks for pages ahead: they come when the search has failed
    STAGE_WAIT(&h, server_stat(o->server, "requests.POST /search/contact") >= asked + 2);
    server_faults(o->server, "/search/contact 400");
    assert_true(desk_search(d, &e));
    STAGE_WAIT(&h, d->results.err.kind != ERR_NONE);
    server_faults(o->server, "");
    STAGE_WAIT(&h, table_fetched(d->results.table) > 100);
    SHOWS(&h, "F5 tries again");
    SHOWS(&h, "Owned");
    DO(&h, "refresh");
    STAGE_WAIT(&h, d->results.err.kind == ERR_NONE && d->results.state == RESULTS_THERE);
    SHOWS(&h, "nothing marked: Space marks");
    leave(&h, d);
}

static void shows_row(struct host *h, size_t row)
{
    const struct table *t = h->desk->results.table;
    const struct entity *e = h->desk->results.entity;
    size_t last = (size_t)(column_find(e->search.columns, e->search.n_columns, "lastName") -
                           e->search.columns);

    SHOWS(h, table_cell(t, row, last));
}

static void test_rows(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    struct str status = {0};
    int head = stage_find(&h, "Owned");
    size_t at, of;

    assert_int_equal(head, 0);
    assert_int_equal(stage_find(&h, "Cost"), head);
    assert_int_equal(stage_find(&h, "First name"), head);
    assert_int_equal(stage_find(&h, "Score"), head); // also at 80 columns
    SHOWS(&h, "nothing marked: Space marks");
    SHOWS(&h, "row 1 of ");
    pane_results.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), "page 1 of "));
    assert_true(str_starts(str_text(&status), "fetched 100 of ") ||
                str_starts(str_text(&status), "all "));
    str_free(&status);
    assert_true(pane_results.place(h.pane, &at, &of));
    assert_int_equal(at, 0);
    assert_int_equal(of, table_rows(d->results.table));
    stage_draw(&h, LARGE_H, LARGE_W);
    assert_int_equal(stage_find(&h, "Last updated"), 0);
    assert_int_equal(stage_find(&h, "Cost"), 0);
    shows_row(&h, 0);
    shows_row(&h, 40);
    stage_draw(&h, SMALL_H, SMALL_W);
    assert_int_equal(stage_find(&h, "Owned"), 0);
    assert_int_equal(stage_find(&h, "Company"), 0);
    leave(&h, d);
}

// Rows that are not fetched are dots; looking at them fetches them.
static void test_paging(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, NULL);
    size_t rows = table_rows(d->results.table);

    assert_true(rows > 500);
    DO(&h, "bottom");
    assert_int_equal(d->results.place, rows - 1);
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_null(table_id(d->results.table, rows - 1));
    SHOWS(&h, "\u00b7\u00b7\u00b7");
    STAGE_WAIT(&h, table_id(d->results.table, rows - 1));
    stage_draw(&h, USUAL_H, LARGE_W);
    shows_row(&h, rows - 1);
    assert_null(table_id(d->results.table, rows / 2)); // nobody looked there
    DO(&h, "top");
    DO(&h, "page-down");
    assert_int_equal(d->results.place, USUAL_H - 3);
    leave(&h, d);
}

// A page that did not come is marked, and asked for again on demand, at once; what is there stays.
static void test_a_failed_page(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_rows(o, &h, NULL);
    size_t last = table_rows(d->results.table) - 1;

    STAGE_WAIT(&h, table_fetched(d->results.table) == 300); // the pages ahead
    server_faults(o->server, "/search/contact 400");
    DO(&h, "bottom");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "this row is not fetched yet");
    STAGE_WAIT(&h, desk_row_state(d, last) == ROW_FAILED);
    SHOWS(&h, "! \u00b7\u00b7\u00b7");
    SHOWS(&h, "the page of this row did not come");
    SHOWS(&h, "F5 tries again");
    server_faults(o->server, "");
    DO(&h, "top");
    STAGE_WAIT(&h, true);
    DO(&h, "refresh"); // is no new search
    assert_int_equal(d->results.state, RESULTS_THERE);
    DO(&h, "bottom");
    STAGE_WAIT(&h, desk_row_state(d, last) == ROW_THERE);
    assert_true(table_fetched(d->results.table) > 300);
    SHOWS_NOT(&h, "tries again");
    leave(&h, d);
}

static void test_marks(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);

    DO(&h, "mark");
    assert_int_equal(d->marks.n, 1);
    assert_int_equal(d->results.place, 1); // on to the next
    DO(&h, "mark-range");
    DO(&h, "down");
    DO(&h, "down");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "a range of 3 rows: v marks it");
    DO(&h, "mark-range");
    assert_int_equal(d->marks.n, 4);
    STAGE_WAIT(&h, d->marks.summed);
    SHOWS(&h, "4 marked: 0 owned, 4 new, 0 unsure -> 4 credits, 4 records, 1 request");
    assert_true(stage_find(&h, "*") > 0);
    DO(&h, "mark-range");
    DO(&h, "up");
    DO(&h, "back"); // leaves the range alone
    assert_int_equal(d->marks.n, 4);
    DO(&h, "top");
    DO(&h, "mark"); // takes the mark away
    assert_int_equal(d->marks.n, 3);
    DO(&h, "mark-page");
    assert_int_equal(d->marks.n, USUAL_H - 3);
    DO(&h, "mark-page"); // all of them are marked: back
    assert_int_equal(d->marks.n, 0);
    leave(&h, d);
}

static void test_back_goes_up(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    struct err e;

    assert_false(stage_run(&h, "back", &e));
    assert_int_equal(e.kind, ERR_NONE);
    assert_false(stage_run(&h, "refresh", &e));
    assert_int_equal(e.kind, ERR_NONE);
    leave(&h, d);
}

static void test_the_basket(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    struct err e;

    assert_int_equal(desk_mark(d, 3, 5, true), 3);
    host_popup(&h, pane_basket.open(d, &h));
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, d->marks.items[0].label);
    SHOWS(&h, d->marks.items[2].id);
    DO(&h, "down");
    assert_true(stage_key(&h, K_DELETE));
    assert_int_equal(d->marks.n, 2);
    assert_true(stage_key(&h, K_META | 'u'));
    assert_int_equal(d->marks.n, 3);
    DO(&h, "top");
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 0);
    assert_int_equal(d->results.place, 3);
    assert_true(desk_where(d, "firstName=Zzyzx", &e) && desk_search(d, &e));
    STAGE_WAIT(&h, d->results.state == RESULTS_THERE && table_rows(d->results.table) == 0);
    host_popup(&h, pane_basket.open(d, &h)); // of whatever search
    DO(&h, "choose");
    assert_string_equal(h.opened, "detail");
    leave(&h, d);
}

static void test_copying_what_is_marked(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    size_t lines = 0;

    (void)desk_mark(d, 1, 3, true);
    DO(&h, "copy-marked");
    assert_true(str_starts(h.copied, "First name\tLast name\t"));
    assert_non_null(strstr(
        h.copied, table_cell(d->results.table, 2, desk_column_find(&d->results, "lastName"))));
    for (const char *p = h.copied; *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, 4);
    leave(&h, d);
}

static void test_copying(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    const struct table *t = d->results.table;

    DO(&h, "down");
    DO(&h, "copy-cell");
    assert_string_equal(h.copied, table_cell(t, 1, d->results.shown[0].column));
    DO(&h, "copy-row");
    assert_non_null(strstr(h.copied, table_cell(t, 1, d->results.shown[1].column)));
    assert_non_null(strchr(h.copied, '\t'));
    desk_set_privacy(d, true); // what is copied is the value
    DO(&h, "copy-cell");
    assert_string_equal(h.copied, table_cell(t, 1, d->results.shown[0].column));
    assert_non_null(strstr(h.said, ", in clear: the mask is over the screen alone."));
    keep(&h.copied, "");
    h.no_clipboard = true; // there it would be on the screen
    DO(&h, "copy-cell");
    DO(&h, "copy-row");
    assert_string_equal(h.copied, "");
    assert_non_null(strstr(h.said, "nothing is shown"));
    leave(&h, d);
}

static void test_privacy(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    char *name = str_format("%s", table_cell(d->results.table, 0, d->results.shown[1].column));

    stage_draw(&h, 4, LARGE_W);
    SHOWS(&h, name);
    desk_set_privacy(d, true);
    stage_draw(&h, 4, LARGE_W);
    SHOWS_NOT(&h, name);
    SHOWS(&h, "\u2022\u2022\u2022");
    free(name);
    leave(&h, d);
}

static void test_the_detail(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);

    DO(&h, "down");
    DO(&h, "choose");
    assert_string_equal(h.opened, "detail");
    assert_string_equal(d->detail.id, table_id(d->results.table, 1));
    leave(&h, d);
}

static void click(struct host *h, int y, int x)
{
    assert_true(stage_mouse(h, MOUSE_PRESS, y, x));
    assert_true(stage_mouse(h, MOUSE_RELEASE, y, x));
}

static void test_mouse(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    bool ascending;
    size_t column = d->results.shown[0].column;
    int width, edge;

    assert_true(stage_mouse(&h, MOUSE_PRESS, 4, 20)); // row 3, below the headings
    assert_int_equal(d->results.place, 3);
    assert_true(stage_mouse(&h, MOUSE_RELEASE, 4, 20));
    assert_int_equal(d->marks.n, 0);
    assert_true(stage_mouse(&h, MOUSE_PRESS, 4, 20));
    assert_true(stage_mouse(&h, MOUSE_DRAG, 6, 20));
    assert_true(stage_mouse(&h, MOUSE_RELEASE, 6, 20));
    assert_int_equal(d->marks.n, 3);
    assert_true(stage_mouse(&h, MOUSE_PRESS, 10, 1)); // where the marks stand
    assert_true(stage_mouse(&h, MOUSE_RELEASE, 10, 1));
    assert_int_equal(d->marks.n, 4);
    assert_true(stage_mouse(&h, MOUSE_PRESS, 10, 1));
    assert_true(stage_mouse(&h, MOUSE_RELEASE, 10, 1));
    assert_int_equal(d->marks.n, 3);
    assert_true(
        stage_mouse(&h, MOUSE_DOUBLE, 2, USUAL_W - 2)); // on the price: the row all the same
    assert_string_equal(h.commands, "detail\n");
    assert_true(stage_mouse(&h, MOUSE_WHEEL_DOWN, 5, 5));
    assert_true(d->results.top > 0);
    assert_true(stage_mouse(&h, MOUSE_WHEEL_UP, 5, 5));
    stage_draw(&h, LARGE_H, LARGE_W);
    click(&h, 0, 4); // a heading
    assert_true(desk_sorted(d, column, &ascending) && ascending);
    click(&h, 0, 4);
    assert_true(desk_sorted(d, column, &ascending) && !ascending);
    click(&h, 0, 4);
    assert_int_equal(d->results.n_keys, 0);
    stage_draw(&h, LARGE_H, LARGE_W);
    edge = heading_at(&h, "Last name") - 1;
    width = edge - 3; // the gutter
    for (int x = edge - 2; x <= edge + 2; x++) {
        assert_true(stage_mouse(&h, MOUSE_PRESS, 0, x));
        assert_true(stage_mouse(&h, MOUSE_DRAG, 0, x + 5));
        assert_true(stage_mouse(&h, MOUSE_RELEASE, 0, x + 5));
        if (d->results.shown[0].width == width + 5)
            break;
    }
    assert_int_equal(d->results.shown[0].width, width + 5);
    leave(&h, d);
}

// Held beyond the rows that are shown the mouse takes the window along, until it is let go.
static void test_dragging_beyond(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);
    size_t last = table_rows(d->results.table) - 1, at;

    assert_true(last > 60);
    assert_true(stage_mouse(&h, MOUSE_PRESS, 4, 20));
    assert_true(stage_mouse(&h, MOUSE_DRAG, USUAL_H - 1, 20)); // on the last line, two below
    at = d->results.place;
    assert_int_equal(at, USUAL_H - 4 + 2); // a heading, the cell, the sums
    assert_true(h.wake_ms > 0);
    stage_mouse(&h, MOUSE_DRAG, USUAL_H - 1, 21); // moving is no faster
    assert_int_equal(d->results.place, at);
    pane_results.woken(h.pane);
    assert_int_equal(d->results.place, at + 2);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "a range of 18 rows");
    stage_mouse(&h, MOUSE_DRAG, USUAL_H + 500, -3);
    for (size_t i = 0; i < last; i++)
        pane_results.woken(h.pane);
    assert_int_equal(d->results.place, last);
    h.wake_ms = 0;
    pane_results.woken(h.pane);
    assert_int_equal(h.wake_ms, 0); // nothing is left to go to
    stage_mouse(&h, MOUSE_DRAG, -1, 20);
    pane_results.woken(h.pane);
    assert_int_equal(d->results.place, d->results.top);
    assert_true(h.wake_ms > 0);
    stage_mouse(&h, MOUSE_DRAG, 9, -3); // back on a row, beside it
    at = d->results.place;
    assert_int_equal(at, d->results.top + 8);
    pane_results.woken(h.pane);
    assert_int_equal(d->results.place, at);
    for (int i = 0; i < 2; i++) { // what was let go by a key goes no further
        stage_mouse(&h, MOUSE_DRAG, USUAL_H - 1, 20);
        assert_true(d->results.place > at);
        at = d->results.place;
        DO(&h, "mark");
        stage_mouse(&h, MOUSE_PRESS, 4, 20);
        at = d->results.place;
    }
    stage_mouse(&h, MOUSE_DRAG, 0, 20);
    at = d->results.place;
    assert_true(stage_mouse(&h, MOUSE_RELEASE, 0, 20));
    pane_results.woken(h.pane);
    assert_int_equal(d->results.place, at);
    assert_true(d->marks.n > 0);
    leave(&h, d);
}

static const char hostile[] = "\033]0;owned\007\033[31mred\r\n\xe2\x80\xaeltr\xc2\x9b!\xff\xfe\t";

static void put_hostile_rows(struct desk *d)
{
    const struct entity *e = d->results.entity;
    struct page page = {.number = 1, .hits = (long long)table_rows(d->results.table)};

    for (size_t i = 0; i < 3; i++) {
        struct row *row = page_add(&page, e->search.n_columns);
        char *id = str_format("%zu", i + 1);

        row->id = page_text(&page, id, strlen(id));
        for (size_t c = 0; c < e->search.n_columns; c++)
            page_cell(&page, row, c, hostile, sizeof(hostile) - 1);
        free(id);
    }
    (void)table_put(d->results.table, 1, &page, NULL);
    page_free(&page);
}

// Whatever stands in a cell, the sheet holds no control character, and rows stay rows.
static void test_hostile_texts(void **state)
{
    struct host h;
    struct desk *d = open_rows(*state, &h, vps);

    put_hostile_rows(d);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "<U+001B>");
    for (int i = 0; i < h.canvas.h * h.canvas.w; i++) {
        for (int k = 0; k < CELL_POINTS; k++) {
            wchar_t c = h.canvas.cells[i].text[k];

            assert_false((c > 0 && c < 0x20) || (c >= 0x7f && c < 0xa0) || c == 0x202e);
        }
    }
    DO(&h, "copy-cell"); // as it came: the clipboard is no terminal
    DO(&h, "find red");
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_before_the_first_search),
        cmocka_unit_test(test_nothing_found),
        cmocka_unit_test(test_failed),
        cmocka_unit_test(test_failed_over_rows),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_paging),
        cmocka_unit_test(test_a_failed_page),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_back_goes_up),
        cmocka_unit_test(test_the_basket),
        cmocka_unit_test(test_copying_what_is_marked),
        cmocka_unit_test(test_copying),
        cmocka_unit_test(test_privacy),
        cmocka_unit_test(test_the_detail),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_dragging_beyond),
        cmocka_unit_test(test_hostile_texts),
    };

    return cmocka_run_group_tests_name("ui-pane/results", tests, set_up, tear_down);
}
