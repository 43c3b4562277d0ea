// The ledger with many calls of 25 inputs each, as a table: figure, unit, aim. Timed by the
// processor's time of all threads, which is what a person waits for where nothing else runs. Run:
//   cmake --preset bench && cmake --build --preset bench --target ledger_bench
//   build/bench/tests/ledger_bench [CHARGES]
// Bench.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "bench/app_bench.h"
#include "bench/report.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/charges.h"
#include "flow/library.h"
#include "flow/spending.h"

enum { CHARGES = 100000, SCREEN = 64, TURNS = 20 };

// Straight into the tables, as a store leaves them: 2 in 1,000 in doubt.
static void fill(const char *folder, long long charges)
{
    static const char sql[] =
        "BEGIN;"
        "INSERT INTO charge (id, began_ms, entity, operation, base_url, n_records, quoted_max, who,"
        " profile, quoted_min, why) SELECT value, 1700000000000 + value * 60000, 'contact',"
        " 'POST /enrich/contact', 'https://api.example.com', 25, 25, 'ana@example.com', 'acme', 20,"
        " '20 new, 5 unsure' FROM generated;"
        "INSERT INTO charge_record SELECT g.value, r.value, (g.value * 25 + r.value) * 7919"
        " FROM generated g JOIN generated r ON r.value <= 25;"
        "INSERT INTO charge_origin SELECT value, 'vps in texas' FROM generated;"
        "INSERT INTO charge_event (charge, final, state, at_ms, http, request_id, reason, credits,"
        " records, requests, meters, sent_ms, outcome, meters_before)"
        " SELECT value, value % 500 <> 0, iif(value % 500, 'charged', 'in doubt'),"
        " 1700000000400 + value * 60000, 200, 'b7a6a8d0-' || value, '', 25, 25, 1,"
        " '{\"credits\":' || (9000000 - value * 25) || ',\"records\":1000,\"requests\":1000}',"
        " 1700000000100 + value * 60000, 'cccccccccccccccccccccccco',"
        " '{\"credits\":' || (9000025 - value * 25) || ',\"records\":1025,\"requests\":1001}'"
        " FROM generated;"
        "COMMIT";
    char *path = str_format("%s/ledger.db", folder), *why = NULL;
    char *generated = str_format("CREATE TEMP TABLE generated AS WITH RECURSIVE n(value) AS"
                                 " (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < %lld)"
                                 " SELECT value FROM n;"
                                 "CREATE UNIQUE INDEX temp.by_value ON generated (value)",
                                 charges);
    sqlite3 *db;

    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_exec(db, generated, NULL, NULL, &why) != SQLITE_OK ||
        sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        (void)fprintf(stderr, "ledger_bench: %s\n", why ? why : sqlite3_errmsg(db));
        exit(1);
    }
    (void)sqlite3_close(db);
    free(generated);
    free(path);
}

static bool pass_over(void *self, const struct ledger_row *r)
{
    *(long long *)self += r->credits;
    return true;
}

static double window(struct app *a, int64_t first)
{
    int64_t ids[SCREEN];
    long long sum = 0;
    struct err e;
    double from;

    for (int i = 0; i < SCREEN; i++)
        ids[i] = first - i;
    from = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    must(charges_rows(a, ids, SCREEN, pass_over, &sum, &e), &e);
    return clock_ms(CLOCK_PROCESS_CPUTIME_ID) - from;
}

static void windows(struct app *a, long long charges)
{
    double first = window(a, charges), worst = 0;

    report("the newest 64 rows", first, "ms", "< 50");
    for (int i = 1; i <= TURNS; i++) {
        double one = window(a, charges - charges * i / TURNS + SCREEN);

        worst = one > worst ? one : worst;
    }
    report("64 rows anywhere, the dearest of 20", worst, "ms", "");
}

static void finds(struct app *a, const char *typed, const char *aim)
{
    char *name = str_format("those found by \"%s\"", typed);
    struct charges_wish wish;
    double from = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    int64_t *ids;
    struct err e;
    size_t n;

    must(charges_wish_read(typed, 1700000000000, &wish, &e), &e);
    must(charges_find(a, *typed ? &wish : NULL, &ids, &n, &e), &e);
    report(*typed ? name : "how many there are", clock_ms(CLOCK_PROCESS_CPUTIME_ID) - from, "ms",
           aim);
    free(ids);
    charges_wish_free(&wish);
    free(name);
}

static void sums(struct app *a)
{
    struct ledger_totals totals;
    struct spent today;
    double from = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    struct err e;

    must(library_totals(a, &totals, &e) && library_today(a, &today, &e), &e);
    report("what it comes to in all, and today", clock_ms(CLOCK_PROCESS_CPUTIME_ID) - from, "ms",
           "");
    for (int i = 0; i < SPENT_KINDS; i++) {
        struct spending by;

        from = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        must(spending_read(a, (enum spending_kind)i, &by, &e), &e);
        report("summed up by day, search or profile", clock_ms(CLOCK_PROCESS_CPUTIME_ID) - from,
               "ms", "");
        spending_free(&by);
    }
}

static void reads_all(struct app *a, bool inputs)
{
    long long sum = 0;
    double from = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    struct err e;

    must(library_ledger(a, -1, inputs, pass_over, &sum, &e), &e);
    report(inputs ? "all rows with their inputs" : "all rows, as lode ledger reads them",
           clock_ms(CLOCK_PROCESS_CPUTIME_ID) - from, "ms", "");
}

static void exports(struct app *a, const char *path)
{
    const struct export_options options = {.sheet = {.format = sheet_format_find("csv")},
                                           .path = path};
    struct export_result result;
    double from = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    struct err e;

    must(charges_export(a, NULL, &options, &result, &e), &e);
    report("exported as CSV", clock_ms(CLOCK_PROCESS_CPUTIME_ID) - from, "ms", "");
    (void)unlink(path);
}

int main(int argc, char **argv)
{
    long long charges = argc > 1 ? atoll(argv[1]) : CHARGES;
    struct app_bench b;
    struct app *a = &b.app;
    struct err e;
    char *path;

    app_bench_open(&b);
    path = str_format("%s/out.csv", b.home);
    must(app_need_store(a, &e), &e);
    fill(a->folder, charges);
    (void)printf("%lld calls\n", charges);
    windows(a, charges);
    finds(a, "", "");
    report("peak memory so far", peak_mib(), "MiB", "");
    finds(a, "state:in-doubt", "");
    finds(a, "since:2026-01-01", "");
    finds(a, "b7a6a8d0-77", "");
    sums(a);
    reads_all(a, false);
    reads_all(a, true);
    exports(a, path);
    report("peak memory", peak_mib(), "MiB", "");
    app_bench_close(&b);
    free(path);
    return 0;
}
