// The rows of a search as far as they were fetched. One owner at a time. Floor: model.
#include "model/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/table_inside.h"

struct table *table_new(size_t n_columns, int rpp)
{
    struct table *t = mem_zalloc(sizeof(*t));

    t->n_columns = n_columns;
    t->rpp = (size_t)rpp;
    t->starts = mem_array(1, sizeof(*t->starts));
    return t;
}

void table_free(struct table *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->n_pages; i++) {
        packed_unref(t->pages[i].rows);
        free(t->pages[i].notes);
    }
    window_free(t);
    if (t->shelf.self)
        t->shelf.unref(t->shelf.self);
    free(t->pages);
    free(t->starts);
    free(t->slots);
    free(t->order);
    free(t);
}

struct table *table_share(const struct table *t)
{
    struct table *copy = mem_dup(t, sizeof(*t));

    copy->pages = mem_dup(t->pages, t->n_pages * sizeof(*t->pages));
    for (size_t i = 0; i < t->n_pages; i++) {
        if (copy->pages[i].rows)
            (void)packed_ref(copy->pages[i].rows);
        copy->pages[i].notes = NULL;
        copy->pages[i].slot = 0;
    }
    copy->starts = mem_dup(t->starts, (t->n_pages + 1) * sizeof(*t->starts));
    if (t->order)
        copy->order = mem_dup(t->order, t->n_order * sizeof(*t->order));
    copy->order_cap = copy->n_order;
    if (t->shelf.self) {
        copy->shelf.self = t->shelf.ref(t->shelf.self);
        copy->window = mem_zalloc(sizeof(*copy->window));
    }
    copy->slots = NULL;
    copy->n_slots = copy->n_indexed = 0;
    memset(copy->noted, 0, sizeof(copy->noted));
    return copy;
}

static size_t packed_size(const struct packed *p)
{
    size_t len = 0;

    if (p)
        (void)packed_bytes(p, &len);
    return len;
}

size_t table_bytes(const struct table *t)
{
    size_t sum = sizeof(*t) + t->n_slots * sizeof(*t->slots) +
                 t->n_pages * (sizeof(*t->pages) + sizeof(*t->starts)) +
                 t->order_cap * sizeof(*t->order);

    for (size_t i = 0; i < t->n_pages; i++) {
        sum += packed_size(t->pages[i].rows);
        sum += t->pages[i].notes ? t->pages[i].n_rows * sizeof(struct row_note) : 0;
    }
    for (size_t i = 0; t->window && i < WINDOW_PAGES; i++)
        sum += packed_size(t->window->slots[i].rows);
    return sum;
}

// Places of a page in the server's order: what came, or what may come.
static size_t places_on(const struct table *t, size_t at)
{
    const struct table_page *page = &t->pages[at];
    size_t before = at * t->rpp;

    if (page->rows || page->len)
        return page->n_rows;
    if (before >= t->limit)
        return 0;
    return t->limit - before < t->rpp ? t->limit - before : t->rpp;
}

void table_recount(struct table *t, size_t from)
{
    for (size_t i = from; i < t->n_pages; i++)
        t->starts[i + 1] = t->starts[i] + places_on(t, i);
}

void table_make_pages(struct table *t, size_t n)
{
    if (n <= t->n_pages)
        return;
    t->pages = mem_regrow(t->pages, n, sizeof(*t->pages));
    memset(t->pages + t->n_pages, 0, (n - t->n_pages) * sizeof(*t->pages));
    t->starts = mem_regrow(t->starts, n + 1, sizeof(*t->starts));
    t->n_pages = n;
}

void table_set_rows(struct table *t, size_t rows)
{
    t->limit = rows;
    table_make_pages(t, (rows + t->rpp - 1) / t->rpp);
    table_recount(t, 0);
}

size_t table_rows(const struct table *t)
{
    return t->filtered ? t->n_order : table_places(t);
}

size_t table_places(const struct table *t)
{
    return t->starts[t->n_pages];
}

int table_rpp(const struct table *t)
{
    return (int)t->rpp;
}

size_t table_fetched(const struct table *t)
{
    return t->fetched;
}

bool table_has_page(const struct table *t, int number)
{
    return number > 0 && (size_t)number <= t->n_pages && page_there(&t->pages[number - 1]);
}

int table_missing(const struct table *t, int after)
{
    for (size_t i = (size_t)after; i < t->n_pages; i++) {
        if (!page_there(&t->pages[i]) && places_on(t, i) > 0)
            return (int)i + 1;
    }
    return 0;
}

void table_use_shelf(struct table *t, struct shelf shelf)
{
    assert(!t->shelf.self);
    t->shelf = shelf;
    t->window = mem_zalloc(sizeof(*t->window));
}

struct packed *table_packed(const struct table *t, int number)
{
    struct packed *rows = (size_t)number <= t->n_pages ? t->pages[number - 1].rows : NULL;

    return rows ? packed_ref(rows) : NULL;
}

void table_settle(struct table *t, int number, const struct packed *rows, uint64_t at, size_t len)
{
    struct table_page *page = &t->pages[number - 1];

    if (page->rows != rows || !t->shelf.self)
        return;
    window_take(t, (size_t)number - 1, page->rows);
    page->rows = NULL;
    page->at = at;
    page->len = (uint32_t)len;
}

