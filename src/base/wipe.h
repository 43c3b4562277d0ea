// Memory that is overwritten before it is given back, for libraries that handle secrets and take an
// allocator. Any thread. Floor: base.
#ifndef LODE_BASE_WIPE_H
#define LODE_BASE_WIPE_H

#include <stddef.h>

// As their namesakes of the C library; NULL where there is no memory.
void *wipe_malloc(size_t size);
void *wipe_calloc(size_t n, size_t size);
char *wipe_strdup(const char *s);
// Only for what the above gave. A block that moves leaves nothing at its old place.
void *wipe_realloc(void *p, size_t size);
void wipe_free(void *p);

#endif
