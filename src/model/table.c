// The rows of a search as far as they were fetched. One owner at a time. Floor: model.
#include "model/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
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
    free(t->pages);
    free(t->starts);
    free(t->slots);
    free(t->order);
    free(t);
}

struct table *table_share(const struct table *t)
{
    struct table *copy = mem_dup(t, sizeof(*t));

    copy->pages = mem_array(t->n_pages, sizeof(*copy->pages));
    for (size_t i = 0; i < t->n_pages; i++) {
        if (t->pages[i].rows)
            copy->pages[i].rows = packed_ref(t->pages[i].rows);
    }
    copy->starts = mem_dup(t->starts, (t->n_pages + 1) * sizeof(*t->starts));
    if (t->order)
        copy->order = mem_dup(t->order, t->fetched * sizeof(*t->order));
    copy->slots = NULL;
    copy->n_slots = 0;
    return copy;
}

size_t table_bytes(const struct table *t)
{
    size_t sum = sizeof(*t) + t->n_slots * sizeof(*t->slots) +
                 t->n_pages * (sizeof(*t->pages) + sizeof(*t->starts)) +
                 t->fetched * sizeof(struct row_note) +
                 (t->order ? t->fetched * sizeof(*t->order) : 0);

    for (size_t i = 0; i < t->n_pages; i++)
        sum += t->pages[i].rows ? packed_bytes(t->pages[i].rows) : 0;
    return sum;
}

static size_t rows_on(const struct table *t, size_t at)
{
    return t->pages[at].rows ? packed_rows(t->pages[at].rows) : 0;
}

// Places of a page in the server's order: what came, or what may come.
static size_t places_on(const struct table *t, size_t at)
{
    size_t before = at * t->rpp;

    if (t->pages[at].rows)
        return rows_on(t, at);
    if (before >= t->limit)
        return 0;
    return t->limit - before < t->rpp ? t->limit - before : t->rpp;
}

static void recount(struct table *t)
{
    for (size_t i = 0; i < t->n_pages; i++)
        t->starts[i + 1] = t->starts[i] + places_on(t, i);
}

static void make_pages(struct table *t, size_t n)
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
    make_pages(t, (rows + t->rpp - 1) / t->rpp);
    recount(t);
}

size_t table_rows(const struct table *t)
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
    return number > 0 && (size_t)number <= t->n_pages && t->pages[number - 1].rows;
}

int table_missing(const struct table *t, int after)
{
    for (size_t i = (size_t)after; i < t->n_pages; i++) {
        if (!t->pages[i].rows && places_on(t, i) > 0)
            return (int)i + 1;
    }
    return 0;
}

static const char *row_id(const struct table *t, uint32_t row)
{
    return packed_id(t->pages[row / t->rpp].rows, row % t->rpp);
}

const char *row_cell(const struct table *t, uint32_t row, size_t column)
{
    return packed_cell(t->pages[row / t->rpp].rows, row % t->rpp, column);
}

// The slot that holds an id, or the free one where it would stand.
static size_t slot_of(const struct table *t, const char *id)
{
    size_t i = (size_t)hash_bytes(id, strlen(id)) & (t->n_slots - 1);

    while (t->slots[i] && strcmp(row_id(t, t->slots[i] - 1), id) != 0)
        i = (i + 1) & (t->n_slots - 1);
    return i;
}

static bool find_row(const struct table *t, const char *id, uint32_t *row)
{
    size_t i = t->n_slots ? slot_of(t, id) : 0;

    if (!t->n_slots || !t->slots[i])
        return false;
    *row = t->slots[i] - 1;
    return true;
}

static void index_page(struct table *t, size_t at)
{
    for (size_t i = 0; i < rows_on(t, at); i++) {
        uint32_t row = (uint32_t)(at * t->rpp + i);
        const char *id = row_id(t, row);

        if (*id)
            t->slots[slot_of(t, id)] = row + 1;
    }
}

