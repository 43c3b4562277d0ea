// Records let go of: all that is held of people goes, what their charges cost stays. In the
// writing transaction, on the owner thread. Floor: store.
#ifndef LODE_STORE_FORGET_H
#define LODE_STORE_FORGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/owner.h"

struct forgetting {
    bool suppress; // they never come back: their ids go on the list
    bool whole;    // the ledger is written anew afterwards, so that no page keeps a trace
};

// Answers, earlier versions, notes, tags and answers that may name them go, and word is left that
// purge_finish() is due.
bool forget(struct store *s, const char *entity, const char *const *ids, size_t n,
            const struct forgetting *how, struct err *e);

#endif
