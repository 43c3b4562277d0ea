// Names of fields as one text: sorted, each once, ',' between. Pure. Floor: store.
#ifndef LODE_STORE_NAMES_H
#define LODE_STORE_NAMES_H

#include <stdbool.h>

#include "base/str.h"

// Are all names of part in whole?
bool names_cover(const char *whole, const char *part);
// Appends, to an empty *out, the names of both, and those of a that b lacks.
void names_join(const char *a, const char *b, struct str *out);
void names_without(const char *a, const char *b, struct str *out);

#endif
