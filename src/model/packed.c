// One page's rows in a single block. Any thread. Floor: model.
#include "model/packed.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"

struct packed {
    atomic_size_t refs;
    size_t n_rows, width; // width: cells of a row, its id first
    size_t len;           // of the texts
    bool wide;            // offsets take 32 bits, else 16
    const char *texts;    // behind the offsets
    uint32_t offsets[];   // n_rows * width of them
};

// Texts gathered so far, and where each distinct one begins.
struct pool {
    struct str texts;
    uint32_t *slots; // offset + 1; open addressing
    size_t cap;      // a power of two
};

static uint32_t intern(struct pool *pool, const char *text)
{
    size_t len = strlen(text), i = (size_t)hash_bytes(text, len) & (pool->cap - 1);
    uint32_t at;

    for (; pool->slots[i]; i = (i + 1) & (pool->cap - 1)) {
        at = pool->slots[i] - 1;
        if (strcmp(pool->texts.data + at, text) == 0)
            return at;
    }
    at = (uint32_t)pool->texts.len;
    pool->slots[i] = at + 1;
    str_add_len(&pool->texts, text, len + 1);
    return at;
}

static struct pool pool_new(size_t n_cells)
{
    struct pool pool = {.cap = 16};

    while (pool.cap < n_cells * 2)
        pool.cap *= 2;
    pool.slots = mem_array(pool.cap, sizeof(*pool.slots));
    return pool;
}

// The offsets of the rows kept, row by row.
static uint32_t *gather(struct pool *pool, const struct page *page, const bool *keep, size_t width)
{
    uint32_t *offsets = mem_array(page->n_rows * width + 1, sizeof(*offsets)), *at = offsets;

    for (size_t i = 0; i < page->n_rows; i++) {
        if (!keep[i])
            continue;
        *at++ = intern(pool, page->rows[i].id);
        for (size_t c = 0; c + 1 < width; c++)
            *at++ = intern(pool, page->rows[i].cells[c]);
    }
    return offsets;
}

static struct packed *assemble(const struct pool *pool, const uint32_t *offsets, size_t n_rows,
                               size_t width)
{
    size_t n = n_rows * width, each = pool->texts.len > UINT16_MAX ? 4 : 2;
    struct packed *p = mem_alloc(sizeof(*p) + n * each + pool->texts.len);
    char *texts = (char *)p->offsets + n * each;

    *p = (struct packed){.refs = 1,
                         .n_rows = n_rows,
                         .width = width,
                         .len = pool->texts.len,
                         .wide = each == 4,
                         .texts = texts};
    for (size_t i = 0; i < n; i++) {
        if (p->wide)
            p->offsets[i] = offsets[i];
        else
            ((uint16_t *)p->offsets)[i] = (uint16_t)offsets[i];
    }
    if (p->len)
        memcpy(texts, pool->texts.data, p->len);
    return p;
}

struct packed *packed_new(const struct page *page, const bool *keep, size_t n_columns)
{
    size_t width = n_columns + 1, n_rows = 0;
    struct pool pool = pool_new(page->n_rows * width);
    uint32_t *offsets = gather(&pool, page, keep, width);
    struct packed *p;

    for (size_t i = 0; i < page->n_rows; i++)
        n_rows += keep[i];
    p = assemble(&pool, offsets, n_rows, width);
    free(offsets);
    free(pool.slots);
    str_free(&pool.texts);
    return p;
}

struct packed *packed_ref(struct packed *p)
{
    (void)atomic_fetch_add(&p->refs, 1);
    return p;
}

void packed_unref(struct packed *p)
{
    if (p && atomic_fetch_sub(&p->refs, 1) == 1)
        free(p);
}

static const char *text_at(const struct packed *p, size_t i)
{
    return p->texts + (p->wide ? p->offsets[i] : ((const uint16_t *)p->offsets)[i]);
}

size_t packed_rows(const struct packed *p)
{
    return p->n_rows;
}

const char *packed_id(const struct packed *p, size_t row)
{
    return text_at(p, row * p->width);
}

const char *packed_cell(const struct packed *p, size_t row, size_t column)
{
    return text_at(p, row * p->width + 1 + column);
}

const char *packed_texts(const struct packed *p, size_t *len)
{
    *len = p->len;
    return p->texts;
}

size_t packed_bytes(const struct packed *p)
{
    return sizeof(*p) + p->n_rows * p->width * (p->wide ? 4 : 2) + p->len;
}
