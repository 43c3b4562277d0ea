// What was paid for and whose answer was lost, into the library: it can be had again for nothing.
// Owner thread. Floor: store.
#ifndef LODE_STORE_PAID_H
#define LODE_STORE_PAID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

// The records of a charge that began then are owned from then on, but for those whose free window
// ran at that time (FACTS section 6: 12 months), which were not paid for anew, and the suppressed.
bool paid_own(struct store *s, int64_t charge, int64_t began_ms, struct err *e);

#endif
