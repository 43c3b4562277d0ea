// Pages on their way into a table: which of their rows are new, what is known of them, where they
// stand. One owner at a time. Floor: model.
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/table_inside.h"
#include "model/table_ready.h"

static void order_without(struct table *t, size_t at)
{
    size_t n = 0;

    for (size_t i = 0; i < t->n_order; i++) {
        if (t->order[i] / t->rpp != at)
            t->order[n++] = t->order[i];
    }
    t->n_order = n;
}

static void take_out(struct table *t, size_t at)
{
    if (t->order)
        order_without(t, at);
    window_drop(t, at);
    t->fetched -= t->pages[at].n_rows;
    packed_unref(t->pages[at].rows);
    free(t->pages[at].notes);
    t->pages[at] = (struct table_page){0};
    ids_again(t);
}

bool page_stands_before(const struct page *page, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (strcmp(page->rows[k].id, page->rows[i].id) == 0)
            return true;
    }
    return false;
}

// Which rows of a page are new here; returns how many are not.
static size_t choose(const struct table *t, const struct page *page, bool *keep)
{
    size_t dropped = 0;
    uint32_t row;

    for (size_t i = 0; i < page->n_rows; i++) {
        const char *id = page->rows[i].id;

        keep[i] = i - dropped < t->rpp &&
                  (!*id || (!ids_find(t, id, &row) && !page_stands_before(page, i)));
        dropped += !keep[i];
    }
    return dropped;
}

void notes_keep(struct table *t, size_t at, struct row_note *notes)
{
    size_t *place = &t->noted[t->next_noted];
    struct table_page *page = &t->pages[at];

    if (page->notes) {
        free(page->notes);
    } else {
        if (*place) {
            free(t->pages[*place - 1].notes);
            t->pages[*place - 1].notes = NULL;
        }
        *place = at + 1;
        t->next_noted = (t->next_noted + 1) % NOTED_PAGES;
    }
    page->notes = notes;
}

static void put_notes(struct table *t, size_t at, const struct page *page, const bool *keep,
                      const struct row_note *notes)
{
    struct row_note *kept;
    size_t n = 0;

    if (!notes)
        return;
    kept = mem_array(t->pages[at].n_rows, sizeof(*kept));
    for (size_t i = 0; i < page->n_rows; i++) {
        if (keep[i])
            kept[n++] = notes[i];
    }
    notes_keep(t, at, kept);
}

// What comes later stands at the end of the order, or is left out, until the order is made again.
static void order_with(struct table *t, size_t at)
{
    size_t n = t->pages[at].n_rows;

    t->n_behind += n;
    if (t->filtered)
        return;
    if (t->n_order + n > t->order_cap) {
        t->order_cap = (t->n_order + n) * 2;
        t->order = mem_regrow(t->order, t->order_cap, sizeof(*t->order));
    }
    for (size_t i = 0; i < n; i++)
        t->order[t->n_order++] = (uint32_t)(at * t->rpp + i);
}

// Room for a page, which is not there any more if it was.
static size_t make_room(struct table *t, int number)
{
    size_t at = (size_t)number - 1;

    assert(number > 0);
    table_make_pages(t, (size_t)number);
    if (t->pages[at].rows || t->pages[at].len)
        take_out(t, at);
    return at;
}

static void put_rows(struct table *t, size_t at, struct packed *rows)
{
    struct table_page *to = &t->pages[at];

    to->rows = rows;
    to->n_rows = (uint16_t)packed_rows(rows);
    t->fetched += to->n_rows;
    ids_add_page(t, at);
    table_recount(t, 0);
    if (t->order)
        order_with(t, at);
}

size_t table_put(struct table *t, int number, const struct page *page, const struct row_note *notes)
{
    bool *keep = mem_array(page->n_rows, sizeof(*keep));
    size_t at = make_room(t, number), dropped = choose(t, page, keep);

    put_rows(t, at, packed_new(page, keep, t->n_columns));
    put_notes(t, at, page, keep, notes);
    free(keep);
    return dropped;
}

// Of what went to the shelf since it was looked at there, none has been forgotten here.
static bool still_holds(const struct table *t, const struct page *page,
                        const struct page_ready *ready)
{
    bool holds = ready->rows && ready->forgot == t->forgot;

    for (size_t i = 0; holds && i < page->n_rows; i++)
        holds = !*page->rows[i].id || !ids_indexed(t, page->rows[i].id);
    return holds;
}

size_t table_put_ready(struct table *t, int number, const struct page *page,
                       const struct row_note *notes, struct page_ready *ready)
{
    size_t at = make_room(t, number);

    if (!still_holds(t, page, ready)) {
        packed_unref(ready->rows);
        ready->rows = NULL;
        return table_put(t, number, page, notes);
    }
    put_rows(t, at, ready->rows);
    ready->rows = NULL;
    if (notes)
        notes_keep(t, at, mem_dup(notes, page->n_rows * sizeof(*notes)));
    return 0;
}
