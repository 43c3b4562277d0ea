// Cells out of rows kept as JSON in one pass, without a tree: for exports of all that is owned.
// What it gives is what api/row.h gives of the same row. One owner at a time. Floor: api.
#ifndef LODE_API_SCAN_H
#define LODE_API_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "model/entity.h"

struct scan;

struct scan *scan_new(const struct column *const *columns, size_t n);
void scan_free(struct scan *s);
// cells: n places; they live until the next row. false where json is no object as compact JSON:
// then row_from_json() has to read it.
bool scan_row(struct scan *s, const char *json, const char **cells);
// The same of an object within a longer text, whose end is '\0'; what is behind it, or NULL.
const char *scan_at(struct scan *s, const char *json, const char *end, const char **cells);

#endif
