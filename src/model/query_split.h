// Filters with more values than one request takes: parted into several searches that find together
// what the one would. Not shared between threads. Floor: model.
#ifndef LODE_MODEL_QUERY_SPLIT_H
#define LODE_MODEL_QUERY_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/query.h"

enum { QUERY_PARTS_MAX = 20000 };

struct query_parts {
    struct query *items; // owned
    size_t n, cap;
};

// May the values of a filter be asked for apart? Not where they exclude, where all of them must
// hold, or where one of them is an expression of its own.
bool query_splits(const struct query *q, const struct filter *f);
// How many of a filter's first values one request takes.
size_t query_fits(const struct filter *f);
// Does any filter have more values than one request takes, and may be parted?
bool query_long(const struct query *q);
// A copy of the query for each run of values that fits, of all long filters with each other; one
// copy where none is long. ERR_INVALID where there would be too many.
bool query_split(const struct query *q, struct query_parts *out, struct err *e);
void query_parts_add(struct query_parts *parts, struct query part); // takes it over
void query_parts_free(struct query_parts *parts);

#endif
