// What was paid for and whose answer was lost, into the library: it can be had again for nothing.
// Owner thread. Floor: store.
#ifndef LODE_STORE_PAID_H
#define LODE_STORE_PAID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

// Makes the empty list of fields that such a record has.
bool paid_ready(struct store *s, struct err *e);
// One that was bought then, and nothing is held of but that.
bool paid_keep(struct store *s, const char *entity, const char *id, int64_t bought_ms,
               struct err *e);
// The records of a charge that began then are owned from then on, but for those whose free window
// ran at that time (FACTS section 6: 12 months), which were not paid for anew, and the suppressed.
bool paid_own(struct store *s, int64_t charge, int64_t began_ms, struct err *e);

#endif
