// The explorer in the hands of terminals, shells and signals: it keeps what was done, gives the
// terminal back, ends when its terminal does, shows the last of many sizes, and shares its files
// with others. Tests.
#include "support/test.h"

#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "support/screen.h"
#include "support/tmux.h"

enum { RESIZES = 2000, INSTANCES = 10, GONE_MS = 20000, SPINNING_MS = 2000, STAT_MAX = 4096 };

struct world {
    struct home home;
    struct screen *s;
    struct tmux tmux;
};

static const char *const lode[] = {LODE_BINARY, "--sandbox", NULL};

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
    tmux_stop(&w->tmux);
    home_remove(&w->home);
    free(w);
    return 0;
}

static struct screen *open_lode(struct world *w, int h, int width)
{
    screen_free(w->s);
    w->s = screen_start(&(struct pty_order){.home = &w->home, .argv = lode, .h = h, .w = width});
    screen_wait(w->s, "credits 10,000");
    return w->s;
}

// VPs, two of them marked.
static void search_and_mark(struct screen *s)
{
    static const char line[] = "where \"Management level=VP Level Execs\"";

    screen_key(s, ":");
    screen_wait_cursor(s, ":");
    screen_type(s, line);
    screen_wait(s, line); // or line and Enter come together, as no hand types them
    screen_key(s, "Enter");
    screen_wait(s, "= VP Level Execs");
    screen_key(s, "r");
    screen_wait_row(s, "row 1 of", "nothing marked");
    screen_type(s, " j ");
    screen_wait(s, "2 marked: 0 owned, 2 new");
}

static void check_given_back(struct screen *s)
{
    struct screen_modes m = screen_modes(s);
    char *before = pty_stty(&screen_pty(s)->before), *now = pty_stty_now(screen_pty(s));

    assert_string_equal(before, now);
    if (m.alternate || m.mouse || m.paste || m.cursor_keys || !m.cursor)
        screen_fail(s, "the terminal was not given back");
    free(before);
    free(now);
}

static void check_signal(void **state, int signal)
{
    struct world *w = *state;
    struct screen *s = open_lode(w, 24, 80);

    search_and_mark(s);
    screen_signal(s, signal);
    (void)screen_end(s);
    check_given_back(s);
    s = open_lode(w, 24, 80);
    screen_wait(s, "2 marked: 0 owned, 2 new");
    screen_key(s, "Q");
    assert_int_equal(screen_end(s), 0);
}

static void sigterm_saves_and_leaves(void **state)
{
    check_signal(state, SIGTERM);
}

static void sighup_saves_and_leaves(void **state)
{
    check_signal(state, SIGHUP);
}

static void a_fatal_signal_gives_the_terminal_back(void **state)
{
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS};
    // The sanitizer would say that this is a fault of the program.
    static const char *const env[] = {"ASAN_OPTIONS=handle_segv=0:handle_sigbus=0:detect_leaks=0",
                                      NULL};
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        struct screen *s;

        screen_free(w->s);
        s = w->s = screen_start(
            &(struct pty_order){.home = &w->home, .argv = lode, .env = env, .h = 24, .w = 80});
        screen_wait(s, "credits 10,000");
        screen_quiet(s);
        screen_signal(s, signals[i]);
        assert_int_equal(screen_end(s), -signals[i]);
        check_given_back(s);
    }
}

