// Rows of a search on their way to a sheet with columns beyond those that the search tells: which
// there are, their cells, and what they stand on. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_MORE_SHEET_H
#define LODE_FLOW_MORE_SHEET_H

#include "base/map.h"
#include "base/vec.h"
#include "flow/app.h"
#include "flow/more.h"
#include "model/page.h"

struct more_sheet {
    const struct entity *entity;
    struct more_columns more;
    struct column *all; // the search's own, then those beyond; owned
    size_t n_all;
    char **told; // by the filters of every row; owned
    // Of the columns that were chosen:
    size_t *numbers; // in all; owned
    size_t *at;      // of those of the library: in library; owned
    size_t n, n_filters;
    const struct column **library; // owned
    size_t n_library;
    // What the library has of the rows that were read last:
    struct page page;
    struct map places;        // by id: row and one
    const char *const *known; // of the row at hand, or NULL
    VEC(int64_t) notices;     // by the page's rows: as notice_by() has it
    int64_t notice_by_ms;     // the same of the row at hand; by the columns chosen
    size_t n_known;           // rows it knew
};

// What rows of that query can have: s->all.
void more_sheet_open(struct more_sheet *s, const struct query *query);
void more_sheet_free(struct more_sheet *s);
// The columns of the sheet: of s->all, or of the entity's search.
void more_sheet_choose(struct more_sheet *s, const struct column *const *columns, size_t n);
// Are any of the columns beyond the search?
bool more_sheet_any(const struct more_sheet *s);
// Reads what the library has of the next rows, as far as it is asked for.
bool more_sheet_read(struct more_sheet *s, struct app *a, const char *const *ids, size_t n,
                     struct err *e);
// The row that is at hand from now on.
void more_sheet_row(struct more_sheet *s, const char *id);
// Its cell in chosen column i, or NULL where that is the search's own. found: the search found it,
// so that its filters speak of it.
const char *more_sheet_cell(const struct more_sheet *s, size_t i, bool found);
// Appends what the columns stand on, as the end of a basis; nothing where the search told all.
void more_sheet_basis(const struct more_sheet *s, struct str *out);

#endif
