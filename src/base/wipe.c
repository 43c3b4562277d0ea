// Memory that is overwritten before it is given back. Any thread. Floor: base.
#include "base/wipe.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

void *wipe_malloc(size_t size)
{
    return malloc(size);
}

void *wipe_calloc(size_t n, size_t size)
{
    return calloc(n, size);
}

char *wipe_strdup(const char *s)
{
    return strdup(s);
}

void wipe_free(void *p)
{
    if (p)
        explicit_bzero(p, malloc_usable_size(p));
    free(p);
}

void *wipe_realloc(void *p, size_t size)
{
    size_t old = p ? malloc_usable_size(p) : 0;
    void *moved;

    if (p && size && size <= old && size >= old / 2)
        return p;
    moved = malloc(size);
    if (moved && p)
        memcpy(moved, p, size < old ? size : old);
    if (moved || !size)
        wipe_free(p);
    return moved;
}
