// The rows of the latest queries, so that their pages are free. Any thread: a mutex inside.
// Floor: sandbox/search.
#ifndef LODE_SANDBOX_SEARCH_CACHE_H
#define LODE_SANDBOX_SEARCH_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEARCH_CACHE_QUERIES = 16 };

struct search_cache;

struct search_cache *search_cache_new(void);
void search_cache_free(struct search_cache *c);

// Copies up to n of the rows of key from the one at skip into rows; *found counts them, *total is
// how many matched in all. false: that query is not kept.
bool search_cache_get(struct search_cache *c, const char *key, size_t skip, size_t n,
                      uint32_t *rows, uint32_t *found, uint32_t *total);
// Keeps a query's rows (taken over) in place of the one that was used longest ago.
void search_cache_put(struct search_cache *c, const char *key, uint32_t *rows, size_t n,
                      uint32_t total);

#endif
