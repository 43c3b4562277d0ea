// A search past what paging reaches, as searches that each fit. Floor: flow.
#include "flow/split.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "flow/lists.h"
#include "flow/reach.h"
#include "flow/search.h"

// A search that is too long, waiting to be parted.
struct node {
    struct query query;
    long long hits;
    char *label;
};

// A search counted for each value of an input.
struct way {
    const struct input *by; // NULL: none yet
    struct lookup_list values;
    struct query_parts asked;
    long long *hits, sum;
};

struct splitting {
    struct app *app;
    const struct split_order *order;
    struct split *out;
    VEC(struct node) nodes;
    size_t next;
    struct way way; // that is being counted
};

// Of the rows of a part that is too long, so many per cent may be in none of its own parts before
// another way is looked at; and so many rows had twice are as bad as one that is missed.
enum { MISSED_PER_CENT = 10, TWICE_AS_BAD = 10 };

// The values of an input: those that the search asks for, else the whole list.
static bool values_of(struct app *a, const struct query *q, const struct input *by,
                      struct lookup_list *out, struct err *e)
{
    const struct filter *f = query_filter(q, by);
    struct lookup_list all;
    int64_t fetched;

    *out = (struct lookup_list){0};
    if (!lists_get(a, by->lookup, false, &all, &fetched, e))
        return false;
    if (!f) {
        *out = all;
        return true;
    }
    for (size_t i = 0; i < f->n_values; i++) {
        const struct lookup_value *v = lookup_value_find(&all, f->values[i]);

        lookup_add(out, f->values[i], v ? v->name : "", NULL, "");
    }
    lookup_free(&all);
    return true;
}

void split_ways(struct app *a, const struct query *q, struct split_ways *out)
{
    const struct input *ways[PART_WAYS_MAX];
    size_t n = query_part_ways(q, ways);

    *out = (struct split_ways){0};
    for (size_t i = 0; i < n; i++) {
        struct lookup_list values;
        struct err ignored;

        if (!values_of(a, q, ways[i], &values, &ignored))
            continue;
        out->items[out->n++] = (struct split_way){ways[i], values.n};
        lookup_free(&values);
    }
}

const struct input *split_way_find(const struct query *q, const char *name, struct err *e)
{
    const struct input *ways[PART_WAYS_MAX], *by = entity_input(q->entity, name, BOUND_NONE);
    size_t n = query_part_ways(q, ways);
    struct str known = {0};
    struct err why;

    if (by && query_parts_by(q, by, &why))
        return by;
    if (!by)
        (void)err_set(&why, ERR_INVALID, "searching %s knows no field \"%.40s\"", q->entity->plural,
                      name);
    for (size_t i = 0; i < n; i++)
        str_addf(&known, "%s%s", i ? ", " : "", ways[i]->label);
    (void)err_set(e, ERR_INVALID, "%s; it can be parted by: %s", why.text,
                  n ? str_text(&known) : "nothing");
    str_free(&known);
    return NULL;
}

static bool report(struct splitting *s, struct err *e)
{
    return !s->order->told || s->order->told(s->order->self, s->out, e);
}

static void settle(struct splitting *s, struct node *n, bool over)
{
    struct split_part part = {n->hits, over, n->label};

    query_parts_add(&s->out->queries, n->query);
    vec_push(&s->out->parts, part);
    *n = (struct node){0};
}

// A part that has its count: done where it fits, else it waits.
static void place(struct splitting *s, struct node n)
{
    vec_push(&s->nodes, n);
    if (n.hits <= s->out->reach)
        settle(s, &s->nodes.items[s->nodes.len - 1], false);
}

static bool take(void *self, size_t query, long long hits, const struct err *why, struct err *e)
{
    struct splitting *s = self;

    s->out->requests++;
    if (why) {
        *e = *why;
        return false;
    }
    s->way.hits[query] = hits;
    s->way.sum += hits;
    return report(s, e);
}

static void note_way(struct split *out, const struct input *by)
{
    for (size_t i = 0; i < out->by.len; i++) {
        if (out->by.items[i] == by)
            return;
    }
    vec_push(&out->by, by);
}

static void part_up(struct splitting *s, const struct node *whole, const struct way *way)
{
    long long missing = whole->hits - way->sum;

    note_way(s->out, way->by);
    s->out->uncovered += missing > 0 ? missing : 0;
    s->out->overlaps += missing < 0 ? -missing : 0;
    for (size_t i = 0; i < way->asked.n; i++) {
        const struct lookup_value *v = &way->values.values[i];
        struct node part = {.hits = way->hits[i]};

        if (part.hits == 0)
            continue;
        part.query = query_copy(&way->asked.items[i]);
        part.label = str_format("%s%s%s", whole->label, *whole->label ? ", " : "",
                                *v->name ? v->name : v->id);
        place(s, part);
    }
}

static void way_free(struct way *w)
{
    lookup_free(&w->values);
    query_parts_free(&w->asked);
    free(w->hits);
    *w = (struct way){0};
}

