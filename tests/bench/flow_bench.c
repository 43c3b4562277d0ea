// The library with many records, as a table: figure, unit, aim. Searches are timed by the
// processor's time of all threads, which is what a person waits for where nothing else runs. Run:
//   cmake --preset bench && cmake --build --preset bench --target flow_bench
//   build/bench/tests/flow_bench [RECORDS]
// Bench.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "bench/app_bench.h"
#include "bench/report.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "flow/library_find.h"
#include "job/queue.h"
#include "store/ledger.h"

enum { RECORDS = 100000, BATCH = 25, SEARCHES = 300, WINDOW = 50 };

static const char *const firsts[] = {"Ana", "Bo",   "Cy",   "Dora", "Emil", "Fay",  "Gus",  "Hana",
                                     "Ivo", "Jane", "Karl", "Lea",  "Max",  "Nora", "Otto", "Pia"};
static const char *const titles[] = {"VP Data",    "Director of Sales", "Data Scientist",
                                     "Head of IT", "Account Manager",   "Chief Engineer"};

static const char *any(struct rng *rng, const char *const *all, size_t n)
{
    return all[rng_below(rng, n)];
}

// About 1.3 KB, as a contact with the usual fields and its company is.
static char *raw_of(struct rng *rng, long long id)
{
    const char *first = any(rng, firsts, ARRAY_LEN(firsts));
    long long firm = (long long)rng_below(rng, 20000), last = (long long)rng_below(rng, 30000);
    struct str s = {0};

    str_addf(&s,
             "{\"id\":%lld,\"firstName\":\"%s\",\"lastName\":\"Family%lld\",\"jobTitle\":\"%s\","
             "\"email\":\"%s.family%lld@firm%lld.example.com\",\"phone\":\"(%03d) 555-%04d\","
             "\"city\":\"Town %d\",\"state\":\"State %d\",\"country\":\"United States\","
             "\"contactAccuracyScore\":%d,\"validDate\":\"2/10/2026 3:05 PM\","
             "\"lastUpdatedDate\":\"5/1/2025 8:54 AM\",\"directPhoneDoNotCall\":%s,"
             "\"withinEu\":false,\"withinCalifornia\":true,\"withinCanada\":false,"
             "\"company\":{\"id\":%lld,\"name\":\"Firm %lld Software\",\"website\":"
             "\"www.firm%lld.example.com\",\"descriptionList\":[{\"description\":\"",
             id, first, last, any(rng, titles, ARRAY_LEN(titles)), first, last, firm,
             (int)rng_below(rng, 1000), (int)rng_below(rng, 10000), (int)rng_below(rng, 3000),
             (int)rng_below(rng, 50), 70 + (int)rng_below(rng, 30),
             rng_below(rng, 10) ? "false" : "true", firm, firm, firm);
    for (int i = 0; i < 100; i++)
        str_addf(&s, "word%d ", (int)rng_below(rng, 5000));
    str_add(&s, "\"}]}}");
    return str_take(&s);
}

static void pass(struct store *s, void (*what)(struct store *s, struct charge_task *t),
                 struct charge_task *t)
{
    what(s, t);
    (void)queue_wait(t->task.job.reply, -1);
    must(t->task.ok, &t->task.err);
}

