// Which rows the filters pane shows, in which order: the most used inputs and whatever else is set,
// then every input by its group. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_FILTER_ROWS_H
#define LODE_UI_PANE_FILTER_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/query.h"

enum { FILTER_ROWS_COMMON = 12 };

enum filter_row_kind { FILTER_SUBJECT, FILTER_INPUT, FILTER_ADD, FILTER_SEARCH, FILTER_GROUP };

struct filter_row {
    enum filter_row_kind kind;
    const struct input *input; // of FILTER_INPUT
    enum input_group group;    // GROUPS: not below a group
};

struct filter_rows {
    struct filter_row *items; // owned; room for all rows of any entity
    size_t n;
    bool unfolded[GROUPS];
    const struct input *wanted; // shown though it is not set yet; or NULL
};

void filter_rows_open(struct filter_rows *r);
void filter_rows_free(struct filter_rows *r);
// Anew for this query.
void filter_rows_fill(struct filter_rows *r, const struct query *q);
// The place of a row that stands for the same, else of its input anywhere (a radius: of what it is
// around), or n.
size_t filter_rows_find(const struct filter_rows *r, const struct filter_row *row);
size_t filter_rows_find_input(const struct filter_rows *r, const struct input *input);
// Does row i go on with what the row above it is about (the other end of a range, the exclude
// twin)?
bool filter_rows_goes_on(const struct filter_rows *r, const struct entity *entity, size_t i);
// How many rows a group has, and how many of them are set.
size_t filter_rows_group(const struct query *q, enum input_group group, size_t *set);

#endif
