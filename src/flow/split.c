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

struct splitting {
    struct app *app;
    const struct split_order *order;
    struct split *out;
    VEC(struct node) nodes;
    size_t next;
    // The way that is being counted:
    struct lookup_list values;
    struct query_parts asked;
    long long *hits, sum;
};

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
    s->hits[query] = hits;
    s->sum += hits;
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

static void part_up(struct splitting *s, const struct node *whole, const struct input *by)
{
    long long missing = whole->hits - s->sum;

    note_way(s->out, by);
    s->out->uncovered += missing > 0 ? missing : 0;
    s->out->overlaps += missing < 0 ? -missing : 0;
    for (size_t i = 0; i < s->asked.n; i++) {
        const struct lookup_value *v = &s->values.values[i];
        struct node part = {.hits = s->hits[i]};

        if (s->hits[i] == 0)
            continue;
        part.query = query_copy(&s->asked.items[i]);
        part.label = str_format("%s%s%s", whole->label, *whole->label ? ", " : "",
                                *v->name ? v->name : v->id);
        place(s, part);
    }
}

// Counts each value of by; *fits: the parts have nothing in common as far as counts can tell.
static bool count_way(struct splitting *s, const struct node *whole, const struct input *by,
                      bool *fits, struct err *e)
{
    struct count_order order = {.each = take, .self = s};

    *fits = false;
    if (!values_of(s->app, &whole->query, by, &s->values, e))
        return false;
    s->out->capped = s->order->max_requests > 0 &&
                     s->out->requests + (long long)s->values.n > s->order->max_requests;
    if (s->out->capped)
        return true;
    for (size_t i = 0; i < s->values.n; i++)
        query_parts_add(&s->asked, query_part(&whole->query, by, s->values.values[i].id));
    s->hits = mem_array(s->values.n, sizeof(*s->hits));
    s->sum = 0;
    order.queries = s->asked.items;
    order.n = s->asked.n;
    if (!search_counts(s->app, &order, e))
        return false;
    *fits = s->sum > 0 && s->sum <= whole->hits;
    return true;
}

static void forget_way(struct splitting *s)
{
    lookup_free(&s->values);
    query_parts_free(&s->asked);
    free(s->hits);
    s->hits = NULL;
}

// Tries one way; *done: the whole was parted by it, or there are no requests left.
static bool try_way(struct splitting *s, const struct node *whole, const struct input *by,
                    bool last, bool *done, struct err *e)
{
    bool fits, ok = count_way(s, whole, by, &fits, e);

    // Where parts overlap the next way may be better; what the person asked for is taken.
    *done = ok && !s->out->capped && (fits || (s->sum > 0 && (last || by == s->order->by)));
    if (*done)
        part_up(s, whole, by);
    forget_way(s);
    return ok;
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

static bool part(struct splitting *s, struct err *e)
{
    struct node whole = s->nodes.items[s->next];
    const struct input *ways[PART_WAYS_MAX];
    size_t n = ways_of(s, &whole.query, ways);
    bool done = false, ok = true;

    s->nodes.items[s->next] = (struct node){0};
    for (size_t i = 0; ok && !done && !s->out->capped && i < n; i++)
        ok = try_way(s, &whole, ways[i], i + 1 == n, &done, e);
    if (ok && !done) {
        settle(s, &whole, true);
        return report(s, e);
    }
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
