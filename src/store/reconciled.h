// The end of a charge that was in doubt. Floor: store.
#ifndef LODE_STORE_RECONCILED_H
#define LODE_STORE_RECONCILED_H

#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct reconciled {
    int64_t charge;
    const char *reason; // one plain sentence
    long long credits, records, requests;
};

// Writes it, with what is known of the sending and of the answer since it was put in doubt. The
// store's thread, in its transaction.
bool reconciled_write(struct db *ledger, const struct reconciled *r, int64_t now_ms, struct err *e);

#endif
