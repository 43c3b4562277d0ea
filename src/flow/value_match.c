// Which values of a list found something. One owner at a time. Floor: flow.
#include "flow/value_match.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "flow/search.h"

static char *key_of(const char *text)
{
    size_t n = strlen(text);
    bool phrase = n >= 2 && *text == '"' && text[n - 1] == '"';
    char *bare = phrase ? mem_strndup(text + 1, n - 2) : mem_strdup(text), *folded;

    folded = text_fold(bare);
    free(bare);
    return folded;
}

static const struct filter *filter_at(const struct value_match *m, size_t part)
{
    const struct query *q = &m->parts->items[part];

    for (size_t i = 0; i < q->n_filters; i++) {
        if (q->filters[i].input == m->list->input)
            return &q->filters[i];
    }
    return NULL;
}

void value_match_begin(struct value_match *m, const struct value_list *list,
                       const struct query_parts *parts)
{
    const struct search_operation *op = &parts->items[0].entity->search;
    size_t sent = 0;

    *m = (struct value_match){.list = list, .parts = parts};
    for (size_t i = 0; i < op->n_columns; i++) {
        if (str_eq(op->columns[i].name, list->input->name))
            m->column = &op->columns[i];
    }
    m->fates = mem_array(list->values.len, sizeof(*m->fates));
    m->maybe = mem_zalloc(list->values.len * sizeof(*m->maybe) + 1);
    for (size_t i = 0; i < list->values.len; i++) {
        const struct listed_value *v = &list->values.items[i];
        char *key = key_of(v->text);

        m->fates[i] = v->why ? FATE_REFUSED : FATE_UNCLEAR;
        if (!v->why)
            (void)map_put(&m->places, key, (void *)(intptr_t)(i + 1));
        free(key);
    }
    for (size_t i = 0; i < parts->n; i++)
        sent += filter_at(m, i) ? filter_at(m, i)->n_values : 0;
    m->apart = sent == list->values.len - list->refused;
}

// The fate of a value by its text; NULL where the list has no such value.
static enum value_fate *fate_of(const struct value_match *m, const char *text)
{
    char *key = key_of(text);
    intptr_t place = (intptr_t)map_get(&m->places, key);

    free(key);
    return place ? &m->fates[place - 1] : NULL;
}

void value_match_row(struct value_match *m, size_t part, const char *cell)
{
    enum value_fate *fate = fate_of(m, cell);
    const struct filter *f = filter_at(m, part);

    if (fate)
        *fate = FATE_MATCHED;
    if (fate || !f || m->list->input->kind == INPUT_ID)
        return;
    for (size_t i = 0; i < f->n_values; i++) { // a name may be a part of the row's
        char *key = key_of(f->values[i]);
        size_t len;

        if (text_find(cell, key, &len) && (fate = fate_of(m, f->values[i])) != NULL)
            *fate = FATE_MATCHED;
        free(key);
    }
}

void value_match_hits(struct value_match *m, size_t part, long long hits, bool whole)
{
    const struct filter *f = filter_at(m, part);
    bool ids = whole && m->column && m->list->input->kind == INPUT_ID;

    for (size_t i = 0; hits >= 0 && f && i < f->n_values; i++) {
        enum value_fate *fate = fate_of(m, f->values[i]);

        if (fate && hits > 0)
            m->maybe[fate - m->fates] = true;
        if (fate && *fate == FATE_UNMATCHED && hits > 0)
            *fate = FATE_UNCLEAR;
        if (!fate || *fate != FATE_UNCLEAR)
            continue;
        if (ids || !m->maybe[fate - m->fates])
            *fate = FATE_UNMATCHED;
        else if (f->n_values == 1 && hits > 0)
            *fate = FATE_MATCHED;
    }
}

size_t value_match_count(const struct value_match *m, enum value_fate fate)
{
    size_t n = 0;

    for (size_t i = 0; i < m->list->values.len; i++)
        n += m->fates[i] == fate;
    return n;
}

