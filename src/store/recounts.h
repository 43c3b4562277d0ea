// Credits that are counted more than once while charges are in doubt: the account pays for a record
// once (FACTS: charging), so what a later call counts for it is not counted again. Owner thread.
// Floor: store.
#ifndef LODE_STORE_RECOUNTS_H
#define LODE_STORE_RECOUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/vec.h"
#include "store/db.h"
#include "store/ledger.h"

// Of records of a charge that is or was in doubt and of a later one, with none in doubt between.
struct recount {
    int64_t charge, later;
    long long credits;
    bool open;         // the charge is still in doubt
    bool counted;      // the later one was answered; else it is in doubt itself
    bool sure;         // as many; else up to as many
    enum verdict told; // of the charge
};

struct recounts {
    VEC(struct recount) all;
};

// A stretch of charges: behind the first, up to the other.
struct between {
    int64_t after, to;
};

// Those that matter to charges which are in doubt now.
bool recounts_list(struct db *ledger, struct recounts *out, struct err *e);
void recounts_free(struct recounts *r);
// Did the later one, in doubt itself, ask for records of the charge?
bool recounts_joins(const struct recounts *r, int64_t charge, int64_t later);
// What became of a charge in doubt is known now.
void recounts_tell(struct recounts *r, int64_t charge, enum verdict v);
// Credits that all in doubt in the stretch cannot have cost beside one another and what is counted.
long long recounts_within(const struct recounts *r, struct between b);
// Credits of answered calls in the stretch for records of earlier doubts: counted without having
// been charged for sure, and possibly (*at_most, those included).
long long recounts_before(const struct recounts *r, struct between b, long long *at_most);
// Credits of one in doubt in the stretch that others count.
long long recounts_of(const struct recounts *r, int64_t charge, struct between b);

#endif
