// The explorer in a terminal: its loop, its ends, what it gives back. The real program and its
// sandbox. Tests.
#include "support/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "support/screen.h"

struct world {
    struct home home;
    struct screen *s;
};

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
    home_remove(&w->home);
    free(w);
    return 0;
}

static struct screen *run(struct world *w, const char *const *argv, const char *const *env)
{
    w->s = screen_start(
        &(struct pty_order){.home = &w->home, .argv = argv, .env = env, .h = 24, .w = 80});
    return w->s;
}

// The explorer on the sandbox, signed in.
static struct screen *explorer(struct world *w)
{
    static const char *const argv[] = {LODE_BINARY, "--sandbox", NULL};
    struct screen *s = run(w, argv, NULL);

    screen_wait(s, "SANDBOX");
    screen_match(s, "token [0-9]");
    return s;
}

static double seconds(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void check_given_back(struct screen *s)
{
    struct screen_modes modes = screen_modes(s);
    char *before = pty_stty(&screen_pty(s)->before), *now = pty_stty_now(screen_pty(s));

    assert_false(modes.alternate || modes.mouse || modes.paste || modes.drags);
    assert_true(modes.cursor);
    assert_string_equal(before, now);
    free(before);
    free(now);
}

static void quits_and_gives_the_terminal_back(void **state)
{
    struct screen *s = explorer(*state);

    assert_true(screen_modes(s).alternate);
    screen_key(s, "Q");
    assert_int_equal(screen_end(s), 0);
    check_given_back(s);
}

static void leaves_in_order_when_told_by_a_signal(void **state)
{
    static const int signals[] = {SIGTERM, SIGHUP};

    for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
        struct screen *s = explorer(*state);

        screen_signal(s, signals[i]);
        assert_int_equal(screen_end(s), 0);
        check_given_back(s);
        screen_free(s);
        ((struct world *)*state)->s = NULL;
    }
}

static void ends_where_the_terminal_went_away(void **state)
{
    struct screen *s = explorer(*state);
    double began = seconds();

    pty_hang_up(screen_pty(s));
    while (!pty_ended(screen_pty(s)) && seconds() - began < 20)
        (void)nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    assert_true(pty_ended(screen_pty(s)));
}

static void follows_the_size(void **state)
{
    struct screen *s = explorer(*state);

    screen_resize(s, 40, 132);
    screen_wait(s, "1 Filters");
    screen_wait(s, "2 Results");
    screen_resize(s, 9, 30);
    screen_wait(s, "Lode needs");
    for (int i = 0; i < 200; i++)
        screen_resize(s, 12 + i % 30, 45 + i % 100);
    screen_resize(s, 24, 80);
    screen_wait(s, "SANDBOX");
    screen_match(s, "help");
    screen_key(s, "Q");
    assert_int_equal(screen_end(s), 0);
}

static void goes_to_the_shell_and_comes_back(void **state)
{
    static const char *const argv[] = {"/bin/bash", "--norc", "-i", NULL};
    static const char clear[] = "\033[2J";
    struct screen *s = run(*state, argv, NULL);
    char *raw;

    screen_type(s, "PS1='shell> '\n");
    screen_wait(s, "shell>");
    screen_type(s, LODE_BINARY " --sandbox\n");
    screen_match(s, "token [0-9]");
    screen_key(s, "C-z");
    screen_wait(s, "shell>");
    assert_false(screen_modes(s).alternate);
    free(screen_raw(s)); // kept from here on
    screen_type(s, "fg\n");
    screen_match(s, "token [0-9]");
    screen_quiet(s);
    raw = screen_raw(s);
    assert_non_null(strstr(raw, clear));
    assert_null(strstr(strstr(raw, clear) + 1, clear)); // it is painted once
    free(raw);
    screen_key(s, "?");
    screen_wait(s, "Help");
    screen_key(s, "q");
    screen_key(s, "Q");
    screen_wait(s, "shell>");
    screen_type(s, "exit\n");
    (void)screen_end(s);
}

static long long switches(struct screen *s)
{
    char *path = str_format("/proc/%d/status", (int)screen_pty(s)->pid);
    struct str text = {0};
    const char *line;
    long long n;
    struct err e;

    assert_true(file_read(path, 1 << 16, &text, &e));
    line = strstr(str_text(&text), "\nvoluntary_ctxt_switches:");
    assert_non_null(line);
    n = strtoll(line + 25, NULL, 10);
    str_free(&text);
    free(path);
    return n;
}

