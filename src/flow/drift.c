// Quote against actual. Floor: flow.
#include "flow/drift.h"

#include "base/count.h"

enum { SELDOM = 128 }; // calls between looks, once a few have fitted

void drift_begin(struct drift *d, const struct quote *q)
{
    const struct meter *m = &q->before.meters[METER_CREDITS];

    *d = (struct drift){.on = m->known && m->remaining >= 0, .remaining = m->remaining, .next = 1};
    drift_more(d, q);
}

void drift_more(struct drift *d, const struct quote *q)
{
    d->slack += q->slack;
    d->quoted = q->slack;
}

void drift_call(struct drift *d)
{
    d->calls++;
}

bool drift_lets(const struct drift *d, size_t under_way)
{
    return !d->on || d->calls + under_way < d->next;
}

static bool fail(long long moved, long long charged, struct err *e)
{
    char a[COUNT_MAX], b[COUNT_MAX];

    return err_set(e, ERR_REFUSED,
                   "the account's meter moved by %s credits where Lode counted %s, twice in a row: "
                   "somebody else may be using the account, or the quote was wrong; look at lode "
                   "usage and lode ledger, and quote again",
                   count_text(moved, a), count_text(charged, b));
}

bool drift_look(struct drift *d, long long charged, long long in_doubt, long long remaining,
                bool *fits, struct err *e)
{
    long long moved = remaining < 0 ? charged : d->remaining - remaining;

    *fits = moved <= charged + in_doubt && moved >= charged - d->slack;
    d->in_a_row = *fits ? 0 : d->in_a_row + 1;
    d->next = d->calls + (d->calls < SELDOM ? d->calls : SELDOM);
    d->slack = d->quoted;
    if (remaining >= 0)
        d->remaining = remaining;
    return d->in_a_row < DRIFTS || fail(moved, charged, e);
}