void table_lay(struct table *t, int number, uint64_t at, size_t len, size_t n_rows)
{
    size_t page = (size_t)number - 1, from = page < t->n_pages ? page : t->n_pages;

    table_make_pages(t, page + 1);
    t->pages[page] =
        (struct table_page){.at = at, .len = (uint32_t)len, .n_rows = (uint16_t)n_rows};
    t->fetched += n_rows;
    table_recount(t, from);
}

const char *row_id(const struct table *t, uint32_t row)
{
    const struct packed *rows = page_rows(t, row / t->rpp);

    return rows && row % t->rpp < packed_rows(rows) ? packed_id(rows, row % t->rpp) : NULL;
}

const char *row_cell(const struct table *t, uint32_t row, size_t column)
{
    const struct packed *rows = page_rows(t, row / t->rpp);

    return rows ? packed_cell(rows, row % t->rpp, column) : NULL;
}

// The page on which a place of the server's order lies.
static size_t page_at(const struct table *t, size_t place)
{
    size_t low = place / t->rpp, high = t->n_pages;

    // Where no page has fewer rows than it may have.
    if (low < high && t->starts[low] <= place && place < t->starts[low + 1])
        return low;
    low = 0;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (t->starts[middle] <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool row_at(const struct table *t, size_t place, uint32_t *row)
{
    size_t at;

    if (place >= (t->order ? t->n_order : table_rows(t)))
        return false;
    if (t->order) {
        *row = t->order[place];
        return true;
    }
    at = page_at(t, place);
    *row = (uint32_t)(at * t->rpp + place - t->starts[at]);
    return page_there(&t->pages[at]);
}

const char *table_id(const struct table *t, size_t place)
{
    uint32_t row;

    return row_at(t, place, &row) ? row_id(t, row) : NULL;
}

const char *table_cell(const struct table *t, size_t place, size_t column)
{
    uint32_t row;

    return row_at(t, place, &row) ? row_cell(t, row, column) : NULL;
}

const struct row_note *table_note(const struct table *t, size_t place)
{
    uint32_t row;

    if (!row_at(t, place, &row) || !t->pages[row / t->rpp].notes)
        return NULL;
    return &t->pages[row / t->rpp].notes[row % t->rpp];
}

void table_set_note(struct table *t, const char *id, struct row_note note)
{
    uint32_t row;

    if (ids_find(t, id, &row) && t->pages[row / t->rpp].notes)
        t->pages[row / t->rpp].notes[row % t->rpp] = note;
}

void table_set_notes(struct table *t, int number, const struct row_note *notes, size_t n)
{
    if ((size_t)number <= t->n_pages && n && t->pages[number - 1].n_rows == n)
        notes_keep(t, (size_t)number - 1, mem_dup(notes, n * sizeof(*notes)));
}

const char *table_page_id(const struct table *t, int number, size_t row)
{
    if (!table_has_page(t, number) || row >= t->pages[number - 1].n_rows)
        return NULL;
    return row_id(t, (uint32_t)((size_t)(number - 1) * t->rpp + row));
}

const char *table_cell_of(const struct table *t, const char *id, size_t column)
{
    uint32_t row;

    return ids_find(t, id, &row) ? row_cell(t, row, column) : NULL;
}

long long table_place(const struct table *t, const char *id)
{
    uint32_t row;

    if (!ids_find(t, id, &row))
        return TABLE_NONE;
    if (!t->order)
        return (long long)(t->starts[row / t->rpp] + row % t->rpp);
    for (size_t i = 0; i < t->n_order; i++) {
        if (t->order[i] == row)
            return (long long)i;
    }
    return TABLE_NONE;
}

// Behind the ordered rows come the pages that are missing, in the server's order.
static int missing_page(const struct table *t, size_t skip)
{
    for (size_t i = 0; i < t->n_pages; i++) {
        size_t n = t->pages[i].rows || t->pages[i].len ? 0 : places_on(t, i);

        if (skip < n)
            return (int)i + 1;
        skip -= n;
    }
    return (int)t->n_pages;
}

int table_page_of(const struct table *t, size_t place)
{
    if (!t->order)
        return (int)page_at(t, place) + 1;
    if (place < t->n_order)
        return (int)(t->order[place] / t->rpp) + 1;
    return missing_page(t, place - t->n_order);
}

void table_take_order(struct table *t, struct row_order *order)
{
    size_t late = t->fetched > order->fetched ? t->fetched - order->fetched : 0;

    free(t->order);
    t->order = order->rows;
    t->n_order = t->order_cap = order->n;
    t->filtered = order->filtered;
    t->n_behind = late;
    *order = (struct row_order){0};
}

void table_unorder(struct table *t)
{
    free(t->order);
    t->order = NULL;
    t->n_order = t->order_cap = t->n_behind = 0;
    t->filtered = false;
}

bool table_ordered(const struct table *t)
{
    return t->order != NULL;
}

bool table_filtered(const struct table *t)
{
    return t->filtered;
}

bool table_behind(const struct table *t)
{
    return t->order && t->n_behind > 0;
}
