// What has been asked for in a run. Floor: flow.
#include "flow/match_seen.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FIRST = 1024 };

// The entry, or the free slot where it would stand. Hashes are as good as random.
static struct match_seen *place(const struct match_seens *s, uint64_t hash)
{
    size_t i = (size_t)hash & (s->cap - 1);

    while (s->slots[i].hash && s->slots[i].hash != hash)
        i = (i + 1) & (s->cap - 1);
    return &s->slots[i];
}

static void grow(struct match_seens *s)
{
    struct match_seens old = *s;

    s->cap = old.cap ? old.cap * 2 : FIRST;
    s->slots = mem_array(s->cap, sizeof(*s->slots));
    for (size_t i = 0; i < old.cap; i++) {
        if (old.slots[i].hash)
            *place(s, old.slots[i].hash) = old.slots[i];
    }
    free(old.slots);
}

struct match_seen *match_seen(struct match_seens *s, uint64_t hash, bool *fresh)
{
    struct match_seen *at;

    if (s->n + 1 > s->cap - s->cap / 8)
        grow(s);
    at = place(s, hash ? hash : 1);
    *fresh = !at->hash;
    if (*fresh) {
        at->hash = hash ? hash : 1;
        s->n++;
    }
    return at;
}

void match_seens_free(struct match_seens *s)
{
    free(s->slots);
    *s = (struct match_seens){0};
}
