// The library: records that were paid for, each with its answer, source and date. Floor: store.
#ifndef LODE_STORE_OWNED_H
#define LODE_STORE_OWNED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "store/store.h"

struct owned {
    bool held;          // a record is here
    bool in_doubt;      // a charge that is in doubt, or has no answer yet, names it
    bool suppressed;    // opted out or purged: must not be sent
    int64_t bought_ms;  // when the free window began; UTC
    int64_t free_until; // when it ends; 0: it was never bought
    int64_t fetched_ms; // when its answer came
};

// How long a record stays free, in months; 0, as at first: by its entity's charging rule (FACTS 3).
// Holds at once for all that is asked from then on. Any thread.
void store_set_free_months(struct store *s, int months);
// When the free window that began at bought_ms ends: the same time of day so many calendar months
// later, or the month's last day where it lacks that day. UTC. Any thread.
int64_t store_free_until(const struct store *s, const char *entity, int64_t bought_ms);
// Where each of n ids stands, or keys of inputs. fields: sorted, ',' between; covered[i] is set
// where the held record was asked for with all of them. Both arrays have n places.
bool store_owned_find(struct store *s, const char *entity, const char *const *ids, size_t n,
                      const char *fields, struct owned *out, bool *covered, struct err *e);

struct owned_row {
    const char *id, *raw, *match_status, *fields, *source; // source: where it came from
    int64_t bought_ms, fetched_ms;
};

// Records of an entity, by id where ids is not NULL (in that order, absent ones left out), else all
// by date. Each stops early where it returns false.
bool store_owned_each(struct store *s, const char *entity, const char *const *ids, size_t n,
                      bool (*each)(void *arg, const struct owned_row *row), void *arg,
                      struct err *e);

#endif
