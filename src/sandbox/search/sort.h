// The order of search answers. Any thread. Floor: sandbox/search.
#ifndef LODE_SANDBOX_SEARCH_SORT_H
#define LODE_SANDBOX_SEARCH_SORT_H

#include "sandbox/search/query.h"

struct search_keyed;
// Gives n items, whose rows are filled, their keys.
typedef void search_keys(const struct search *s, struct search_keyed *items, size_t n);

struct search_order {
    search_keys *keys; // NULL: by relevance, the rows' own order
    bool ascending;
};

// Reads sortBy and sortOrder. false: *e is filled. FACTS 5.
bool search_order_read(enum search_entity entity, const json_t *inputs, struct search_order *out,
                       struct search_error *e);
// Sorts rows that stand in their own order; equal ones keep it.
void search_sort(const struct search *s, const struct search_order *order, uint32_t *rows,
                 size_t n);

#endif
