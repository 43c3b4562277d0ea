// Looks for secrets in the memory of a process that stands still: what a core dump of it would
// hold, or all of it. One thread. Tests.
#ifndef TESTS_SUPPORT_MEMORY_H
#define TESTS_SUPPORT_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/str.h"

struct mark {
    const char *name;
    const void *bytes;
    size_t len;
};

enum memory_what {
    MEMORY_CORE, // without what is left out of core dumps (MADV_DONTDUMP)
    MEMORY_ALL
};

// How often any of the marks stands there; *report names each and the mapping it is in.
size_t memory_find(pid_t pid, enum memory_what what, const struct mark *marks, size_t n,
                   struct str *report);

#endif
