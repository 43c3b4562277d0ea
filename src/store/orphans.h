// Calls of a spender that lives no longer, known before the next one writes it down. Floor: store.
#ifndef LODE_STORE_ORPHANS_H
#define LODE_STORE_ORPHANS_H

#include <stdint.h>

#include "base/err.h"
#include "store/owner.h"

// Why they are in doubt.
#define ORPHAN_REASON "the program ended before it knew the answer"

// Every intent up to this charge is in doubt: nobody is left who could end it. *out 0: none is, or
// a spender lives. Writes nothing. The owner thread, outside of a transaction.
bool orphans_to(struct store *s, int64_t *out, struct err *e);

#endif
