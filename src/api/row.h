// Rows as JSON to cells. Any thread. Floor: api.
#ifndef LODE_API_ROW_H
#define LODE_API_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "model/entity.h"
#include "model/page.h"

// What is wanted of each row.
struct row_want {
    const struct column *const *columns;
    size_t n_columns;
    bool raw;    // the row's JSON as well
    bool picked; // of that JSON only the columns, under their names
};

// Adds a row kept as JSON (the library's) to a page; a text that is no JSON gives empty cells.
void row_from_json(const char *json, const struct entity *entity, const struct row_want *want,
                   struct page *out);

#endif
