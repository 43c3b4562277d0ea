// A body as gzip. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_GZIP_H
#define LODE_SANDBOX_GZIP_H

#include "base/str.h"

// Appends the bytes packed, fast rather than small.
void gzip_pack(const void *bytes, size_t len, struct str *out);

#endif
