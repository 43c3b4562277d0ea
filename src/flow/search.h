// Searching: count, and pages in order with the next ones on their way. Floor: flow.
#ifndef LODE_FLOW_SEARCH_H
#define LODE_FLOW_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "api/row.h"
#include "flow/app.h"
#include "model/query.h"

// The number of records that match: one request.
bool search_count(struct app *a, const struct query *q, long long *hits, struct err *e);

struct search_order {
    const struct query *query; // resolved and checked
    struct row_want want;
    long long limit; // rows wanted; -1: all that paging can reach
    // Each row once, in order, on the caller's thread; false stops with *e filled.
    bool (*row)(void *self, const struct row *row, struct err *e);
    void *self;
};

struct search_summary {
    long long hits;       // of the whole search, -1: unknown
    long long rows;       // given
    long long duplicates; // dropped: pages shift while they are read (FACTS 5)
    long long reach;      // rows that paging can reach, where that is less than the hits; else 0
};

// One page of rpp rows, resolved and checked as above. ERR_INVALID with the reach of paging in
// *depth where it lies past what the server allows; a page past the end is an empty one.
struct search_page {
    const struct query *query;
    int number, rpp; // rpp must stay the same over a query's pages
    enum net_priority priority;
};

bool search_page(struct app *a, const struct search_page *order, struct page *out, int *depth,
                 struct err *e);

bool search_run(struct app *a, const struct search_order *order, struct search_summary *out,
                struct err *e);

#endif
