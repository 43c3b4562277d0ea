// Purging: records go from every file, and may be kept from ever coming back. Floor: store.
#ifndef LODE_STORE_PURGE_H
#define LODE_STORE_PURGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

struct purging {
    const char *entity;
    const char *const *ids;
    size_t n;
    bool suppress;
    const char *const *hashes; // with it, of each record the address on the list with which it goes
                               // there; NULL: by themselves
};

// Lets go of records, held or not, in one transaction, then sweeps. Needs
// store_claim_spending(). false with *done set: they are gone from the library, but something of
// them may still stand in a file; that is tried again when the store closes and at the next start.
bool store_purge(struct store *s, const struct purging *p, bool *done, struct err *e);

// Answers that were kept because they were not sound and may name those who are purged: they go
// whole.
struct purge_answers {
    int64_t n, charge; // how many, and the first one's charge
    int64_t others;    // records that their calls asked for besides
};

// What a purge of these takes of such.
bool store_purge_answers(struct store *s, const char *entity, const char *const *ids, size_t n,
                         struct purge_answers *out, struct err *e);

// What became of an entity's records that are past their time.
struct purge_past {
    char **ids; // that went; owned
    size_t n;
    long long left; // stayed for now: a call about them is in doubt, or an answer that may name
                    // them was kept unsound, and would go whole with them
};

// Lets go of all that were fetched before then (UTC), as store_purge() without suppress: what is
// fetched again meanwhile stays. Needs store_claim_spending(). *done as there.
bool store_purge_past(struct store *s, const char *entity, int64_t before_ms,
                      struct purge_past *out, bool *done, struct err *e);
void purge_past_free(struct purge_past *p);
// How many there are.
bool store_past_count(struct store *s, const char *entity, int64_t before_ms, long long *n,
                      struct err *e);

// On the owner thread. Is there something left from before?
void purge_watch(struct store *s);
// Takes what was let go of out of the kept searches and, where the ledger held some of it, out of
// the index, the ledger's pages, its log and its backup.
bool purge_finish(struct store *s, struct err *e);

#endif
