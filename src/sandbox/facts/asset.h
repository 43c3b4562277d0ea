// The files of assets/sandbox as the build embeds them; the table is generated
// (src/CMakeLists.txt). Any thread. Floor: sandbox/facts.
#ifndef LODE_SANDBOX_FACTS_ASSET_H
#define LODE_SANDBOX_FACTS_ASSET_H

#include <stddef.h>

struct asset {
    const char *name; // "names.txt", "tech_product.json"; NULL ends the table
    const unsigned char *bytes;
    const size_t *len;
};

extern const struct asset assets[];

#endif
