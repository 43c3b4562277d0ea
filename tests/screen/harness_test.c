// The harness itself: what it shows, sends and notices, against a small ncurses program and plain
// shell lines. Tests.
#include "support/test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "support/screen.h"
#include "support/sgr.h"
#include "support/tmux.h"

struct world {
    struct home home;
    struct screen *s;
    struct tmux tmux;
};

static struct screen *run(struct world *w, const char *const *argv, int h, int width)
{
    w->s = screen_start(&(struct pty_order){.home = &w->home, .argv = argv, .h = h, .w = width});
    return w->s;
}

static struct screen *tiny(struct world *w)
{
    static const char *const argv[] = {TINY_BINARY, NULL};
    struct screen *s = run(w, argv, 24, 80);

    screen_wait(s, "ready");
    screen_wait_cursor(s, "item 0");
    return s;
}

static struct screen *shell(struct world *w, const char *line)
{
    const char *argv[] = {"/bin/sh", "-c", line, NULL};

    return run(w, argv, 24, 80);
}

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    w->home = home_make();
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;

    screen_free(w->s);
    tmux_stop(&w->tmux);
    home_remove(&w->home);
    free(w);
    return 0;
}

static void it_shows_text_as_it_stands(void **state)
{
    struct screen *s = tiny(*state);
    char *row;
    int y, x;

    screen_wait(s, "tiny 80x24");
    row = screen_row(s, 3);
    assert_string_equal(row, "|李明|数据总监|e\u0301|");
    free(row);
    row = screen_row(s, 4);
    assert_string_equal(row, "xxxxxxxxxxxxxxxxxxxx");
    free(row);
    assert_true(screen_find(s, "数据", 1, &y, &x));
    assert_int_equal(y, 3);
    assert_int_equal(x, 6);
    assert_true(screen_find(s, "item", 3, &y, &x));
    assert_int_equal(y, 8);
    assert_false(screen_find(s, "no such", 1, &y, &x));
    assert_int_equal(screen_cell(s, 3, 1).width, 2);
    assert_string_equal(screen_cell(s, 3, 2).text, "");
}

static void check_look(struct screen *s, const char *text, unsigned bits, int fg)
{
    int y, x;

    assert_true(screen_find(s, text, 1, &y, &x));
    assert_int_equal(screen_cell(s, y, x).bits, bits);
    assert_int_equal(screen_cell(s, y, x).fg, fg);
    assert_int_equal(screen_cell(s, y, x).bg, SCREEN_DEFAULT);
}

static void it_knows_how_cells_look(void **state)
{
    struct screen *s = tiny(*state);

    check_look(s, "plain", 0, SCREEN_DEFAULT);
    check_look(s, "bold", SCREEN_BOLD, SCREEN_DEFAULT);
    check_look(s, "dim", SCREEN_DIM, SCREEN_DEFAULT);
    check_look(s, "italic", SCREEN_ITALIC, SCREEN_DEFAULT);
    check_look(s, "underlined", SCREEN_UNDERLINE, SCREEN_DEFAULT);
    check_look(s, "reversed", SCREEN_REVERSE, SCREEN_DEFAULT);
    check_look(s, "red", SCREEN_BOLD, 1);
}

static void it_knows_direct_colours(void **state)
{
    struct screen *s = shell(*state, "printf '\\033[38:2::1:2:3;48;2;4;5;6;2mA\\033[22;38;5;99mB'; "
                                     "read x");
    int y, x;

    screen_wait(s, "AB");
    assert_true(screen_find(s, "AB", 1, &y, &x));
    assert_int_equal(screen_cell(s, y, x).fg, SCREEN_RGB | 0x010203);
    assert_int_equal(screen_cell(s, y, x).bg, SCREEN_RGB | 0x040506);
    assert_int_equal(screen_cell(s, y, x).bits, SCREEN_DIM);
    assert_int_equal(screen_cell(s, y, x + 1).fg, 99);
    assert_int_equal(screen_cell(s, y, x + 1).ink, 0x875fff);
    assert_int_equal(screen_cell(s, y, x + 1).bits, 0);
}

static void keys_arrive_as_they_are_named(void **state)
{
    static const char *const named[][2] = {{"Down", "key KEY_DOWN"},
                                           {"F10", "key KEY_F(10)"},
                                           {"PageDown", "key KEY_NPAGE"},
                                           {"S-Tab", "key KEY_BTAB"},
                                           {"C-d", "key ^D"},
                                           {"Space", "key  "},
                                           {"Home", "key KEY_HOME"},
                                           {"G", "key G"},
                                           {"Esc", "key ^["},
                                           {"Delete", "key KEY_DC"},
                                           {"Insert", "key KEY_IC"},
                                           {"F1", "key KEY_F(1)"},
                                           {"Enter", "key ^M"},
                                           {"Tab", "key ^I"},
                                           {"é", "key é"},
                                           {"C-i", "key ^I"},
                                           {"C-Space", "key ^@"},
                                           {"C-/", "key ^_"},
                                           {"End", "key KEY_END"},
                                           {"PageUp", "key KEY_PPAGE"},
                                           {"S-Right", "key KEY_SRIGHT"}};
    struct screen *s = tiny(*state);

    for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++) {
        screen_key(s, named[i][0]);
        screen_wait(s, named[i][1]);
    }
    assert_true(screen_key_known("M-x"));
    assert_false(screen_key_known("Dwon"));
    assert_false(screen_key_known("F13"));
}

