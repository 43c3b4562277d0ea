// Credits that are counted more than once while charges are in doubt: the account pays for a record
// once (FACTS section 3), so what a later call counts for it is not counted again. Owner thread.
// Floor: store.
#ifndef LODE_STORE_RECOUNTS_H
#define LODE_STORE_RECOUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/vec.h"
#include "store/db.h"
#include "store/ledger.h"

// A charge that asked for a record which is or was in doubt.
struct recount {
    size_t record;     // the same for all of one record
    int64_t charge;    // they rise
    bool counted;      // it was answered, and a credit counted; else it is or was in doubt:
    bool open;         // still
    bool all_new;      // each of its records may have cost
    enum verdict told; // what became of it
    long long credits; // of a record
};

struct recounts {
    VEC(struct recount) all; // by record, in order
};

// A stretch of charges: behind the first, up to the other.
struct between {
    int64_t after, to;
};

// What a stretch counts twice, in credits.
struct twice {
    long long doubted;          // all in doubt there cannot have cost beside one another
    long long counted, perhaps; // were counted and not charged, for earlier doubts; may be more
};

// Those that matter to charges which are in doubt now.
bool recounts_list(struct db *ledger, struct recounts *out, struct err *e);
void recounts_free(struct recounts *r);
// What became of a charge in doubt is known now.
void recounts_tell(struct recounts *r, int64_t charge, enum verdict v);
// Once it is known of all doubts before the stretch.
struct twice recounts_within(const struct recounts *r, struct between b);
// Credits of one in doubt that others count, once it is known of all.
long long recounts_of(const struct recounts *r, int64_t charge);

#endif
