// The export dialog: what it says, its lines, a file that is there already, what is refused.
#include "ui-pane/stage.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"

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

static struct desk *open_export(const struct office *o, struct host *h, size_t marked)
{
    struct desk *d = office_ready(o);

    stage_search(d, (const char *const[]){"Management level=VP Level Execs", NULL});
    if (marked)
        assert_int_equal(desk_mark(d, 0, marked - 1, true), marked);
    stage_open(h, d, &pane_export);
    return d;
}

static void leave(struct host *h, struct desk *d)
{
    stage_close(h);
    (void)desk_marks_clear(d);
    desk_close(d);
}

// The line with the file's name gets this one.
static void name_file(struct host *h, const char *name)
{
    DO(h, "top");
    DO(h, "down");
    DO(h, "down");
    DO(h, "down");
    DO(h, "choose");
    assert_true(pane_export.typing(stage_top(h)));
    assert_true(stage_key(h, K_CTRL | 'u'));
    stage_type(h, name);
    DO(h, "choose");
    assert_false(pane_export.typing(stage_top(h)));
}

static void test_what_it_says(void **state)
{
    struct host h;
    struct desk *d = open_export(*state, &h, 3);
    struct str status = {0};

    SHOWS(&h, "the 3 marked, as the search has them");
    SHOWS(&h, "csv, for spreadsheets");
    SHOWS(&h, "contacts-20");
    SHOWS(&h, ".csv");
    SHOWS(&h, "free, no request");
    SHOWS(&h, "Do-not-call and region flags");
    pane_export.status(h.pane, &status);
    assert_string_equal(str_text(&status), "3 marked");
    DO(&h, "top");
    DO(&h, "choose");
    str_clear(&status);
    pane_export.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), "fetched 100 of"));
    str_free(&status);
    stage_draw(&h, 12, SMALL_W);
    SHOWS(&h, "Enter writes it");
    stage_draw(&h, 1, 1);
    leave(&h, d);
}

// What is no name is said where it was typed.
static void test_names_of_presets(void **state)
{
    struct host h;
    struct desk *d = open_export(*state, &h, 0);

    DO(&h, "save-preset");
    h.typed(h.answered_self, "two words");
    assert_non_null(strstr(h.failed, "a preset's name is letters"));
    h.typed(h.answered_self, "shown");
    h.typed(h.answered_self, "shown");
    assert_non_null(strstr(h.failed, "there is a preset shown already"));
    leave(&h, d);
}

static void test_lines(void **state)
{
    struct host h;
    struct desk *d = open_export(*state, &h, 0);

    SHOWS(&h, "the 100 fetched rows"); // nothing is marked
    DO(&h, "top");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "of the 0 marked what is owned");
    DO(&h, "choose");
    DO(&h, "down");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "preset crm: with the headings");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "as shown, under their own names");
    DO(&h, "down");
    DO(&h, "choose"); // another format: the file's ending follows
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "tsv, tabs between");
    SHOWS(&h, ".tsv");
    DO(&h, "choose");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, ".jsonl");
    name_file(&h, "mine.dat");
    DO(&h, "top");
    DO(&h, "down");
    DO(&h, "down");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "mine.dat"); // an ending of their own stays
    DO(&h, "down");
    DO(&h, "choose");
    stage_type(&h, "x");
    DO(&h, "back");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS_NOT(&h, "mine.datx");
    DO(&h, "down");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "rows with a do-not-call flag are left out");
    SHOWS(&h, "of CSV and TSV alone"); // it is sqlite now
    DO(&h, "down");
    DO(&h, "down");
    DO(&h, "choose");
    DO(&h, "down");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "left as they are");
    SHOWS_NOT(&h, "beside it: filters, counts, basis, SHA-256");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "beside it: filters, counts, basis, SHA-256");
    leave(&h, d);
}

// As a popup, which it is: it closes when the order was taken.
static void open_as_popup(struct host *h)
{
    host_popup(h, pane_export.open(h->desk, h));
}

static void test_writing(void **state)
{
    struct host h;
    struct desk *d = open_export(*state, &h, 3);
    struct str text = {0};
    struct err e;

    open_as_popup(&h);
    name_file(&h, "three.csv");
    DO(&h, "choose"); // the last line
    assert_int_equal(h.n_popups, 0);
    DESK_WAIT(d, !desk_running(d) && access("three.csv", F_OK) == 0);
    assert_true(file_read("three.csv", 1 << 20, &text, &e));
    assert_non_null(strstr(str_text(&text), d->marks.items[2].id));
    assert_non_null(
        strstr(d->message.text, " three.csv.manifest.json beside it says what they are"));
    str_clear(&text);

    open_as_popup(&h); // again: it is there
    name_file(&h, "three.csv");
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 1);
    assert_non_null(strstr(h.asked, "three.csv exists"));
    assert_string_equal(h.buttons, "Cancel|Replace");
    h.answered(h.answered_self, 0);
    assert_int_equal(h.n_popups, 1);
    h.answered(h.answered_self, 1);
    stage_reap(&h);
    assert_int_equal(h.n_popups, 0);
    DESK_WAIT(d, !desk_running(d));

    assert_int_equal(unlink("three.csv"), 0); // its manifest stays, and is in the way
    open_as_popup(&h);
    name_file(&h, "three.csv");
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 1);
    assert_non_null(strstr(h.asked, "three.csv.manifest.json exists"));
    str_free(&text);
    leave(&h, d);
}

// All that is marked turns out to be owned once the dialog is open; not against what was chosen.
static void test_what_is_suggested(void **state)
{
    struct host h;
    struct desk *d = open_export(*state, &h, 3);

    STAGE_WAIT(&h, d->marks.summed);
    SHOWS_NOT(&h, "what is owned, with all bought fields");
    d->marks.count[STANDING_HELD] = d->marks.n;
    pane_export.changed(stage_top(&h), DESK_MARKS);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "what is owned, with all bought fields");
    DO(&h, "top");
    DO(&h, "choose");
    pane_export.changed(stage_top(&h), DESK_MARKS);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS_NOT(&h, "what is owned, with all bought fields");
    leave(&h, d);
}

static void test_refusals(void **state)
{
    struct host h;
    struct desk *d = open_export(*state, &h, 0);

    open_as_popup(&h);
    DO(&h, "top");
    DO(&h, "choose"); // what is owned of the marked: none is marked
    assert_int_equal(close(creat("none.csv", 0600)), 0);
    name_file(&h, "none.csv"); // to replace it would mend nothing
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 1);
    assert_null(h.asked);
    stage_draw(&h, USUAL_H, 72);
    SHOWS(&h, "nothing is marked: mark rows first");
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_it_says),      cmocka_unit_test(test_lines),
        cmocka_unit_test(test_names_of_presets),  cmocka_unit_test(test_writing),
        cmocka_unit_test(test_what_is_suggested), cmocka_unit_test(test_refusals),
    };

    return cmocka_run_group_tests_name("ui-pane/export", tests, set_up, tear_down);
}
