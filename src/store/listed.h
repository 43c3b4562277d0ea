// What stands on the suppression list, and for whose sake: a record by its entity and id, an
// address by "" and its hash. In a writing transaction, on the owner thread. Floor: store.
#ifndef LODE_STORE_LISTED_H
#define LODE_STORE_LISTED_H

#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct listed {
    const char *entity, *id;
};

// Notes of one on the list that it came with that one; with itself: it is there by itself.
bool listed_with(struct db *db, struct listed one, struct listed with, struct err *e);
// Takes one off, with all that came with it alone. *n: how many in all, 0: it was not there.
bool listed_off(struct db *db, struct listed one, int64_t *n, struct err *e);

#endif
