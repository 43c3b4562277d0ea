// Exporting 200,000 owned records beside a bare loop from SQLite to CSV, as a table: figure, unit,
// aim. Run:
//   cmake --preset bench && cmake --build --preset bench --target cli_bench
//   build/bench/tests/cli_bench
// Bench.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/run.h"
#include "support/server.h"

enum { RUNS = 7, BOUGHT = 10000, COPIES = 20 };

static const char fields[] = "id,firstName,lastName,jobTitle,companyName,email,phone,city,state,"
                             "country,contactAccuracyScore";

static void row(const char *name, double figure, const char *unit, const char *aim)
{
    (void)printf("%-60s %10.2f %-6s %s\n", name, figure, unit, aim);
    (void)fflush(stdout);
}

static struct run must(struct run r)
{
    if (r.status == 0)
        return r;
    (void)fprintf(stderr, "cli_bench: exit %d: %s\n", r.status, str_text(&r.err));
    exit(1);
}

static void done(struct run r)
{
    r = must(r);
    run_free(&r);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

// One way of exporting.
struct way {
    const char *name, *aim;
    const char *line;    // of lode, or NULL
    const char *argv[5]; // of another program
    double seconds[RUNS], computing[RUNS];
    long max_rss_kib;
};

static void run_once(const struct home *h, struct way *w, int i)
{
    struct run r =
        must(w->line ? run_lode(h, "http://127.0.0.1:9", w->line) : run_program(h, w->argv, NULL));

    w->seconds[i] = r.seconds;
    w->computing[i] = r.computing;
    w->max_rss_kib = r.max_rss_kib > w->max_rss_kib ? r.max_rss_kib : w->max_rss_kib;
    run_free(&r);
}

// The same answers under other ids, so that there are as many as an account may own.
static void multiply(const char *path)
{
    char *sql = str_format(
        "BEGIN; CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM"
        " c WHERE i < %d) SELECT i FROM c;"
        "CREATE TEMP TABLE last AS SELECT max(no) AS no FROM answer;"
        "INSERT INTO answer (entity, id, match_status, source, raw) SELECT entity,"
        " id || printf('0%%02d', i), match_status, source, raw FROM answer, n;"
        "INSERT INTO record SELECT a.entity, a.id, r.bought_ms, r.fetched_ms, r.fields, a.no"
        " FROM answer a CROSS JOIN record r ON r.entity = a.entity"
        " AND r.id = substr(a.id, 1, length(a.id) - 3) WHERE a.no > (SELECT no FROM last); COMMIT;",
        COPIES - 1);
    sqlite3 *db;
    char *why = NULL;

    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_exec(db, "CREATE TEMP TABLE x(i)", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        (void)fprintf(stderr, "cli_bench: %s: %s\n", path, why ? why : "cannot be opened");
        exit(1);
    }
    (void)sqlite3_close(db);
    free(sql);
}

static void fill(const struct home *h, char **ledger)
{
    static const char *const options[] = {"--unlimited", "--companies=2000", "--contacts=12000",
                                          "--credits=1000000", NULL};
    struct server *s = server_start(options);
    struct run r;

    done(run_lode(h, s->url,
                  "search contact --limit 10000 --rate 0 --columns personId --output "
                  "ids.csv --quiet --profile bench"));
    done(run_lode(h, s->url,
                  "enrich contact --from ids.csv --max-credits 10000 --rate 0 --output "
                  "bought.csv --quiet --profile bench"));
    (void)server_stop(s);
    r = must(run_program(h, (const char *const[]){"/usr/bin/find", ".", "-name", "ledger.db", NULL},
                         NULL));
    *ledger =
        str_format("%s/%.*s", h->path, (int)strcspn(str_text(&r.out), "\n"), str_text(&r.out));
    run_free(&r);
    multiply(*ledger);
}

static const char from_json[] =
    "SELECT a.id, json_extract(a.raw, '$.firstName') AS firstName, json_extract(a.raw,"
    " '$.lastName') AS lastName, json_extract(a.raw, '$.jobTitle') AS jobTitle,"
    " json_extract(a.raw, '$.company.name') AS companyName, json_extract(a.raw, '$.email') AS"
    " email, json_extract(a.raw, '$.phone') AS phone, json_extract(a.raw, '$.city') AS city,"
    " json_extract(a.raw, '$.state') AS state, json_extract(a.raw, '$.country') AS country,"
    " json_extract(a.raw, '$.contactAccuracyScore') AS score, json_extract(a.raw,"
    " '$.directPhoneDoNotCall'), json_extract(a.raw, '$.mobilePhoneDoNotCall'),"
    " json_extract(a.raw, '$.withinEu'), json_extract(a.raw, '$.withinCalifornia'),"
    " json_extract(a.raw, '$.withinCanada'), json_extract(a.raw, '$.hasCanadianEmail'),"
    " json_extract(a.raw, '$.noticeProvidedDate'), a.match_status, a.source, r.fetched_ms"
    " FROM answer a CROSS JOIN record r ON r.entity = a.entity AND r.id = a.id"
    " WHERE a.entity = 'contact'";

int main(void)
{
    struct home h = home_make();
    char *ledger, *line, *database;
    double load = 0;

    (void)getloadavg(&load, 1);
    fill(&h, &ledger);
    // The bare loops write no manifest either.
    line = str_format(
        "export contact --fields %s --output out.csv --no-manifest --force --quiet --profile bench",
        fields);
    database = str_format("export contact --fields %s --output plain.sqlite --no-manifest --force "
                          "--quiet --profile bench",
                          fields);
    done(run_lode(&h, "http://127.0.0.1:9", database));
    struct way ways[] = {
        {.name = "bare loop: the library's JSON to CSV (json_extract)",
         .argv = {FLOOR_EXPORT, ledger, from_json, "floor.csv"}},
        {.name = "bare loop: the same cells, already in columns, to CSV",
         .argv = {FLOOR_EXPORT, "plain.sqlite", "SELECT * FROM rows", "floor.csv"}},
        {.name = "lode export to CSV", .line = line},
        {.name = "lode export to SQLite", .line = database},
    };

    (void)printf("%d records, medians of %d runs taken in turn; load average %.1f\n",
                 BOUGHT * COPIES, RUNS, load);
    for (int i = 0; i < RUNS; i++) {
        for (size_t w = 0; w < ARRAY_LEN(ways); w++)
            run_once(&h, &ways[w], i);
    }
    for (size_t w = 0; w < ARRAY_LEN(ways); w++) {
        qsort(ways[w].seconds, RUNS, sizeof(double), by_value);
        qsort(ways[w].computing, RUNS, sizeof(double), by_value);
        row(ways[w].name, ways[w].seconds[RUNS / 2], "s", "");
        row("  of computing", ways[w].computing[RUNS / 2], "s", "");
        row("  peak memory", (double)ways[w].max_rss_kib / 1024, "MiB", w < 2 ? "" : "< 16");
    }
    row("lode to CSV / bare loop over the same JSON",
        ways[2].seconds[RUNS / 2] / ways[0].seconds[RUNS / 2], "times", "<= 1.05");
    row("lode to CSV / bare loop over columns",
        ways[2].seconds[RUNS / 2] / ways[1].seconds[RUNS / 2], "times", "<= 1.05");
    row("  of computing", ways[2].computing[RUNS / 2] / ways[1].computing[RUNS / 2], "times", "");
    free(database);
    free(line);
    free(ledger);
    home_remove(&h);
    return 0;
}
