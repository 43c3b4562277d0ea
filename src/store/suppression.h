// The suppression list: records and e-mail addresses of which nothing may be kept. Floor: store.
#ifndef LODE_STORE_SUPPRESSION_H
#define LODE_STORE_SUPPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

struct suppressed_email {
    const char *hash;
    const char *with_entity, *with_id; // what it came with (store/listed.h); NULL: it is by itself
};

// E-mail addresses stand there as hashes alone: SHA-256 in hexadecimal; any other kind comes with
// that. Needs store_claim_spending(). *added: those that were not there yet.
bool store_suppress_emails(struct store *s, const struct suppressed_email *emails, size_t n,
                           long long *added, struct err *e);
// Whether there are any at all: a glance, for whoever would have to hash first. The same of
// records.
bool store_suppresses_emails(const struct store *s);
bool store_suppresses_records(const struct store *s);
// Sets out[i] for each of n hashes that is on the list.
bool store_emails_suppressed(struct store *s, const char *const *hashes, size_t n, bool *out,
                             struct err *e);
// The same for records by their ids.
bool store_records_suppressed(struct store *s, const char *entity, const char *const *ids, size_t n,
                              bool *out, struct err *e);
// Takes a record off the list (entity and id), or an address (entity "", id its hash), and what
// came there with it alone. *removed: how many in all, 0: it was not there.
bool store_unsuppress(struct store *s, const char *entity, const char *id, long long *removed,
                      struct err *e);

struct suppressed_row {
    const char *entity, *id; // of an address: "" and its hash
    int64_t since_ms;        // UTC
};

// All of it: records by entity and id, then addresses, each by its SHA-256. Stops early where
// each() returns false.
bool store_suppressed_each(struct store *s,
                           bool (*each)(void *arg, const struct suppressed_row *row), void *arg,
                           struct err *e);

// On the owner thread, or before it starts: what store_suppresses_emails() and _records() say.
void suppression_look(struct store *s);

#endif
