// What enriching will cost, as far as we can stand behind it. Pure functions. FACTS 3. Floor:
// model.
#ifndef LODE_MODEL_QUOTE_H
#define LODE_MODEL_QUOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/entity.h"
#include "model/usage.h"

enum standing {
    STANDING_NEW,        // costs a credit
    STANDING_UNSURE,     // asked for by what names it: costs a credit where it is found and new
    STANDING_HELD,       // owned, and the library has every field asked for: no call at all
    STANDING_OWNED,      // free until a date, but must be fetched: a record and a request
    STANDING_IN_DOUBT,   // an unanswered call may have bought it: left alone until told otherwise
    STANDING_DUPLICATE,  // stands in the selection already
    STANDING_SUPPRESSED, // opted out or purged: never sent
    STANDING_INVALID,    // no usable id
    STANDING_MISSING,    // a line of a file that lacks what the API needs: never sent
    STANDING_ANSWERED,   // the same job asked for it before, and nothing came: not sent again
    STANDINGS
};

struct span {
    long long min, max;
};

struct quote {
    const struct entity *entity;
    size_t rows;
    size_t count[STANDINGS];
    size_t outside; // of the unsure: ids from elsewhere, each of which costs what a new one does
                    // where it is found
    struct span credits, records, requests;
    long long slack;   // credits that may be counted for what comes and were not charged
    long long unseen;  // credits the account used that this ledger did not see, -1: unknown
    long long doubted; // of these at most so many calls in doubt may have cost
    struct usage before;
};

struct standing_def {
    const char *name;   // "new", "held", "owned", "in doubt", ...
    const char *reason; // one line for people
    const char *brief;  // the same in 24 columns
};

const struct standing_def *standing_defs(void);
// May a record of that standing cost a credit? send_doubtful: what is in doubt goes again.
bool standing_may_cost(enum standing s, bool send_doubtful);
// Requests that enriching so many records takes. Any thread. FACTS 3.
long long quote_requests(const struct entity *entity, long long records);
// Sums up. count[], outside and rows are the caller's; send_doubtful: in-doubt rows will be sent
// again by id and may cost 0..1. min of credits allows for records bought elsewhere: of `new` rows
// as many as `unseen` may be free already.
void quote_sum(struct quote *q, bool send_doubtful);
// Cuts it to what is bought for at most `top` credits: the rest costs neither record nor request.
// Where it is not known which records cost, a call holds no more of them than can still be paid
// for: there may be one for each.
void quote_cap(struct quote *q, long long top);
// The requests that it may take under some cap.
long long quote_requests_most(const struct quote *q);
// May new records be free already, for others of the account may have bought them?
bool quote_may_be_free(const struct quote *q);
// "25 credits that this ledger did not see", and how many of them may be those in doubt.
void quote_add_unseen(const struct quote *q, struct str *out);

#endif
