// The terminal in a pseudo-terminal: what is switched on is switched off again however the program
// ends, keys, mouse and pastes arrive, and what is shown is what was drawn. Tests.
#include "support/test.h"

#include <time.h>

#include "support/screen.h"
#include "ui-term/term_program.h"

enum { DRAWINGS = 25, PATIENCE_MS = 20000 };

#define ALL_LOOKS (~0U)

#define NO_HANDLERS                                                                                \
    "ASAN_OPTIONS=handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigill=0:handle_sigfpe=0:"   \
    "detect_stack_use_after_return=0:log_path=/dev/null"

struct world {
    struct home home;
    struct screen *s;
};

static int set_up(void **state)
{
    struct world *w = mem_zalloc(sizeof(*w));

    w->home = home_make();
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;

    screen_free(w->s);
    home_remove(&w->home);
    free(w);
    return 0;
}

static struct screen *start_at(struct world *w, const char *const *argv, const char *const *env,
                               int h, int width)
{
    screen_free(w->s);
    w->s = screen_start(
        &(struct pty_order){.home = &w->home, .argv = argv, .env = env, .h = h, .w = width});
    free(screen_raw(w->s));
    return w->s;
}

static struct screen *loop_in(struct world *w, const char *const *env)
{
    static const char *const argv[] = {"/proc/self/exe", "loop", NULL};
    struct screen *s = start_at(w, argv, env, 24, 80);

    screen_wait(s, "ready 80x24");
    screen_wait_cursor(s, "ready");
    return s;
}

static struct screen *loop(struct world *w)
{
    return loop_in(w, NULL);
}

static void assert_given_back(struct screen *s)
{
    struct screen_modes m = screen_modes(s);
    char *before = pty_stty(&screen_pty(s)->before), *now = pty_stty_now(screen_pty(s));

    assert_string_equal(now, before);
    assert_false(m.alternate);
    assert_false(m.mouse);
    assert_false(m.drags);
    assert_false(m.paste);
    assert_false(m.cursor_keys);
    assert_true(m.cursor);
    free(before);
    free(now);
}

static void quit(struct screen *s)
{
    screen_key(s, "q");
    assert_int_equal(screen_end(s), 0);
    assert_given_back(s);
}

static void assert_has(const char *raw, const char *bytes)
{
    if (!strstr(raw, bytes))
        fail_msg("not sent: ESC%s", bytes + 1);
}

static void it_switches_on_and_off(void **state)
{
    static const char *const on[] = {"\033[?1049h", "\033[?2004h", "\033[?1h\033=", "\033[?2026$p"};
    static const char *const off[] = {"\033[?1049l", "\033[?2004l", "\033[?1l\033>", "\033[?1002l",
                                      "\033[?1006l"};
    struct screen *s = loop(*state);
    struct screen_modes m;
    char *raw = screen_raw(s);

    for (size_t i = 0; i < ARRAY_LEN(on); i++)
        assert_has(raw, on[i]);
    assert_null(strstr(raw, "\033[?1002h"));
    free(raw);
    screen_key(s, "M");
    screen_wait(s, "mouse 1");
    m = screen_modes(s);
    assert_true(m.alternate && m.mouse && m.drags && m.paste && m.cursor_keys && m.cursor);
    free(screen_raw(s));
    quit(s);
    screen_wait(s, "over after");
    raw = screen_raw(s);
    for (size_t i = 0; i < ARRAY_LEN(off); i++)
        assert_has(raw, off[i]);
    free(raw);
    assert_string_equal(screen_title(s), "");
}

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

