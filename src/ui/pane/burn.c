// How fast credits go, as far as the ledger can say. Values. Floor: ui/pane.
#include "ui/pane/burn.h"

#include <stddef.h>

static const int64_t DAY_MS = (int64_t)24 * 3600 * 1000;

static bool counts(const struct ledger_line *line, int64_t now_ms)
{
    int64_t age = now_ms - line->began_ms;

    return line->credits > 0 && age >= 0 && age < BURN_DAYS * DAY_MS;
}

struct burn burn_rate(const struct ledger_view *ledger, long long remaining, int64_t now_ms)
{
    struct burn b = {.days_left = -1};
    int64_t oldest = now_ms;
    double credits = 0, days;

    for (size_t i = 0; i < ledger->n; i++) {
        const struct ledger_line *line = &ledger->lines[i];

        if (!counts(line, now_ms))
            continue;
        credits += (double)line->credits;
        b.days[BURN_DAYS - 1 - (now_ms - line->began_ms) / DAY_MS] += (double)line->credits;
        oldest = line->began_ms < oldest ? line->began_ms : oldest;
    }
    days = (double)(now_ms - oldest) / (double)DAY_MS;
    if (days < 1 || credits <= 0)
        return b;
    b.known = true;
    b.per_day = credits / days;
    if (remaining >= 0)
        b.days_left = (long long)((double)remaining / b.per_day);
    return b;
}
