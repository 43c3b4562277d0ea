// Which row of a table has an id: of pages in memory by a table of slots, of the others by the
// shelf. One owner at a time. Floor: model.
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "model/table_inside.h"

enum { SLOTS_MIN = 256, SPARE = 8192 };

uint32_t shelf_hash(const char *id)
{
    uint64_t hash = hash_bytes(id, strlen(id));

    return (uint32_t)(hash ^ hash >> 32);
}

static bool has_id(const struct table *t, uint32_t row, const char *id)
{
    const char *its = row_id(t, row);

    return its && strcmp(its, id) == 0;
}

// The slot that holds an id, or the free one where it would stand.
static size_t slot_of(const struct table *t, const char *id)
{
    size_t i = shelf_hash(id) & (t->n_slots - 1);

    while (t->slots[i] && !has_id(t, t->slots[i] - 1, id))
        i = (i + 1) & (t->n_slots - 1);
    return i;
}

static bool on_shelf(const struct table *t, const char *id, uint32_t *row)
{
    size_t from = 0;

    if (!t->shelf.self)
        return false;
    while (t->shelf.find(t->shelf.self, shelf_hash(id), &from, row)) {
        if (*row / t->rpp < t->n_pages && has_id(t, *row, id))
            return true;
    }
    return false;
}

bool ids_find(const struct table *t, const char *id, uint32_t *row)
{
    size_t i = t->n_slots ? slot_of(t, id) : 0;

    if (!t->n_slots || !t->slots[i])
        return on_shelf(t, id, row);
    *row = t->slots[i] - 1;
    return true;
}

static size_t in_memory(const struct table *t)
{
    size_t n = 0;

    for (size_t i = 0; i < t->n_pages; i++)
        n += t->pages[i].rows ? t->pages[i].n_rows : 0;
    return n;
}

static void index_page(struct table *t, size_t at)
{
    for (size_t i = 0; i < t->pages[at].n_rows; i++) {
        uint32_t row = (uint32_t)(at * t->rpp + i);
        const char *id = row_id(t, row);

        if (*id)
            t->slots[slot_of(t, id)] = row + 1;
    }
    t->n_indexed += t->pages[at].n_rows;
}

void ids_again(struct table *t)
{
    size_t rows = in_memory(t), n = SLOTS_MIN;

    while (n < rows * 2)
        n *= 2;
    free(t->slots);
    t->slots = mem_array(n, sizeof(*t->slots));
    t->n_slots = n;
    t->n_indexed = 0;
    for (size_t i = 0; i < t->n_pages; i++) {
        if (t->pages[i].rows)
            index_page(t, i);
    }
}

void ids_add_page(struct table *t, size_t at)
{
    // What has gone to the shelf need not stand here as well.
    if (t->n_slots < (t->n_indexed + t->pages[at].n_rows) * 2 ||
        (t->shelf.self && t->n_indexed > in_memory(t) + SPARE))
        ids_again(t);
    else
        index_page(t, at);
}
