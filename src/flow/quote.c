// What enriching a selection will cost. Floor: flow.
#include "flow/quote.h"

#include <stdlib.h>
#include <string.h>

#include "api/lookup.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/ledger.h"

bool usage_fetch(struct app *a, struct usage *out, struct err *e)
{
    struct net_request *r;
    bool ok;

    if (!app_need_net(a, e))
        return false;
    r = lookup_request(a->config.base_url, "usage");
    ok = app_call(a, r, e) && usage_decode(r, out, e);
    net_request_free(r);
    if (ok)
        a->usage = *out;
    return ok;
}

static enum standing standing_of(const struct owned *o, bool covered, int64_t now_ms)
{
    if (o->suppressed)
        return STANDING_SUPPRESSED;
    if (o->free_until > now_ms)
        return covered ? STANDING_HELD : STANDING_OWNED;
    return o->in_doubt ? STANDING_IN_DOUBT : STANDING_NEW;
}

// Places in a selection by their ids, from 1; 0: free. Nothing is kept twice: ids come by the
// million.
struct seen {
    uint32_t *places; // owned
    size_t mask;
};

static struct seen seen_open(size_t n)
{
    size_t cap = 16;

    while (cap < n * 2)
        cap *= 2;
    return (struct seen){mem_zalloc(cap * sizeof(uint32_t)), cap - 1};
}

// Is the id of record i there already? It is from then on.
static bool seen_before(struct seen *seen, const struct selection *s, size_t i)
{
    size_t at = (size_t)hash_bytes(s->ids[i], strlen(s->ids[i])) & seen->mask;

    while (seen->places[at] && !str_eq(s->ids[seen->places[at] - 1], s->ids[i]))
        at = (at + 1) & seen->mask;
    if (seen->places[at])
        return true;
    seen->places[at] = (uint32_t)i + 1;
    return false;
}

// Marks what stands in the selection already, and what is no id.
static void weed(const struct selection *s, enum standing *standings)
{
    struct seen seen = seen_open(s->n);
    long long number;

    for (size_t i = 0; i < s->n; i++) {
        bool by_match = selection_input(s, i).match != NULL;

        if (!by_match && !str_int64(s->ids[i], &number))
            standings[i] = STANDING_INVALID;
        else if (seen_before(&seen, s, i))
            standings[i] = STANDING_DUPLICATE;
    }
    free(seen.places);
}

static bool ask_library(struct app *a, const struct selection *s, struct quoted *out, struct err *e)
{
    bool *covered = mem_array(s->n, sizeof(*covered));
    int64_t now = clock_utc_ms(&a->clock);
    bool ok = store_owned_find(a->store, s->entity->name, (const char *const *)s->ids, s->n,
                               s->fields_key ? s->fields_key : "", out->owned, covered, e);

    for (size_t i = 0; ok && i < s->n; i++)
        out->standings[i] = standing_of(&out->owned[i], covered[i], now);
    for (size_t i = 0; ok && i < s->n; i++) {
        bool unseen = s->from_outside && !out->owned[i].bought_ms;

        if (out->standings[i] == STANDING_NEW &&
            (unseen || selection_input(s, i).match || s->n_required))
            out->standings[i] = STANDING_UNSURE;
    }
    free(covered);
    return ok;
}

bool quote_is_outside(const struct selection *s, enum standing standing, size_t i)
{
    return standing == STANDING_UNSURE && !selection_input(s, i).match && !s->n_required;
}

bool quote_notes(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                 struct row_note *out, struct err *e)
{
    struct owned *owned = mem_array(n, sizeof(*owned));
    bool *covered = mem_array(n, sizeof(*covered));
    int64_t now = clock_utc_ms(&a->clock);
    bool ok = app_need_store(a, e) &&
              store_owned_find(a->store, entity->name, ids, n, "", owned, covered, e);

    for (size_t i = 0; ok && i < n; i++) {
        long long number;

        out[i] = (struct row_note){
            .known = true,
            .standing = str_int64(ids[i], &number) ? standing_of(&owned[i], covered[i], now)
                                                   : STANDING_INVALID,
            .free_until = owned[i].free_until,
        };
    }
    free(covered);
    free(owned);
    return ok;
}

// What the account used and this ledger knows nothing of, as far as it can be told.
static bool find_unseen(struct app *a, struct quote *q, struct err *e)
{
    const struct meter *m = &q->before.meters[METER_CREDITS];
    struct ledger_totals totals;

    if (!store_ledger_totals(a->store, &totals, e))
        return false;
    q->unseen = m->known && m->used >= totals.credits ? m->used - totals.credits : -1;
    if (q->unseen > 0)
        q->doubted = totals.in_doubt_max < q->unseen ? totals.in_doubt_max : q->unseen;
    return true;
}

bool quote_from(struct app *a, const struct selection *s, const struct usage *before, bool again,
                struct quoted *out, struct err *e)
{
    *out = (struct quoted){.quote = {.entity = s->entity, .rows = s->n, .before = *before}};
    if (!app_need_store(a, e))
        return false;
    out->standings = mem_array(s->n, sizeof(*out->standings));
    out->owned = mem_array(s->n, sizeof(*out->owned));
    if (!ask_library(a, s, out, e) || !find_unseen(a, &out->quote, e)) {
        quote_free(out);
        return false;
    }
    weed(s, out->standings);
    for (size_t i = 0; i < s->n; i++) {
        out->quote.count[out->standings[i]]++;
        out->quote.outside += quote_is_outside(s, out->standings[i], i);
    }
    quote_sum(&out->quote, again);
    return true;
}

bool quote_make(struct app *a, const struct selection *s, bool again, struct quoted *out,
                struct err *e)
{
    struct usage now;

    *out = (struct quoted){0};
    return usage_fetch(a, &now, e) && quote_from(a, s, &now, again, out, e);
}

void quote_free(struct quoted *q)
{
    free(q->standings);
    free(q->owned);
    *q = (struct quoted){0};
}
