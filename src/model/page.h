// Rows of an answer: a page of a search, or what a call enriched. One owner at a time. Floor:
// model.
#ifndef LODE_MODEL_PAGE_H
#define LODE_MODEL_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct row {
    const char *id;     // "" where the row has none
    const char *raw;    // the row as compact JSON, or NULL where it was not asked for
    const char **cells; // one text a column asked for, "" for absent, null and empty
};

struct page {
    struct row *rows;
    size_t n_rows, cap;
    long long hits; // of the whole search (maxResults), -1 where the answer does not say
    int number;     // from 1
    struct page_block *blocks;
};

// A new row with n_cells cells, all "". The pointer lives until the next page_add().
struct row *page_add(struct page *p, size_t n_cells);
// Sets cell i of a row to a copy of text.
void page_cell(struct page *p, struct row *r, size_t i, const char *text, size_t len);
// Keeps a copy that lives as long as the page.
const char *page_text(struct page *p, const char *text, size_t len);
void page_free(struct page *p);

#endif
