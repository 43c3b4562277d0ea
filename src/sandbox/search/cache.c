// The rows of the latest queries, so that their pages are free. Floor: sandbox/search.
#include "sandbox/search/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

struct kept {
    char *key; // NULL: free
    uint32_t *rows;
    size_t n;
    uint32_t total;
    uint64_t used; // the higher, the later
};

struct search_cache {
    pthread_mutex_t lock;
    struct kept queries[SEARCH_CACHE_QUERIES];
    uint64_t uses;
};

struct search_cache *search_cache_new(void)
{
    struct search_cache *c = mem_zalloc(sizeof(*c));

    pthread_mutex_init(&c->lock, NULL);
    return c;
}

void search_cache_free(struct search_cache *c)
{
    for (size_t i = 0; i < SEARCH_CACHE_QUERIES; i++) {
        free(c->queries[i].key);
        free(c->queries[i].rows);
    }
    pthread_mutex_destroy(&c->lock);
    free(c);
}

// The entry of key, or else the one to use next: a free one, or that used longest ago.
static struct kept *entry_of(struct search_cache *c, const char *key)
{
    struct kept *oldest = &c->queries[0];

    for (size_t i = 0; i < SEARCH_CACHE_QUERIES; i++) {
        if (c->queries[i].key && str_eq(c->queries[i].key, key))
            return &c->queries[i];
        if (c->queries[i].used < oldest->used)
            oldest = &c->queries[i];
    }
    return oldest;
}

bool search_cache_get(struct search_cache *c, const char *key, size_t skip, size_t n,
                      uint32_t *rows, uint32_t *found, uint32_t *total)
{
    struct kept *k;
    size_t left;
    bool known;

    pthread_mutex_lock(&c->lock);
    k = entry_of(c, key);
    known = k->key && str_eq(k->key, key);
    if (known) {
        left = k->n > skip ? k->n - skip : 0;
        *found = (uint32_t)(left < n ? left : n);
        *total = k->total;
        if (*found)
            memcpy(rows, k->rows + skip, *found * sizeof(*rows));
        k->used = ++c->uses;
    }
    pthread_mutex_unlock(&c->lock);
    return known;
}

void search_cache_put(struct search_cache *c, const char *key, uint32_t *rows, size_t n,
                      uint32_t total)
{
    struct kept *k;

    pthread_mutex_lock(&c->lock);
    k = entry_of(c, key);
    free(k->key);
    free(k->rows);
    *k = (struct kept){mem_strdup(key), rows, n, total, ++c->uses};
    pthread_mutex_unlock(&c->lock);
}
