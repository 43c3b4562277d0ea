// A body as gzip. Any thread. Floor: sandbox.
#include "sandbox/gzip.h"

#include <stdlib.h>

#define ZLIB_CONST
#include <zlib.h>

// A fourth of the memory that zlib takes by default: clearing it cost as much as packing an answer.
enum { LEVEL = 1, GZIP_WINDOW = 13 + 16, MEMORY = 7 };

void gzip_pack(const void *bytes, size_t len, struct str *out)
{
    z_stream z = {0};
    uLong bound;

    if (deflateInit2(&z, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    bound = deflateBound(&z, len);
    str_reserve(out, bound);
    z.next_in = bytes;
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)out->data + out->len;
    z.avail_out = (uInt)bound;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        abort();
    out->len += z.total_out;
    out->data[out->len] = '\0';
    (void)deflateEnd(&z);
}
