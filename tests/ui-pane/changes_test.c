// The popup that shows what differs since the last run of a saved search.
#include "ui-pane/stage.h"

static int set_up(void **state)
{
    static struct office office;

    office_open(&office, NULL);
    *state = &office;
    return 0;
}

static int tear_down(void **state)
{
    office_close(*state);
    return 0;
}

static void add(struct changes_view *v, const char *id, const char *label, enum row_change change)
{
    v->n[change]++;
    vec_push(&v->rows, ((struct change_row){mem_strdup(id), mem_strdup(label), change}));
}

static void open_popup(struct host *h, struct desk *d, int height, int width)
{
    stage_open(h, d, &pane_results);
    host_popup(h, pane_changes.open(d, h));
    stage_draw(h, height, width);
}

static void test_what_differs(void **state)
{
    struct desk *d = office_ready(*state);
    struct changes_view *v = &d->searches.changes;
    struct host h;

    open_popup(&h, d, 20, 66);
    SHOWS(&h, "No saved search was compared yet");
    assert_true(h.canvas.cursor_y >= 0);
    stage_close(&h);
    v->name = mem_strdup("ohio");
    v->entity = &entity_contact;
    add(v, "11", "\346\235\216\346\230\216 \346\225\260\346\215\256", CHANGE_NEW);
    add(v, "12", "Ana \033[31mRuiz", CHANGE_CHANGED);
    add(v, "13", "", CHANGE_GONE);
    open_popup(&h, d, 20, 66);
    SHOWS(&h, "ohio: 1 new, 1 changed, 1 gone");
    SHOWS(&h, "\346\235\216\346\230\216");
    SHOWS_NOT(&h, "\033");
    SHOWS(&h, "13"); // nothing but its id is known
    SHOWS(&h, "A marks the new and the changed");
    DO(&h, "mark-all");
    assert_string_equal(h.said, "2 records were marked; they are 2 now.");
    stage_draw(&h, 20, 66);
    SHOWS(&h, "*");
    DO(&h, "mark-all");
    assert_string_equal(h.said, "0 records were marked; they are 2 now.");
    v->partly = true;
    stage_draw(&h, 4, 30); // where there is little room
    stage_draw(&h, 20, 66);
    SHOWS(&h, "not every record was read");
    desk_set_privacy(d, true);
    stage_draw(&h, 20, 66);
    SHOWS_NOT(&h, "Ruiz");
    stage_close(&h);
    (void)desk_marks_clear(d);
    desk_close(d);
}

// For those who follow it: it stands on the price, before anything is asked for.
static void test_the_cursor_of_the_price(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;
    struct err e;

    stage_open(&h, d, &pane_results);
    host_popup(&h, pane_waterfall.open(d, &h));
    stage_draw(&h, 16, 60);
    assert_true(h.canvas.cursor_y == stage_find(&h, "There are no filters"));
    stage_close_popup(&h);
    assert_true(desk_where(d, "Industry=Software", &e));
    host_popup(&h, pane_waterfall.open(d, &h));
    stage_draw(&h, 16, 60);
    SHOWS(&h, "The count of the filter, and without it:");
    assert_true(h.canvas.cursor_y == stage_find(&h, "2 requests, no credits"));
    stage_close(&h);
    desk_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_differs),
        cmocka_unit_test(test_the_cursor_of_the_price),
    };

    return cmocka_run_group_tests_name("ui-pane/changes", tests, set_up, tear_down);
}
