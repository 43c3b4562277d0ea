// Several searches on their way, to be the rows of one: each record once, kept like the rows of any
// other search. UI thread, but for the run. Floor: desk.
#ifndef LODE_DESK_GATHER_H
#define LODE_DESK_GATHER_H

#include "desk/inside.h"
#include "flow/search.h"
#include "model/query_split.h"

struct gathering {
    struct task task;
    struct seat *seat;
    struct query query;       // the whole, as people say it
    struct query_parts parts; // resolved and checked; none: made of the query, by its long lists
    long long total;          // hits of the whole, -1: as many as come
    // It came back, whatever came of it.
    void (*came)(struct desk *d, struct gathering *g);
    // What came, also before a failure:
    struct table *table;
    struct rows_file *file; // where its rows stand; NULL: in memory
    struct search_summary sum;
    // The run's own:
    struct page page; // the next one
    int number;       // of the last one that is in the table
};

// One for the seat that is looked at; query is copied.
struct gathering *gather_new(struct desk *d, const struct query *query,
                             void (*came)(struct desk *d, struct gathering *g));
// Puts what came in the place of the rows shown, and says what it is; false where nothing came.
bool gather_show(struct desk *d, struct gathering *g);

#endif
