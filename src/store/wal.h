// The ledger's write-ahead log: there while somebody spends, gone when nobody does. Floor: store.
#ifndef LODE_STORE_WAL_H
#define LODE_STORE_WAL_H

#include <stdbool.h>

#include "store/owner.h"

// For the spender, with the lock: from now on a commit is one sync. Where that cannot be had, the
// ledger is written as before, as safe and slower.
void wal_begin(struct store *s, int lock);
// When the ledger was opened and before it is closed, by whoever has it: all in one file again.
// Left to the next one where somebody spends, or holds it open.
void wal_end(struct store *s);
// For the spender: all of the log into the file, and the log cut to nothing.
bool wal_cut(struct store *s, struct err *e);
// Is the ledger, as opened, in the middle of a spender's work?
bool wal_is_on(struct store *s);

#endif
