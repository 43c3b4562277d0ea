// A hash map from strings to pointers. Not shared between threads. Floor: base.
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

uint64_t hash_bytes(const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    uint64_t h = 0xcbf29ce484222325u;

    while (len--)
        h = (h ^ *p++) * 0x100000001b3u;
    return h;
}

static struct map_slot *find(const struct map *m, const char *key)
{
    size_t i = (size_t)hash_bytes(key, strlen(key)) & (m->cap - 1);

    while (m->slots[i].key && strcmp(m->slots[i].key, key) != 0)
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

static void grow(struct map *m)
{
    struct map bigger = {.cap = m->cap ? m->cap * 2 : 16, .len = m->len};

    bigger.slots = mem_array(bigger.cap, sizeof(*bigger.slots));
    for (size_t i = 0; i < m->cap; i++) {
        if (m->slots[i].key)
            *find(&bigger, m->slots[i].key) = m->slots[i];
    }
    free(m->slots);
    *m = bigger;
}

void *map_put(struct map *m, const char *key, void *value)
{
    struct map_slot *slot;
    void *old;

    if ((m->len + 1) * 4 > m->cap * 3)
        grow(m);
    slot = find(m, key);
    if (!slot->key) {
        slot->key = mem_strdup(key);
        m->len++;
    }
    old = slot->value;
    slot->value = value;
    return old;
}

void *map_get(const struct map *m, const char *key)
{
    return m->len ? find(m, key)->value : NULL;
}

bool map_has(const struct map *m, const char *key)
{
    return m->len && find(m, key)->key;
}

void map_free(struct map *m, void (*free_value)(void *))
{
    for (size_t i = 0; i < m->cap; i++) {
        if (m->slots[i].key && free_value)
            free_value(m->slots[i].value);
        free(m->slots[i].key);
    }
    free(m->slots);
    *m = (struct map){0};
}
