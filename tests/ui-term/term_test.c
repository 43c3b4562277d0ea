// The terminal in a pseudo-terminal: keys, mouse and pastes arrive, its size is followed, and what
// is sent to it comes at once. Tests.
#include "ui-term/term_stage.h"

static void it_takes_keys(void **state)
{
    static const char *const names[] = {
        "j",    "é",        "C-d",  "C-c", "M-x", "Enter",  "Tab",   "S-Tab",     "Esc",    "Up",
        "C-Up", "PageDown", "Home", "F1",  "F12", "Delete", "Space", "Backspace", "C-Space"};
    struct screen *s = loop(*state);

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char *line = str_format("%zu: %s", i + 1, names[i]);

        screen_key(s, names[i]);
        screen_wait(s, line);
        free(line);
    }
    quit(s);
}

static void it_takes_pastes_as_text(void **state)
{
    struct screen *s = loop(*state);
    struct str big = {0};

    screen_paste(s, "q\rS\rA");
    screen_wait(s, "1: paste 5 [q S A]");
    screen_type(s, "qqSS\rAAq\rxy");
    screen_wait(s, "2: paste 11 [qqSS AAq xy]");
    for (int i = 0; i < 150000; i++)
        str_add(&big, "10 bytes.\r");
    screen_paste(s, str_text(&big));
    screen_wait(s, "3: paste 1048576 cut [10 bytes. ");
    str_free(&big);
    quit(s);
}

static void it_takes_many_queued_keys(void **state)
{
    struct screen *s = loop(*state);
    char j[1001] = "";

    memset(j, 'j', 1000);
    screen_type(s, j);
    screen_wait(s, "1000: j");
    quit(s);
}

static void it_takes_the_mouse(void **state)
{
    struct screen *s = loop(*state);

    screen_click(s, 5, 6, BUTTON_LEFT);
    screen_key(s, "M");
    screen_wait(s, "1: M");
    screen_wait(s, "mouse 1");
    screen_click(s, 5, 6, BUTTON_RIGHT);
    screen_wait(s, "2: press 3 at 5,6");
    screen_wait(s, "3: release 3 at 5,6");
    screen_drag(s, 2, 3, 7, 70);
    screen_wait(s, "drag 1 at 7,70");
    screen_wait(s, "release 1 at 7,70");
    screen_double_click(s, 9, 9);
    screen_wait(s, "double 1 at 9,9");
    screen_wheel(s, 3, 4, -1);
    screen_wait(s, "up 0 at 3,4");
    screen_wheel(s, 3, 4, 1);
    screen_wait(s, "down 0 at 3,4");
    screen_key(s, "M");
    screen_wait(s, "mouse 0");
    assert_false(screen_modes(s).mouse);
    quit(s);
}

static void it_follows_the_size(void **state)
{
    static const char *const env[] = {"COLUMNS=40", "LINES=10", NULL};
    struct screen *s = loop_in(*state, env);

    screen_resize(s, 40, 120);
    screen_wait(s, "ready 120x40");
    screen_resize(s, 3, 24);
    screen_wait(s, "ready 24x3");
    screen_resize(s, 1, 1);
    screen_wait(s, "r");
    screen_quiet(s);
    screen_resize(s, 200, 500);
    screen_wait(s, "ready 500x200");
    for (int i = 0; i < 100; i++)
        screen_resize(s, 10 + i % 30, 50 + i % 40);
    screen_resize(s, 24, 80);
    screen_wait(s, "ready 80x24");
    screen_wait_cursor(s, "ready");
    quit(s);
}

static void it_bounds_huge_sizes(void **state)
{
    struct screen *s = loop(*state);

    pty_resize(screen_pty(s), 60000, 60000);
    screen_wait(s, "ready 1000x500");
    screen_resize(s, 24, 80);
    screen_wait(s, "ready 80x24");
    quit(s);
}

static void it_copies(void **state)
{
    struct screen *s = loop(*state);
    char *raw;

    screen_key(s, "Y");
    screen_wait(s, "1: Y");
    raw = screen_raw(s);
    assert_has(raw, "\033]52;c;Y29waWVkOiDDqRtbMko=\007");
    free(raw);
    quit(s);
}

static void it_updates_at_once_where_the_terminal_can(void **state)
{
    static const char answer[] = "\033[?2026;2$y";
    struct screen *s = loop(*state);
    char *raw;

    screen_key(s, "L");
    screen_wait(s, "1: L");
    raw = screen_raw(s);
    assert_null(strstr(raw, "\033[?2026h"));
    free(raw);
    screen_bytes(s, answer, sizeof(answer) - 1);
    screen_resize(s, 30, 100);
    screen_wait(s, "ready 100x30");
    screen_quiet(s);
    raw = screen_raw(s);
    assert_has(raw, "\033[?2026h");
    assert_has(strstr(raw, "\033[?2026h"), "\033[?2026l");
    free(raw);
    screen_key(s, "x");
    screen_wait(s, "2: x");
    raw = screen_raw(s);
    assert_null(strstr(raw, "\033[?2026h")); // a row needs none
    free(raw);
    quit(s);
}

// The row that the key is shown in, and the cursor; nothing a hundred times more.
static void it_says_nothing_where_nothing_changed(void **state)
{
    struct screen *s = loop(*state);
    char *raw;

    screen_quiet(s);
    free(screen_raw(s));
    screen_key(s, "N");
    screen_wait(s, "1: N");
    screen_quiet(s);
    raw = screen_raw(s);
    assert_true(strlen(raw) < 100);
    free(raw);
    quit(s);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        TEST(it_takes_keys),
        TEST(it_takes_pastes_as_text),
        TEST(it_takes_many_queued_keys),
        TEST(it_takes_the_mouse),
        TEST(it_follows_the_size),
        TEST(it_bounds_huge_sizes),
        TEST(it_copies),
        TEST(it_updates_at_once_where_the_terminal_can),
        TEST(it_says_nothing_where_nothing_changed),
#undef TEST
    };

    if (argc > 1)
        return run_program_here(argv + 1);
    return cmocka_run_group_tests_name("ui-term-term", tests, NULL, NULL);
}
