// Spend N well: of records that would cost, the best few by what the search said of them: what they
// have, how sure it is, how fresh. What costs nothing always stays. Pure but for the file. Floor:
// flow.
#ifndef LODE_FLOW_BEST_H
#define LODE_FLOW_BEST_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/quote.h"
#include "model/date.h"

struct merit {
    int has;            // flags that say yes, of those shown first
    long long score;    // -1: not said
    char day[DATE_MAX]; // last updated; "": not said
};

// Adds what a cell of a search's row says.
void merit_take(struct merit *m, const struct column *column, const char *cell);
// Of each record of s by the columns of the file it was read from; the caller frees them. What the
// file does not say counts as the worst.
bool best_read(const struct selection *s, const char *path, struct merit **out, struct err *e);
// Leaves the best so many of those that may cost, in the order they had, and quotes that. Returns
// how many were left out.
size_t best_pick(struct selection *s, struct quoted *q, const struct merit *merits, size_t most);

#endif