static void escape_is_a_key_of_its_own(void **state)
{
    struct screen *s = shell(*state, "stty raw -echo; dd bs=1 count=3 2>/dev/null | od -An -tx1");

    screen_quiet(s);
    screen_key(s, "Esc");
    screen_key(s, "M-x");
    screen_wait(s, "1b 1b 78");
}

static void the_cursor_is_where_it_stands(void **state)
{
    struct screen *s = tiny(*state);
    int y, x;

    screen_key(s, "j");
    screen_key(s, "j");
    screen_wait_cursor(s, "item 2");
    screen_quiet(s);
    assert_true(screen_cursor(s, &y, &x));
    assert_int_equal(y, 8);
    assert_int_equal(x, 2);
    assert_int_equal(screen_cell(s, 8, 2).bits, SCREEN_REVERSE);
}

static void the_mouse_speaks_the_programs_language(void **state)
{
    struct screen *s = tiny(*state);

    screen_press(s, 9, 4, BUTTON_LEFT);
    screen_wait(s, "press 9,4");
    screen_wait_cursor(s, "item 3");
    screen_move(s, 11, 70);
    screen_wait(s, "drag 11,70");
    screen_release(s, 11, 70, BUTTON_LEFT);
    screen_wait(s, "release 11,70");
    screen_wheel(s, 10, 1, 2);
    screen_wait_cursor(s, "item 9");
    screen_wheel(s, 10, 1, -1);
    screen_wait(s, "wheel up 10,1");
    screen_click(s, 2, 2, BUTTON_RIGHT);
    screen_drag(s, 7, 3, 12, 3);
    screen_wait(s, "release 12,3");
}

static void the_mouse_is_silent_where_nobody_asked(void **state)
{
    struct screen *s = shell(*state, "read x; echo got \"[$x]\"; read y");

    screen_click(s, 1, 1, BUTTON_LEFT);
    screen_type(s, "\r");
    screen_wait(s, "got []");
}

static void a_paste_stands_in_brackets(void **state)
{
    struct screen *s = tiny(*state);

    screen_paste(s, "qx one");
    screen_wait(s, "pasted qx one");
    screen_key(s, "j");
    screen_wait(s, "key j");
}

static void a_big_paste_gets_through(void **state)
{
    struct screen *s = tiny(*state);
    struct str text = {0};

    for (int i = 0; i < 100000; i++)
        str_add(&text, "all work ");
    screen_paste(s, str_text(&text));
    screen_wait(s, "pasted all work");
    str_free(&text);
}

static void a_resize_is_seen(void **state)
{
    struct screen *s = tiny(*state);

    screen_resize(s, 50, 200);
    screen_wait(s, "tiny 200x50");
    screen_wait(s, "item 43");
    screen_resize(s, 10, 30);
    screen_wait(s, "tiny 30x10");
    screen_gone(s, "item 5");
}

static void waiting_is_for_what_comes_later(void **state)
{
    struct screen *s = tiny(*state);

    screen_key(s, "s");
    screen_wait(s, "worked a while");
    screen_match(s, "^tiny [0-9]+x24 .* at [0-9:]{8}$");
    screen_wait_row(s, "tiny", "resizes 0");
    screen_quiet(s);
}

static void titles_and_clipboard_are_kept(void **state)
{
    struct screen *s = tiny(*state);
    char *copied;

    screen_key(s, "t");
    screen_wait(s, "key t");
    assert_string_equal(screen_title(s), "a title");
    copied = screen_clipboard(s);
    assert_string_equal(copied, "hello");
    free(copied);
}

static void an_end_leaves_a_status_and_a_sane_terminal(void **state)
{
    struct screen *s = tiny(*state);
    char *before = pty_stty(&screen_pty(s)->before), *during, *after;
    struct screen_modes m = screen_modes(s);

    assert_true(m.alternate && m.mouse && m.drags && m.paste && m.cursor && m.cursor_keys);
    during = pty_stty_now(screen_pty(s));
    assert_string_not_equal(before, during);
    screen_key(s, "x");
    assert_int_equal(screen_end(s), 7);
    after = pty_stty_now(screen_pty(s));
    assert_string_equal(before, after);
    m = screen_modes(s);
    assert_false(m.alternate || m.mouse || m.drags || m.paste || m.cursor_keys);
    assert_true(m.cursor);
    free(before);
    free(during);
    free(after);
}

static void a_death_is_told_with_what_it_leaves(void **state)
{
    struct screen *s = tiny(*state);
    struct screen_modes m;

    screen_key(s, "c");
    assert_int_equal(screen_end(s), -SIGKILL);
    m = screen_modes(s);
    assert_true(m.alternate && m.mouse && m.paste);
}

