// The mouse in the frame: focus, tabs, hints, the line between panes, popups. Tests.
#include "ui-frame/mini.h"

static void test_click_focuses_and_is_the_panes(void **state)
{
    struct mini_frame *m = mini_open(24, 120);
    struct mini *left = mini_pane(m, MINI_LEFT);

    (void)state;
    mini_mouse(m, MOUSE_PRESS, left->y + 3, left->x + 5);
    assert_string_equal(mini_focus(m), "filters");
    assert_int_equal(left->event.y, 3);
    assert_int_equal(left->event.x, 5);
    // A drag goes where it began, wherever it leads.
    mini_mouse(m, MOUSE_DRAG, left->y + 4, left->x + left->w + 10);
    assert_int_equal(left->event.mouse, MOUSE_DRAG);
    assert_int_equal(left->event.x, left->w + 10);
    mini_mouse(m, MOUSE_RELEASE, 0, 0);
    assert_int_equal(left->event.mouse, MOUSE_RELEASE);
    mini_close(m);
}

static void test_wheel_scrolls_what_is_under_it(void **state)
{
    struct mini_frame *m = mini_open(24, 120);
    struct mini *left = mini_pane(m, MINI_LEFT);

    (void)state;
    mini_mouse(m, MOUSE_WHEEL_DOWN, left->y, left->x);
    assert_int_equal(left->event.mouse, MOUSE_WHEEL_DOWN);
    assert_string_equal(mini_focus(m), "results");
    mini_close(m);
}

static void test_bars(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    int y, x;

    (void)state;
    assert_true(mini_find(m, "9 Whole", &y, &x));
    // The line's characters are wider in bytes than in columns.
    mini_mouse(m, MOUSE_PRESS, m->frame.layout.tabs_y, m->frame.bars.tabs[2].x + 3);
    assert_string_equal(mini_focus(m), "log");
    assert_true(mini_find(m, "? help", &y, &x));
    mini_mouse(m, MOUSE_PRESS, y, x);
    assert_string_equal(mini_focus(m), "help");
    mini_press(m, "q");
    mini_close(m);
}

// It covers the keys that would close it.
static void test_the_line_is_left_by_a_click(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, ":");
    mini_mouse(m, MOUSE_PRESS, 23, 10);
    assert_string_equal(mini_focus(m), "command-line");
    mini_mouse(m, MOUSE_PRESS, 5, 10);
    assert_string_equal(mini_focus(m), "results");
    mini_close(m);
}

static void test_divider(void **state)
{
    struct mini_frame *m = mini_open(24, 120);
    int at = m->frame.layout.divider[DIVIDER_LEFT], w = mini_pane(m, MINI_LEFT)->w;

    (void)state;
    assert_true(at > 0);
    mini_mouse(m, MOUSE_PRESS, 5, at);
    mini_mouse(m, MOUSE_DRAG, 5, at + 20);
    mini_mouse(m, MOUSE_RELEASE, 5, at + 20);
    assert_true(abs(m->frame.layout.divider[DIVIDER_LEFT] - at - 20) <= 2);
    assert_true(mini_pane(m, MINI_LEFT)->w >= w + 18);
    // Far out it stops at what the other pane needs.
    mini_mouse(m, MOUSE_PRESS, 5, m->frame.layout.divider[DIVIDER_LEFT]);
    mini_mouse(m, MOUSE_DRAG, 5, 119);
    assert_true(mini_pane(m, MINI_MAIN)->w >= 20);
    mini_close(m);
}

static void test_divider_of_the_detail(void **state)
{
    struct mini_frame *m = mini_open(24, 120);
    int at;

    (void)state;
    mini_run(m, "open detail");
    at = m->frame.layout.divider[DIVIDER_BESIDE];
    assert_true(at > 0 && m->frame.layout.divider[DIVIDER_LEFT] < 0);
    mini_mouse(m, MOUSE_PRESS, 5, at);
    mini_mouse(m, MOUSE_DRAG, 5, at - 20);
    mini_mouse(m, MOUSE_RELEASE, 5, at - 20);
    assert_true(abs(m->frame.layout.divider[DIVIDER_BESIDE] - at + 20) <= 2);
    frame_size(&m->frame, 50, 200);
    mini_draw(m);
    at = m->frame.layout.divider[DIVIDER_BESIDE];
    assert_true(at > m->frame.layout.divider[DIVIDER_LEFT]);
    mini_mouse(m, MOUSE_PRESS, 5, at);
    mini_mouse(m, MOUSE_DRAG, 5, at + 15);
    mini_mouse(m, MOUSE_RELEASE, 5, at + 15);
    assert_true(abs(m->frame.layout.divider[DIVIDER_BESIDE] - at - 15) <= 2);
    mini_close(m);
}

