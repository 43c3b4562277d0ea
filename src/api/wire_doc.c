// Parsed bodies whose memory goes at once. Any thread. Floor: api.
#include <stdalign.h>

#include "api/wire.h"
#include "base/mem.h"

enum { BLOCK_MIN = 64 * 1024, BLOCK_MAX = 1024 * 1024 };

struct wire_block {
    struct wire_block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

// jansson's allocator takes no argument, so what a thread parses into must be found by the thread.
static _Thread_local struct wire_doc *filled;

static void *take(size_t size)
{
    struct wire_block *b;
    void *at;

    if (!filled)
        return malloc(size);
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    b = filled->blocks;
    if (!b || b->size - b->used < size) {
        size_t room = b ? b->size * 2 : BLOCK_MIN;

        room = room > BLOCK_MAX ? BLOCK_MAX : room;
        room = room > size ? room : size;
        b = mem_alloc(sizeof(*b) + room);
        *b = (struct wire_block){.next = filled->blocks, .size = room};
        filled->blocks = b;
    }
    at = b->bytes + b->used;
    b->used += size;
    return at;
}

static void give(void *p)
{
    if (!filled)
        free(p);
}

// Before main(): no thread may be within jansson then.
__attribute__((constructor)) static void set_allocator(void)
{
    json_set_alloc_funcs(take, give);
}

bool wire_open(struct wire_doc *d, const char *bytes, size_t len, struct err *e)
{
    *d = (struct wire_doc){0};
    filled = d;
    d->root = wire_parse(bytes, len, e);
    filled = NULL;
    if (!d->root)
        wire_close(d);
    return d->root != NULL;
}

void wire_close(struct wire_doc *d)
{
    while (d->blocks) {
        struct wire_block *next = d->blocks->next;

        free(d->blocks);
        d->blocks = next;
    }
    d->root = NULL;
}