static void it_copies_and_rings(void **state)
{
    struct screen *s = loop(*state);
    char *raw;

    screen_key(s, "Y");
    screen_wait(s, "1: Y");
    raw = screen_raw(s);
    assert_has(raw, "\033]52;c;Y29waWVkOiDDqRtbMko=\007");
    free(raw);
    screen_key(s, "B");
    screen_wait(s, "2: B");
    raw = screen_raw(s);
    assert_has(raw, "\007");
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

static void it_keeps_stray_output_for_later(void **state)
{
    struct screen *s = loop(*state);

    screen_key(s, "E");
    screen_wait(s, "1: E");
    screen_key(s, "x");
    screen_wait(s, "2: x");
    screen_gone(s, "complains");
    quit(s);
    screen_wait(s, "a library complains?[31m");
}

static void it_lends_the_terminal(void **state)
{
    struct screen *s = loop(*state);
    char *before = pty_stty(&screen_pty(s)->before), *raw;

    screen_key(s, "M");
    screen_wait(s, "mouse 1");
    free(screen_raw(s));
    screen_key(s, "C");
    screen_wait(s, "2: C");
    screen_wait(s, "ready 80x24");
    raw = screen_raw(s);
    assert_has(raw, "\033[?1049l");
    assert_has(raw, "child on stderr");
    assert_has(strstr(raw, "child on stderr"), "\033[?1049h");
    assert_has(strstr(raw, "child on stderr"), "\033[?1002h");
    free(raw);
    free(before);
    assert_true(screen_modes(s).mouse);
    quit(s);
}

// In a shell with job control, as a person runs it; stopped twice, resized while it stands.
static void it_goes_to_the_shell_and_back(void **state)
{
    static const char script[] = "set -m; a=$(stty -g); \"$0\" loop; b=$(stty -g); echo stopped;"
                                 "read x; fg %1 >/dev/null; c=$(stty -g);"
                                 "[ \"$a$a\" = \"$b$c\" ] && echo all the same";
    char self[512];
    const char *argv[] = {"/bin/sh", "-c", script, self, NULL};
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    struct screen *s;

    assert_true(n > 0);
    self[n] = '\0';
    s = start_at(*state, argv, NULL, 24, 80);
    screen_wait(s, "ready 80x24");
    screen_key(s, "M");
    screen_wait(s, "mouse 1");
    screen_key(s, "C-z");
    screen_wait(s, "stopped");
    assert_given_back(s);
    screen_resize(s, 30, 90);
    screen_type(s, "\n");
    screen_wait(s, "ready 90x30");
    screen_wait(s, "2: C-z");
    assert_true(screen_modes(s).drags && screen_modes(s).paste && screen_modes(s).alternate);
    screen_key(s, "q");
    screen_wait(s, "all the same");
    assert_given_back(s);
}

static void it_stays_where_there_is_no_shell(void **state)
{
    struct screen *s = loop(*state);

    screen_key(s, "C-z");
    screen_wait(s, "1: C-z");
    screen_key(s, "x");
    screen_wait(s, "2: x");
    quit(s);
}

static void it_dies_tidily(void **state)
{
    static const struct {
        const char *key;
        int signal;
    } deaths[] = {{"S", SIGSEGV}, {"A", SIGABRT}, {"T", SIGSEGV}, {"O", SIGSEGV}};
    static const char *const env[] = {NO_HANDLERS, NULL};

    for (size_t i = 0; i < ARRAY_LEN(deaths); i++) {
        struct screen *s = loop_in(*state, env);

        screen_key(s, "M");
        screen_wait(s, "mouse 1");
        screen_key(s, deaths[i].key);
        assert_int_equal(screen_end(s), -deaths[i].signal);
        assert_given_back(s);
        if (deaths[i].signal == SIGABRT)
            screen_wait(s, "an assertion failed");
    }
}

static void it_ends_on_a_signal(void **state)
{
    struct screen *s = loop(*state);

    screen_signal(s, SIGTERM);
    assert_int_equal(screen_end(s), 0);
    assert_given_back(s);
}

static double now_s(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu_s(const struct rusage *u)
{
    return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) +
           (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e6;
}

// SIGHUP is blocked in the program, so only the terminal's silence tells.
static void it_leaves_when_the_terminal_vanishes(void **state)
{
    struct world *w = *state;
    struct screen *s = loop(w);
    struct pty *p = screen_pty(s);
    double from;

    screen_quiet(s);
    from = now_s();
    pty_hang_up(p);
    while (!pty_ended(p) && now_s() - from < 10)
        (void)usleep(1000);
    assert_true(p->ended);
    assert_int_equal(p->status, 0);
    assert_true(now_s() - from < 1);
    assert_true(cpu_s(&p->used) < 0.5); // with the start, under sanitizers
}

// The program with stdin or stdout that is no terminal, or an environment that names none.
static void assert_refused(struct world *w, const char *line, const char *const *env,
                           const char *sentence)
{
    char self[512];
    const char *argv[] = {"/bin/sh", "-c", line, self, NULL};
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    struct screen *s;
    char *raw;

    assert_true(n > 0);
    self[n] = '\0';
    s = start_at(w, argv, env, 24, 200);
    screen_wait(s, sentence);
    assert_int_equal(screen_end(s), 0);
    raw = screen_raw(s);
    assert_null(strstr(raw, "\033"));
    free(raw);
    assert_given_back(s);
}

static void it_refuses_in_a_sentence(void **state)
{
    static const char *const none[] = {"TERM", NULL}, *const dumb[] = {"TERM=dumb", NULL};
    static const char *const unknown[] = {"TERM=no\033[2Jsuch", NULL};

    assert_refused(*state, "\"$0\" loop </dev/null; :", NULL, "standard input is not a terminal");
    assert_refused(*state, "\"$0\" loop | cat; :", NULL, "standard output is not a terminal");
    assert_refused(*state, "\"$0\" loop; :", none, "TERM is not set");
    assert_refused(*state, "\"$0\" loop; :", dumb, "the cursor cannot be placed on the terminal");
    assert_refused(*state, "\"$0\" loop; :", unknown,
                   "no description of the terminal \"no<U+001B>[2Jsuch\"");
}

static void it_finds_the_colours(void **state)
{
    static const struct {
        const char *env[3];
        int colours;
    } cases[] = {
        {{"TERM=xterm-256color", NULL}, COLOURS_256},
        {{"TERM=xterm-256color", "NO_COLOR=1", NULL}, COLOURS_NONE},
        {{"TERM=xterm-256color", "NO_COLOR=", NULL}, COLOURS_256},
        {{"TERM=xterm-256color", "COLORTERM=truecolor", NULL}, COLOURS_TRUE},
        {{"TERM=screen-256color", "COLORTERM=truecolor", NULL}, COLOURS_256},
        {{"TERM=tmux-256color", "COLORTERM=24bit", NULL}, COLOURS_TRUE},
        {{"TERM=xterm", "COLORTERM=truecolor", NULL}, COLOURS_16},
        {{"TERM=linux", NULL}, COLOURS_16},
        {{"TERM=vt220", NULL}, COLOURS_NONE},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct screen *s = loop_in(*state, cases[i].env);
        char *line = str_format("colours %d", cases[i].colours);

        screen_wait(s, line);
        free(line);
        quit(s);
    }
}

static unsigned bits_of(unsigned look)
{
    return (look & LOOK_BOLD ? SCREEN_BOLD : 0) | (look & LOOK_DIM ? SCREEN_DIM : 0) |
           (look & LOOK_ITALIC ? SCREEN_ITALIC : 0) |
           (look & LOOK_UNDERLINE ? SCREEN_UNDERLINE : 0) |
           (look & LOOK_REVERSE ? SCREEN_REVERSE : 0);
}

// looks: those that the terminal has.
static void assert_cell(struct screen *s, const struct canvas *c, const struct theme *theme,
                        enum colours colours, unsigned looks, int y, int x)
{
    const struct cell *want = &c->cells[y * c->w + x];
    struct screen_cell got = screen_cell(s, y, x);
    struct style style = theme_style(theme, want->role, colours);
    struct str text = {0};
    bool blank = want->text[0] == L' ';
    unsigned bits = bits_of(style.look & looks);

    for (int i = 0; i < CELL_POINTS && want->text[i]; i++)
        text_encode((uint32_t)want->text[i], &text);
    if (blank && !*got.text)
        strcpy(got.text, " ");
    if (want->width && (!str_eq(got.text, str_text(&text)) || got.width != want->width))
        screen_fail(s, "at %d,%d stands \"%s\", not \"%s\"", y, x, got.text, str_text(&text));
    str_free(&text);
    if (!want->width)
        return;
    if (blank)
        bits = (bits & (SCREEN_UNDERLINE | SCREEN_REVERSE)) |
               (got.bits & ~(unsigned)(SCREEN_UNDERLINE | SCREEN_REVERSE));
    if (got.bg != style.bg || got.bits != bits || (!blank && got.fg != style.fg))
        screen_fail(s, "at %d,%d it looks %x on %x (%x), not %x on %x (%x)", y, x, got.fg, got.bg,
                    got.bits, style.fg, style.bg, bits);
}

// What the program draws step by step is drawn here too, and every cell compared.
static void draw_with(struct world *w, const char *theme_name, uint64_t seed, enum colours colours,
                      unsigned looks, const char *const *env)
{
    char *number = str_format("%llu", (unsigned long long)seed);
    const char *argv[] = {"/proc/self/exe", "draw", number, theme_name, NULL};
    struct screen *s = start_at(w, argv, env, DRAW_H, DRAW_W);
    struct rng r = rng_seed(seed);
    struct canvas c = {0};
    const struct theme theme = find_theme(theme_name);

    canvas_size(&c, DRAW_H, DRAW_W);
    screen_quiet(s);
    for (int step = 0; step < DRAWINGS; step++) {
        for (int i = 0; i < DRAWS; i++)
            draw_random(&r, &c);
        screen_key(s, "x");
        // What the key paints; it may be long on its way to a busy program.
        if (!screen_take(s, PATIENCE_MS))
            fail_msg("step %d paints nothing", step);
        screen_quiet(s);
        for (int y = 0; y < DRAW_H; y++) {
            for (int x = 0; x < DRAW_W; x++)
                assert_cell(s, &c, &theme, colours, looks, y, x);
        }
    }
    canvas_free(&c);
    free(number);
    quit(s);
}

static void it_shows_what_was_drawn(void **state)
{
    static const char *const exact[] = {"COLORTERM=truecolor", NULL};

    (void)setlocale(LC_ALL, "C.UTF-8");
    draw_with(*state, "dark", 1, COLOURS_256, ALL_LOOKS, NULL);
    draw_with(*state, "nord", 2, COLOURS_TRUE, ALL_LOOKS, exact);
    draw_with(*state, "default", 3, COLOURS_TRUE, ALL_LOOKS, exact);
    draw_with(*state, "mono", 4, COLOURS_256, ALL_LOOKS, NULL);
}

static void it_shows_the_same_by_curses(void **state)
{
    static const char *const env[] = {"TERM=vt100", NULL};

    (void)setlocale(LC_ALL, "C.UTF-8");
    draw_with(*state, "mono", 5, COLOURS_NONE, LOOK_BOLD | LOOK_UNDERLINE | LOOK_REVERSE, env);
}

// Where no other screen comes back the shell goes on in the last row.
static void it_leaves_a_row_to_the_shell(void **state)
{
    static const char *const argv[] = {"/proc/self/exe", "loop", NULL};
    static const char *const env[] = {"TERM=vt100", NULL};
    enum { ROWS = EVENTS_SHOWN + 1 };
    struct screen *s = start_at(*state, argv, env, ROWS, 80);

    screen_wait(s, "ready 80x13");
    for (int i = 0; i < EVENTS_SHOWN - 1; i++)
        screen_key(s, "j");
    screen_wait(s, "11: j");
    screen_paste(s, "longer than what is said once it is over, and here it ends");
    screen_wait(s, "here it ends");
    quit(s);
    screen_wait(s, "over after");
    screen_wait(s, "10: j");
    screen_gone(s, "here it ends");
}

static void it_changes_its_look(void **state)
{
    struct screen *s = loop(*state);
    struct screen_cell before = screen_cell(s, 5, 5), after;

    screen_key(s, "D");
    screen_wait(s, "1: D");
    screen_quiet(s);
    after = screen_cell(s, 5, 5);
    assert_int_equal(before.bg, SCREEN_DEFAULT);
    assert_int_not_equal(after.bg, SCREEN_DEFAULT);
    quit(s);
}

static void it_makes_do_with_eight_colours(void **state)
{
    static const char *const env[] = {"TERM=linux", NULL};
    struct screen *s = loop_in(*state, env);
    struct screen_cell title, text;

    screen_key(s, "D");
    screen_wait(s, "1: D");
    screen_quiet(s);
    title = screen_cell(s, 0, 0); // white on a dark grey, and bold
    text = screen_cell(s, 1, 2);
    assert_int_equal(title.fg, 7);
    assert_int_equal(title.bg, 0);
    assert_int_equal(title.bits, SCREEN_BOLD);
    assert_int_equal(text.fg, 7);
    assert_int_equal(text.bits, 0);
    quit(s);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        TEST(it_switches_on_and_off),
        TEST(it_takes_keys),
        TEST(it_takes_pastes_as_text),
        TEST(it_takes_many_queued_keys),
        TEST(it_takes_the_mouse),
        TEST(it_follows_the_size),
        TEST(it_bounds_huge_sizes),
        TEST(it_copies_and_rings),
        TEST(it_updates_at_once_where_the_terminal_can),
        TEST(it_keeps_stray_output_for_later),
        TEST(it_lends_the_terminal),
        TEST(it_goes_to_the_shell_and_back),
        TEST(it_stays_where_there_is_no_shell),
        TEST(it_dies_tidily),
        TEST(it_ends_on_a_signal),
        TEST(it_leaves_when_the_terminal_vanishes),
        TEST(it_refuses_in_a_sentence),
        TEST(it_finds_the_colours),
        TEST(it_shows_what_was_drawn),
        TEST(it_shows_the_same_by_curses),
        TEST(it_leaves_a_row_to_the_shell),
        TEST(it_changes_its_look),
        TEST(it_makes_do_with_eight_colours),
#undef TEST
    };

    if (argc > 1)
        return run_program_here(argv + 1);
    return cmocka_run_group_tests_name("ui-term-term", tests, NULL, NULL);
}
