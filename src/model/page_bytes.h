// A page of rows as bytes and back, to be kept. Floor: model.
#ifndef LODE_MODEL_PAGE_BYTES_H
#define LODE_MODEL_PAGE_BYTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/page.h"

// Appends hits, number, ids and cells (n_cells a row).
void page_to_bytes(const struct page *page, size_t n_cells, struct str *out);
// false where the bytes are no page with n_cells a row; *out is empty then.
bool page_from_bytes(const char *bytes, size_t len, size_t n_cells, struct page *out);

#endif
