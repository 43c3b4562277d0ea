// Rows copied out of a query, so that another thread can read them while the files go on. One owner
// at a time. Floor: store.
#ifndef LODE_STORE_SLICE_H
#define LODE_STORE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "store/db.h"

#define SLICE_NULL SIZE_MAX
#define SLICE_NUMBER (SIZE_MAX - 1)

struct slice_cell {
    size_t at; // where its text begins in bytes; SLICE_NULL, or SLICE_NUMBER
    int64_t number;
};

struct slice {
    size_t width;     // cells in a row
    struct str bytes; // the texts, each NUL-terminated
    VEC(struct slice_cell) cells;
};

// Copies the row that rows stands on.
void slice_take(struct slice *s, const struct rows *rows);
size_t slice_rows(const struct slice *s);
// Time to hand it out.
bool slice_full(const struct slice *s);
bool slice_is_null(const struct slice *s, size_t row, size_t column);
// NULL for null and for numbers.
const char *slice_text(const struct slice *s, size_t row, size_t column);
// 0 for null and for texts.
int64_t slice_int(const struct slice *s, size_t row, size_t column);
// Ends the query; its rows as far as they fit take the place of what was there.
bool slice_fill(struct slice *s, struct rows rows, struct err *e);
// Ends the query; all its rows come behind what is there.
bool slice_append(struct slice *s, struct rows rows, struct err *e);
// What read() appends for *next, *next + 1, ... of n, of one moment of db, takes the place of what
// was there, as far as it fits; *next: what comes then.
bool slice_fill_by(struct slice *s, struct db *db, size_t *next, size_t n,
                   bool (*read)(void *self, size_t i, struct err *e), void *self, struct err *e);
// Empties it and keeps its memory.
void slice_clear(struct slice *s);
void slice_free(struct slice *s);

#endif