static void buy(struct store *s, struct rng *rng, long long first, struct queue *reply)
{
    char ids[BATCH][24], *raws[BATCH];
    const char *names[BATCH];
    struct bought bought[BATCH];
    struct charge_task t = {.task.job.reply = reply,
                            .charge = {.entity = "contact",
                                       .operation = "POST /enrich/contact",
                                       .base_url = "https://api.example.com",
                                       .records = names,
                                       .n_records = BATCH,
                                       .quoted_max = BATCH},
                            .how = {.state = CHARGE_CHARGED,
                                    .http = 200,
                                    .request_id = "request",
                                    .credits = -1,
                                    .records = -1,
                                    .requests = -1,
                                    .bought = bought,
                                    .n_bought = BATCH}};

    for (int i = 0; i < BATCH; i++) {
        (void)snprintf(ids[i], sizeof(ids[i]), "%lld", first + i);
        names[i] = ids[i];
        raws[i] = raw_of(rng, first + i);
        bought[i] = (struct bought){.id = ids[i],
                                    .match_status = "FULL_MATCH",
                                    .raw = raws[i],
                                    .fields = "company,email,firstName,id,lastName",
                                    .found = true};
    }
    pass(s, store_charge_begin, &t);
    pass(s, store_charge_end, &t);
    for (int i = 0; i < BATCH; i++)
        free(raws[i]);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static bool pass_row(void *arg, const struct library_row *r)
{
    *(size_t *)arg += r->owned.id != NULL;
    return true;
}

// One search and the first window of its rows, as a person waits for them.
static double search(struct app *a, const char *typed, enum library_order order,
                     const struct column *by)
{
    struct library_wish w = wish_new(&entity_contact);
    double began = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    int64_t *numbers;
    size_t n, rows = 0;
    struct err e;

    wish_add(&w, typed);
    w.order = order;
    w.order_by = by;
    must(library_find(a, &w, &numbers, &n, &e), &e);
    must(library_rows(a, numbers, n < WINDOW ? n : WINDOW, pass_row, &rows, &e), &e);
    free(numbers);
    wish_free(&w);
    return clock_ms(CLOCK_PROCESS_CPUTIME_ID) - began;
}

static void searches(struct app *a, const char *what, const char *aim, struct rng *rng,
                     void (*type)(struct rng *rng, char *out, size_t size))
{
    double took[SEARCHES];
    char name[100], typed[100];

    for (int i = 0; i < SEARCHES; i++) {
        type(rng, typed, sizeof(typed));
        took[i] = search(a, typed, ORDER_BEST, NULL);
    }
    qsort(took, SEARCHES, sizeof(*took), by_size);
    (void)snprintf(name, sizeof(name), "%s: p50", what);
    report(name, took[SEARCHES / 2], "ms", "");
    report("  p95", took[SEARCHES * 95 / 100], "ms", aim);
}

static void type_name(struct rng *rng, char *out, size_t size)
{
    (void)snprintf(out, size, "%s family%d", any(rng, firsts, ARRAY_LEN(firsts)),
                   (int)rng_below(rng, 30000));
}

static void type_prefix(struct rng *rng, char *out, size_t size)
{
    (void)snprintf(out, size, "fam firm%d", (int)rng_below(rng, 2000));
}

static void type_phrase(struct rng *rng, char *out, size_t size)
{
    (void)snprintf(out, size, "\"firm %d software\"", (int)rng_below(rng, 20000));
}

static void type_common(struct rng *rng, char *out, size_t size)
{
    (void)snprintf(out, size, "%s", any(rng, titles, ARRAY_LEN(titles)));
}

static void type_all(struct rng *rng, char *out, size_t size)
{
    (void)rng;
    (void)snprintf(out, size, "united states");
}

static void type_flag(struct rng *rng, char *out, size_t size)
{
    (void)snprintf(out, size, "dnc:yes %s", any(rng, firsts, ARRAY_LEN(firsts)));
}

int main(int argc, char **argv)
{
    long long records = argc > 1 ? strtoll(argv[1], NULL, 10) : RECORDS;
    const struct column *last =
        column_find(entity_contact.enrich.columns, entity_contact.enrich.n_columns, "lastName");
    struct rng rng = rng_seed(4711);
    struct queue *reply = queue_open();
    struct app_bench b;
    struct app *a = &b.app;
    struct err e;
    double began, filled;

    app_bench_open(&b);
    must(app_need_claim(a, &e), &e);
    began = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    for (long long i = 0; i < records; i += BATCH)
        buy(a->store, &rng, i + 1, reply);
    report("bought into the store",
           (double)records / (clock_ms(CLOCK_PROCESS_CPUTIME_ID) - began) * 1e3, "records/s", "");
    filled = peak_mib();
    began = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    (void)search(a, "", ORDER_BEST, NULL);
    report("opening: all of it, and the first rows", clock_ms(CLOCK_PROCESS_CPUTIME_ID) - began,
           "ms", "< 100");
    began = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    (void)search(a, "nobody", ORDER_BEST, NULL);
    report("made searchable, the first time",
           (double)records / (clock_ms(CLOCK_PROCESS_CPUTIME_ID) - began) * 1e3, "records/s", "");
    searches(a, "a name", "< 50", &rng, type_name);
    searches(a, "beginnings of words", "< 50", &rng, type_prefix);
    searches(a, "a phrase", "< 50", &rng, type_phrase);
    searches(a, "a common title", "< 50", &rng, type_common);
    searches(a, "a word that all have", "", &rng, type_all);
    searches(a, "a flag and a name", "", &rng, type_flag);
    began = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    (void)search(a, "", ORDER_COLUMN, last);
    report("all of it by last name", clock_ms(CLOCK_PROCESS_CPUTIME_ID) - began, "ms", "");
    report("memory above what filling took, at its peak", peak_mib() - filled, "MiB", "");
    app_bench_close(&b);
    queue_close(reply);
    return 0;
}
