// The table from inside, for table*.c only. Floor: model.
#ifndef LODE_MODEL_TABLE_INSIDE_H
#define LODE_MODEL_TABLE_INSIDE_H

#include "model/packed.h"
#include "model/table.h"

enum {
    WINDOW_PAGES = 64, // of those on the shelf that are in memory: one a row of a sorted screen
    NOTED_PAGES = 128  // whose notes are
};

struct table_page {
    struct packed *rows;    // in memory; NULL: on the shelf, or not fetched
    struct row_note *notes; // one a row; owned; NULL: not known
    uint64_t at;            // on the shelf
    uint32_t len;           // there; 0: it is not
    uint16_t n_rows;
    uint8_t slot; // of the window, from 1; 0: none
    bool lost;    // on the shelf, but it cannot be read
};

struct window_slot {
    size_t page;
    struct packed *rows;
    uint64_t used;
};

// Pages read from the shelf last.
struct window {
    struct window_slot slots[WINDOW_PAGES];
    uint64_t clock;
};

// Which row an id stands in, with the id's hash: that it is another is told without reading its
// page.
struct id_slot {
    uint32_t row; // number + 1; 0: free
    uint32_t hash;
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
    size_t fetched; // rows
    struct shelf shelf;
    struct window *window; // owned; NULL until something is read
    // Ids of pages in memory, and of some that were: by hash, open addressing; NULL in a shared
    // copy.
    struct id_slot *slots;
    size_t n_slots, n_indexed; // n_slots: a power of two
    uint64_t forgot;           // how often ids that stand on the shelf were left out again
    size_t noted[NOTED_PAGES]; // page + 1, a ring
    size_t next_noted;
    // Arranged: rows in the order shown; else NULL.
    uint32_t *order;
    size_t n_order, order_cap;
    size_t n_behind; // rows at its end, or left out, that came since it was made
    bool filtered;
};

// The rows of the page at pages[at], NULL where they are not to be had. They live until
// WINDOW_PAGES others were asked for.
const struct packed *page_rows(const struct table *t, size_t at);
// The rows, a reference that is taken over, as those that were read last.
void window_take(const struct table *t, size_t at, struct packed *rows);
void window_drop(struct table *t, size_t at);
void window_free(struct table *t);

const char *row_id(const struct table *t, uint32_t row);
const char *row_cell(const struct table *t, uint32_t row, size_t column);
// The row at a place; false where it is not fetched.
bool row_at(const struct table *t, size_t place, uint32_t *row);
static inline bool page_there(const struct table_page *p)
{
    return (p->rows || p->len) && !p->lost;
}

// table.c: room for n pages; where the pages from there on begin.
void table_make_pages(struct table *t, size_t n);
void table_recount(struct table *t, size_t from);

// table_put.c: the notes are the page's from then on; those of the page told longest ago go.
void notes_keep(struct table *t, size_t at, struct row_note *notes);
// Does the id of row i stand before it on its page?
bool page_stands_before(const struct page *page, size_t i);

// table_ids.c: which row has an id; ids_indexed(): without a look at the shelf.
bool ids_find(const struct table *t, const char *id, uint32_t *row);
bool ids_indexed(const struct table *t, const char *id);
void ids_add_page(struct table *t, size_t at);
void ids_again(struct table *t);

// Reads columns of pages one after another, for work over all rows. whole: several columns of each
// page, which is read once then.
struct reader {
    const struct table *t;
    bool whole;
    char *bytes;
    size_t cap, page; // page + 1 of what is read; 0: nothing
};

// column 0 is the id. false where the page is not to be had. *out lives until the next call.
// reader_run(): its run of texts is what counts, and packed_column_sound() not asked yet.
bool reader_run(struct reader *r, size_t at, size_t column, struct packed_column *out);
bool reader_column(struct reader *r, size_t at, size_t column, struct packed_column *out);
void reader_end(struct reader *r);

// table_scan.c: which rows of a page hold a pattern.
struct scan {
    struct reader reader;
    const struct pattern *pattern;
    const size_t *columns;
    size_t n;
    unsigned char *texts; // one a text of a column
    unsigned char *hits;  // one a row of the page
    struct str folded;
};

struct scan scan_begin(const struct table *t, const struct pattern *pattern, const size_t *columns,
                       size_t n);
// Returns how many; s->hits says which.
size_t scan_page(struct scan *s, size_t at);
void scan_end(struct scan *s);

#endif
