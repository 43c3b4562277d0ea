// Owned records fetched again while they are free. Any thread but the UI's. Floor: flow.
#include "flow/refresh.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/owned.h"

struct refresh_group {
    char *fields; // as the library has them: sorted, ',' between; owned
    struct selection selection;
};

// A record on its way into a group.
struct planning {
    struct refresh *out;
    struct map groups; // index + 1 by fields
};

static bool place(void *self, const struct owned_row *row)
{
    struct planning *p = self;
    struct refresh *r = p->out;
    size_t at = (size_t)(uintptr_t)map_get(&p->groups, row->fields);

    if (!at) {
        r->groups = mem_regrow(r->groups, r->n_groups + 1, sizeof(*r->groups));
        r->groups[r->n_groups++] = (struct refresh_group){.fields = mem_strdup(row->fields),
                                                          .selection = {.entity = r->entity}};
        at = r->n_groups;
        (void)map_put(&p->groups, row->fields, (void *)(uintptr_t)at);
    }
    selection_add(&r->groups[at - 1].selection, row->id);
    return true;
}

// Those that may be fetched again, in *kept; the others are counted.
static size_t sift(const struct app *a, struct refresh *r, const char *const *ids, size_t n,
                   const struct owned *owned, const char **kept)
{
    int64_t now = clock_utc_ms(&a->clock);
    struct map seen = {0};
    size_t n_kept = 0;

    for (size_t i = 0; i < n; i++) {
        bool again = map_put(&seen, ids[i], r) != NULL;

        if (again)
            r->repeated++;
        else if (owned[i].suppressed)
            r->suppressed++;
        else if (!owned[i].held || owned[i].free_until <= now)
            r->not_owned++;
        else
            kept[n_kept++] = ids[i];
    }
    map_free(&seen, NULL);
    return n_kept;
}

static void count(struct refresh *r)
{
    for (size_t i = 0; i < r->n_groups; i++) {
        size_t n = r->groups[i].selection.n;

        r->records += n;
        r->requests += quote_requests(r->entity, (long long)n);
    }
}

bool refresh_plan(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                  struct refresh *out, struct err *e)
{
    struct planning p = {.out = out};
    struct owned *owned = mem_array(n, sizeof(*owned));
    bool *covered = mem_array(n, sizeof(*covered)), ok;
    const char **kept = mem_array(n, sizeof(*kept));
    size_t n_kept;

    *out = (struct refresh){.entity = entity};
    ok = app_need_store(a, e) &&
         store_owned_find(a->store, entity->name, ids, n, "", owned, covered, e);
    n_kept = ok ? sift(a, out, ids, n, owned, kept) : 0;
    if (n_kept)
        ok = store_owned_each(a->store, entity->name, kept, n_kept, place, &p, e);
    count(out);
    map_free(&p.groups, NULL);
    free(owned);
    free(covered);
    free(kept);
    return ok;
}

void refresh_free(struct refresh *r)
{
    for (size_t i = 0; i < r->n_groups; i++) {
        selection_free(&r->groups[i].selection);
        free(r->groups[i].fields);
    }
    free(r->groups);
    *r = (struct refresh){0};
}

// The library has the rows; how they differ is told afterwards.
static bool pass(void *self, const struct enriched_row *row, struct err *e)
{
    (void)self;
    (void)row;
    (void)e;
    return true;
}

static bool fetch(struct app *a, struct refresh_group *g, struct enrich_summary *sum, struct err *e)
{
    struct quoted quoted = {.standings = mem_array(g->selection.n, sizeof(*quoted.standings))};
    const struct enrich_order order = {.selection = &g->selection,
                                       .n = g->selection.n,
                                       .quoted = &quoted,
                                       .max_credits = 0,
                                       .row = pass,
                                       .origin = "fetched again from the library"};
    struct enrich_summary one = {0};
    bool ok;

    for (size_t i = 0; i < g->selection.n; i++)
        quoted.standings[i] = STANDING_OWNED;
    ok = selection_fields(&g->selection, a, *g->fields ? g->fields : NULL, e) &&
         enrich_run(a, &order, &one, e);
    enrich_add_up(sum, &one);
    free(quoted.standings);
    return ok;
}

// The two newest answers of a record.
struct comparing {
    const struct entity *entity;
    const char *id;
    int64_t began_ms;
    char *raw, *fields; // of the newest; owned
    void (*each)(void *self, const char *id, const struct difference *d);
    void *self;
    size_t told; // fields told otherwise
    int seen;
};

static void tell(void *self, const struct difference *d)
{
    struct comparing *c = self;

    c->told++;
    if (c->each)
        c->each(c->self, c->id, d);
}

static bool compare(void *self, const struct library_version *v)
{
    struct comparing *c = self;

    if (c->seen++ == 0) {
        c->raw = mem_strdup(v->raw);
        c->fields = mem_strdup(v->fields);
        return true;
    }
    // What was replaced before this run is old history.
    if (v->until_ms >= c->began_ms)
        library_differences(c->entity, v,
                            &(struct library_version){.raw = c->raw, .fields = c->fields}, tell, c);
    return false;
}

static bool compare_one(struct app *a, const struct comparing *all, const char *id,
                        struct refreshed *out, struct err *e)
{
    struct comparing c = *all;
    bool ok;

    c.id = id;
    ok = library_versions(a, c.entity, id, compare, &c, e);
    out->changed += c.told > 0;
    free(c.raw);
    free(c.fields);
    return ok;
}

bool refresh_run(struct app *a, const struct refresh *r,
                 void (*each)(void *self, const char *id, const struct difference *d), void *self,
                 struct refreshed *out, struct err *e)
{
    const struct comparing all = {
        .entity = r->entity, .began_ms = clock_utc_ms(&a->clock), .each = each, .self = self};
    bool ok;
    struct err late;

    *out = (struct refreshed){0};
    ok = app_need_spending(a, e);
    for (size_t i = 0; ok && i < r->n_groups; i++)
        ok = fetch(a, &r->groups[i], &out->sum, e);
    for (size_t i = 0; i < r->n_groups; i++) {
        const struct selection *s = &r->groups[i].selection;

        for (size_t j = 0; j < s->n; j++)
            (void)compare_one(a, &all, s->ids[j], out, &late);
    }
    out->same = out->sum.refreshed > out->changed ? out->sum.refreshed - out->changed : 0;
    return ok;
}
