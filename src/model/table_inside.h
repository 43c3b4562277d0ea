// The table from inside, for table*.c only. Floor: model.
#ifndef LODE_MODEL_TABLE_INSIDE_H
#define LODE_MODEL_TABLE_INSIDE_H

#include "model/packed.h"
#include "model/table.h"

struct table_page {
    struct packed *rows;    // NULL: not fetched
    struct row_note *notes; // one a row; owned
};

// A fetched row is known by its number: (page number - 1) * rpp + its place on the page. Numbers
// grow in the server's order.
struct table {
    size_t n_columns, rpp;
    struct table_page *pages; // by number - 1
    size_t n_pages;
    size_t
        *starts;  // n_pages + 1: the place in the server's order of each page's first row, the end
    size_t limit; // places as table_set_rows() said
    size_t fetched;  // rows
    uint32_t *slots; // ids: row number + 1 by hash, open addressing; NULL in a shared copy
    size_t n_slots;  // a power of two
    // Sorted: the fetched rows in the order shown; else NULL.
    uint32_t *order;
    size_t column;
    enum column_type type;
    bool ascending;
};

const char *row_cell(const struct table *t, uint32_t row, size_t column);
// The row at a place; false where it is not fetched.
bool row_at(const struct table *t, size_t place, uint32_t *row);

// Sorts what is fetched, by t->column and its like.
void order_make(struct table *t);
// The rows of the page at pages[at] have come, or go.
void order_insert(struct table *t, size_t at);
void order_remove(struct table *t, size_t at);

#endif
