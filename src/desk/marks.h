// Marked records: by id, so that they survive paging, sorting, new filters and restarts. UI thread.
// Floor: desk.
#ifndef LODE_DESK_MARKS_H
#define LODE_DESK_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/map.h"
#include "model/quote.h"

struct desk;

struct mark {
    char *id, *label; // owned; label: the person's or the company's name
};

struct marks {
    struct mark *items; // in the order marked; owned
    size_t n, cap;
    struct map places; // id to itself
    // Where the marked stand, by the library alone (no request); summed is false while it is looked
    // up.
    bool summed;
    size_t count[STANDINGS];
    struct span credits, records, requests;
};

bool desk_marked(const struct desk *d, const char *id);
// How many of them are owned; all, until that was looked up.
size_t marks_owned(const struct marks *m);
// Records that need not be among the rows, by id with what names them. Returns how many changed.
size_t desk_mark_records(struct desk *d, const char *const *ids, const char *const *labels,
                         size_t n, bool on);
// Fetched rows of places first..last (any order), in the order shown. Returns how many changed.
size_t desk_mark(struct desk *d, size_t first, size_t last, bool on);
// Every row that is fetched and shown, the other way round, or on; those with the same value in a
// column as the one at place. In the background; what changed is said, and meanwhile no mark is
// set.
void desk_marks_invert(struct desk *d);
void desk_mark_fetched(struct desk *d);
void desk_mark_range(struct desk *d, size_t a, size_t b); // places, in any order
bool desk_mark_same(struct desk *d, size_t place, size_t column, struct err *e);
// One mark off; all off, of rows not shown as well. Return what changed.
bool desk_unmark(struct desk *d, const char *id);
size_t desk_marks_clear(struct desk *d);

#endif
