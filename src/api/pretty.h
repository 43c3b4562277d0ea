// JSON laid out for people. Any thread. Floor: api.
#ifndef LODE_API_PRETTY_H
#define LODE_API_PRETTY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

// Appends bytes with a line for each member and element, indented by two; names, numbers and texts
// stay as they came. false, and nothing appended, where they are no JSON.
bool pretty_json(const char *bytes, size_t len, struct str *out);

#endif
