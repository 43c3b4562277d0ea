// A hash map from strings to pointers. A zeroed struct is an empty map. Not shared between threads.
// Floor: base.
#ifndef LODE_BASE_MAP_H
#define LODE_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_slot {
    char *key; // owned copy; NULL: free
    void *value;
};

struct map {
    struct map_slot *slots;
    size_t len, cap; // cap is a power of two
};

// Puts value under a copy of key; returns what was there before, or NULL.
void *map_put(struct map *m, const char *key, void *value);
// The value, or NULL where the key is absent (or holds NULL).
void *map_get(const struct map *m, const char *key);
bool map_has(const struct map *m, const char *key);
// Frees keys and slots; each value goes to free_value unless that is NULL.
void map_free(struct map *m, void (*free_value)(void *));
// 64-bit FNV-1a of bytes.
uint64_t hash_bytes(const void *bytes, size_t len);

#endif
