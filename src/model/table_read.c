// Pages of a table that are read from its shelf: a window of those looked at last, and readers of
// columns for work over all rows. One owner at a time. Floor: model.
#include <stdlib.h>

#include "base/mem.h"
#include "model/table_inside.h"

static struct window_slot *oldest(struct window *w)
{
    struct window_slot *slot = w->slots;

    for (size_t i = 1; i < WINDOW_PAGES && slot->rows; i++) {
        if (!w->slots[i].rows || w->slots[i].used < slot->used)
            slot = &w->slots[i];
    }
    return slot;
}

static struct packed *read_page(const struct table *t, const struct table_page *page)
{
    struct packed *rows = packed_room(page->len);

    if (rows && t->shelf.read(t->shelf.self, page->at, packed_room_bytes(rows), page->len) &&
        packed_sound(rows, page->len, t->n_columns) && packed_rows(rows) == page->n_rows)
        return rows;
    packed_unref(rows);
    return NULL;
}

static void empty(const struct table *t, struct window_slot *slot)
{
    if (!slot->rows)
        return;
    t->pages[slot->page].slot = 0;
    packed_unref(slot->rows);
    slot->rows = NULL;
}

void window_take(const struct table *t, size_t at, struct packed *rows)
{
    struct window_slot *slot = oldest(t->window);

    empty(t, slot);
    *slot = (struct window_slot){at, rows, ++t->window->clock};
    t->pages[at].slot = (uint8_t)(slot - t->window->slots + 1);
}

static const struct packed *fetch(const struct table *t, size_t at)
{
    struct packed *rows = read_page(t, &t->pages[at]);

    t->pages[at].lost = !rows;
    if (rows)
        window_take(t, at, rows);
    return rows;
}

const struct packed *page_rows(const struct table *t, size_t at)
{
    const struct table_page *page = &t->pages[at];

    if (page->rows || !page_there(page))
        return page->rows;
    if (!page->slot)
        return fetch(t, at);
    t->window->slots[page->slot - 1].used = ++t->window->clock;
    return t->window->slots[page->slot - 1].rows;
}

void window_drop(struct table *t, size_t at)
{
    if (t->pages[at].slot)
        empty(t, &t->window->slots[t->pages[at].slot - 1]);
}

void window_free(struct table *t)
{
    for (size_t i = 0; t->window && i < WINDOW_PAGES; i++)
        packed_unref(t->window->slots[i].rows);
    free(t->window);
}

static bool fill(struct reader *r, uint64_t at, size_t len)
{
    r->page = 0;
    if (len > r->cap) {
        r->cap = len;
        r->bytes = mem_realloc(r->bytes, len);
    }
    return r->t->shelf.read(r->t->shelf.self, at, r->bytes, len);
}

// The whole page, for several columns.
static bool open_whole(struct reader *r, size_t at, size_t column, struct packed_column *out)
{
    const struct table_page *page = &r->t->pages[at];
    size_t from, n, n_rows;

    if (r->page != at + 1 && !fill(r, page->at, page->len))
        return false;
    r->page = at + 1;
    return packed_find_column(r->bytes, page->len, r->t->n_columns, column, &from, &n, &n_rows) &&
           n_rows == page->n_rows && packed_open_column(r->bytes + from, n, n_rows, out);
}

// The head, and the column.
static bool open_part(struct reader *r, size_t at, size_t column, struct packed_column *out)
{
    const struct table_page *page = &r->t->pages[at];
    size_t from, n, n_rows;

    return fill(r, page->at, packed_head_len(r->t->n_columns)) &&
           packed_find_column(r->bytes, page->len, r->t->n_columns, column, &from, &n, &n_rows) &&
           n_rows == page->n_rows && fill(r, page->at + from, n) &&
           packed_open_column(r->bytes, n, n_rows, out);
}

bool reader_run(struct reader *r, size_t at, size_t column, struct packed_column *out)
{
    const struct table_page *page = &r->t->pages[at];

    if (page->rows) {
        *out = packed_column(page->rows, column);
        return true;
    }
    if (!page_there(page) || page->len < packed_head_len(r->t->n_columns))
        return false;
    return r->whole ? open_whole(r, at, column, out) : open_part(r, at, column, out);
}

bool reader_column(struct reader *r, size_t at, size_t column, struct packed_column *out)
{
    return reader_run(r, at, column, out) && (r->t->pages[at].rows || packed_column_sound(out));
}

void reader_end(struct reader *r)
{
    free(r->bytes);
}
