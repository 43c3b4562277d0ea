// Pages made ready on another thread, so that the table's owner has little left to do with them.
// Floor: model.
#ifndef LODE_MODEL_TABLE_READY_H
#define LODE_MODEL_TABLE_READY_H

#include "model/table.h"

// What of a table there is to be known for that: its shape, and where its rows stand.
struct lookout {
    size_t n_columns, rpp;
    struct shelf shelf;
    uint64_t forgot;
};

// A page of which no row is twice on it or was on the shelf, packed; rows is NULL where that is not
// so.
struct page_ready {
    struct packed *rows; // owned
    uint64_t forgot;
};

// Of a table that has no rows yet; and of one as it is now, by its owner. Freed by the caller.
struct lookout lookout_new(size_t n_columns, int rpp);
struct lookout table_lookout(const struct table *t);
void lookout_free(struct lookout *l);
// Any thread.
struct page_ready lookout_ready(const struct lookout *l, const struct page *page);
// As table_put(), with what was made ready of the page, which is taken over.
size_t table_put_ready(struct table *t, int number, const struct page *page,
                       const struct row_note *notes, struct page_ready *ready);

#endif