static double now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// Milliseconds of processor that the program has used so far.
static double used_ms(pid_t pid)
{
    char *path = str_format("/proc/%d/stat", pid);
    unsigned long user = 0, system = 0;
    struct str text = {0};
    struct err e;

    assert_true(file_read(path, STAT_MAX, &text, &e));
    assert_int_equal(sscanf(strrchr(str_text(&text), ')') + 2,
                            "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system),
                     2);
    str_free(&text);
    free(path);
    return (double)(user + system) * 1e3 / (double)sysconf(_SC_CLK_TCK);
}

// Readable once the program has ended, and nobody has asked how.
static bool has_ended(const struct pty *p, int ms)
{
    struct pollfd fd = {p->pidfd, POLLIN, 0};

    return poll(&fd, 1, ms) > 0;
}

// However its terminal goes: with SIGHUP, or with nothing but an end of file.
static void check_vanished(void **state, const char *command)
{
    static const char *const env[] = {"ASAN_OPTIONS=detect_leaks=0", NULL};
    const char *argv[] = {"/bin/sh", "-c", command, NULL};
    struct world *w = *state;
    struct pty *p;
    double began, before;

    w->s = screen_start(
        &(struct pty_order){.home = &w->home, .argv = argv, .env = env, .h = 24, .w = 80});
    screen_wait(w->s, "credits 10,000");
    screen_quiet(w->s);
    p = screen_pty(w->s);
    before = used_ms(p->pid);
    began = now_ms();
    pty_hang_up(p);
    assert_true(has_ended(p, GONE_MS));
    (void)printf("gone after %.0f ms, %.0f ms of processor\n", now_ms() - began,
                 used_ms(p->pid) - before);
    assert_true(used_ms(p->pid) - before < SPINNING_MS);
}

static void it_ends_with_its_terminal(void **state)
{
    check_vanished(state, "exec \"$LODE\" --sandbox");
}

static void it_ends_with_its_terminal_where_nobody_tells_it(void **state)
{
    check_vanished(state, "trap '' HUP; exec \"$LODE\" --sandbox");
}

static bool gone(pid_t pid)
{
    return kill(pid, 0) != 0;
}

static void it_ends_with_a_terminal_that_is_killed(void **state)
{
    struct world *w = *state;
    char *pid;
    double began;

    tmux_start(&w->tmux, &w->home, 24, 80, "exec " LODE_BINARY " --sandbox");
    tmux_wait(&w->tmux, "credits 10,000");
    pid = tmux_ask(&w->tmux, "#{pane_pid}");
    tmux_kill(&w->tmux);
    for (began = now_ms(); !gone(atoi(pid)) && now_ms() - began < GONE_MS;)
        (void)nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    assert_true(gone(atoi(pid)));
    free(pid);
}

// The bottom row has the keys, and it is as wide as the last size.
static bool fits(struct screen *s, void *self)
{
    const int *last = self;
    char *bar = screen_row(s, 0), *hints = screen_row(s, last[0] - 1);
    bool ok = strstr(bar, "SANDBOX") && strstr(bar, "LOCKED") && strstr(hints, "? help");

    for (int y = 1; ok && y < last[0] - 1; y++) {
        char *row = screen_row(s, y);

        ok = !strstr(row, "SANDBOX") && !strstr(row, "? help");
        free(row);
    }
    free(bar);
    free(hints);
    return ok;
}

static void the_last_of_many_sizes_is_shown(void **state)
{
    static const int sizes[][2] = {{24, 80}, {50, 200}, {30, 100}, {12, 44}};
    struct screen *s = open_lode(*state, 24, 80);
    struct rng rng = rng_seed(20261125);

    for (size_t round = 0; round < ARRAY_LEN(sizes); round++) {
        int last[2] = {sizes[round][0], sizes[round][1]};

        for (int i = 0; i < RESIZES / (int)ARRAY_LEN(sizes); i++) {
            screen_resize(s, 1 + (int)rng_below(&rng, 60), 1 + (int)rng_below(&rng, 220));
            if (i % 8 == 0) // and there is something to do besides
                screen_type(s, "jjkk");
        }
        screen_resize(s, last[0], last[1]);
        if (!screen_until(s, fits, last))
            screen_fail(s, "the last size, %d by %d, is not shown", last[1], last[0]);
    }
    screen_key(s, "Q");
    assert_int_equal(screen_end(s), 0);
    check_given_back(s);
}

static void ten_at_once_do_not_fight(void **state)
{
    struct world *w = *state;
    struct screen *all[INSTANCES];
    int spenders = 0;

    for (int i = 0; i < INSTANCES; i++)
        all[i] =
            screen_start(&(struct pty_order){.home = &w->home, .argv = lode, .h = 24, .w = 80});
    for (int i = 0; i < INSTANCES; i++) {
        screen_deadline(all[i], 60);
        screen_wait(all[i], "Looking for");
        screen_gone(all[i], "signing in");
        screen_quiet(all[i]);
    }
    for (int i = 0; i < INSTANCES; i++) {
        char *bar = screen_row(all[i], 0);

        spenders += strstr(bar, "SPEND LOCKED") != NULL;
        free(bar);
    }
    assert_int_equal(spenders, 1);
    for (int i = 0; i < INSTANCES; i++) {
        screen_key(all[i], "Q");
        assert_int_equal(screen_end(all[i]), 0);
        check_given_back(all[i]);
        screen_free(all[i]);
    }
}

// In tmux, whose terminal is another than xterm, with a shell around.
static void tmux_has_the_same_journey(void **state)
{
    static const char where[] = ":where \"Management level=VP Level Execs\"";
    struct world *w = *state;
    struct tmux *t = &w->tmux;
    char *modes;

    tmux_start(t, &w->home, 24, 80, "PS1='$ ' exec sh -i");
    tmux_wait(t, "$");
    tmux_type(t, LODE_BINARY " --sandbox");
    tmux_keys(t, "Enter");
    tmux_wait(t, "credits 10,000");
    tmux_type(t, where);
    tmux_wait(t, where); // line and Enter together are a paste
    tmux_keys(t, "Enter");
    tmux_wait(t, "= VP Level Execs");
    tmux_type(t, "r");
    tmux_wait(t, "row 1 of");
    tmux_keys(t, "Space Down Space");
    tmux_wait(t, "2 marked: 0 owned, 2 new");
    tmux_resize(t, 40, 120);
    tmux_wait(t, "+ another field"); // beside the rows
    tmux_keys(t, "C-z");
    tmux_wait(t, "Stopped");
    tmux_type(t, "stty -a | grep -o ' icanon.*echo '; fg");
    tmux_keys(t, "Enter");
    tmux_wait(t, "2 marked: 0 owned, 2 new");
    // A paste is text for the field that is being typed into, and no command where there is none.
    tmux_type(t, ":");
    tmux_paste(t, "theme li");
    tmux_wait(t, ":theme li");
    tmux_keys(t, "Escape");
    tmux_gone(t, ":theme li");
    tmux_paste(t, "Q\nQ");
    tmux_type(t, "?");
    tmux_wait(t, "Help");
    modes = tmux_ask(t, "#{alternate_on} #{cursor_flag}");
    assert_string_equal(modes, "1 1");
    free(modes);
    tmux_keys(t, "Escape");
    tmux_gone(t, "Help");
    tmux_type(t, "Q");
    tmux_gone(t, "2 marked");
    modes = tmux_ask(t, "#{alternate_on} #{mouse_any_flag} #{cursor_flag} #{keypad_cursor_flag}");
    assert_string_equal(modes, "0 0 1 0");
    free(modes);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sigterm_saves_and_leaves),
        TEST(sighup_saves_and_leaves),
        TEST(a_fatal_signal_gives_the_terminal_back),
        TEST(it_ends_with_its_terminal),
        TEST(it_ends_with_its_terminal_where_nobody_tells_it),
        TEST(it_ends_with_a_terminal_that_is_killed),
        TEST(the_last_of_many_sizes_is_shown),
        TEST(ten_at_once_do_not_fight),
        TEST(tmux_has_the_same_journey),
    };

    (void)setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("endtoend", tests, NULL, NULL);
}
