// Which record ids a file had so far. Floor: flow.
#include "flow/id_set.h"

#include <stdlib.h>

#include "base/mem.h"

// The last step is a long one: what makes room stands beside what it is made for.
enum { FIRST = 1 << 10, SMALL = 1 << 17, LAST = 1 << 21 };

void id_set_open(struct id_set *s, const char *folder)
{
    *s = (struct id_set){0};
    match_seens_open(&s->rest, folder);
}

void id_set_close(struct id_set *s)
{
    free(s->slots);
    match_seens_close(&s->rest);
}

// One number for each id and never 0, spread as slots want it.
static uint64_t spread(long long id)
{
    uint64_t x = (uint64_t)id + 0x9e3779b97f4a7c15u;

    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    x ^= x >> 31;
    return x ? x : 1;
}

// Where it stands, or the free slot where it would.
static uint64_t *slot_of(const struct id_set *s, uint64_t hash)
{
    size_t i = (size_t)hash & (s->cap - 1);

    while (s->slots[i] && s->slots[i] != hash)
        i = (i + 1) & (s->cap - 1);
    return &s->slots[i];
}

static bool is_full(const struct id_set *s)
{
    return s->n + 1 > s->cap - s->cap / 8;
}

static void grow(struct id_set *s)
{
    struct id_set bigger = *s;

    bigger.cap = !s->cap ? FIRST : s->cap < SMALL ? s->cap * 2 : LAST;
    bigger.slots = mem_zalloc(bigger.cap * sizeof(*bigger.slots));
    for (size_t i = 0; i < s->cap; i++) {
        if (s->slots[i])
            *slot_of(&bigger, s->slots[i]) = s->slots[i];
    }
    free(s->slots);
    *s = bigger;
}

static bool add_to_rest(struct id_set *s, uint64_t hash, bool *before, struct err *e)
{
    struct match_seen seen;
    size_t place;

    if (!match_seen(&s->rest, hash, &seen, &place, e))
        return false;
    *before = seen.hash != 0;
    return *before || match_seen_keep(&s->rest, hash, &seen, place, e);
}

bool id_set_add(struct id_set *s, long long id, bool *before, struct err *e)
{
    uint64_t hash = spread(id), *slot;

    if (is_full(s) && s->cap < LAST)
        grow(s);
    slot = slot_of(s, hash);
    *before = *slot != 0;
    if (*before)
        return true;
    if (is_full(s))
        return add_to_rest(s, hash, before, e);
    *slot = hash;
    s->n++;
    return true;
}