static void stty_says_what_stty_says(void **state)
{
    struct screen *s = shell(*state, "stty -echo; stty -g; read x");
    char *now, *row;

    screen_match(s, "^[0-9a-f]+:[0-9a-f:]+$");
    now = pty_stty_now(screen_pty(s));
    row = screen_row(s, 0);
    assert_true(str_starts(now, row));
    free(now);
    free(row);
}

static void the_environment_is_made_for_the_program(void **state)
{
    static const char *const env[] = {"EXTRA=1", "TZ", NULL};
    const char *argv[] = {"/bin/sh", "-c", "env; pwd; read x", NULL};
    struct world *w = *state;

    (void)setenv("COLUMNS", "33", 1);
    w->s = screen_start(
        &(struct pty_order){.home = &w->home, .argv = argv, .env = env, .h = 50, .w = 200});
    screen_wait(w->s, "EXTRA=1");
    screen_wait(w->s, "TERM=xterm-256color");
    screen_wait(w->s, "XDG_STATE_HOME=");
    screen_gone(w->s, "TZ=");
    screen_gone(w->s, "COLUMNS=");
    (void)unsetenv("COLUMNS");
}

static void a_leak_is_told(void **state)
{
    struct world *w = *state;
    struct screen *s = tiny(w);
    char *reports;

    screen_key(s, "l");
    (void)screen_end(s);
    reports = pty_reports(&w->home);
    // Only where the program was built so that it can tell.
    if (*reports) {
        assert_non_null(strstr(reports, "LeakSanitizer"));
        home_remove(&w->home);
        w->home = home_make();
    }
    free(reports);
}

// tmux is another terminal than libvterm: both must say the same of the same program.
static void tmux_shows_the_same(void **state)
{
    struct world *w = *state;
    struct tmux *t = &w->tmux;
    char *text, *modes;

    tmux_start(t, &w->home, 24, 80, "TERM=xterm-256color " TINY_BINARY);
    tmux_wait(t, "item 17");
    text = tmux_text(t);
    assert_non_null(strstr(text, "\nplain bold dim italic underlined reversed red\n"));
    assert_non_null(strstr(text, "\n|李明|数据总监|e\u0301|\nxxxxxxxxxxxxxxxxxxxx\n\n  item 0\n"));
    free(text);
    tmux_keys(t, "j Down F5");
    tmux_wait(t, "key KEY_F(5)");
    tmux_type(t, "jk");
    tmux_wait(t, "key k");
    tmux_paste(t, "q is text");
    tmux_wait(t, "pasted q is text");
    modes = tmux_ask(t, "#{alternate_on} #{mouse_sgr_flag} #{cursor_y}");
    assert_string_equal(modes, "1 1 8");
    free(modes);
    tmux_resize(t, 10, 40);
    tmux_wait(t, "tiny 40x10");
    tmux_gone(t, "item 5");
}

static void check_sgr(const char *in, const char *out)
{
    struct str whole = {0}, bitwise = {0};
    struct sgr f = {.len = 0};

    sgr_pass(&f, in, strlen(in), &whole);
    assert_string_equal(str_text(&whole), out);
    for (const char *p = in; *p; p++)
        sgr_pass(&f, p, 1, &bitwise);
    assert_string_equal(str_text(&bitwise), out);
    str_free(&whole);
    str_free(&bitwise);
}

static void sgr_is_rewritten_and_nothing_else(void **state)
{
    (void)state;
    check_sgr("a\033[2mb", "a\033[11mb");
    check_sgr("\033[0;2;7m\033[22m", "\033[0;11;7m\033[22;10m");
    check_sgr("\033[38;5;2m\033[48;2;2;2;22;2m", "\033[38;5;2m\033[48;2;2;2;22;11m");
    check_sgr("\033[38:2::2:3:4m", "\033[38:2:2:3:4m");
    check_sgr("\033[2J\033[2;2H\033[?2m\033(B\033]2;2m\a",
              "\033[2J\033[2;2H\033[?2m\033(B\033]2;2m\a");
    check_sgr("\033[m\033[;2m", "\033[m\033[;11m");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_shows_text_as_it_stands),
        TEST(it_knows_how_cells_look),
        TEST(it_knows_direct_colours),
        TEST(keys_arrive_as_they_are_named),
        TEST(escape_is_a_key_of_its_own),
        TEST(the_cursor_is_where_it_stands),
        TEST(the_mouse_speaks_the_programs_language),
        TEST(the_mouse_is_silent_where_nobody_asked),
        TEST(a_paste_stands_in_brackets),
        TEST(a_big_paste_gets_through),
        TEST(a_resize_is_seen),
        TEST(waiting_is_for_what_comes_later),
        TEST(titles_and_clipboard_are_kept),
        TEST(an_end_leaves_a_status_and_a_sane_terminal),
        TEST(a_death_is_told_with_what_it_leaves),
        TEST(stty_says_what_stty_says),
        TEST(the_environment_is_made_for_the_program),
        TEST(a_leak_is_told),
        TEST(tmux_shows_the_same),
        cmocka_unit_test(sgr_is_rewritten_and_nothing_else),
    };

    return cmocka_run_group_tests_name("harness", tests, NULL, NULL);
}
