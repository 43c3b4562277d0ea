// What is in doubt, asked of the account's meters. Floor: flow.
#include "flow/reconcile.h"

#include <stdlib.h>

#include "flow/quote.h"

static long long used(const struct meter *m)
{
    return m->known ? m->used : -1;
}

struct meters_used meters_used(const struct usage *u)
{
    return (struct meters_used){used(&u->meters[METER_CREDITS]), used(&u->meters[METER_RECORDS])};
}

bool reconcile_run(struct app *a, bool (*each)(void *self, const struct judged *j), void *self,
                   size_t *n, struct err *e)
{
    struct judged *all = NULL;
    struct usage now;

    if (!app_need_spending(a, e) || !usage_fetch(a, &now, e) ||
        !store_reconcile_meters(a->store, meters_used(&now), &all, n, e))
        return false;
    for (size_t i = 0; i < *n && each(self, &all[i]); i++)
        ;
    free(all);
    return true;
}
