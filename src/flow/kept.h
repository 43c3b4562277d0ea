// Rows of the last searches, kept for the next start. Floor: flow.
#ifndef LODE_FLOW_KEPT_H
#define LODE_FLOW_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/app.h"
#include "model/query.h"
#include "model/table.h"
#include "store/rows_file.h"

// Where the rows of a query are kept, for one set of columns and one page size; makes nothing yet,
// and may be called on any thread. NULL where there is no folder. One reference is the caller's.
struct rows_file *kept_new(const struct app *a, const struct query *q);

// A page on its way to the file, then where it stands.
struct kept_page {
    struct rows_file *file;
    struct packed *rows;
    int number;
    long long hits;
    bool gathered; // from several searches
    uint64_t at;
    size_t len;
};

// Page 1 begins the search anew: what was kept of it before goes.
bool kept_put(const struct app *a, struct kept_page *page, struct err *e);

// What is kept of a search. The table stands on the file, whose rows are read as they are looked
// at; nothing is known yet of who is owned.
struct kept {
    struct table *table;    // NULL: nothing
    struct rows_file *file; // a reference; NULL: pages that come are not kept
    long long hits;
    int64_t at_ms; // UTC, of the first page
    bool gathered;
};

// write: pages that come later may be put into it.
bool kept_load(const struct app *a, const struct query *q, bool write, struct kept *out,
               struct err *e);

#endif
