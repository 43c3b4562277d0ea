// Speed and memory of the real programs in a Release build, as a table: figure, unit, aim. Run:
//   cmake --preset bench && cmake --build --preset bench --target lode-bench
//   build/bench/tests/lode-bench
// Bench.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bench/decode.h"
#include "support/http.h"
#include "support/run.h"
#include "support/server.h"

enum { STARTS = 21, RUNS = 7, RECORDS = 10000, RUNS_MAX = 32 };

static void row(const char *name, double figure, const char *unit, const char *aim)
{
    (void)printf("%-52s %12.2f %-10s %s\n", name, figure, unit, aim);
    (void)fflush(stdout);
}

// What the runs of one command took.
struct runs {
    double seconds[RUNS_MAX];
    size_t n;
    double computing; // of all
    long max_rss_kib;
};

static void add(struct runs *runs, struct run r)
{
    if (r.status != 0) {
        (void)fprintf(stderr, "bench: exit %d: %s\n", r.status, str_text(&r.err));
        exit(1);
    }
    runs->seconds[runs->n++] = r.seconds;
    runs->computing += r.computing;
    runs->max_rss_kib = r.max_rss_kib > runs->max_rss_kib ? r.max_rss_kib : runs->max_rss_kib;
    run_free(&r);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(struct runs *runs)
{
    qsort(runs->seconds, runs->n, sizeof(*runs->seconds), by_value);
    return runs->seconds[runs->n / 2];
}

static void memory_row(const struct runs *runs, const char *aim)
{
    row("  peak memory", (double)runs->max_rss_kib / 1024, "MiB", aim);
}

// Median seconds of STARTS runs.
static double median_start(const struct home *h, const char *base_url, const char *line)
{
    struct runs runs = {0};

    while (runs.n < STARTS)
        add(&runs, run_lode(h, base_url, line));
    return median(&runs);
}

static double median_true(const struct home *h)
{
    static const char *const argv[] = {"/bin/true", NULL};
    struct runs runs = {0};

    while (runs.n < STARTS)
        add(&runs, run_program(h, argv, NULL));
    return median(&runs);
}

static void bench_start(const struct home *h, const struct server *s)
{
    double bare = median_true(h) * 1000;

    row("start of a bare C program (/bin/true)", bare, "ms", "");
    row("start to end of lode --version", median_start(h, NULL, "--version") * 1000, "ms",
        "bare + 10");
    row("start to end of lode usage (2 round trips)",
        median_start(h, s->url, "usage --format json --quiet") * 1000, "ms",
        "bare + 10 + round trips");
}

static void bench_search(const struct home *h, const struct server *s)
{
    static const char line[] = "search contact --limit 10000 --rate 0 --format csv --quiet";
    struct runs warm = {0}, runs = {0};

    add(&warm, run_lode(h, s->url, line));
    while (runs.n < RUNS)
        add(&runs, run_lode(h, s->url, line));
    row("search --limit 10000 --format csv", RECORDS / median(&runs), "rows/s", ">= 50,000");
    row("  computing of lode", runs.computing / (double)runs.n, "s", "");
    memory_row(&runs, "< 40");
}

static void bench_latency(const struct home *h)
{
    static const char *const options[] = {"--latency=100", "--contacts=20000", NULL};
    struct server *s = server_start(options);
    struct runs runs = {0};

    add(&runs, run_lode(h, s->url, "search contact --limit 10000 --format csv --quiet"));
    row("requests a second at 100 ms latency, limit 25", 100 / (median(&runs) - 0.1), "req/s",
        ">= 21.6 (95% of 25/1.1)");
    row("  answers of 429", (double)server_stat(s, "rateLimited"), "", "0");
    (void)server_stop(s);
}

// Each run has a ledger of its own: for it every record is new.
static void bench_enrich(const struct home *h, const struct server *s)
{
    struct runs found = {0}, runs = {0};

    add(&found, run_lode(h, s->url,
                         "search contact --limit 10000 --rate 0 --columns personId "
                         "--output ids.csv --force --quiet"));
    while (runs.n < RUNS) {
        char *line = str_format("enrich contact --from ids.csv --max-credits 10000 --rate 0 "
                                "--format jsonl --quiet --profile run%zu",
                                runs.n);

        add(&runs, run_lode(h, s->url, line));
        free(line);
    }
    row("enrich 10,000 records, durable", RECORDS / median(&runs), "records/s", ">= 20,000");
    row("  computing of lode", runs.computing / (double)runs.n, "s", "");
    memory_row(&runs, "");
}

// Enriching at the standard limit and 100 ms latency for so many seconds, 10,000 records a round: a
// million records is the same for half an hour.
static int bench_rate(double wanted)
{
    static const char *const options[] = {"--latency=100", "--contacts=20000",
                                          "--records=100000000", NULL};
    struct server *s = server_start(options);
    struct home h = home_make();
    double seconds = 0;
    long long calls = 0;
    struct runs one = {0};

    add(&one, run_lode(&h, s->url,
                       "search contact --limit 10000 --columns personId --output ids.csv "
                       "--quiet"));
    for (int round = 0; seconds < wanted; round++) {
        char *line = str_format("enrich contact --from ids.csv --max-credits 10000 --format jsonl "
                                "--quiet --fields email --job rate --profile rate%d",
                                round);

        one.n = 0;
        add(&one, run_lode(&h, s->url, line));
        seconds += one.seconds[0];
        calls += RECORDS / 25;
        free(line);
    }
    (void)printf("Enriching for %.0f seconds, starts and ends among them\n", seconds);
    row("requests a second at 100 ms latency, limit 25", (double)calls / seconds, "req/s",
        ">= 21.6 (95% of 25/1.1)");
    row("records a second", (double)calls * 25 / seconds, "records/s", "");
    row("  answers of 429", (double)server_stat(s, "rateLimited"), "", "0");
    home_remove(&h);
    return server_stop(s);
}

// lode-bench rate [SECONDS] is the rate alone, else all figures.
int main(int argc, char **argv)
{
    static const char *const options[] = {"--unlimited", "--companies=20000", "--contacts=200000",
                                          "--credits=1000000", NULL};
    struct server *s;
    struct home h;
    double load = 0;

    if (argc > 1 && str_eq(argv[1], "rate"))
        return bench_rate(argc > 2 ? atof(argv[2]) : 300);
    s = server_start(options);
    h = home_make();
    (void)getloadavg(&load, 1);
    (void)printf("Medians of %d runs, of starts %d; load average at the beginning: %.1f\n", RUNS,
                 STARTS, load);
    bench_start(&h, s);
    bench_search(&h, s);
    bench_enrich(&h, s);
    bench_decode(s, row);
    bench_latency(&h);
    home_remove(&h);
    return server_stop(s);
}
