// A search past what paging reaches, as searches that each fit: parted by the values of one input,
// each part that is too long by the next input, until all fit or none is left. Floor: flow.
#ifndef LODE_FLOW_SPLIT_H
#define LODE_FLOW_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "flow/app.h"
#include "model/query_part.h"
#include "model/query_split.h"

// An input by which a search may be parted.
struct split_way {
    const struct input *by;
    size_t values; // of it: counting them takes a request each
};

struct split_ways {
    struct split_way items[PART_WAYS_MAX]; // the one to take first
    size_t n;
};

// From the lookup lists as they are kept; one that cannot be had is left out. q is resolved.
void split_ways(struct app *a, const struct query *q, struct split_ways *out);
// The way of an input by name or label. ERR_INVALID says what is wrong with it, and what may be.
const struct input *split_way_find(const struct query *q, const char *name, struct err *e);

struct split_part {
    long long hits;
    bool over;   // more than paging reaches, and there is no way left
    char *label; // "10 - 20, Director"; owned
};

struct split {
    struct query_parts queries; // in the order of parts; each has hits
    VEC(struct split_part) parts;
    VEC(const struct input *) by;  // by which it was parted, in order
    long long total, reach;        // hits of the whole; rows that paging reaches
    long long uncovered, overlaps; // hits that no part has; that parts have more than the whole
    long long requests;            // made
    bool capped;                   // max_requests came before the end
};

struct split_order {
    const struct query *query; // resolved and checked; one request takes its values
    const struct input *by;    // first, or NULL: the catalogue's order
    long long max_requests;    // 0: as many as it takes
    // After each count, where it is not NULL: what is known so far. false stops with *e filled.
    bool (*told)(void *self, const struct split *so_far, struct err *e);
    void *self;
};

// ERR_INVALID where no way is left at all. The caller frees *out, also after a failure.
bool split_make(struct app *a, const struct split_order *order, struct split *out, struct err *e);
// Rows that the parts give: no part more than paging reaches.
long long split_rows(const struct split *s);
// Requests to fetch them all.
long long split_price(const struct split *s);
void split_free(struct split *s);

#endif
