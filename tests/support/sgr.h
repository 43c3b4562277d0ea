// What libvterm 0.1.4 does not know of SGR, put in a way that it knows: dim becomes the first other
// font, 38:2::r:g:b loses its empty part. Values. Tests.
#ifndef TESTS_SUPPORT_SGR_H
#define TESTS_SUPPORT_SGR_H

#include <stddef.h>

#include "base/str.h"

enum { SGR_HELD_MAX = 128, SGR_DIM_FONT = 1 };

struct sgr {
    char held[SGR_HELD_MAX]; // an escape sequence whose end has not come yet
    size_t len;
};

// Appends bytes to *out, rewritten; what may be the beginning of a sequence waits for the next
// call.
void sgr_pass(struct sgr *f, const char *bytes, size_t len, struct str *out);

#endif
