// What the bench does in the explorer alone. One thread. Bench.
#include "bench/ui_lode.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum {
    ROUNDS = 15,
    ROWS = 25,
    FETCHES = 3,
    HANGS = 4,
    SORTS = 8,
    MANY = 12,
    GAP_MS = 2,
    LONG_S = 90
};

// A command at the prompt. Line and Enter must not come together: no hand types them so.
static void command(struct probe *p, const char *line)
{
    char *shown = str_format(":%s", line);

    probe_press(p, ":");
    probe_press(p, line);
    if (!probe_wait(p, shown, 5))
        (void)fprintf(stderr, "ui-bench: the prompt does not take \"%s\"\n", line);
    probe_press(p, "\r");
    free(shown);
}

static bool wait_for(struct probe *p, const char *text, double seconds)
{
    bool came = probe_wait(p, text, seconds);

    if (came)
        return true;
    (void)fprintf(stderr, "ui-bench: \"%s\" did not come\n", text);
    for (int y = 0; y < PROBE_H; y++) {
        char *row = probe_row(p, y);

        (void)fprintf(stderr, "%s\n", row);
        free(row);
    }
    return false;
}

static bool fetch_all(struct probe *p)
{
    command(p, "fetch-all");
    if (!wait_for(p, "[>Cancel<]", 5))
        return false;
    probe_press(p, "\033OC");
    probe_press(p, "\r");
    return true;
}

bool lode_warm(const struct home *home)
{
    static const char *const argv[] = {LODE_BINARY, "--sandbox", NULL};
    struct probe p;
    bool ok;

    probe_start(&p, home, argv);
    ok = wait_for(&p, "credits 10,000", 10);
    probe_press(&p, "r");
    ok = ok && wait_for(&p, "fetched 300", LONG_S) && fetch_all(&p) &&
         wait_for(&p, "10,000 contacts are fetched", LONG_S);
    probe_quit(&p, "Q");
    return ok;
}

bool lode_million(const struct home *home)
{
    static const char fill[] = "f=$(find \"$0\" -name '*.rows' | head -1) && "
                               "exec \"$1\" --fill \"$f\" 1000000";
    const char *const argv[] = {"/bin/sh", "-c", fill, home->path, ROWS_BENCH, NULL};
    struct run r = run_program(home, argv, NULL);
    bool ok = r.status == 0;

    if (!ok)
        (void)fprintf(stderr, "ui-bench: %s\n", str_text(&r.err));
    run_free(&r);
    return ok;
}

bool lode_ready(struct probe *p)
{
    bool ok = wait_for(p, "credits 10,000", LONG_S) && wait_for(p, "Score", 5);

    probe_press(p, "2");
    probe_settle(p, 1500); // the second in which requests count has gone
    return ok;
}

// Faster than a key repeats, yet not without end: who asks for a processor all the time waits for
// it like everybody else.
static void move(struct probe *p, struct probe_times *t, const char *key, int row)
{
    double ms = probe_move(p, key, row);

    if (ms < 0) {
        (void)fprintf(stderr, "ui-bench: %s did not bring the cursor to line %d\n", key, row);
        exit(1);
    }
    probe_add(t, ms);
    probe_settle(p, GAP_MS);
}

static void move_about(struct probe *p, struct probe_times *t)
{
    int row = probe_cursor(p);

    for (int i = 1; i <= ROWS; i++)
        move(p, t, "j", row + i);
    for (int i = ROWS; i-- > 0;)
        move(p, t, "k", row + i);
}

// In a program of its own.
static void move_in(const struct home *home, const char *const *argv, struct probe_times *t)
{
    struct probe_times first = {0}; // whose pages the program has not touched
    struct probe p;

    probe_start(&p, home, argv);
    (void)probe_first(&p, -1, "help");
    probe_settle(&p, 300);
    move_about(&p, &first);
    move_about(&p, t);
    probe_quit(&p, "q");
    probe_forget(&first);
}

// The same while nothing goes on, before each load: what disturbs the machine disturbs both. As
// often as makes about as many keys as there are under the load.
static void move_idle(struct probe *p, struct load *l, int times)
{
    probe_press(p, "g");
    for (int i = 0; i < times; i++)
        move_about(p, &l->idle);
    probe_press(p, "g");
}

// Messages go when a key is pressed: text is what stays.
static void move_until(struct probe *p, struct probe_times *t, const char *text)
{
    time_t until = time(NULL) + LONG_S;

    do
        move_about(p, t);
    while (!probe_wait(p, text, 0) && time(NULL) < until);
}

static void while_fetching(struct probe *p, struct load *l)
{
    for (int i = 0; i < FETCHES; i++) {
        probe_settle(p, 500);
        move_idle(p, l, MANY);
        probe_press(p, "r");
        (void)wait_for(p, "fetched 300", 20);
        if (!fetch_all(p))
            return;
        move_until(p, &l->loaded, "Results  capped at");
    }
}

// A j once another key shows.
static double move_behind(struct probe *p, const char *key, int row)
{
    double ms;

    (void)probe_keys(p, key, 0);
    probe_settle(p, GAP_MS);
    ms = probe_move(p, "j", row + 1);
    probe_settle(p, 100);
    probe_press(p, "g");
    return ms;
}

