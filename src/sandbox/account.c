// The account: what it spent, what it owns. A call counts towards the request limit only where it
// is answered with 200: an assumption. Any thread. Floor: sandbox.
#include "sandbox/account.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "sandbox/journal.h"

#define FREE_MS ((int64_t)ACCOUNT_FREE_DAYS * 86400 * 1000)

enum { KEY_MAX = CHARGE_ENTITY_MAX + 24 };

struct account {
    struct account_meters limits;
    pthread_mutex_t lock;
    // under the lock
    struct account_meters used;
    uint64_t sequence;
    struct map bought; // "contact 123" -> int64_t *: when, ms; owned
    struct journal *journal;
};

static const char *key_of(const char *entity, int64_t id, char key[static KEY_MAX])
{
    (void)snprintf(key, KEY_MAX, "%s %" PRId64, entity, id);
    return key;
}

static bool is_owned(const struct account *a, const char *entity, int64_t id, int64_t now_ms)
{
    char key[KEY_MAX];
    const int64_t *when = map_get(&a->bought, key_of(entity, id, key));

    return when && now_ms - *when < FREE_MS;
}

static void apply(struct account *a, const struct charge *c)
{
    char key[KEY_MAX];

    a->sequence = c->sequence;
    a->used.requests++;
    a->used.records += (int64_t)c->n_rows;
    a->used.credits += charge_credits(c);
    for (size_t i = 0; i < c->n_rows; i++) {
        if (c->rows[i].fresh)
            free(map_put(&a->bought, key_of(c->entity, c->rows[i].id, key),
                         mem_dup(&c->time_ms, sizeof(c->time_ms))));
    }
}

static bool replay(char *line, void *self, struct err *e)
{
    struct account *a = self;
    struct charge c;

    if (!charge_read(line, &c))
        return err_set(e, ERR_INVALID,
                       "the state file's line after charge %" PRIu64
                       " is no charge; the file was left as it is",
                       a->sequence);
    apply(a, &c);
    return true;
}

struct account *account_open(const char *path, struct account_meters limits, struct err *e)
{
    struct account *a = mem_zalloc(sizeof(*a));

    a->limits = limits;
    (void)pthread_mutex_init(&a->lock, NULL);
    a->journal = journal_open(path, replay, a, e);
    if (a->journal)
        return a;
    account_close(a);
    return NULL;
}

void account_close(struct account *a)
{
    if (!a)
        return;
    map_free(&a->bought, free);
    journal_close(a->journal);
    (void)pthread_mutex_destroy(&a->lock);
    free(a);
}

static bool commit(struct account *a, const struct charge *c)
{
    struct str line = {0};
    struct err e;
    bool ok;

    charge_write(c, &line);
    ok = journal_append(a->journal, &line, &e);
    str_free(&line);
    if (ok)
        apply(a, c);
    else
        (void)fprintf(stderr, "lode-sandbox: %s\n", e.text);
    return ok;
}

static struct charge charge_start(const struct account *a, const char *verb, const char *entity,
                                  const char *request_id, int64_t now_ms)
{
    struct charge c = {.sequence = a->sequence + 1, .time_ms = now_ms};

    (void)snprintf(c.verb, sizeof(c.verb), "%s", verb);
    (void)snprintf(c.entity, sizeof(c.entity), "%s", entity);
    (void)snprintf(c.request_id, sizeof(c.request_id), "%s", request_id);
    return c;
}

static bool in_charge(const struct charge *c, int64_t id)
{
    for (size_t i = 0; i < c->n_rows; i++) {
        if (c->rows[i].id == id)
            return true;
    }
    return false;
}

// Puts the records into the charge for which there is room; says what was short of, if anything.
static enum account_outcome fill(const struct account *a, struct charge *c,
                                 struct account_record *records, size_t n)
{
    enum account_outcome short_of = ACCOUNT_DONE;
    int64_t credits = a->limits.credits - a->used.credits;
    int64_t room = a->limits.records - a->used.records;

