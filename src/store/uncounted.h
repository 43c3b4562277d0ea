// What the account's meters moved by that the ledger does not count, behind the last look at them
// before a charge in doubt. Owner thread. Floor: store.
#ifndef LODE_STORE_UNCOUNTED_H
#define LODE_STORE_UNCOUNTED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "store/ledger.h"

struct uncounted {
    int64_t look; // behind which charge that was; -1: there was none
    bool told;    // the meter did not begin anew meanwhile
    // What calls behind the look count for doubts before it, ended or not, is added: those may have
    // been charged before.
    long long credits;
};

// How many calls are under way: they move the meters as well.
bool calls_under_way(struct db *ledger, int64_t *n, struct err *e);
// now: what they say while none is.
bool uncounted_behind(struct db *ledger, int64_t charge, struct meters_used now,
                      struct uncounted *out, struct err *e);
// Records that the ledger does not count between the last look before a charge and the first behind
// it; 0 where that is not told.
bool uncounted_records(struct db *ledger, int64_t charge, struct meters_used now, int64_t *out,
                       struct err *e);

#endif
