// A search with more hits than paging reaches, parted by the values of one input after another into
// searches that have no record in common. Not shared between threads. Floor: model.
#ifndef LODE_MODEL_QUERY_PART_H
#define LODE_MODEL_QUERY_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/query.h"

enum { PART_WAYS_MAX = 8 };

// May q be parted by this input? Not where it asks for one value of it already, or where the input
// is a place and q has another (the API joins places by OR). ERR_INVALID says why not.
bool query_parts_by(const struct query *q, const struct input *by, struct err *e);
// The inputs by which it may be, in the catalogue's order; returns how many.
size_t query_part_ways(const struct query *q, const struct input *ways[static PART_WAYS_MAX]);
// The filter of q for an input, or NULL.
const struct filter *query_filter(const struct query *q, const struct input *input);
// q with this one value of by.
struct query query_part(const struct query *q, const struct input *by, const char *value);

#endif
