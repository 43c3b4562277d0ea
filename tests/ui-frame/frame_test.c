// The frame over small panes: focus, keys, popups, messages and drawing at every size. Tests.
#include "ui-frame/mini.h"

#include <stdio.h>

#include "base/xdg.h"

static void test_every_size_is_drawn(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    for (int h = 1; h < 60; h += h < 20 ? 1 : 7) {
        for (int w = 1; w < 220; w += w < 45 ? 1 : 23) {
            frame_size(&m->frame, h, w);
            mini_draw(m);
            mini_press(m, "3 1 Tab x");
            mini_mouse(m, MOUSE_PRESS, h - 1, w / 2);
            mini_press(m, "Esc Esc");
            mini_run(m, "open results");
        }
    }
    frame_size(&m->frame, 500, 200);
    mini_draw(m);
    mini_wants(m, "<results 0000");
    mini_close(m);
}

static void test_too_small_says_so(void **state)
{
    struct mini_frame *m = mini_open(9, 39);

    (void)state;
    mini_wants(m, "Lode needs 40x10");
    assert_false(mini_shows(m, "<results"));
    mini_wants(m, "This is 39x9; Q quits");
    mini_press(m, "x"); // nobody would see what it does
    frame_size(&m->frame, 10, 40);
    mini_draw(m);
    mini_wants(m, "<results");
    frame_size(&m->frame, 1, 1);
    mini_draw(m);
    mini_press(m, "Q");
    assert_true(m->frame.leave);
    mini_close(m);
}

static void test_titles_and_tabs(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_wants(m, "2 Main");
    mini_wants(m, "3 of 7");
    mini_wants(m, "1 Left");
    mini_wants(m, "9 Whole");
    frame_size(&m->frame, 24, 120);
    mini_draw(m);
    mini_wants(m, "<filters 000");
    mini_wants(m, "<results 000");
    mini_close(m);
}

static void test_focus(void **state)
{
    struct mini_frame *m = mini_open(24, 120);

    (void)state;
    assert_string_equal(mini_focus(m), "results");
    assert_true(mini_pane(m, MINI_MAIN)->focused);
    mini_press(m, "1");
    assert_string_equal(mini_focus(m), "filters");
    assert_false(mini_pane(m, MINI_MAIN)->focused);
    mini_press(m, "Tab Tab");
    assert_string_equal(mini_focus(m), "detail");
    mini_press(m, "S-Tab S-Tab S-Tab");
    assert_string_equal(mini_focus(m), "log");
    mini_run(m, "open nowhere");
    mini_wants(m, "there is no pane \"nowhere\"");
    mini_close(m);
}

static void test_back_leads_home_and_quits_only_when_told(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, "9");
    mini_pane(m, MINI_WHOLE)->passes = true;
    mini_press(m, "Esc");
    assert_string_equal(mini_focus(m), "results");
    mini_pane(m, MINI_MAIN)->passes = true;
    mini_press(m, "Esc");
    mini_wants(m, "nothing to go back to");
    assert_false(m->frame.leave);
    mini_press(m, "q");
    assert_true(m->frame.leave);
    m->frame.leave = false;
    mini_run(m, "q"); // as other programs are left
    assert_true(m->frame.leave);
    mini_close(m);
}

static void test_keys_reach_the_pane(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct mini *p = mini_pane(m, MINI_MAIN);

    (void)state;
    mini_press(m, "j");
    assert_string_equal(p->did, "down");
    assert_int_equal(p->events, 0);
    // What is bound to nothing is the pane's.
    mini_press(m, "K");
    assert_int_equal(p->event.key, 'K');
    mini_press(m, "Z");
    mini_wants(m, "Z does nothing here");
    mini_run(m, "find fail");
    mini_wants(m, "it would not");
    mini_press(m, "9"); // where nothing is found more words would not help
    mini_run(m, "goto");
    mini_wants(m, "goto does nothing in");
    mini_run(m, "columns");
    mini_wants(m, "columns are chosen in the results");
    mini_press(m, "2");
    mini_run(m, "budget");
    mini_wants(m, "did you mean set budget-job");
    mini_run(m, "sort-up");
    mini_wants(m, "sort-up needs rows");
    mini_run(m, "exclude");
    mini_wants(m, "exclude does nothing in \"Main\"");
    // To paint the screen again mends nothing of it.
    mini_run(m, "redraw");
    mini_wants(m, "exclude does nothing in \"Main\"");
    mini_close(m);
}

