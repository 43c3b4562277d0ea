// How often each value of a column stands in a table's rows. One owner at a time. Floor: model.
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "model/table_inside.h"

enum { ASK_EVERY = 256, SLOTS_MIN = 256 };

struct counting {
    const struct table *t;
    const struct stop *stop;
    enum column_type type;
    unsigned char *shown; // by row number; NULL: all are
    struct groups *out;
    size_t cap;
    uint32_t *slots; // group + 1 by hash, open addressing
    size_t n_slots;
};

static size_t slot_of(const struct counting *c, const char *value)
{
    size_t i = (size_t)hash_bytes(value, strlen(value)) & (c->n_slots - 1);

    while (c->slots[i] &&
           strcmp(c->out->texts.data + c->out->items[c->slots[i] - 1].text, value) != 0)
        i = (i + 1) & (c->n_slots - 1);
    return i;
}

static void grow(struct counting *c)
{
    free(c->slots);
    c->n_slots = c->n_slots ? c->n_slots * 2 : SLOTS_MIN;
    c->slots = mem_array(c->n_slots, sizeof(*c->slots));
    for (size_t i = 0; i < c->out->n; i++)
        c->slots[slot_of(c, c->out->texts.data + c->out->items[i].text)] = (uint32_t)i + 1;
}

static void count(struct counting *c, const char *cell, size_t n)
{
    char buf[VALUE_SHOWN_MAX];
    const char *value = cell_value(cell, c->type, buf);
    struct groups *g = c->out;
    size_t slot;

    if (g->n * 2 >= c->n_slots)
        grow(c);
    slot = slot_of(c, value);
    if (!c->slots[slot]) {
        if (g->n == c->cap) {
            c->cap = c->cap ? c->cap * 2 : SLOTS_MIN;
            g->items = mem_regrow(g->items, c->cap, sizeof(*g->items));
        }
        g->items[g->n++] = (struct group){.text = g->texts.len};
        str_add_len(&g->texts, value, strlen(value) + 1);
        c->slots[slot] = (uint32_t)g->n;
    }
    g->items[c->slots[slot] - 1].count += n;
    g->rows += n;
}

static void count_page(struct counting *c, size_t at, const struct packed_column *column,
                       size_t *counts)
{
    const unsigned char *shown = c->shown ? c->shown + at * c->t->rpp : NULL;

    memset(counts, 0, column->n_texts * sizeof(*counts));
    for (size_t i = 0; i < column->n_rows; i++)
        counts[packed_code(column, i)] += !shown || shown[i];
    for (size_t i = 0; i < column->n_texts; i++) {
        if (counts[i])
            count(c, packed_text(column, i), counts[i]);
    }
}

static bool count_all(struct counting *c, size_t column)
{
    size_t *counts = mem_array(c->t->rpp + 1, sizeof(*counts));
    struct reader reader = {.t = c->t};
    struct packed_column view;
    bool go_on = true;

    for (size_t i = 0; go_on && i < c->t->n_pages; i++) {
        if (reader_column(&reader, i, column + 1, &view))
            count_page(c, i, &view, counts);
        go_on = i % ASK_EVERY || !c->stop || !c->stop->asked || !c->stop->asked(c->stop->self);
    }
    reader_end(&reader);
    free(counts);
    return go_on;
}

static int by_count(const void *a, const void *b, void *texts)
{
    const struct group *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp((const char *)texts + x->text, (const char *)texts + y->text);
}

static unsigned char *shown_rows(const struct table *t)
{
    unsigned char *shown;

    if (!t->filtered)
        return NULL;
    shown = mem_array(t->n_pages * t->rpp + 1, 1);
    for (size_t i = 0; i < t->n_order; i++)
        shown[t->order[i]] = 1;
    return shown;
}

bool table_group(const struct table *t, size_t column, enum column_type type,
                 const struct stop *stop, struct groups *out)
{
    struct counting c = {.t = t, .stop = stop, .type = type, .shown = shown_rows(t), .out = out};
    bool ok;

    *out = (struct groups){0};
    ok = count_all(&c, column);
    if (ok && out->n)
        qsort_r(out->items, out->n, sizeof(*out->items), by_count, out->texts.data);
    if (!ok)
        groups_free(out);
    free(c.slots);
    free(c.shown);
    return ok;
}

void groups_free(struct groups *g)
{
    free(g->items);
    str_free(&g->texts);
    *g = (struct groups){0};
}
