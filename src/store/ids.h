// Many ids as one value of a statement, which json_each() takes apart: one statement for all of
// them instead of one for each. Floor: store.
#ifndef LODE_STORE_IDS_H
#define LODE_STORE_IDS_H

#include <stddef.h>

#include "base/str.h"

void ids_json(const char *const *ids, size_t n, struct str *out);

#endif