static void test_what_is_of_one_pane_opens_it_first(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, "9");
    mini_run(m, "exclude"); // of what its cursor is on, which is not seen
    mini_wants(m, "exclude does nothing in \"Whole\"");
    mini_run(m, "add-filter");
    assert_string_equal(mini_focus(m), "filters");
    assert_string_equal(mini_pane(m, MINI_LEFT)->did, "add-filter");
    mini_pane(m, MINI_LEFT)->passes = true;
    mini_press(m, "9");
    mini_run(m, "add-filter");
    mini_wants(m, "add-filter does nothing in \"Left\"");
    mini_run(m, "open export");
    mini_run(m, "add-filter");
    mini_wants(m, "add-filter has to wait until \"Popup\" is closed");
    mini_close(m);
}

static void test_without_a_clipboard_the_text_is_said(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    assert_false(host_copy(&m->frame.host, "a cell"));
    assert_string_equal(str_text(&m->frame.message.text), "a cell");
    mini_close(m);
}

static void test_typing(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct mini *p = mini_pane(m, MINI_MAIN);

    (void)state;
    p->typing = true;
    mini_type(m, "jq: x");
    assert_string_equal(str_text(&p->typed), "jq: x");
    assert_string_equal(p->did, "");
    mini_press(m, "Down");
    assert_string_equal(p->did, "down");
    mini_event_in(m, &(struct event){.kind = EVENT_PASTE, .paste = "q\nquit\n", .paste_len = 7});
    assert_string_equal(str_text(&p->typed), "jq: xq\nquit\n");
    assert_false(m->frame.leave);
    p->typing = false;
    mini_event_in(m, &(struct event){.kind = EVENT_PASTE, .paste = "q\nquit\n", .paste_len = 7});
    mini_wants(m, "nothing was pasted");
    assert_false(m->frame.leave);
    // So is a key that came as text for a line, where none was asked for.
    mini_press(m, "Up");
    p->did[0] = '\0';
    mini_event_in(m, &(struct event){.kind = EVENT_KEY, .key = 'j', .asked = true});
    mini_wants(m, "nothing was pasted");
    assert_string_equal(p->did, "");
    p->typing = true;
    mini_event_in(m, &(struct event){.kind = EVENT_KEY, .key = 'j', .asked = true});
    assert_string_equal(str_text(&p->typed), "jq: xq\nquit\nj");
    mini_close(m);
}

static void test_popups(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct mini *popup;

    (void)state;
    mini_press(m, "x");
    assert_string_equal(mini_focus(m), "export");
    popup = (struct mini *)deck_focus(&m->frame.deck);
    assert_int_equal(popup->h, 6);
    assert_int_equal(popup->w, 28);
    mini_wants(m, "<export");
    mini_press(m, "j");
    assert_string_equal(popup->did, "down");
    // What is below stays as it is.
    mini_press(m, "9");
    assert_string_equal(mini_focus(m), "export");
    mini_wants(m, "open has to wait until \"Popup\" is closed");
    mini_press(m, "?");
    mini_wants(m, "A pane of a test");
    assert_string_equal(mini_focus(m), "help");
    mini_press(m, "q");
    assert_string_equal(mini_focus(m), "export");
    mini_press(m, "Esc");
    assert_string_equal(mini_focus(m), "results");
    assert_false(mini_shows(m, "<export"));
    mini_close(m);
}

// Its command outlives its binding.
static void test_a_key_may_bind_itself(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_run(m, "bind all F6 bind all F6 open log");
    mini_press(m, "F6");
    assert_string_equal(mini_focus(m), "results");
    mini_press(m, "F6");
    assert_string_equal(mini_focus(m), "log");
    mini_run(m, "bind all F6 reload");
    mini_press(m, "F6 F6");
    mini_press(m, "2");
    assert_string_equal(mini_focus(m), "results");
    mini_close(m);
}

