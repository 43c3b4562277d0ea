// The terminal in a pseudo-terminal: what is switched on is switched off again however the program
// ends, is stopped or lends it, and where there is none a sentence says so. Tests.
#include "ui-term/term_stage.h"

#include <time.h>

enum { SPINNING_S = 2 }; // of a processor

#define NO_HANDLERS                                                                                \
    "ASAN_OPTIONS=handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigill=0:handle_sigfpe=0:"   \
    "detect_stack_use_after_return=0:log_path=/dev/null"

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
    while (!pty_ended(p) && now_s() - from < 20)
        (void)usleep(1000);
    assert_true(p->ended);
    assert_int_equal(p->status, 0);
    assert_true(cpu_s(&p->used) < SPINNING_S); // with the start, under sanitizers
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

static void take_for(struct screen *s, double seconds)
{
    double until = now_s() + seconds;

    while (now_s() < until)
        (void)screen_take(s, 10);
}

// A far terminal sends the release before it hears that the mouse is off.
static void it_waits_for_the_finger(void **state)
{
    static const char press[] = "\033[<1;9;9M", release[] = "\033[<1;9;9m";
    struct screen *s = loop(*state);

    screen_key(s, "M");
    screen_wait(s, "mouse 1");
    screen_bytes(s, press, strlen(press));
    take_for(s, 0.2);
    assert_false(pty_ended(screen_pty(s)));
    screen_bytes(s, release, strlen(release));
    assert_int_equal(screen_end(s), 0);
    assert_given_back(s);
    screen_gone(s, "9;9");
}

static void it_leaves_under_a_resting_finger(void **state)
{
    struct screen *s = loop(*state);

    screen_key(s, "M");
    screen_wait(s, "mouse 1");
    screen_press(s, 9, 9, BUTTON_MIDDLE);
    assert_int_equal(screen_end(s), 0);
    assert_given_back(s);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        TEST(it_switches_on_and_off),
        TEST(it_keeps_stray_output_for_later),
        TEST(it_lends_the_terminal),
        TEST(it_goes_to_the_shell_and_back),
        TEST(it_stays_where_there_is_no_shell),
        TEST(it_dies_tidily),
        TEST(it_ends_on_a_signal),
        TEST(it_leaves_when_the_terminal_vanishes),
        TEST(it_refuses_in_a_sentence),
        TEST(it_leaves_a_row_to_the_shell),
        TEST(it_waits_for_the_finger),
        TEST(it_leaves_under_a_resting_finger),
#undef TEST
    };

    if (argc > 1)
        return run_program_here(argv + 1);
    return cmocka_run_group_tests_name("ui-term-term_end", tests, NULL, NULL);
}
