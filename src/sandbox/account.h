// The account: what it may spend, what it spent, what it owns. Every charge is in the journal
// before its call is answered. FACTS 3. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_ACCOUNT_H
#define LODE_SANDBOX_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "sandbox/charge.h"

struct account;

struct account_meters {
    int64_t credits, records, requests;
};

enum account_outcome {
    ACCOUNT_DONE,
    ACCOUNT_NO_REQUESTS, // the quota is spent: nothing was charged, as with all below
    ACCOUNT_NO_RECORDS,
    ACCOUNT_NO_CREDITS, // every record is new and there is no credit left
    ACCOUNT_NO_STORAGE  // the journal could not be written
};

// A record that an enrich call found.
struct account_record {
    int64_t id;
    bool granted; // set by account_enrich(): false where credits or records ran out before it
};

enum { ACCOUNT_FREE_DAYS = 365 }; // how long a record bought stays free

// path NULL: forgotten at exit. ERR_STORAGE; ERR_INVALID where the file holds something else.
struct account *account_open(const char *path, struct account_meters limits, struct err *e);
void account_close(struct account *a);

// Charges one search call.
enum account_outcome account_search(struct account *a, const char *entity, const char *request_id,
                                    int64_t now_ms);
// Charges one enrich call that found n <= CHARGE_ROWS_MAX records, in their order: a record each; a
// credit for each that was not bought within the last ACCOUNT_FREE_DAYS, once a batch. All or
// nothing, and in one step for other calls.
enum account_outcome account_enrich(struct account *a, const char *entity, const char *request_id,
                                    int64_t now_ms, struct account_record *records, size_t n);

struct account_meters account_limits(const struct account *a);
struct account_meters account_used(struct account *a);
// Appends {"charges":[...],"totals":{...}}: enrich calls with a sequence above after, or only the
// totals.
bool account_audit(struct account *a, bool totals_only, uint64_t after, struct str *out,
                   struct err *e);
// Forgets all charges and what is owned.
bool account_reset(struct account *a, struct err *e);

#endif