static void write_text(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static int percent(struct mini_frame *m)
{
    return settings_int(&m->frame.config.settings, SETTING_SPLIT);
}

// As files say it, but what was set by hand since holds until they say something else.
static void test_reading_again_keeps_what_was_set_by_hand(void **state)
{
    struct mini_frame *m = mini_open(24, 120);
    char *folder = xdg_make(XDG_CONFIG, NULL, &(struct err){0});
    char *path = str_format("%s/lode.conf", folder);

    (void)state;
    write_text(path, "set split 40\n");
    frame_reload(&m->frame);
    assert_int_equal(percent(m), 40);
    mini_run(m, "set split 50");
    mini_run(m, "privacy on");
    frame_reload(&m->frame);
    assert_int_equal(percent(m), 50);
    assert_true(m->desk->privacy);
    write_text(path, "set split 60\n");
    frame_reload(&m->frame);
    assert_int_equal(percent(m), 60);
    assert_true(m->desk->privacy);
    write_text(path, "set privacy off\n");
    frame_reload(&m->frame);
    assert_int_equal(percent(m), 30);
    assert_false(m->desk->privacy);
    free(path);
    free(folder);
    mini_close(m);
}

static void test_the_view_comes_back(void **state)
{
    struct mini_frame *m = mini_open(24, 120);
    int before;

    (void)state;
    before = m->frame.layout.divider[DIVIDER_LEFT];
    desk_remember(m->desk, "split", "50");
    desk_remember(m->desk, "detail-split", "5000");
    desk_remember(m->desk, "zoom", "on");
    frame_open_first(&m->frame);
    mini_draw(m);
    assert_true(m->frame.deck.zoom);
    mini_run(m, "zoom");
    assert_string_equal(desk_remembered(m->desk, "zoom"), "off");
    assert_true(m->frame.layout.divider[DIVIDER_LEFT] > before);
    assert_int_equal(settings_int(&m->frame.config.settings, SETTING_DETAIL_SPLIT), 40);
    mini_run(m, "split 20");
    assert_string_equal(desk_remembered(m->desk, "split"), "20");
    mini_close(m);
}

static void test_zoom(void **state)
{
    struct mini_frame *m = mini_open(24, 120);

    (void)state;
    mini_wants(m, "<filters");
    mini_press(m, "z");
    assert_false(mini_shows(m, "<filters"));
    mini_press(m, "z");
    mini_wants(m, "<filters");
    mini_close(m);
}

// Each is woken once by its wish, though it wishes for more meanwhile.
static void test_panes_are_woken(void **state)
{
    struct mini_frame *m = mini_open(24, 120);
    struct mini *left = mini_pane(m, MINI_LEFT), *main = mini_pane(m, MINI_MAIN);
    unsigned drawn = main->draws;

    (void)state;
    host_wake_at(&m->frame.host, &left->pane, frame_now_ms(&m->frame));
    host_wake_at(&m->frame.host, &main->pane, frame_now_ms(&m->frame));
    mini_draw(m);
    assert_int_equal(left->woken, 1);
    assert_int_equal(main->woken, 1);
    assert_true(main->draws > drawn);
    mini_draw(m);
    assert_int_equal(main->woken, 1);
    host_wake_at(&m->frame.host, &main->pane, frame_now_ms(&m->frame));
    mini_draw(m);
    assert_int_equal(left->woken, 1);
    assert_int_equal(main->woken, 2);
    mini_close(m);
}

static unsigned draws(struct mini_frame *m)
{
    return mini_pane(m, MINI_LEFT)->draws + mini_pane(m, MINI_MAIN)->draws;
}

// A key is answered by what it does; what came back meanwhile is drawn in its own turn.
static void test_news_are_drawn_behind_a_key(void **state)
{
    struct mini_frame *m = mini_open(24, 120);
    unsigned before = draws(m);

    (void)state;
    desk_set_privacy(m->desk, true);
    assert_true(frame_serve(&m->frame));
    assert_false(frame_settle(&m->frame));
    frame_event(&m->frame, &(struct event){.kind = EVENT_KEY, .key = 'K'});
    assert_true(frame_settle(&m->frame));
    assert_true(frame_draw_answer(&m->frame));
    assert_int_equal(draws(m), before + 1);
    assert_true(frame_serve(&m->frame));
    assert_true(frame_draw(&m->frame));
    assert_true(draws(m) > before + 1);
    assert_false(frame_serve(&m->frame));
    // What a person changed is no news.
    before = draws(m);
    desk_set_privacy(m->desk, false);
    assert_true(frame_settle(&m->frame));
    assert_true(frame_draw_answer(&m->frame));
    assert_int_equal(draws(m), before + 2);
    mini_close(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_size_is_drawn),
        cmocka_unit_test(test_too_small_says_so),
        cmocka_unit_test(test_titles_and_tabs),
        cmocka_unit_test(test_focus),
        cmocka_unit_test(test_back_leads_home_and_quits_only_when_told),
        cmocka_unit_test(test_keys_reach_the_pane),
        cmocka_unit_test(test_what_is_of_one_pane_opens_it_first),
        cmocka_unit_test(test_without_a_clipboard_the_text_is_said),
        cmocka_unit_test(test_typing),
        cmocka_unit_test(test_popups),
        cmocka_unit_test(test_a_key_may_bind_itself),
        cmocka_unit_test(test_reading_again_keeps_what_was_set_by_hand),
        cmocka_unit_test(test_the_view_comes_back),
        cmocka_unit_test(test_zoom),
        cmocka_unit_test(test_panes_are_woken),
        cmocka_unit_test(test_news_are_drawn_behind_a_key),
    };

    return cmocka_run_group_tests_name("ui-frame-frame", tests, NULL, NULL);
}