// Counts each value of by; by stays NULL where there are no requests left for that.
static bool count_way(struct splitting *s, const struct node *whole, const struct input *by,
                      struct err *e)
{
    struct count_order order = {.each = take, .self = s};
    struct way *w = &s->way;

    if (!values_of(s->app, &whole->query, by, &w->values, e))
        return false;
    s->out->capped = s->order->max_requests > 0 &&
                     s->out->requests + (long long)w->values.n > s->order->max_requests;
    if (s->out->capped)
        return true;
    w->by = by;
    for (size_t i = 0; i < w->values.n; i++)
        query_parts_add(&w->asked, query_part(&whole->query, by, w->values.values[i].id));
    w->hits = mem_array(w->values.n, sizeof(*w->hits));
    order.queries = w->asked.items;
    order.n = w->asked.n;
    return search_counts(s->app, &order, e);
}

static long long badness(const struct node *whole, const struct way *w)
{
    long long missing = whole->hits - w->sum;

    return missing < 0 ? -missing / TWICE_AS_BAD : missing;
}

// Is it good enough to look no further?
static bool will_do(const struct splitting *s, const struct node *whole, const struct way *w)
{
    return w->by && w->sum > 0 &&
           (w->by == s->order->by ||
            (w->sum <= whole->hits && badness(whole, w) * 100 <= whole->hits * MISSED_PER_CENT));
}

static size_t ways_of(const struct splitting *s, const struct query *q,
                      const struct input *ways[static PART_WAYS_MAX])
{
    const struct input *first = s->order->by;
    size_t n = query_part_ways(q, ways);

    for (size_t i = 1; i < n; i++) {
        if (ways[i] != first)
            continue;
        for (size_t k = i; k > 0; k--)
            ways[k] = ways[k - 1];
        ways[0] = first;
    }
    return n;
}

// The best way of a part that is too long; best->by stays NULL where there is none.
static bool find_way(struct splitting *s, const struct node *whole, struct way *best, struct err *e)
{
    const struct input *ways[PART_WAYS_MAX];
    size_t n = ways_of(s, &whole->query, ways);
    bool ok = true;

    for (size_t i = 0; ok && !will_do(s, whole, best) && !s->out->capped && i < n; i++) {
        ok = count_way(s, whole, ways[i], e);
        if (ok && s->way.by && s->way.sum > 0 &&
            (!best->by || badness(whole, &s->way) < badness(whole, best))) {
            way_free(best);
            *best = s->way;
            s->way = (struct way){0};
        }
        way_free(&s->way);
    }
    return ok;
}

static bool part(struct splitting *s, struct err *e)
{
    struct node whole = s->nodes.items[s->next];
    struct way best = {0};
    bool ok = find_way(s, &whole, &best, e);

    s->nodes.items[s->next] = (struct node){0};
    if (ok && !best.by) {
        settle(s, &whole, true);
        return report(s, e);
    }
    if (ok)
        part_up(s, &whole, &best);
    way_free(&best);
    query_free(&whole.query);
    free(whole.label);
    return ok;
}

static bool begin(struct splitting *s, struct err *e)
{
    struct split *out = s->out;
    struct node whole = {.query = query_copy(s->order->query), .label = mem_strdup("")};

    out->reach = reach_of(s->app, s->order->query->entity);
    out->requests = 1;
    if (!search_count(s->app, &whole.query, &whole.hits, e)) {
        query_free(&whole.query);
        free(whole.label);
        return false;
    }
    out->total = whole.hits;
    place(s, whole);
    return report(s, e);
}

bool split_make(struct app *a, const struct split_order *order, struct split *out, struct err *e)
{
    struct splitting s = {.app = a, .order = order, .out = out};
    bool ok;

    *out = (struct split){0};
    ok = app_need_net(a, e) && begin(&s, e);
    for (; ok && s.next < s.nodes.len; s.next++)
        ok = !s.nodes.items[s.next].label || part(&s, e);
    for (size_t i = 0; i < s.nodes.len; i++) {
        if (s.nodes.items[i].label)
            query_free(&s.nodes.items[i].query);
        free(s.nodes.items[i].label);
    }
    vec_free(&s.nodes);
    return ok;
}

long long split_rows(const struct split *s)
{
    long long rows = 0;

    for (size_t i = 0; i < s->parts.len; i++)
        rows += s->parts.items[i].over ? s->reach : s->parts.items[i].hits;
    return rows;
}

long long split_price(const struct split *s)
{
    long long requests = 0;

    for (size_t i = 0; i < s->parts.len; i++) {
        long long rows = s->parts.items[i].over ? s->reach : s->parts.items[i].hits;
        int rpp = s->queries.items[i].entity->search.rpp_max;

        requests += (rows + rpp - 1) / rpp;
    }
    return requests;
}

void split_free(struct split *s)
{
    for (size_t i = 0; i < s->parts.len; i++)
        free(s->parts.items[i].label);
    vec_free(&s->parts);
    vec_free(&s->by);
    query_parts_free(&s->queries);
    *s = (struct split){0};
}
