// One page's rows in a single block that never changes, column by column: each distinct text of a
// column once, and which row has which. A block can be written to a file and read back. Any thread.
// Floor: model.
#ifndef LODE_MODEL_PACKED_H
#define LODE_MODEL_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/page.h"

struct packed;

// A column of a block. Text number i begins at texts + packed_text(); row r has text number
// packed_code().
struct packed_column {
    size_t n_rows, n_texts;
    const void *offsets, *codes; // of wide ? 4 : 2 bytes each; of code_size bytes each
    bool wide, ascii;            // ascii: all of its texts
    int code_size;               // 0: one text for all, or one for each row
    const char *texts;           // each with its NUL
    size_t len;
};

enum { PACKED_HEAD_MAX = 1024 };

// The rows of page with keep[i], n_columns cells each. One reference is the caller's.
struct packed *packed_new(const struct page *page, const bool *keep, size_t n_columns);
struct packed *packed_ref(struct packed *p);
void packed_unref(struct packed *p); // NULL is allowed
size_t packed_rows(const struct packed *p);
const char *packed_id(const struct packed *p, size_t row);
const char *packed_cell(const struct packed *p, size_t row, size_t column);
// Column 0 is the id, those of the page follow.
struct packed_column packed_column(const struct packed *p, size_t column);
const char *packed_text(const struct packed_column *c, size_t text);
size_t packed_code(const struct packed_column *c, size_t row);

// The block as bytes for a file.
const void *packed_bytes(const struct packed *p, size_t *len);
// Room for a block of len bytes, which the caller reads into packed_room_bytes(); whoever reads
// from elsewhere must ask packed_sound() before anything else. NULL where no block is that long.
struct packed *packed_room(size_t len);
void *packed_room_bytes(struct packed *p);
bool packed_sound(const struct packed *p, size_t len, size_t n_columns);

// To read a single column out of a file: how long the head is, where the column's bytes are by it,
// and the column in those bytes. false: damaged.
size_t packed_head_len(size_t n_columns);
bool packed_find_column(const void *head, size_t len, size_t n_columns, size_t column, size_t *at,
                        size_t *n, size_t *n_rows);
bool packed_open_column(const void *bytes, size_t len, size_t n_rows, struct packed_column *out);
// Its run of texts can be looked at then; packed_text() and packed_code() must wait for this.
bool packed_column_sound(const struct packed_column *c);

#endif
