// What the store does on this disk, as a table: figure, unit. Run:
//   cmake --preset bench && cmake --build --preset bench --target store_bench
//   build/bench/tests/store_bench [RECORDS]
// Bench.
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "bench/report.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "job/queue.h"
#include "store/ledger.h"
#include "store/lookups.h"
#include "store/owned.h"
#include "support/temp.h"

enum { RECORDS = 200000, BATCH = 25, RAW_MIN = 1000, RAW_MAX = 3000, FIND = 10000, TURNS = 51 };

static double now_s(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// A record's id: spread over 64 bits as the API's are, some below zero.
static char *id_of(long long n)
{
    return str_format("%lld", (long long)rng_mix((uint64_t)n) >> 12);
}

static char *raw_of(struct rng *rng)
{
    size_t len = RAW_MIN + rng_below(rng, RAW_MAX - RAW_MIN);
    char *raw = mem_alloc(len + 1);

    for (size_t i = 0; i < len; i++)
        raw[i] = (char)('a' + rng_below(rng, 26));
    raw[len] = '\0';
    return raw;
}

struct buyer {
    struct store *s;
    atomic_llong *next;
    long long end;
};

// Gives the charge to the store and waits.
static void pass(struct store *s, void (*what)(struct store *s, struct charge_task *t),
                 struct charge_task *t)
{
    what(s, t);
    (void)queue_wait(t->task.job.reply, -1);
    must(t->task.ok, &t->task.err);
}

static void buy(struct store *s, long long first, char *const *raw, struct queue *reply)
{
    char *ids[BATCH];
    struct bought bought[BATCH];
    struct charge_task t = {
        .task.job.reply = reply,
        .charge = {.entity = "contact",
                   .operation = "POST /enrich/contact",
                   .base_url = "https://api.example.com",
                   .records = (const char *const *)ids,
                   .n_records = BATCH,
                   .quoted_max = BATCH},
        .how = {.state = CHARGE_CHARGED,
                .http = 200,
                .request_id = "request",
                .credits = -1,
                .records = -1,
                .requests = -1,
                .bought = bought,
                .n_bought = BATCH},
    };

    for (int i = 0; i < BATCH; i++) {
        ids[i] = id_of(first + i);
        bought[i] = (struct bought){.id = ids[i],
                                    .match_status = "FULL_MATCH",
                                    .raw = raw[i],
                                    .fields = "email,firstName,id,lastName,phone",
                                    .found = true};
    }
    pass(s, store_charge_begin, &t);
    pass(s, store_charge_end, &t);
    for (int i = 0; i < BATCH; i++)
        free(ids[i]);
}

static void *buy_all(void *arg)
{
    struct buyer *b = arg;
    struct rng rng = rng_seed((uint64_t)(uintptr_t)b);
    char *raw[BATCH];
    struct queue *reply = queue_open();
    long long first;

    for (int i = 0; i < BATCH; i++)
        raw[i] = raw_of(&rng);
    while ((first = atomic_fetch_add(b->next, BATCH)) < b->end)
        buy(b->s, first, raw, reply);
    queue_close(reply);
    for (int i = 0; i < BATCH; i++)
        free(raw[i]);
    return NULL;
}

static struct store *open_store(const char *folder)
{
    char note[512];
    struct err e;
    struct store *s = store_open(folder, clock_system(), note, &e);

    must(s != NULL, &e);
    return s;
}

// Intends and settles records in batches from several threads at once.
static void bench_buying(const char *folder, int callers, long long first, long long n)
{
    struct store *s = open_store(folder);
    pthread_t threads[64];
    struct buyer buyers[64];
    atomic_llong next = first;
    char name[80];
    double start;
    struct err e;

    must(store_claim_spending(s, &e), &e);
    start = now_s();
    for (int i = 0; i < callers; i++) {
        buyers[i] = (struct buyer){s, &next, first + n};
        (void)pthread_create(&threads[i], NULL, buy_all, &buyers[i]);
    }
    for (int i = 0; i < callers; i++)
        (void)pthread_join(threads[i], NULL);
    (void)snprintf(name, sizeof(name), "intent and settled records, durable, %d callers", callers);
    report(name, (double)n / (now_s() - start), "records/s", "");
    store_close(s);
}

static bool count_row(void *arg, const struct owned_row *r)
{
    long long *n = arg;

    *n += r->raw != NULL;
    return true;
}

static void bench_reading(const char *folder, long long n)
{
    struct store *s = open_store(folder);
    struct owned *out = mem_array(FIND, sizeof(*out));
    bool *covered = mem_array(FIND, sizeof(*covered));
    char **ids = mem_array(FIND, sizeof(*ids));
    struct rng rng = rng_seed(7);
    struct ledger_totals totals;
    long long seen = 0;
    double start;
    struct err e;

    for (int i = 0; i < FIND; i++)
        ids[i] = id_of(rng_below(&rng, (uint32_t)n));
    for (int turn = 0; turn < 2; turn++) {
        start = now_s();
        must(store_owned_find(s, "contact", (const char *const *)ids, FIND, "email,phone", out,
                              covered, &e),
             &e);
        report(turn ? "owned_find of 10,000 ids, again" : "owned_find of 10,000 ids, first",
               (now_s() - start) * 1e3, "ms", "");
    }
    start = now_s();
    must(store_owned_each(s, "contact", NULL, 0, count_row, &seen, &e), &e);
    report("owned_each of all", (double)seen / (now_s() - start), "records/s", "");
    start = now_s();
    must(store_ledger_totals(s, &totals, &e), &e);
    report("ledger totals", (now_s() - start) * 1e3, "ms", "");
    for (int i = 0; i < FIND; i++)
        free(ids[i]);
    free(ids);
    free(out);
    free(covered);
    store_close(s);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void bench_opening(const char *folder)
{
    double opened[TURNS], put[TURNS];
    char *body = mem_zalloc(64 * 1024);
    struct err e;

    memset(body, 'x', 64 * 1024 - 1);
    for (int i = 0; i < TURNS; i++) {
        double start = now_s();
        struct store *s = open_store(folder);

        opened[i] = (now_s() - start) * 1e3;
        start = now_s();
        must(store_put_lookup(s, "industry", body, 0, &e), &e);
        put[i] = (now_s() - start) * 1e3;
        store_close(s);
    }
    qsort(opened, TURNS, sizeof(*opened), by_value);
    qsort(put, TURNS, sizeof(*put), by_value);
    report("open an existing store, median", opened[TURNS / 2], "ms", "");
    report("put a lookup list of 64 KB, median", put[TURNS / 2], "ms", "");
    free(body);
}

static void sql(sqlite3 *db, const char *text)
{
    if (sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK)
        return;
    (void)fprintf(stderr, "store_bench: %s: %s\n", text, sqlite3_errmsg(db));
    exit(1);
}

// Bare SQLite with synchronous=FULL: what the choice of the journal costs.
static void bench_journal(const char *folder, const char *mode, int batches)
{
    char *path = str_format("%s/%s-%d.db", folder, mode, batches);
    char *pragma = str_format("PRAGMA journal_mode = %s; PRAGMA synchronous = FULL", mode);
    struct rng rng = rng_seed(3);
    char *raw = raw_of(&rng), name[80];
    double start, commits = 0;
    sqlite3_stmt *insert;
    sqlite3 *db;

    if (sqlite3_open(path, &db) != SQLITE_OK)
        exit(1);
    sql(db, pragma);
    sql(db, "CREATE TABLE r (no INTEGER PRIMARY KEY, id INTEGER UNIQUE, raw TEXT)");
    (void)sqlite3_prepare_v2(db, "INSERT INTO r (id, raw) VALUES (random(), ?)", -1, &insert, NULL);
    start = now_s();
    while (now_s() - start < 1.5) {
        sql(db, "BEGIN IMMEDIATE");
        for (int i = 0; i < (batches ? batches * BATCH : 1); i++) {
            (void)sqlite3_bind_text(insert, 1, raw, batches ? -1 : 20, SQLITE_STATIC);
            (void)sqlite3_step(insert);
            (void)sqlite3_reset(insert);
        }
        sql(db, "COMMIT");
        commits++;
    }
    if (batches)
        (void)snprintf(name, sizeof(name), "bare SQLite, %s, %d batches a commit", mode, batches);
    else
        (void)snprintf(name, sizeof(name), "bare SQLite, %s, small commits", mode);
    report(name, commits * (batches ? batches * BATCH : 1) / (now_s() - start),
           batches ? "records/s" : "commits/s", "");
    (void)sqlite3_finalize(insert);
    (void)sqlite3_close(db);
    (void)unlink(path);
    free(path);
    free(pragma);
    free(raw);
}

int main(int argc, char **argv)
{
    static const char *const modes[] = {"wal", "truncate", "persist", "delete"};
    static const int callers[] = {1, 4, 8, 16};
    long long n = RECORDS, done = 0;
    char *folder = temp_make();

    if (argc > 1 && !str_int64(argv[1], &n))
        return 2;
    for (size_t i = 0; i < ARRAY_LEN(modes); i++)
        bench_journal(folder, modes[i], 0);
    for (size_t i = 0; i < ARRAY_LEN(modes); i++)
        bench_journal(folder, modes[i], 8);
    for (size_t i = 0; i < ARRAY_LEN(callers); i++) {
        bench_buying(folder, callers[i], done, n / 4);
        done += n / 4;
    }
    bench_reading(folder, done);
    bench_opening(folder);
    temp_remove(folder);
    free(folder);
    return 0;
}
