// Columns beyond those that a search tells, where it tells little: what the filters say of every
// row, and what the library has of one. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_MORE_H
#define LODE_FLOW_MORE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/query.h"

struct more_columns {
    struct column *items;        // owned
    size_t n, n_filters;         // first those of the filters, then those of the library
    const struct input **inputs; // of the filters; owned
    char **texts;                // owned
    size_t n_texts;
};

// Does a search of this entity tell little more than ids?
bool more_wanted(const struct entity *entity);
// Those of the entity; none where its search tells enough.
void more_open(struct more_columns *m, const struct entity *entity);
void more_free(struct more_columns *m);
// What the query says of every row in filter column `at` of m; "" where it says nothing.
const char *more_filter(const struct more_columns *m, size_t at, const struct query *q);
// The library's columns that a search does not tell; out has room for all of enrich.columns.
// Returns how many.
size_t more_of_library(const struct entity *entity, struct column *out);

#endif
