// What the meters mean, as sentences: the same in the explorer and without it. Floor: flow.
#ifndef LODE_FLOW_USAGE_WORDS_H
#define LODE_FLOW_USAGE_WORDS_H

#include <stdint.h>

#include "base/str.h"
#include "flow/app.h"
#include "model/usage.h"

// How the limits stand to each other and what the package lets through (per_second 0: no limit);
// nothing where no limit is known. Appends. Any thread.
void usage_package(const struct usage *u, int per_second, int per_minute, struct str *out);
// What is used up, what the API answers then (403), and what still goes; nothing where all is left.
// Appends. Any thread.
void usage_spent_out(const struct usage *u, struct str *out);

enum { BURN_DAYS = 30 };

struct burn {
    bool known;             // charges of more than one day are there to go by
    double per_day;         // credits
    double days[BURN_DAYS]; // credits of each day, today last
    long long days_left;    // -1: cannot be said
    int64_t oldest_ms;      // while it is being put together
    double credits;
};

// One charge more; those of other times than the last 30 days do not count. Any thread.
void burn_add(struct burn *b, int64_t began_ms, long long credits, int64_t now_ms);
// All of the ledger, still to be ended. Any thread but the UI's.
bool burn_read(struct app *a, struct burn *out, struct err *e);
// Once all are in. remaining: credits left, -1: unknown. Any thread.
void burn_end(struct burn *b, long long remaining, int64_t now_ms);
// The same as a sentence, of the whole ledger. Any thread but the UI's.
void usage_burn(struct app *a, long long remaining, struct str *out);

#endif