// A tree of halves has no more than twice as many nodes as leaves, and its root was asked for.
long long value_match_price(const struct value_match *m)
{
    long long n = (long long)value_match_count(m, FATE_UNCLEAR);

    return n > 1 ? 2 * n - 2 : n;
}

// Values of one search, by their places in the list, that are asked for apart.
struct group {
    const size_t *places;
    size_t n;
};

struct asking {
    struct value_match *m;
    struct app *app;
    struct query query; // without the list
    long long most, total;
};

static bool count_group(struct asking *k, const struct group *g, long long *hits, struct err *e)
{
    const char **values = mem_array(g->n, sizeof(*values));
    struct query q = query_copy(&k->query);
    bool ok;

    for (size_t i = 0; i < g->n; i++)
        values[i] = k->m->list->values.items[g->places[i]].text;
    query_put(&q, k->m->list->input, values, g->n);
    ok = search_count(k->app, &q, hits, e);
    k->m->requests++;
    app_step(k->app, "requests", k->m->requests, k->total);
    query_free(&q);
    free(values);
    return ok;
}

static bool halve(struct asking *k, struct group g, struct err *e);

// found: it is known that the group finds something.
static bool ask_group(struct asking *k, struct group g, bool found, struct err *e)
{
    long long hits = 1;

    if (k->most && k->m->requests >= k->most)
        return true;
    if (!found && !count_group(k, &g, &hits, e))
        return false;
    if (hits > 0 && g.n > 1)
        return halve(k, g, e);
    for (size_t i = 0; i < g.n; i++)
        k->m->fates[g.places[i]] = hits > 0 ? FATE_MATCHED : FATE_UNMATCHED;
    return true;
}

static bool halve(struct asking *k, struct group g, struct err *e)
{
    struct group left = {g.places, g.n / 2}, right = {g.places + left.n, g.n - left.n};
    bool none;

    if (!ask_group(k, left, false, e))
        return false;
    // Where the one half found nothing, the other must have.
    none = k->m->fates[left.places[0]] == FATE_UNMATCHED;
    for (size_t i = 1; none && i < left.n; i++)
        none = k->m->fates[left.places[i]] == FATE_UNMATCHED;
    return ask_group(k, right, none, e);
}

// The unclear values of one part, all of them together known to find something where no other value
// of the part is clear.
static bool ask_part(struct asking *k, size_t part, struct err *e)
{
    const struct filter *f = filter_at(k->m, part);
    size_t *places = mem_array(f ? f->n_values : 0, sizeof(*places)), n = 0;
    bool ok = true;

    for (size_t i = 0; f && i < f->n_values; i++) {
        const enum value_fate *fate = fate_of(k->m, f->values[i]);

        if (fate && *fate == FATE_UNCLEAR)
            places[n++] = (size_t)(fate - k->m->fates);
    }
    if (n)
        ok = ask_group(k, (struct group){places, n}, n == f->n_values, e);
    free(places);
    return ok;
}

static struct query without_list(const struct value_match *m)
{
    struct query q = query_copy(&m->parts->items[0]);
    struct err ignored;

    (void)query_set(&q, m->list->input, "", &ignored);
    return q;
}

bool value_match_each(struct value_match *m, struct app *a, long long max_requests, struct err *e)
{
    struct asking k = {.m = m, .app = a, .most = max_requests, .total = value_match_price(m)};
    bool ok = true;

    if (!m->apart)
        return err_set(e, ERR_INVALID,
                       "two long lists go together here: which value of %s found something cannot "
                       "be asked for apart",
                       m->list->input->label);
    k.query = without_list(m);
    for (size_t i = 0; ok && i < m->parts->n; i++)
        ok = ask_part(&k, i, e);
    query_free(&k.query);
    return ok;
}

void value_match_end(struct value_match *m)
{
    free(m->fates);
    free(m->maybe);
    map_free(&m->places, NULL);
    *m = (struct value_match){0};
}
