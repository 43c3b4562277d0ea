// The lookup cache: each list's answer as it came, with its date. Floor: store.
#ifndef LODE_STORE_LOOKUPS_H
#define LODE_STORE_LOOKUPS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "store/store.h"

// key: path with its query ("tech/product?vendor=..."). fetched_ms: UTC. Replaces.
bool store_put_lookup(struct store *s, const char *key, const char *body, int64_t fetched_ms,
                      struct err *e);
// ERR_NOT_FOUND where it is not there. fetched_ms: UTC.
bool store_get_lookup(struct store *s, const char *key, struct str *body, int64_t *fetched_ms,
                      struct err *e);

#endif