static void index_all(struct table *t)
{
    size_t n = 256;

    while (n < t->fetched * 2)
        n *= 2;
    free(t->slots);
    t->slots = mem_array(n, sizeof(*t->slots));
    t->n_slots = n;
    for (size_t i = 0; i < t->n_pages; i++)
        index_page(t, i);
}

static void take_out(struct table *t, size_t at)
{
    if (t->order)
        order_remove(t, at);
    t->fetched -= rows_on(t, at);
    packed_unref(t->pages[at].rows);
    free(t->pages[at].notes);
    t->pages[at] = (struct table_page){0};
    index_all(t);
}

static bool stands_before(const struct page *page, size_t i)
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

        keep[i] =
            i - dropped < t->rpp && (!*id || (!find_row(t, id, &row) && !stands_before(page, i)));
        dropped += !keep[i];
    }
    return dropped;
}

static void put_notes(struct table *t, size_t at, const struct page *page, const bool *keep,
                      const struct row_note *notes)
{
    struct row_note *kept = mem_array(rows_on(t, at), sizeof(*kept));
    size_t n = 0;

    t->pages[at].notes = kept;
    for (size_t i = 0; notes && i < page->n_rows; i++) {
        if (keep[i])
            kept[n++] = notes[i];
    }
}

size_t table_put(struct table *t, int number, const struct page *page, const struct row_note *notes)
{
    bool *keep = mem_array(page->n_rows, sizeof(*keep));
    size_t at = (size_t)number - 1, dropped;

    assert(number > 0);
    make_pages(t, (size_t)number);
    if (t->pages[at].rows)
        take_out(t, at);
    dropped = choose(t, page, keep);
    t->pages[at].rows = packed_new(page, keep, t->n_columns);
    put_notes(t, at, page, keep, notes);
    t->fetched += rows_on(t, at);
    if (t->n_slots < t->fetched * 2)
        index_all(t);
    else
        index_page(t, at);
    recount(t);
    if (t->order)
        order_insert(t, at);
    free(keep);
    return dropped;
}

// The page on which a place of the server's order lies.
static size_t page_at(const struct table *t, size_t place)
{
    size_t low = 0, high = t->n_pages;

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

    if (place >= (t->order ? t->fetched : table_rows(t)))
        return false;
    if (t->order) {
        *row = t->order[place];
        return true;
    }
    at = page_at(t, place);
    *row = (uint32_t)(at * t->rpp + place - t->starts[at]);
    return t->pages[at].rows != NULL;
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

    return row_at(t, place, &row) ? &t->pages[row / t->rpp].notes[row % t->rpp] : NULL;
}

void table_set_note(struct table *t, const char *id, struct row_note note)
{
    uint32_t row;

    if (find_row(t, id, &row))
        t->pages[row / t->rpp].notes[row % t->rpp] = note;
}

long long table_place(const struct table *t, const char *id)
{
    uint32_t row;

    if (!find_row(t, id, &row))
        return TABLE_NONE;
    if (!t->order)
        return (long long)(t->starts[row / t->rpp] + row % t->rpp);
    for (size_t i = 0; i < t->fetched; i++) {
        if (t->order[i] == row)
            return (long long)i;
    }
    return TABLE_NONE;
}

// Behind the sorted rows come the pages that are missing, in the server's order.
static int missing_page(const struct table *t, size_t skip)
{
    for (size_t i = 0; i < t->n_pages; i++) {
        size_t n = t->pages[i].rows ? 0 : places_on(t, i);

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
    return missing_page(t, place - t->fetched);
}

void table_sort(struct table *t, size_t column, enum column_type type, bool ascending)
{
    table_unsort(t);
    t->column = column;
    t->type = type;
    t->ascending = ascending;
    order_make(t);
}

void table_unsort(struct table *t)
{
    free(t->order);
    t->order = NULL;
}

bool table_sorted(const struct table *t, size_t *column, bool *ascending)
{
    if (!t->order)
        return false;
    *column = t->column;
    *ascending = t->ascending;
    return true;
}
