// Searching: count, and the pages of one search or of several in order with the next ones on their
// way. Floor: flow.
#ifndef LODE_FLOW_SEARCH_H
#define LODE_FLOW_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "api/row.h"
#include "flow/app.h"
#include "model/query.h"

// The number of records that match: one request.
bool search_count(struct app *a, const struct query *q, long long *hits, struct err *e);

// The same of several, with the next ones on their way: one request each.
struct count_order {
    const struct query *queries; // resolved and checked
    size_t n;
    // The count of each in order, on the caller's thread; -1 with *why where the API refused that
    // one (ERR_INVALID, ERR_FORBIDDEN). false stops with *e filled.
    bool (*each)(void *self, size_t query, long long hits, const struct err *why, struct err *e);
    void *self;
};

bool search_counts(struct app *a, const struct count_order *order, struct err *e);

// One page of rpp rows, resolved and checked. ERR_INVALID with the reach of paging in *depth where
// it lies past what the server allows; a page past the end is an empty one.
struct search_page {
    const struct query *query;
    int number, rpp; // rpp must stay the same over a query's pages
    enum net_priority priority;
};

bool search_page(struct app *a, const struct search_page *order, struct page *out, int *depth,
                 struct err *e);

struct search_order {
    const struct query *queries; // resolved and checked; of one entity
    size_t n;                    // read one after the other as if they were one search
    struct row_want want;
    long long limit;        // rows wanted; -1: all that paging can reach
    long long max_requests; // 0: as many as it takes
    // Each row once, in order, on the caller's thread; false stops with *e filled.
    bool (*row)(void *self, size_t query, const struct row *row, struct err *e);
    void *self;
    long long *hits; // of each query, -1 where it was not asked; n places, or NULL
};

struct search_summary {
    long long hits;       // of all the searches that were asked together, -1: unknown
    long long rows;       // given
    long long duplicates; // dropped: pages shift while they are read (FACTS 5)
    long long overlaps;   // dropped: another of the queries had found them already
    long long reach;      // rows that paging can reach, where a search has more hits; else 0
    long long requests;   // sent
    bool capped;          // max_requests came before the end
};

bool search_run(struct app *a, const struct search_order *order, struct search_summary *out,
                struct err *e);
// The same with every column that a search of this entity gives, in the entity's order; order->want
// is not looked at.
bool search_run_whole(struct app *a, const struct search_order *order, struct search_summary *out,
                      struct err *e);

#endif
