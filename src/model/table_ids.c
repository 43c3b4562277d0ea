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
static struct id_slot *slot_of(const struct table *t, const char *id, uint32_t hash)
{
    size_t i = hash & (t->n_slots - 1);

    while (t->slots[i].row && (t->slots[i].hash != hash || !has_id(t, t->slots[i].row - 1, id)))
        i = (i + 1) & (t->n_slots - 1);
    return &t->slots[i];
}

static bool on_shelf(const struct table *t, const char *id, uint32_t hash, uint32_t *row)
{
    size_t from = 0;

    if (!t->shelf.self)
        return false;
    while (t->shelf.find(t->shelf.self, hash, &from, row)) {
        if (*row / t->rpp < t->n_pages && has_id(t, *row, id))
            return true;
    }
    return false;
}

bool ids_find(const struct table *t, const char *id, uint32_t *row)
{
    uint32_t hash = shelf_hash(id);
    const struct id_slot *slot = t->n_slots ? slot_of(t, id, hash) : NULL;

    if (!slot || !slot->row)
        return on_shelf(t, id, hash, row);
    *row = slot->row - 1;
    return true;
}

bool ids_indexed(const struct table *t, const char *id)
{
    return t->n_slots && slot_of(t, id, shelf_hash(id))->row;
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

        uint32_t hash = shelf_hash(id);

        if (*id)
            *slot_of(t, id, hash) = (struct id_slot){row + 1, hash};
    }
    t->n_indexed += t->pages[at].n_rows;
}

static void make_slots(struct table *t, size_t rows)
{
    t->n_slots = SLOTS_MIN;
    while (t->n_slots < rows * 2)
        t->n_slots *= 2;
    t->slots = mem_array(t->n_slots, sizeof(*t->slots));
}

// More room: what is there is not read again.
static void grow(struct table *t, size_t rows)
{
    struct id_slot *before = t->slots;
    size_t n = t->n_slots;

    make_slots(t, rows);
    for (size_t i = 0; i < n; i++) {
        size_t to = before[i].hash & (t->n_slots - 1);

        while (before[i].row && t->slots[to].row)
            to = (to + 1) & (t->n_slots - 1);
        if (before[i].row)
            t->slots[to] = before[i];
    }
    free(before);
}

void ids_again(struct table *t)
{
    free(t->slots);
    make_slots(t, in_memory(t));
    t->n_indexed = 0;
    t->forgot++;
    for (size_t i = 0; i < t->n_pages; i++) {
        if (t->pages[i].rows)
            index_page(t, i);
    }
}

void ids_add_page(struct table *t, size_t at)
{
    size_t rows = t->n_indexed + t->pages[at].n_rows;

    // What has gone to the shelf need not stand here as well.
    if (t->shelf.self && rows > in_memory(t) + SPARE) {
        ids_again(t);
        return;
    }
    if (t->n_slots < rows * 2)
        grow(t, rows);
    index_page(t, at);
}
