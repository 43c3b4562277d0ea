// The rows of a search as far as they were fetched: pages come in any order, places not fetched yet
// stay empty. Texts are packed, so that 10,000 contacts take about 2 MB. One owner at a time.
// Floor: model.
#ifndef LODE_MODEL_TABLE_H
#define LODE_MODEL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/entity.h"
#include "model/page.h"
#include "model/quote.h"

struct table;

// What is known of a row beside its cells.
struct row_note {
    enum standing standing;
    bool known;         // false: nobody looked yet
    int64_t free_until; // UTC ms, 0: not owned
};

enum { TABLE_NONE = -1 };

struct table *table_new(size_t n_columns, int rpp);
void table_free(struct table *t);
// Takes in page number `number` (from 1); one that is there already is replaced. Rows whose id
// stands on another page already are dropped (pages shift: FACTS 5). Returns how many were dropped.
size_t table_put(struct table *t, int number, const struct page *page,
                 const struct row_note *notes);
bool table_has_page(const struct table *t, int number);
// A copy to read from on another thread while t goes on: the texts are shared, notes and lookup by
// id are left out. Costs a few bytes a row.
struct table *table_share(const struct table *t);
// Memory it holds.
size_t table_bytes(const struct table *t);
// The number of the next page after `after` that has places and is not fetched; 0: none.
int table_missing(const struct table *t, int after);
// How many places there are: the hits, or as many as paging can reach. Grows and shrinks the end.
void table_set_rows(struct table *t, size_t rows);
size_t table_rows(const struct table *t);
int table_rpp(const struct table *t);
size_t table_fetched(const struct table *t);

// A place is a position in the order shown, from 0. NULL where it is not fetched.
const char *table_id(const struct table *t, size_t place);
const char *table_cell(const struct table *t, size_t place, size_t column);
// NULL where it is not fetched. Set by id: what is on no row is ignored.
const struct row_note *table_note(const struct table *t, size_t place);
void table_set_note(struct table *t, const char *id, struct row_note note);
// The place of an id, or TABLE_NONE.
long long table_place(const struct table *t, const char *id);
// The page that a place not fetched yet will come with.
int table_page_of(const struct table *t, size_t place);

// Orders the fetched rows by a column, by its type; what is not fetched follows, and pages that
// come later find their place. Rows that are equal keep the server's order; empty cells come last
// either way.
void table_sort(struct table *t, size_t column, enum column_type type, bool ascending);
// Back to the server's order.
void table_unsort(struct table *t);
bool table_sorted(const struct table *t, size_t *column, bool *ascending);
// The next fetched place after (step > 0) or before `from` with text in one of the columns
// (case-folded), going round once, `from` itself last; TABLE_NONE where there is none.
long long table_find(const struct table *t, const char *text, const size_t *columns, size_t n,
                     size_t from, int step);

#endif
