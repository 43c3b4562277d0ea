// Pages of the last searches as they came, so that the next start shows them without a request.
// Disposable, in the cache's file. Floor: store.
#ifndef LODE_STORE_PAGES_H
#define LODE_STORE_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

enum { SEARCHES_KEPT = 20 };

// key names the search. Page 1 begins it anew: its other pages go. Of all searches those that got a
// page last stay.
bool store_put_page(struct store *s, const char *key, int number, const char *bytes, size_t len,
                    struct err *e);

struct kept_page {
    int number;
    int64_t at_ms; // UTC, when it was put
    const char *bytes;
    size_t len;
};

// The pages of a search by number; stops early where each returns false.
bool store_pages_each(struct store *s, const char *key,
                      bool (*each)(void *arg, const struct kept_page *page), void *arg,
                      struct err *e);

#endif
