// The detail pane: sections, what is not bought, duties said plainly, copying, addresses, stepping
// through the rows, finding.
#include "ui-pane/stage.h"

static int set_up(void **state)
{
    static struct office office;

    office_open(&office, (const char *const[]){"--unlimited", NULL});
    *state = &office;
    return 0;
}

static int tear_down(void **state)
{
    office_close(*state);
    return 0;
}

static const char *cell(const struct desk *d, size_t row, const char *column)
{
    const struct search_operation *op = &d->results.entity->search;

    return table_cell(d->results.table, row,
                      (size_t)(column_find(op->columns, op->n_columns, column) - op->columns));
}

// The detail of row `row` of a search.
static struct desk *open_detail(const struct office *o, struct host *h, size_t row)
{
    struct desk *d = office_ready(o);

    stage_search(d, (const char *const[]){"Management level=VP Level Execs", NULL});
    desk_detail(d, table_id(d->results.table, row));
    stage_open(h, d, &pane_detail);
    STAGE_WAIT(h, !d->detail.asked);
    return d;
}

static void leave(struct host *h, struct desk *d)
{
    stage_close(h);
    desk_close(d);
}

static void test_nothing_looked_at(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;
    struct err e;

    stage_open(&h, d, &pane_detail);
    SHOWS(&h, "No record yet");
    REFUSED(&h, "copy-cell", "no value here");
    REFUSED(&h, "copy-row", "no value here");
    REFUSED(&h, "choose", "no value here");
    REFUSED(&h, "open-url", "no https address");
    REFUSED(&h, "next-record", "not among the results");
    REFUSED(&h, "find x", "no field holds");
    REFUSED(&h, "tag x", "no record here");
    assert_false(pane_detail.offers(h.pane, "next-record"));
    assert_true(stage_run(&h, "down", &e));
    stage_draw(&h, 1, 1);
    leave(&h, d);
}

static void test_a_row_of_the_search(void **state)
{
    struct host h;
    struct desk *d = open_detail(*state, &h, 0);
    struct str status = {0};

    SHOWS(&h, "new: costs 1 credit");
    SHOWS(&h, "Search row (search, now)");
    SHOWS(&h, cell(d, 0, "lastName"));
    pane_detail.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), d->detail.id));
    str_free(&status);
    stage_draw(&h, 120, USUAL_W);
    SHOWS(&h, "Compliance");
    SHOWS(&h, "not said, which permits nothing");
    SHOWS(&h, "Not bought");
    SHOWS(&h, "Mobile phone");
    assert_true(stage_find(&h, "Salutation") > stage_find(&h, "Not bought"));
    stage_draw(&h, SMALL_H, SMALL_W);
    SHOWS(&h, "First name");
    leave(&h, d);
}

// What was paid for comes first; what was not asked for says so.
static void test_an_owned_record(void **state)
{
    struct host h;
    struct desk *d = open_detail(*state, &h, 0);
    char *before;
    struct err e;

    (void)desk_marks_clear(d);
    assert_int_equal(desk_mark(d, 0, 0, true), 1);
    assert_true(desk_quote(d, NULL, &e));
    STAGE_WAIT(&h, d->buying.state == BUYING_QUOTED);
    DO(&h, "down");
    DO(&h, "down");
    DO(&h, "copy-cell");
    before = mem_strdup(h.copied);
    assert_true(desk_lock(d, false, &e));
    assert_true(desk_buy(d, 1, 0, &e));
    STAGE_WAIT(&h, d->buying.state == BUYING_DONE && d->detail.note.free_until && !d->detail.asked);
    DO(&h, "copy-cell"); // the field under the cursor is the same, further down now
    assert_string_equal(h.copied, before);
    free(before);
    stage_draw(&h, 120, USUAL_W);
    SHOWS(&h, "owned, free until 20");
    assert_int_equal(stage_find(&h, "Owned (library, now)"), 1);
    assert_true(stage_find(&h, "E-mail") < stage_find(&h, "Search row (search, now)"));
    assert_true(stage_find(&h, "Within EU") > stage_find(&h, "Compliance (library, now)"));
    assert_true(stage_find(&h, "Picture") > stage_find(&h, "Not bought"));
    // A tag is of what is shown, whatever is marked.
    (void)desk_mark(d, 0, 0, false);
    assert_int_equal(desk_mark(d, 1, 1, true), 1);
    DO(&h, "tag");
    assert_string_equal(h.buttons, "Tag of this record, not of the marked");
    DO(&h, "tag sole");
    STAGE_WAIT(&h, strstr(d->message.text, "1 contact got the tag"));
    STAGE_WAIT(&h, !d->detail.asked);
    stage_draw(&h, 120, USUAL_W);
    SHOWS(&h, "sole");
    (void)desk_marks_clear(d);
    leave(&h, d);
}

static void test_stepping(void **state)
{
    struct host h;
    struct desk *d = open_detail(*state, &h, 0);

    REFUSED(&h, "prev-record", "first row");
    DO(&h, "next-record");
    assert_int_equal(d->results.place, 1);
    assert_string_equal(d->detail.id, table_id(d->results.table, 1));
    DO(&h, "choose"); // before the pane was told: no value of the former record
    stage_close_popup(&h);
    STAGE_WAIT(&h, !d->detail.asked);
    SHOWS(&h, cell(d, 1, "lastName"));
    DO(&h, "prev-record");
    assert_string_equal(d->detail.id, table_id(d->results.table, 0));
    leave(&h, d);
}

