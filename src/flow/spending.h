// What was spent, by day, by search and by profile, as the ledgers have it. Any thread but the
// UI's. Floor: flow.
#ifndef LODE_FLOW_SPENDING_H
#define LODE_FLOW_SPENDING_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/app.h"
#include "store/ledger.h"

enum spending_kind { SPENT_BY_DAY, SPENT_BY_SEARCH, SPENT_BY_PROFILE, SPENT_KINDS };

struct spending_line {
    char *key; // a day, a search or file, a profile's name; owned
    long long charges, credits, records, requests;
};

struct spending {
    struct spending_line *items; // owned
    size_t n;
};

// "day", "search", "profile".
const char *spending_name(enum spending_kind kind);
// Days newest first, the others dearest first. By profile: of every profile that has a ledger here;
// one that cannot be read is there without figures.
bool spending_read(struct app *a, enum spending_kind kind, struct spending *out, struct err *e);
void spending_free(struct spending *s);

#endif
