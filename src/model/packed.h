// One page's rows in a single block that never changes: each distinct text once, and a table of
// offsets. Shared by counting. Any thread. Floor: model.
#ifndef LODE_MODEL_PACKED_H
#define LODE_MODEL_PACKED_H

#include <stdbool.h>
#include <stddef.h>

#include "model/page.h"

struct packed;

// The rows of page with keep[i], n_columns cells each. One reference is the caller's.
struct packed *packed_new(const struct page *page, const bool *keep, size_t n_columns);
struct packed *packed_ref(struct packed *p);
void packed_unref(struct packed *p); // NULL is allowed
size_t packed_rows(const struct packed *p);
const char *packed_id(const struct packed *p, size_t row);
const char *packed_cell(const struct packed *p, size_t row, size_t column);
// All its texts, each with its NUL, in one run of *len bytes.
const char *packed_texts(const struct packed *p, size_t *len);
size_t packed_bytes(const struct packed *p);

#endif
