// What the desk asks of the UI thread, as a table: figure, unit. Run:
//   cmake --preset bench && cmake --build --preset bench --target desk_bench
//   build/bench/tests/desk_bench
// Bench.
#include "bench/report.h"
#include "support/test.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"
#include "support/desk.h"

enum { ROWS = 10000, MOVES_MAX = 100000 };

// What this thread has computed, whoever else had the processor meanwhile.
static double cpu_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// How long each move of the desk held up the UI thread.
struct moves {
    double ms[MOVES_MAX], cpu_ms[MOVES_MAX];
    size_t n;
};

static struct moves moves;

static void timed(void (*move)(struct desk *d), struct desk *d)
{
    double began = clock_ms(CLOCK_MONOTONIC), cpu = cpu_ms();

    move(d);
    if (moves.n == MOVES_MAX)
        return;
    moves.cpu_ms[moves.n] = cpu_ms() - cpu;
    moves.ms[moves.n++] = clock_ms(CLOCK_MONOTONIC) - began;
}

static void serve(struct desk *d)
{
    (void)desk_serve(d);
}

static bool is_true(const struct desk *d)
{
    return d->state == DESK_READY;
}

static bool rows_there(const struct desk *d)
{
    return d->results.state == RESULTS_THERE;
}

static bool all_ended(const struct desk *d)
{
    return !desk_running(d);
}

static bool is_quiet(const struct desk *d)
{
    return desk_tick_ms(d) < 0 && d->marks.summed;
}

static bool bought(const struct desk *d)
{
    return d->buying.state == BUYING_DONE || d->buying.state == BUYING_FAILED;
}

static bool quoted(const struct desk *d)
{
    return d->buying.state != BUYING_ASKED;
}

// As the main loop does it.
static void until(struct desk *d, bool (*holds)(const struct desk *d))
{
    while (!holds(d)) {
        struct pollfd fd = {.fd = desk_fd(d), .events = POLLIN};

        (void)poll(&fd, 1, desk_tick_ms(d));
        timed(serve, d);
        if (desk_tick_ms(d) == 0)
            timed(desk_tick, d);
    }
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void tell_moves(const char *while_what)
{
    char name[80];

    qsort(moves.ms, moves.n, sizeof(*moves.ms), by_size);
    qsort(moves.cpu_ms, moves.n, sizeof(*moves.cpu_ms), by_size);
    (void)snprintf(name, sizeof(name), "UI thread held up, %s: p50", while_what);
    report(name, moves.ms[moves.n / 2], "ms", "");
    report("  p99", moves.ms[moves.n * 99 / 100], "ms", "");
    report("  most", moves.ms[moves.n - 1], "ms", "");
    report("  p99 of its own computing", moves.cpu_ms[moves.n * 99 / 100], "ms", "");
    report("  most", moves.cpu_ms[moves.n - 1], "ms", "");
    moves.n = 0;
}

// Resident memory of its own, and with the libraries' files.
static void tell_memory(const char *when)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[200];
    long own = 0, all = 0;

    while (f && fgets(line, sizeof(line), f)) {
        (void)sscanf(line, "VmRSS: %ld", &all);
        (void)sscanf(line, "RssAnon: %ld", &own);
    }
    if (f)
        (void)fclose(f);
    (void)snprintf(line, sizeof(line), "resident, %s", when);
    report(line, (double)all / 1024, "MiB", "");
    report("  of its own", (double)own / 1024, "MiB", "");
}

static void fetch(struct desk *d)
{
    struct err e;
    double began = clock_ms(CLOCK_MONOTONIC);

    must(desk_search(d, &e), &e);
    until(d, rows_there);
    report("search to page 1", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    moves.n = 0;
    began = clock_ms(CLOCK_MONOTONIC);
    desk_fetch_all(d);
    until(d, all_ended);
    report("all 10,000 rows", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    tell_moves("10,000 rows coming in");
    report("table", (double)table_bytes(d->results.table) / 1e6, "MB", "");
}

static bool still(const struct desk *d)
{
    return !d->results.arranging && !d->results.finding;
}

static bool marked(const struct desk *d)
{
    return d->marks.n > 0;
}

static void local_work(struct desk *d)
{
    double began = clock_ms(CLOCK_MONOTONIC);
    struct err e;

    moves.n = 0;
    desk_sort(d, 4, true, false);
    until(d, still);
    report("sort of 10,000 rows by a text", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    began = clock_ms(CLOCK_MONOTONIC);
    must(desk_find(d, "not there", 1, &e), &e);
    until(d, still);
    report("find in 10,000 rows, nowhere", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    began = clock_ms(CLOCK_MONOTONIC);
    desk_mark_fetched(d);
    until(d, marked);
    report("mark 10,000 rows", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    tell_moves("10,000 rows sorted, searched and marked");
    desk_place(d, 1, 0, 0, 0);
    until(d, is_quiet);
    tell_moves("10,000 marks summed and saved");
    (void)desk_marks_clear(d);
}

static void purchase(struct desk *d)
{
    struct err e;

    (void)desk_mark(d, 0, 2999, true);
    must(desk_quote(d, NULL, &e), &e);
    until(d, quoted);
    must(desk_lock(d, false, &e) && desk_buy(d, 3000, 0, &e), &e);
    moves.n = 0;
    until(d, bought);
    tell_moves("3,000 records being bought");
}

int main(void)
{
    static const char *const options[] = {"--unlimited", "--contacts=12000", NULL};
    struct office o;
    struct desk *d;
    double began = clock_ms(CLOCK_MONOTONIC);

    office_open(&o, options);
    began = clock_ms(CLOCK_MONOTONIC);
    d = office_desk(&o);
    report("desk_open", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    office_sign_in(&o, d);
    until(d, is_true);
    report("to ready, signed in", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    tell_memory("ready");
    fetch(d);
    tell_memory("10,000 rows");
    local_work(d);
    purchase(d);
    tell_memory("all of it");
    began = clock_ms(CLOCK_MONOTONIC);
    desk_close(d);
    report("desk_close", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    began = clock_ms(CLOCK_MONOTONIC);
    d = office_desk(&o);
    report("desk_open with a session", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    desk_close(d);
    office_close(&o);
    return 0;
}
