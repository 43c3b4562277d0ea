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

enum { STARTS = 21 };

static void row(const char *name, double figure, const char *unit, const char *aim)
{
    (void)printf("%-52s %12.1f %-10s %s\n", name, figure, unit, aim);
    (void)fflush(stdout);
}

static struct run must(struct run r, int status)
{
    if (r.status != status) {
        (void)fprintf(stderr, "bench: exit %d: %s\n", r.status, str_text(&r.err));
        exit(1);
    }
    return r;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

// Median seconds of STARTS runs.
static double median_start(const struct home *h, const char *base_url, const char *line)
{
    double seconds[STARTS];

    for (int i = 0; i < STARTS; i++) {
        struct run r = must(run_lode(h, base_url, line), 0);

        seconds[i] = r.seconds;
        run_free(&r);
    }
    qsort(seconds, STARTS, sizeof(*seconds), by_value);
    return seconds[STARTS / 2];
}

static double median_true(const struct home *h)
{
    static const char *const argv[] = {"/bin/true", NULL};
    double seconds[STARTS];

    for (int i = 0; i < STARTS; i++) {
        struct run r = must(run_program(h, argv, NULL), 0);

        seconds[i] = r.seconds;
        run_free(&r);
    }
    qsort(seconds, STARTS, sizeof(*seconds), by_value);
    return seconds[STARTS / 2];
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
    struct run warm = must(run_lode(h, s->url, line), 0), r = must(run_lode(h, s->url, line), 0);

    row("search --limit 10000 --format csv", 10000 / r.seconds, "rows/s", ">= 50,000");
    row("  peak memory", (double)r.max_rss_kib / 1024, "MiB", "< 40");
    run_free(&warm);
    run_free(&r);
}

static void bench_latency(const struct home *h)
{
    static const char *const options[] = {"--latency=100", "--contacts=20000", NULL};
    struct server *s = server_start(options);
    char *url = server_at(s, "/_sandbox/stats");
    struct run r =
        must(run_lode(h, s->url, "search contact --limit 10000 --format csv --quiet"), 0);
    json_t *stats = http_get_json(url, NULL, 200);

    row("requests a second at 100 ms latency, limit 25", 100 / (r.seconds - 0.1), "req/s",
        ">= 21.6 (95% of 25/1.1)");
    row("  answers of 429", (double)json_integer_value(json_object_get(stats, "limited")), "", "0");
    json_decref(stats);
    free(url);
    run_free(&r);
    (void)server_stop(s);
}

static void bench_enrich(const struct home *h, const struct server *s)
{
    struct run found = must(run_lode(h, s->url,
                                     "search contact --limit 10000 --rate 0 --columns personId "
                                     "--output ids.csv --force --quiet"),
                            0);
    struct run r = must(run_lode(h, s->url,
                                 "enrich contact --from ids.csv --max-credits 10000 --rate 0 "
                                 "--format jsonl --quiet"),
                        0);

    row("enrich 10,000 records, durable", 10000 / r.seconds, "records/s", ">= 20,000");
    row("  peak memory", (double)r.max_rss_kib / 1024, "MiB", "");
    run_free(&found);
    run_free(&r);
}

int main(void)
{
    static const char *const options[] = {"--unlimited", "--companies=20000", "--contacts=200000",
                                          "--credits=1000000", NULL};
    struct server *s = server_start(options);
    struct home h = home_make();

    bench_start(&h, s);
    bench_search(&h, s);
    bench_enrich(&h, s);
    bench_decode(s, row);
    bench_latency(&h);
    home_remove(&h);
    return server_stop(s);
}
