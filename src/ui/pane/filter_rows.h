// Which inputs the filters pane shows, in which order: the most used ones, then whatever else is
// set. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_FILTER_ROWS_H
#define LODE_UI_PANE_FILTER_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/query.h"

enum { FILTER_ROWS_COMMON = 12 };

struct filter_rows {
    const struct input **inputs; // owned; room for all inputs of any entity
    size_t n;
    const struct input *wanted; // shown though it is not set yet; or NULL
};

void filter_rows_open(struct filter_rows *r);
void filter_rows_free(struct filter_rows *r);
// Anew for this query.
void filter_rows_fill(struct filter_rows *r, const struct query *q);
// The place of an input, or n.
size_t filter_rows_find(const struct filter_rows *r, const struct input *input);
// Does row i go on with what the row above it is about (the other end of a range, the exclude
// twin)?
bool filter_rows_goes_on(const struct filter_rows *r, const struct entity *entity, size_t i);

#endif