static void test_reading_and_copying(void **state)
{
    struct host h;
    struct desk *d = open_detail(*state, &h, 2);

    DO(&h, "find job title");
    DO(&h, "copy-cell");
    assert_string_equal(h.copied, cell(d, 2, "jobTitle"));
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 1);
    stage_draw(&h, USUAL_H, 74);
    SHOWS(&h, cell(d, 2, "jobTitle"));
    DO(&h, "copy-cell");
    assert_string_equal(h.copied, cell(d, 2, "jobTitle"));
    REFUSED(&h, "find qqqq", "no line holds");
    stage_close_popup(&h);
    DO(&h, "copy-row");
    assert_non_null(strstr(h.copied, "Job title\t"));
    DO(&h, "find-next");
    DO(&h, "find-prev");
    leave(&h, d);
}

// Shown before a record was asked for: the row under the cursor. A restart brings it back, with
// what its row says as soon as the rows are there.
static void test_where_no_record_was_asked_for(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    struct host h;
    char *id;

    stage_search(d, NULL);
    desk_place(d, 3, 0, 0, 0);
    stage_open(&h, d, &pane_detail);
    stage_draw(&h, 60, USUAL_W);
    assert_string_equal(d->detail.id, table_id(d->results.table, 3));
    id = mem_strdup(d->detail.id);
    DESK_WAIT(d, desk_rests(d));
    leave(&h, d);
    d = office_again(o);
    assert_string_equal(d->detail.id, id);
    free(id);
    stage_open(&h, d, &pane_detail);
    STAGE_WAIT(&h, d->results.state == RESULTS_THERE && desk_rests(d));
    stage_draw(&h, 60, USUAL_W);
    SHOWS(&h, cell(d, 3, "lastName"));
    SHOWS_NOT(&h, "neither the rows");
    leave(&h, d);
}

static void test_privacy(void **state)
{
    struct host h;
    struct desk *d = open_detail(*state, &h, 0);
    const char *name = cell(d, 0, "lastName");

    stage_draw(&h, 60, USUAL_W);
    SHOWS(&h, name);
    desk_set_privacy(d, true);
    stage_draw(&h, 60, USUAL_W);
    SHOWS_NOT(&h, name);
    SHOWS(&h, cell(d, 0, "companyName")); // no person
    leave(&h, d);
}

// A field as the library might have it, in the place of the first one.
static void put_field(struct desk *d, const char *column, const char *text, const char *source)
{
    const struct enrich_operation *op = &d->detail.entity->enrich;
    struct detail_field *f = &d->detail.fields[0];

    f->column = column_find(op->columns, op->n_columns, column);
    f->text = text;
    f->source = source;
}

static void test_duties_and_sources(void **state)
{
    struct host h;
    struct desk *d = open_detail(*state, &h, 0);

    put_field(d, "directPhoneDoNotCall", "true", "library");
    d->detail.fields[0].as_of_ms = desk_utc_ms(d) - (int64_t)3 * 24 * 3600 * 1000;
    stage_draw(&h, 60, USUAL_W);
    SHOWS(&h, "Do not call direct phone");
    SHOWS(&h, "yes");
    SHOWS(&h, "(library, 3 d)");
    SHOWS(&h, "search, now"); // the others of the section are not of that source
    leave(&h, d);
}

static void test_addresses(void **state)
{
    struct host h;
    struct desk *d = open_detail(*state, &h, 0);
    char *path = mem_strdup(getenv("PATH"));
    struct err e;

    put_field(d, "externalUrls", "http://a.example; javascript:x", "library");
    stage_draw(&h, 60, USUAL_W);
    DO(&h, "top");
    REFUSED(&h, "open-url", "no https address");
    put_field(d, "externalUrls", "http://a.example; https://b.example/x;y", "library");
    (void)setenv("PATH", "/nowhere", 1);
    assert_false(stage_run(&h, "open-url", &e)); // taken for an address; nobody can show it
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    (void)setenv("PATH", path, 1);
    free(path);
    leave(&h, d);
}

static void test_hostile_text(void **state)
{
    struct host h;
    struct desk *d = open_detail(*state, &h, 0);

    put_field(d, "picture", "\033]52;c;x\007 \xe2\x80\xae<b>\r\n\xff", "library");
    stage_draw(&h, 60, USUAL_W);
    SHOWS(&h, "<U+001B>");
    DO(&h, "top");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, 74);
    for (int i = 0; i < h.canvas.h * h.canvas.w; i++)
        assert_true(h.canvas.cells[i].text[0] == 0 || h.canvas.cells[i].text[0] >= 0x20);
    leave(&h, d);
}

static void test_mouse(void **state)
{
    struct host h;
    struct desk *d = open_detail(*state, &h, 0);
    int y = stage_find(&h, "Job title");

    assert_true(stage_mouse(&h, MOUSE_PRESS, y, 5));
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_int_equal(h.canvas.cursor_y, y);
    assert_true(stage_mouse(&h, MOUSE_DOUBLE, y, 5));
    assert_int_equal(h.n_popups, 1);
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_looked_at),
        cmocka_unit_test(test_a_row_of_the_search),
        cmocka_unit_test(test_an_owned_record),
        cmocka_unit_test(test_stepping),
        cmocka_unit_test(test_reading_and_copying),
        cmocka_unit_test(test_privacy),
        cmocka_unit_test(test_where_no_record_was_asked_for),
        cmocka_unit_test(test_duties_and_sources),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_hostile_text),
        cmocka_unit_test(test_mouse),
    };

    return cmocka_run_group_tests_name("ui-pane/detail", tests, set_up, tear_down);
}
