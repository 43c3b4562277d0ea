// Rows of an answer, kept in blocks that are freed at once. One owner at a time. Floor: model.
#include "model/page.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK = 32 * 1024 };

struct page_block {
    struct page_block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

static void *take(struct page *p, size_t size)
{
    struct page_block *b = p->blocks;
    void *at;

    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (!b || b->size - b->used < size) {
        size_t room = size > BLOCK ? size : BLOCK;

        b = mem_alloc(sizeof(*b) + room);
        *b = (struct page_block){.next = p->blocks, .size = room};
        p->blocks = b;
    }
    at = b->bytes + b->used;
    b->used += size;
    return at;
}

struct row *page_add(struct page *p, size_t n_cells)
{
    const char **cells = take(p, n_cells * sizeof(*cells));

    for (size_t i = 0; i < n_cells; i++)
        cells[i] = "";
    if (p->n_rows == p->cap) {
        p->cap = p->cap ? p->cap * 2 : 32;
        p->rows = mem_regrow(p->rows, p->cap, sizeof(*p->rows));
    }
    p->rows[p->n_rows] = (struct row){.id = "", .cells = cells};
    return &p->rows[p->n_rows++];
}

void page_cell(struct page *p, struct row *r, size_t i, const char *text, size_t len)
{
    if (len)
        r->cells[i] = page_text(p, text, len);
}

const char *page_text(struct page *p, const char *text, size_t len)
{
    char *copy = take(p, len + 1);

    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

void page_free(struct page *p)
{
    while (p->blocks) {
        struct page_block *next = p->blocks->next;

        free(p->blocks);
        p->blocks = next;
    }
    free(p->rows);
    *p = (struct page){0};
}