// How long the sort takes to be shown, and keys that come while it runs.
static void while_sorting(struct probe *p, struct lode_times *t)
{
    int row;

    for (int i = 0; i < ROUNDS; i++) {
        move_idle(p, &t->sorting, 1);
        row = probe_cursor(p);
        probe_add(&t->sort, probe_keys(p, i % 2 ? "[" : "]", 100));
        probe_press(p, "g");
        for (int k = 0; k < SORTS; k++) {
            double ms = move_behind(p, (i + k) % 2 ? "]" : "[", row);

            probe_add(&t->sorting.loaded, ms);
            probe_add(&t->turning.loaded, ms);
            probe_add(&t->turning.idle, move_behind(p, "\f", row));
        }
    }
    command(p, "sort");
}

// Keys that come while rows are put in order, as many as need some hundred milliseconds.
bool lode_sort_many(struct probe *p, struct load *l)
{
    probe_press(p, "2");
    probe_settle(p, 500);
    for (int i = 0; i < SORTS; i++) {
        move_idle(p, l, FETCHES);
        probe_send(p, i % 2 ? "[" : "]");
        probe_settle(p, GAP_MS); // what comes at once with it runs no key
        for (int k = 0; k < FETCHES; k++)
            move_about(p, &l->loaded);
        if (probe_keys(p, "\f", 2000) < 0)
            return false;
    }
    return true;
}

void lode_floor(const struct home *home, const char *const *idle, const char *const *busy,
                struct load *l)
{
    for (int i = 0; i < ROUNDS; i++) {
        move_in(home, idle, &l->idle);
        move_in(home, busy, &l->loaded);
    }
}

static void while_finding(struct probe *p, struct probe_times *t)
{
    for (int i = 0; i < ROUNDS; i++) {
        probe_press(p, "/");
        probe_press(p, "nowhere at all");
        probe_add(t, probe_keys(p, "\r", 100));
    }
}

static void while_exporting(struct probe *p, struct load *l)
{
    for (int i = 0; i < ROUNDS; i++) {
        char *line = str_format("export fetched bench%d.csv", i);

        move_idle(p, l, 1);
        command(p, line);
        move_about(p, &l->loaded);
        probe_settle(p, 200);
        free(line);
    }
}

// A lode beside a sandbox whose every answer to a search has 5 MB more than it needs.
static void put_beside(const struct home *home, const char *lode)
{
    const char *const copy[] = {"/bin/cp", LODE_BINARY, lode, NULL};
    char *path = str_format("%s/lode-sandbox", home->path);
    FILE *f = fopen(path, "w");
    struct run r = run_program(home, copy, NULL);

    if (f && r.status == 0) {
        (void)fprintf(
            f, "#!/bin/sh\nexec %s --faults 'POST /search/* unknown-fields by=5000000' \"$@\"\n",
            SANDBOX_BINARY);
        (void)fchmod(fileno(f), 0700);
        (void)fclose(f);
    }
    run_free(&r);
    free(path);
}

static void while_decoding(struct load *l)
{
    struct home home = home_make();
    char *lode = str_format("%s/lode", home.path);
    const char *const argv[] = {lode, "--sandbox", NULL};
    struct probe p;

    put_beside(&home, lode);
    probe_start(&p, &home, argv);
    if (wait_for(&p, "credits 10,000", LONG_S)) {
        probe_press(&p, "r");
        (void)wait_for(&p, "fetched 300", LONG_S);
        probe_press(&p, "2");
        probe_settle(&p, 500);
        for (int i = 0; i < HANGS; i++)
            move_idle(&p, l, MANY);
        if (fetch_all(&p))
            move_until(&p, &l->loaded, "Results  capped at");
    }
    probe_quit(&p, "Q");
    home_remove(&home);
    free(lode);
}

// The welcome asks it once somebody means to sign in, then each time it is chosen again.
static bool ask_keyring(struct probe *p, bool again)
{
    bool asked;

    command(p, "open welcome");
    probe_press(p, "\033OF");
    probe_press(p, "\033OA");
    probe_press(p, "\033OA");
    for (int i = 0; again && i < 2; i++)
        probe_press(p, "\r");
    asked = wait_for(p, "which is being asked", 5);
    probe_press(p, "2");
    return asked;
}

// It is given up after three seconds; meanwhile the keys are in the results again.
static void while_hanging(struct probe *p, struct load *l)
{
    for (int i = 0; i < HANGS; i++) {
        move_idle(p, l, HANGS);
        if (!ask_keyring(p, i > 0))
            return;
        for (int k = 0; k < HANGS; k++)
            move_about(p, &l->loaded);
        probe_settle(p, 2500);
    }
    command(p, "open welcome");
    (void)wait_for(p, "not to be had", 10); // or else it did not hang
    probe_press(p, "2");
}

static void while_buying(struct probe *p, struct load *l)
{
    for (int i = 0; i < HANGS; i++)
        move_idle(p, l, MANY);
    probe_press(p, "A");
    (void)wait_for(p, "10,000 marked", 20);
    probe_press(p, "e");
    (void)wait_for(p, "Buy for at most", 20);
    probe_press(p, "L");
    (void)wait_for(p, "SPENDING OPEN", 5);
    command(p, "buy");
    if (!wait_for(p, "Type 10000", 5))
        return;
    probe_press(p, "10000");
    probe_press(p, "\r");
    probe_press(p, "2");
    move_until(p, &l->loaded, " 0 new, ");
    probe_settle(p, 500);
    for (int i = 0; i < HANGS; i++)
        move_idle(p, l, MANY);
}

void lode_measure(struct probe *p, struct lode_times *t)
{
    while_finding(p, &t->find);
    while_sorting(p, t);
    while_exporting(p, &t->exporting);
    while_decoding(&t->decoding);
    while_hanging(p, &t->hanging);
    while_fetching(p, &t->fetching);
    while_buying(p, &t->buying);
}
