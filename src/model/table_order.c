// The table's rows in an order of their own: keys by the column's type, rows that come later put in
// their places. One owner at a time. Floor: model.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/date.h"
#include "model/table_inside.h"

// What a cell is compared by. Numbers come before texts, and nothing comes last.
enum rank { RANK_NUMBER, RANK_TEXT, RANK_EMPTY };

struct key {
    enum rank rank;
    uint32_t row;
    long long whole; // of ids
    double number;
    size_t text; // where it begins in keys.texts
};

struct keys {
    const struct table *t;
    struct key *items;
    size_t n;
    struct str texts;
};

static void add_text(struct keys *keys, struct key *k, const char *text)
{
    char *folded = text_fold(text);

    k->rank = RANK_TEXT;
    k->text = keys->texts.len;
    str_add_len(&keys->texts, folded, strlen(folded) + 1);
    free(folded);
}

static bool read_number(const char *cell, enum column_type type, struct key *k)
{
    if (type == COLUMN_ID)
        return str_int64(cell, &k->whole);
    return (type == COLUMN_NUMBER || type == COLUMN_MONEY) && str_double(cell, &k->number);
}

static struct key key_of(struct keys *keys, uint32_t row)
{
    const char *cell = row_cell(keys->t, row, keys->t->column);
    struct key k = {.rank = RANK_NUMBER, .row = row};
    char date[DATE_MAX];

    if (!*cell)
        k.rank = RANK_EMPTY;
    else if (keys->t->type == COLUMN_DATE && date_normal(cell, date))
        add_text(keys, &k, date);
    else if (!read_number(cell, keys->t->type, &k))
        add_text(keys, &k, cell);
    return k;
}

static int by_value(const struct keys *keys, const struct key *a, const struct key *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->rank == RANK_TEXT)
        return strcmp(keys->texts.data + a->text, keys->texts.data + b->text);
    if (a->whole != b->whole)
        return a->whole < b->whole ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

// Never 0 for two rows: equal ones keep the server's order.
static int compare(const struct keys *keys, const struct key *a, const struct key *b)
{
    bool empty = a->rank == RANK_EMPTY || b->rank == RANK_EMPTY;
    int order = by_value(keys, a, b);

    if (order)
        return keys->t->ascending || empty ? order : -order;
    return a->row < b->row ? -1 : a->row > b->row;
}

static int by_key(const void *a, const void *b, void *keys)
{
    return compare(keys, a, b);
}

static void add_page(struct keys *keys, size_t at)
{
    const struct packed *rows = keys->t->pages[at].rows;

    for (size_t i = 0; rows && i < packed_rows(rows); i++)
        keys->items[keys->n++] = key_of(keys, (uint32_t)(at * keys->t->rpp + i));
}

static void keys_sort(struct keys *keys)
{
    qsort_r(keys->items, keys->n, sizeof(*keys->items), by_key, keys);
}

static void keys_free(struct keys *keys)
{
    free(keys->items);
    str_free(&keys->texts);
}

void order_make(struct table *t)
{
    struct keys keys = {.t = t, .items = mem_array(t->fetched, sizeof(struct key))};

    for (size_t i = 0; i < t->n_pages; i++)
        add_page(&keys, i);
    keys_sort(&keys);
    t->order = mem_array(t->fetched, sizeof(*t->order));
    for (size_t i = 0; i < keys.n; i++)
        t->order[i] = keys.items[i].row;
    keys_free(&keys);
}

// Where k stands among the first n of the order, from `from` on.
static size_t place_of(struct keys *keys, const struct key *k, size_t from, size_t n)
{
    while (from < n) {
        size_t middle = from + (n - from) / 2, mark = keys->texts.len;
        struct key other = key_of(keys, keys->t->order[middle]);

        if (compare(keys, &other, k) < 0)
            from = middle + 1;
        else
            n = middle;
        str_cut(&keys->texts, mark);
    }
    return from;
}

void order_insert(struct table *t, size_t at)
{
    size_t fresh = packed_rows(t->pages[at].rows), before = t->fetched - fresh, from = 0;
    struct keys keys = {.t = t, .items = mem_array(fresh, sizeof(struct key))};
    uint32_t *merged = mem_array(t->fetched, sizeof(*merged)), *out = merged;

    add_page(&keys, at);
    keys_sort(&keys);
    for (size_t i = 0; i < keys.n; i++) {
        size_t to = place_of(&keys, &keys.items[i], from, before);

        memcpy(out, t->order + from, (to - from) * sizeof(*out));
        out += to - from;
        *out++ = keys.items[i].row;
        from = to;
    }
    memcpy(out, t->order + from, (before - from) * sizeof(*out));
    free(t->order);
    t->order = merged;
    keys_free(&keys);
}

void order_remove(struct table *t, size_t at)
{
    size_t n = 0;

    for (size_t i = 0; i < t->fetched; i++) {
        if (t->order[i] / t->rpp != at)
            t->order[n++] = t->order[i];
    }
}
