// What an answer brought, into the library. In the settling transaction, on the owner thread.
// Floor: store.
#ifndef LODE_STORE_KEEP_H
#define LODE_STORE_KEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/ledger.h"
#include "store/owner.h"

// One answer on its way in.
struct keeper {
    struct store *s;
    const char *entity, *source;
    int64_t bought_ms; // when the charge began: a new free window cannot begin later
    int64_t now_ms;
    const char *fields; // the last field list seen, and its row
    int64_t fields_id;
    int64_t first_new; // the first answer that was added, 0: none
};

// Takes in one record: keeps its answer, restarts its free window where that had ended, or lets it
// go where it opted out. *fresh: it was found and not owned, so it cost.
bool keep_bought(struct keeper *k, const struct bought *b, bool *fresh, struct err *e);
// Behind the last of them: marks the new answers as changed.
bool keep_end(struct keeper *k, struct err *e);

#endif
