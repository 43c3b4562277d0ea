// Calls of a spender that lives no longer. Floor: store.
#include "store/orphans.h"

#include <unistd.h>

#include "store/disk.h"

static bool last_intent(struct store *s, int64_t *out, struct err *e)
{
    return db_number(&s->ledger,
                     "SELECT ifnull(max(o.charge), 0) FROM charge_open o WHERE NOT EXISTS"
                     " (SELECT 1 FROM charge_event v WHERE v.charge = o.charge)",
                     NO_VALUES, 0, out, e);
}

bool orphans_to(struct store *s, int64_t *out, struct err *e)
{
    bool ok = last_intent(s, out, e);
    int lock;

    if (!ok || !*out)
        return ok;
    *out = 0;
    if (s->lock >= 0 || !disk_unlocked(s, &lock))
        return true;
    // What a later spender begins must not be among them.
    ok = last_intent(s, out, e);
    if (lock >= 0)
        (void)close(lock);
    return ok;
}
