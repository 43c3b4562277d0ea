// Rows of a view that are read together when they are looked at. Floor: desk.
#include "desk/chunks.h"

#include <stdlib.h>

void chunk_free(struct chunk *c)
{
    page_free(&c->texts);
    free(c->rows);
    *c = (struct chunk){0};
}

void chunks_free(struct chunks *c)
{
    for (size_t i = 0; i < CHUNKS; i++)
        chunk_free(&c->items[i]);
}

// Its place, or CHUNKS.
static size_t place_of(const struct chunks *c, size_t at, uint64_t found)
{
    size_t i = 0;

    for (; i < CHUNKS; i++) {
        const struct chunk *k = &c->items[i];

        if ((k->asked || k->there) && k->at == at && k->found == found)
            break;
    }
    return i;
}

static struct chunk *oldest(struct chunks *c)
{
    struct chunk *found = &c->items[0];

    for (size_t i = 1; i < CHUNKS; i++) {
        if (c->items[i].used < found->used)
            found = &c->items[i];
    }
    return found;
}

bool chunks_want(struct chunks *c, size_t at, uint64_t found)
{
    size_t place = place_of(c, at, found);
    struct chunk *k = place < CHUNKS ? &c->items[place] : oldest(c);

    if (place == CHUNKS) {
        chunk_free(k);
        *k = (struct chunk){.at = at, .found = found, .asked = true};
    }
    k->used = ++c->turn;
    return place == CHUNKS;
}

bool chunks_take(struct chunks *c, struct chunk *came)
{
    size_t place = place_of(c, came->at, came->found);

    if (place == CHUNKS)
        return false;
    came->used = c->items[place].used;
    came->there = true;
    chunk_free(&c->items[place]);
    c->items[place] = *came;
    *came = (struct chunk){0};
    return true;
}

bool chunks_lose(struct chunks *c, const struct chunk *gone)
{
    size_t place = place_of(c, gone->at, gone->found);

    if (place < CHUNKS)
        chunk_free(&c->items[place]);
    return place < CHUNKS;
}

const void *chunks_row(const struct chunks *c, size_t row, size_t each, size_t size, uint64_t found)
{
    size_t place = place_of(c, row / each, found);

    if (place == CHUNKS || !c->items[place].there)
        return NULL;
    return (const char *)c->items[place].rows + row % each * size;
}
