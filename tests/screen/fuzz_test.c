// Random hands at the explorer: whatever they do, it answers, ends when told to, leaves the
// terminal as it was, has nothing to say to a sanitizer, and spends nothing while nobody opened the
// spend lock.
//   screen-fuzz [SEED [EVENTS [PROGRAM ARGS...]]]
// Tests.
#include "support/test.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "support/monkey.h"
#include "support/screen.h"
#include "support/server.h"

enum { EVENTS = 400, LIFE = 120, ANSWER_MS = 2 };

struct fuzz {
    uint64_t seed;
    int events;
    const char *const *argv;
    struct home home;
    struct monkey monkey;
    int lives, ends[3]; // by itself, by SIGTERM, by SIGKILL
    bool unlocked;      // the spend lock was seen open
};

static void look_at_lock(struct fuzz *f, struct screen *s)
{
    char *bar = screen_row(s, 0);

    f->unlocked = f->unlocked || strstr(bar, "OPEN");
    free(bar);
}

static _Noreturn void give_up(struct fuzz *f, struct screen *s, const char *why)
{
    (void)fprintf(stderr, "seed %llu, life %d; the last it did:\n%s", (unsigned long long)f->seed,
                  f->lives, str_text(&f->monkey.did));
    screen_fail(s, "%s", why);
}

// It has read what was sent, whatever it made of it.
static bool has_read(struct screen *s, void *self)
{
    (void)self;
    if (pty_stopped(screen_pty(s)))
        screen_signal(s, SIGCONT);
    return pty_ended(screen_pty(s)) || pty_unread(screen_pty(s)) == 0;
}

// Most lives know no key that ends them: they would all be short.
static void write_config(struct fuzz *f)
{
    static const char *const lasting = "bind all q back\nunbind all Q\nunbind all C-c\n"
                                       "unbind all L\n"; // the mouse may still find the lock
    bool lasts = rng_below(&f->monkey.rng, 4) != 0;
    char *config = str_format("%s/config", f->home.path);
    char *lode = str_format("%s/lode", config), *path = str_format("%s/lode.conf", lode);
    char *const all[] = {config, lode, path};
    struct err e;
    FILE *file;

    assert_true(file_make_dir(lode, &e));
    file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(lasts ? lasting : "", file);
    assert_int_equal(fclose(file), 0);
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        pty_give(all[i]);
        free(all[i]);
    }
}

static bool is_up(struct screen *s, void *self)
{
    (void)self;
    return screen_modes(s).alternate;
}

static void check_end(struct fuzz *f, struct screen *s)
{
    struct screen_modes m = screen_modes(s);
    char *before = pty_stty(&screen_pty(s)->before), *now = pty_stty_now(screen_pty(s));
    char *reports = pty_reports(&f->home);
    int status = screen_pty(s)->status;

    if (*reports)
        give_up(f, s, reports);
    if (status != 0 && status != 130 && status != 128 + SIGTERM && status != -SIGTERM)
        give_up(f, s, "it ended badly");
    if (!str_eq(before, now))
        give_up(f, s, "the terminal's modes were not given back");
    if (m.alternate || m.mouse || m.paste || m.cursor_keys || !m.cursor)
        give_up(f, s, "the screen was not given back");
    free(reports);
    free(before);
    free(now);
}

static void end_life(struct fuzz *f, struct screen *s)
{
    bool kill = rng_below(&f->monkey.rng, 4) == 0;
    int how = pty_ended(screen_pty(s)) ? 0 : kill ? 2 : 1;

    if (how)
        screen_signal(s, kill ? SIGKILL : SIGTERM);
    f->ends[how]++;
    if (!screen_until(s, has_read, NULL))
        give_up(f, s, "it does not read its input at the end");
    (void)screen_end(s);
    if (how != 2)
        check_end(f, s);
}

static void live(struct fuzz *f, int events)
{
    static const char *const env[] = {"PATH=/nonexistent", NULL};
    struct pty_order order = {.home = &f->home,
                              .argv = f->argv,
                              .env = env,
                              .h = 8 + (int)rng_below(&f->monkey.rng, 50),
                              .w = 30 + (int)rng_below(&f->monkey.rng, 200),
                              .nobody = true};
    struct screen *s;

    write_config(f);
    s = screen_start(&order);
    f->lives++;
    str_clear(&f->monkey.did);
    if (!screen_until(s, is_up, NULL))
        give_up(f, s, "it does not start");
    for (int i = 0; i < events && !pty_ended(screen_pty(s)); i++) {
        monkey_act(&f->monkey, s);
        while (screen_take(s, ANSWER_MS))
            look_at_lock(f, s);
        if (!screen_until(s, has_read, NULL))
            give_up(f, s, "it does not read its input");
    }
    end_life(f, s);
    screen_free(s);
}

// By the sandbox's own word, from the account that it kept.
static long long charged(struct fuzz *f)
{
    char *path = str_format("%s/state/lode/sandbox/account", f->home.path);
    char *option = str_format("--state=%s", path);
    const char *options[] = {option, NULL};
    long long credits = 0;

    if (access(path, R_OK) == 0) {
        struct server *server = server_start(options);

        credits = server_total(server, "credits");
        (void)server_stop(server);
    }
    free(option);
    free(path);
    return credits;
}

static void random_hands_break_nothing(void **state)
{
    struct fuzz *f = *state;
    long long credits;

    (void)printf("seed %llu, %d events\n", (unsigned long long)f->seed, f->events);
    (void)fflush(stdout);
    f->monkey.rng = rng_seed(f->seed);
    f->home = home_make();
    for (int left = f->events; left > 0; left -= LIFE)
        live(f, left < LIFE ? left : LIFE);
    credits = charged(f);
    (void)printf(
        "%d lives: %d ended by themselves, %d by SIGTERM, %d by SIGKILL; the spend lock was %s; "
        "%lld credits charged\n",
        f->lives, f->ends[0], f->ends[1], f->ends[2], f->unlocked ? "opened" : "never opened",
        credits);
    if (!f->unlocked && credits)
        fail_msg("%lld credits were charged, and nobody opened the spend lock", credits);
    home_remove(&f->home);
    monkey_free(&f->monkey);
}

int main(int argc, char **argv)
{
    static const char *const usual[] = {LODE_BINARY, "--sandbox", NULL};
    struct fuzz f = {.seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1,
                     .events = argc > 2 ? atoi(argv[2]) : EVENTS,
                     .argv = argc > 3 ? (const char *const *)argv + 3 : usual};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(random_hands_break_nothing, &f),
    };

    (void)setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("fuzz", tests, NULL, NULL);
}