// The rate falls for a second after the last request, and then memory is given back: on a busy
// machine that takes a while.
static void sleeps_when_there_is_nothing_to_do(void **state)
{
    struct screen *s = explorer(*state);
    double until = seconds() + 60;
    long long before;

    screen_quiet(s);
    do {
        assert_true(seconds() < until);
        before = switches(s);
        (void)screen_take(s, 3000);
    } while (switches(s) != before);
}

static void put(const struct world *w, const char *text)
{
    char *folder = str_format("%s/config/lode", w->home.path);
    char *path = str_format("%s/lode.conf", folder);
    struct file_new file;
    struct err e;

    assert_true(file_make_dir(folder, &e) && file_new_open(&file, path, true, &e));
    assert_true(file_write_all(file.fd, text, strlen(text)) && file_new_commit(&file, &e));
    free(path);
    free(folder);
}

static void reads_its_configuration_again(void **state)
{
    struct world *w = *state;
    struct screen *s;

    put(w, "bind all F6 help\n");
    s = explorer(w);
    put(w, "bind all F6 help\nunbind all ?\nunbind all F1\n");
    screen_wait(s, "F6 help");
    put(w, "bind all F6 fly\n");
    screen_wait(s, "lode.conf:1:13: there is no command \"fly\"");
    screen_key(s, "Q");
    assert_int_equal(screen_end(s), 0);
}

static void runs_commands_of_the_line(void **state)
{
    static const char *const argv[] = {LODE_BINARY, "--sandbox", "-e", "where Industry=Software",
                                       "-e",        "search",    "-e", "mark-all",
                                       NULL};
    struct screen *s = run(*state, argv, NULL);

    screen_wait(s, "29,277");
    screen_wait(s, "records are marked");
}

static void edits_filters_in_the_editor(void **state)
{
    static const char *const argv[] = {LODE_BINARY, "--sandbox", NULL};
    struct world *w = *state;
    char *script = str_format("%s/editor", w->home.path), *env = str_format("EDITOR=%s", script);
    const char *const envs[] = {env, NULL};
    FILE *f = fopen(script, "w");
    struct screen *s;

    assert_non_null(f);
    assert_true(fputs("#!/bin/sh\necho 'Industry = Software' >>\"$1\"\n", f) > 0);
    assert_int_equal(fchmod(fileno(f), 0700), 0);
    assert_int_equal(fclose(f), 0);
    s = run(w, argv, envs);
    screen_match(s, "token [0-9]");
    screen_key(s, "E");
    screen_wait_row(s, "Industry", "= Software");
    assert_true(screen_modes(s).alternate);
    screen_key(s, "u");
    screen_gone(s, "= Software");
    free(script);
    free(env);
}

// A text at fault is not thrown away: it is edited again.
static void edits_a_wrong_text_again(void **state)
{
    static const char *const argv[] = {LODE_BINARY, "--sandbox", NULL};
    struct world *w = *state;
    char *script = str_format("%s/editor", w->home.path), *env = str_format("EDITOR=%s", script);
    const char *const envs[] = {env, NULL};
    FILE *f = fopen(script, "w");
    struct screen *s;

    assert_non_null(f);
    assert_true(
        fputs("#!/bin/sh\ngrep -q Indstry \"$1\" && exec sed -i s/Indstry/Industry/ \"$1\"\n"
              "printf 'Indstry = Software\\nState = texas\\n' >>\"$1\"\n",
              f) > 0);
    assert_int_equal(fchmod(fileno(f), 0700), 0);
    assert_int_equal(fclose(f), 0);
    s = run(w, argv, envs);
    screen_match(s, "token [0-9]");
    screen_key(s, "E");
    screen_wait(s, "line 3, column 1");
    screen_wait(s, "did you mean");
    screen_wait(s, "Edit again");
    screen_key(s, "Enter");
    screen_wait_row(s, "Industry", "= Software");
    screen_wait_row(s, "State", "= texas");
    free(script);
    free(env);
}