static void test_popups_take_the_mouse(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct mini *popup, *below = mini_pane(m, MINI_MAIN);

    (void)state;
    mini_press(m, "x");
    popup = (struct mini *)deck_focus(&m->frame.deck);
    mini_mouse(m, MOUSE_PRESS, popup->y + 1, popup->x + 2);
    assert_int_equal(popup->event.y, 1);
    assert_int_equal(popup->event.x, 2);
    mini_mouse(m, MOUSE_RELEASE, popup->y + 1, popup->x + 2);
    below->events = 0;
    mini_mouse(m, MOUSE_PRESS, 3, 1);
    mini_mouse(m, MOUSE_PRESS, m->frame.layout.tabs_y, 10);
    assert_int_equal(below->events, 0);
    assert_string_equal(mini_focus(m), "export");
    mini_close(m);
}

// A popup that closes while it holds the mouse leaves nothing behind.
static void test_closing_lets_go(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct mini *popup;

    (void)state;
    mini_press(m, "x");
    popup = (struct mini *)deck_focus(&m->frame.deck);
    mini_mouse(m, MOUSE_PRESS, popup->y, popup->x);
    mini_press(m, "Esc");
    mini_mouse(m, MOUSE_DRAG, 10, 10);
    mini_mouse(m, MOUSE_RELEASE, 10, 10);
    assert_string_equal(mini_focus(m), "results");
    mini_close(m);
}

// What a click opened is not chosen from by the same double click.
static void test_the_second_press_goes_where_the_first_went(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct mini *popup, *main = mini_pane(m, MINI_MAIN);

    (void)state;
    mini_mouse(m, MOUSE_PRESS, 12, 40);
    mini_mouse(m, MOUSE_DOUBLE, 12, 40);
    assert_int_equal(main->event.mouse, MOUSE_DOUBLE);
    mini_mouse(m, MOUSE_PRESS, 12, 40);
    mini_press(m, "x");
    popup = (struct mini *)deck_focus(&m->frame.deck);
    mini_mouse(m, MOUSE_DOUBLE, 12, 40);
    assert_int_equal(popup->events, 0);
    mini_mouse(m, MOUSE_PRESS, 12, 40);
    mini_mouse(m, MOUSE_DOUBLE, 12, 40);
    assert_int_equal(popup->event.mouse, MOUSE_DOUBLE);
    mini_press(m, "Esc");
    main->events = 0;
    mini_mouse(m, MOUSE_DOUBLE, 12, 40);
    assert_int_equal(main->events, 0);
    mini_close(m);
}

static void say_long(struct mini_frame *m)
{
    frame_say(&m->frame, ROLE_TEXT, "%s",
              "So much is to be said of what was done that a row of "
              "the screen does not hold it: it goes over the tabs.");
    mini_draw(m);
    mini_wants(m, "over the tabs.");
}

static void test_a_click_on_the_message_takes_it_away(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct mini *main = mini_pane(m, MINI_MAIN);

    (void)state;
    say_long(m);
    main->events = 0;
    assert_int_equal(m->frame.layout.tabs_y, 22);
    mini_mouse(m, MOUSE_PRESS, 22, m->frame.bars.tabs[2].x + 3);
    assert_string_equal(mini_focus(m), "results");
    assert_int_equal(main->events, 0);
    assert_false(mini_shows(m, "over the tabs."));
    mini_wants(m, "9 Whole");
    // A short one beside the keys as well.
    frame_say(&m->frame, ROLE_TEXT, "Done.");
    mini_draw(m);
    mini_wants(m, " Done.  ? help");
    mini_mouse(m, MOUSE_PRESS, 23, 3);
    assert_false(mini_shows(m, "Done."));
    mini_close(m);
}

static void test_a_long_message_is_read_over_a_popup(void **state)
{
    struct mini_frame *m = mini_open(18, 60);

    (void)state;
    mini_press(m, "?");
    assert_string_equal(mini_focus(m), "help");
    say_long(m);
    mini_wants(m, "So much is to be said");
    mini_mouse(m, MOUSE_PRESS, m->frame.bars.message.y, 5);
    assert_false(mini_shows(m, "So much"));
    assert_string_equal(mini_focus(m), "help");
    mini_close(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_click_focuses_and_is_the_panes),
        cmocka_unit_test(test_wheel_scrolls_what_is_under_it),
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_the_line_is_left_by_a_click),
        cmocka_unit_test(test_divider),
        cmocka_unit_test(test_divider_of_the_detail),
        cmocka_unit_test(test_popups_take_the_mouse),
        cmocka_unit_test(test_closing_lets_go),
        cmocka_unit_test(test_the_second_press_goes_where_the_first_went),
        cmocka_unit_test(test_a_click_on_the_message_takes_it_away),
        cmocka_unit_test(test_a_long_message_is_read_over_a_popup),
    };

    return cmocka_run_group_tests_name("ui-frame-mouse", tests, NULL, NULL);
}
