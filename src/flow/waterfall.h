// Which filter costs a search most: its count, and its count without each filter in turn.
// Floor: flow.
#ifndef LODE_FLOW_WATERFALL_H
#define LODE_FLOW_WATERFALL_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/app.h"
#include "model/query.h"

struct waterfall_order {
    const struct query *query; // resolved and checked
    // Counts as they come, in order: of step 0, the whole search; of step i, without filter i - 1.
    // hits -1 with *why: it cannot be left out alone, or the API refuses the rest. On the caller's
    // thread; false stops with *e filled.
    bool (*each)(void *self, size_t step, long long hits, const struct err *why, struct err *e);
    void *self;
};

// The requests it takes at the most.
size_t waterfall_price(const struct query *q);
bool waterfall_run(struct app *a, const struct waterfall_order *order, struct err *e);

#endif
