// The ledger's backup: a whole second database beside it, "ledger.backup". Floor: store.
#ifndef LODE_STORE_BACKUP_H
#define LODE_STORE_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/owner.h"

extern const char backup_name[];

enum { BACKUP_STEPS_MAX = 96 };

struct backup_state {
    int64_t made_ms; // UTC
    int64_t charges;
    char steps[BACKUP_STEPS_MAX]; // differs from the ledger's where that has changed; "": untold
};

// false: there is none, or none that is sound.
bool backup_read(const struct store *s, struct backup_state *out);
// Writes it beside, checks every page in passing, and puts it in the old one's place.
bool backup_make(struct store *s, struct err *e);

// Copies a database whole, checked in passing, to the file beside, and gives that the name to,
// whose old file stays where this fails. On the owner thread.
bool backup_copy(struct store *s, struct db *from, const char *beside, const char *to,
                 struct err *e);

// For the spender, on the owner thread: begins to watch, and copies a small ledger that has
// changed; says whether one is due; makes it, and leaves the old one where that fails.
void backup_watch(struct store *s);
bool backup_due(struct store *s);
bool backup_now(struct store *s, struct err *e);

#endif
