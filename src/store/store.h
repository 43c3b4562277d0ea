// What is kept: the lookup cache (disposable) and, in files of their own, the ledger with the
// records it paid for and the saved searches. One thread owns the SQLite connections and is the
// only writer; these calls wait for it and may come from any thread but the UI's. Floor: store.
#ifndef LODE_STORE_STORE_H
#define LODE_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct store;

// Opens (and makes, migrates) folder/ledger.db and folder/cache.db. A newer ledger than this
// program knows is opened for reading only; a corrupt cache is set aside and made anew, a corrupt
// ledger is copied aside, restored from its backup where there is one, and said so in *note (or
// "").
struct store *store_open(const char *folder, struct clock clock, char note[static 512],
                         struct err *e);
void store_close(struct store *s);
// True where this process may write the ledger (file not newer, disk not read-only).
bool store_can_spend(const struct store *s);
// Makes this process the one that spends: a kernel lock, freed when it ends however it ends.
// Charges that an earlier process left open become in doubt. ERR_REFUSED where another process has
// it.
bool store_claim_spending(struct store *s, struct err *e);

#endif