    for (size_t i = 0; i < n; i++) {
        int64_t id = records[i].id;
        bool fresh = !is_owned(a, c->entity, id, c->time_ms) && !in_charge(c, id);

        records[i].granted = room > 0 && (!fresh || credits > 0);
        if (!records[i].granted) {
            short_of = room > 0 ? ACCOUNT_NO_CREDITS : ACCOUNT_NO_RECORDS;
            continue;
        }
        c->rows[c->n_rows++] = (struct charge_row){id, fresh};
        credits -= fresh;
        room--;
    }
    return short_of;
}

static enum account_outcome enrich(struct account *a, struct charge *c,
                                   struct account_record *records, size_t n)
{
    enum account_outcome short_of;

    if (a->used.requests >= a->limits.requests)
        return ACCOUNT_NO_REQUESTS;
    short_of = fill(a, c, records, n);
    if (short_of != ACCOUNT_DONE && c->n_rows == 0)
        return short_of;
    return commit(a, c) ? ACCOUNT_DONE : ACCOUNT_NO_STORAGE;
}

enum account_outcome account_enrich(struct account *a, const char *entity, const char *request_id,
                                    int64_t now_ms, struct account_record *records, size_t n)
{
    enum account_outcome outcome;
    struct charge c;

    (void)pthread_mutex_lock(&a->lock);
    c = charge_start(a, "enrich", entity, request_id, now_ms);
    outcome = enrich(a, &c, records, n);
    (void)pthread_mutex_unlock(&a->lock);
    return outcome;
}

enum account_outcome account_search(struct account *a, const char *entity, const char *request_id,
                                    int64_t now_ms)
{
    enum account_outcome outcome = ACCOUNT_NO_REQUESTS;
    struct charge c;

    (void)pthread_mutex_lock(&a->lock);
    c = charge_start(a, "search", entity, request_id, now_ms);
    if (a->used.requests < a->limits.requests)
        outcome = commit(a, &c) ? ACCOUNT_DONE : ACCOUNT_NO_STORAGE;
    (void)pthread_mutex_unlock(&a->lock);
    return outcome;
}

struct account_meters account_limits(const struct account *a)
{
    return a->limits;
}

struct account_meters account_used(struct account *a)
{
    struct account_meters used;

    (void)pthread_mutex_lock(&a->lock);
    used = a->used;
    (void)pthread_mutex_unlock(&a->lock);
    return used;
}

struct audit {
    uint64_t after;
    const char *comma;
    struct str *out;
};

static bool add_charge(char *line, void *self, struct err *e)
{
    struct audit *audit = self;
    struct charge c;

    if (!charge_read(line, &c))
        return err_set(e, ERR_STORAGE, "the state file was changed by someone else");
    if (c.sequence <= audit->after || !str_eq(c.verb, "enrich"))
        return true;
    str_add(audit->out, audit->comma);
    charge_json(&c, audit->out);
    audit->comma = ",\n";
    return true;
}

bool account_audit(struct account *a, bool totals_only, uint64_t after, struct str *out,
                   struct err *e)
{
    struct audit audit = {.after = after, .comma = "", .out = out};
    bool ok;

    (void)pthread_mutex_lock(&a->lock);
    str_add(out, "{\"charges\":[");
    ok = totals_only || journal_each(a->journal, add_charge, &audit, e);
    str_addf(out,
             "],\"totals\":{\"sequence\":%" PRIu64 ",\"credits\":%" PRId64 ",\"records\":%" PRId64
             ",\"requests\":%" PRId64 ",\"bought\":%zu}}",
             a->sequence, a->used.credits, a->used.records, a->used.requests, a->bought.len);
    (void)pthread_mutex_unlock(&a->lock);
    return ok;
}

bool account_reset(struct account *a, struct err *e)
{
    bool ok;

    (void)pthread_mutex_lock(&a->lock);
    ok = journal_clear(a->journal, e);
    if (ok) {
        map_free(&a->bought, free);
        a->bought = (struct map){0};
        a->used = (struct account_meters){0};
        a->sequence = 0;
    }
    (void)pthread_mutex_unlock(&a->lock);
    return ok;
}
