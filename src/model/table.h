// The rows of a search as far as they were fetched: pages come in any order, places not fetched yet
// stay empty. Texts are packed; pages that stand on a shelf (a file) take no memory but for a
// window of those read last, so that a million rows take as much as ten thousand. One owner at a
// time. Floor: model.
#ifndef LODE_MODEL_TABLE_H
#define LODE_MODEL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/entity.h"
#include "model/packed.h"
#include "model/page.h"
#include "model/pattern.h"
#include "model/quote.h"
#include "model/shelf.h"

struct table;

// What is known of a row beside its cells.
struct row_note {
    enum standing standing;
    bool known;         // false: nobody looked yet
    int64_t free_until; // UTC ms, 0: not owned
};

enum { TABLE_NONE = -1, SORT_KEYS_MAX = 4 };

struct table *table_new(size_t n_columns, int rpp);
void table_free(struct table *t);
// Takes in page number `number` (from 1); one that is there already is replaced. Rows whose id
// stands on another page already are dropped (pages shift: FACTS 5). Returns how many were dropped.
// notes: one a row, NULL where nobody looked yet.
size_t table_put(struct table *t, int number, const struct page *page,
                 const struct row_note *notes);
bool table_has_page(const struct table *t, int number);
// A copy to read from on another thread while t goes on: texts and shelf are shared, notes and
// lookup by id are left out. Costs a few bytes a page.
struct table *table_share(const struct table *t);
// Memory it holds.
size_t table_bytes(const struct table *t);
// The number of the next page after `after` that has places and is not fetched; 0: none.
int table_missing(const struct table *t, int after);
// How many places there are: the hits, or as many as paging can reach. Grows and shrinks the end.
void table_set_rows(struct table *t, size_t rows);
// Those that are shown; and all, where a filter shows fewer.
size_t table_rows(const struct table *t);
size_t table_places(const struct table *t);
int table_rpp(const struct table *t);
size_t table_fetched(const struct table *t);

// Pages may stand there from now on; takes the reference over.
void table_use_shelf(struct table *t, struct shelf shelf);
// The rows of a page that is in memory, to be written: a reference is the caller's. NULL: none.
struct packed *table_packed(const struct table *t, int number);
// These rows stand on the shelf; where they are still the page's, they need not stay in memory.
void table_settle(struct table *t, int number, const struct packed *rows, uint64_t at, size_t len);
// A page that stands on the shelf already.
void table_lay(struct table *t, int number, uint64_t at, size_t len, size_t n_rows);

// A place is a position in the order shown, from 0. NULL where it is not fetched. Texts live until
// rows of many other pages were read.
const char *table_id(const struct table *t, size_t place);
const char *table_cell(const struct table *t, size_t place, size_t column);
// NULL where it is not fetched, or nobody said yet; those of the pages told last stay. Set by id:
// what is on no row is ignored.
const struct row_note *table_note(const struct table *t, size_t place);
void table_set_note(struct table *t, const char *id, struct row_note note);
// One note for each of the n rows of a page; where it has another number of rows: nothing.
void table_set_notes(struct table *t, int number, const struct row_note *notes, size_t n);
// The rows of a page: their ids. NULL from the last on.
const char *table_page_id(const struct table *t, int number, size_t row);
// The place of an id, or TABLE_NONE.
long long table_place(const struct table *t, const char *id);
// A cell of the row with an id, whether it is shown or not; NULL where it is not fetched.
const char *table_cell_of(const struct table *t, const char *id, size_t column);
// The page that the row of a place comes with, or has come with.
int table_page_of(const struct table *t, size_t place);

// Asked in long work, now and then; true: it is to end. Zeroed: never.
struct stop {
    bool (*asked)(void *self);
    void *self;
};

struct sort_key {
    size_t column;
    enum column_type type;
    bool ascending;
};

// Which of the fetched rows are shown, in which order. Empty cells come last either way, equal rows
// stay as the server gave them.
struct arrangement {
    struct sort_key keys[SORT_KEYS_MAX]; // the first counts most
    size_t n_keys;
    const struct pattern *pattern; // rows that hold it in one of the columns; NULL: all
    const size_t *columns;
    size_t n_columns;
};

struct row_order {
    uint32_t *rows; // owned
    size_t n, fetched;
    bool filtered;
};

// Long work, on a shared copy. false where it was stopped; *out is empty then.
bool table_arrange(const struct table *t, const struct arrangement *how, const struct stop *stop,
                   struct row_order *out);
// Takes the order over. Without a filter, what is not fetched follows, and what comes later stands
// at its end until it is made again (table_behind()).
void table_take_order(struct table *t, struct row_order *order);
// Back to the server's order, and all rows.
void table_unorder(struct table *t);
bool table_ordered(const struct table *t);
bool table_filtered(const struct table *t);
// Have rows come that the order was made without?
bool table_behind(const struct table *t);

// The next fetched place after (step > 0) or before `from` that holds the pattern in one of the
// columns, going round once, `from` itself last; TABLE_NONE where there is none, or it was stopped.
long long table_find(const struct table *t, const struct pattern *pattern, const size_t *columns,
                     size_t n, size_t from, int step, const struct stop *stop);

struct group {
    size_t text; // where its value begins in groups.texts
    size_t count;
};

struct groups {
    struct group *items; // the largest first; owned
    size_t n, rows;      // rows: all that were counted
    struct str texts;
};

// How often each value of a column (cell_value()) stands in the rows that are shown and fetched.
// false where it was stopped; *out is empty then.
bool table_group(const struct table *t, size_t column, enum column_type type,
                 const struct stop *stop, struct groups *out);
void groups_free(struct groups *g);

#endif
