// What the account's meters moved by that the ledger does not count, since before what is in doubt.
// Owner thread. Floor: store.
#ifndef LODE_STORE_UNCOUNTED_H
#define LODE_STORE_UNCOUNTED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "store/ledger.h"

// How many calls are under way: they move the meters as well.
bool calls_under_way(struct db *ledger, int64_t *n, struct err *e);
// Credits that the account's meter, where it says now while no call is under way, moved by and that
// no call counts: those of what is in doubt. It goes back to the last look before all that was in
// doubt together. INT64_MAX: not told, or it began anew meanwhile.
bool uncounted_credits(struct db *ledger, struct meters_used now, int64_t *out, struct err *e);
// Records that the ledger does not count between the last look before a charge and the first behind
// it; 0 where that is not told.
bool uncounted_records(struct db *ledger, int64_t charge, struct meters_used now, int64_t *out,
                       struct err *e);

#endif
