// How fast credits go, as far as the ledger can say. Values. Floor: ui/pane.
#ifndef LODE_UI_PANE_BURN_H
#define LODE_UI_PANE_BURN_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/buying.h"

enum { BURN_DAYS = 30 };

struct burn {
    bool known;             // charges of more than one day are there to go by
    double per_day;         // credits
    double days[BURN_DAYS]; // credits of each day, today last
    long long days_left;    // -1: cannot be said
};

// remaining: credits left, -1: unknown.
struct burn burn_rate(const struct ledger_view *ledger, long long remaining, int64_t now_ms);

#endif