// Of the filters, with the names that stand in them.
static void takes_away_the_text_of_a_killed_one(void **state)
{
    struct world *w = *state;
    char *folder = str_format("%s/state/lode", w->home.path), *dead, *mine;
    pid_t gone = fork();
    struct screen *s;
    struct err e;

    if (gone == 0)
        _exit(0);
    assert_int_equal(waitpid(gone, NULL, 0), gone);
    dead = str_format("%s/filters.%d.txt", folder, (int)gone);
    mine = str_format("%s/filters.%d.txt", folder, (int)getpid());
    assert_true(file_make_dir(folder, &e));
    assert_int_equal(close(open(dead, O_CREAT | O_WRONLY, 0600)), 0);
    assert_int_equal(close(open(mine, O_CREAT | O_WRONLY, 0600)), 0);
    s = explorer(w);
    screen_type(s, "Q");
    assert_int_equal(screen_end(s), 0);
    assert_int_not_equal(access(dead, F_OK), 0);
    assert_int_equal(access(mine, F_OK), 0);
    free(folder);
    free(dead);
    free(mine);
}

static void says_lines_by_hand(void **state)
{
    static const char *const argv[] = {LODE_BINARY, "--linear", "--sandbox", NULL};
    static const char *const env[] = {"TERM=dumb", NULL};
    struct screen *s = run(*state, argv, env);

    screen_wait(s, "help tells them, quit leaves.");
    screen_wait(s, "lode>");
    screen_type(s, "opne log\n");
    screen_wait(s, "Error: there is no command \"opne\"");
    screen_type(s, "open log\n");
    screen_wait(s, "Log.");
    screen_type(s, "quit\n");
    assert_int_equal(screen_end(s), 0);
}

static bool is_coloured(const char *raw)
{
    while ((raw = strstr(raw, "\033[")) != NULL) {
        raw += 2;
        if (raw[strspn(raw, "0123456789;")] != 'm')
            continue;
        for (const char *p = raw; *p != 'm';) {
            char *end;
            long n = strtol(p, &end, 10);

            if ((n >= 30 && n < 50 && n != 39 && n != 49) || (n >= 90 && n < 108))
                return true;
            p = *end == ';' ? end + 1 : end;
        }
    }
    return false;
}

// What the command line says goes before NO_COLOR.
static void takes_or_leaves_colours(void **state)
{
    static const struct {
        const char *when, *env;
        bool coloured;
    } cases[] = {{"auto", "NO_COLOR=1", false},
                 {"always", "NO_COLOR=1", true},
                 {"auto", "NO_COLOR=", true},
                 {"never", "NO_COLOR=", false}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const char *argv[] = {LODE_BINARY, "--color", cases[i].when, "-e", "theme dark", NULL};
        const char *env[] = {"TERM=xterm-256color", cases[i].env, NULL};
        struct screen *s = run(*state, argv, env);
        char *raw;

        free(screen_raw(s)); // kept from here on
        screen_wait(s, "Without an account");
        raw = screen_raw(s);
        if (is_coloured(raw) != cases[i].coloured)
            fail_msg("--color %s with %s", cases[i].when, cases[i].env);
        free(raw);
        screen_type(s, "Q");
        assert_int_equal(screen_end(s), 0);
        if (i + 1 < sizeof(cases) / sizeof(*cases))
            screen_free(s);
    }
}

static void refuses_a_terminal_it_cannot_use(void **state)
{
    static const char *const argv[] = {LODE_BINARY, NULL}, *const env[] = {"TERM=nosuch", NULL};
    struct screen *s = run(*state, argv, env);

    screen_wait(s, "nosuch");
    assert_int_equal(screen_end(s), 2);
    check_given_back(s);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(quits_and_gives_the_terminal_back),
        TEST(leaves_in_order_when_told_by_a_signal),
        TEST(ends_where_the_terminal_went_away),
        TEST(follows_the_size),
        TEST(goes_to_the_shell_and_comes_back),
        TEST(sleeps_when_there_is_nothing_to_do),
        TEST(reads_its_configuration_again),
        TEST(runs_commands_of_the_line),
        TEST(edits_filters_in_the_editor),
        TEST(edits_a_wrong_text_again),
        TEST(takes_away_the_text_of_a_killed_one),
        TEST(says_lines_by_hand),
        TEST(takes_or_leaves_colours),
        TEST(refuses_a_terminal_it_cannot_use),
    };
#undef TEST

    return cmocka_run_group_tests_name("ui-frame-explorer", tests, NULL, NULL);
}
