// Quote against actual: what a run believes it was charged beside what the account's meter says,
// looked at while no call is under way. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_DRIFT_H
#define LODE_FLOW_DRIFT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/quote.h"

enum { DRIFTS = 2 }; // in a row that end a run

struct drift {
    bool on;             // the meter is known
    long long remaining; // when the last look fitted
    long long slack;     // of all quotes that calls since the last look may be of
    long long quoted;    // of the last of them, whose calls go on behind a look
    size_t next, calls;  // settled; the look is due at next
    int in_a_row;
};

void drift_begin(struct drift *d, const struct quote *q);
// More of the same run, by a quote of its own.
void drift_more(struct drift *d, const struct quote *q);
// Another call was settled.
void drift_call(struct drift *d);
// Whether another call may be begun while so many are under way. Where none is, and it may not, a
// look is due: soon at first, later seldom.
bool drift_lets(const struct drift *d, size_t under_way);
// The look. charged and in_doubt: since the run began or the last look fitted; remaining: the
// lowest that an answer said, -1 unknown. false with *e: it did not fit twice in a row. Where it
// fits, or for the first time does not, both begin anew: *fits says which.
bool drift_look(struct drift *d, long long charged, long long in_doubt, long long remaining,
                bool *fits, struct err *e);

#endif
