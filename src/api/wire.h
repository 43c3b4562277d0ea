// jansson for the files of this folder only: parsing what came, cells out of rows. No other floor
// may include this. Any thread. Floor: api.
#ifndef LODE_API_WIRE_H
#define LODE_API_WIRE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "api/row.h"
#include "base/err.h"
#include "base/str.h"

// A parsed body, owned by the caller; NULL with *e (ERR_OFFLINE: no whole, sound answer) where it
// is no JSON, nests deeper than 64, or repeats a key.
json_t *wire_parse(const char *bytes, size_t len, struct err *e);
// The same for bodies with many rows: several times as fast, for the whole tree is in memory that
// goes at once. Nothing of it is dropped or changed.
struct wire_doc {
    json_t *root;
    struct wire_block *blocks;
};

bool wire_open(struct wire_doc *d, const char *bytes, size_t len, struct err *e);
void wire_close(struct wire_doc *d);
// What stands at path ("company.name", "sicCodes[].id") as JSON: with [] a new array of what is
// found, else the value itself. A new reference, or NULL where there is nothing.
json_t *wire_at(json_t *row, const char *path);
// The same as text for a cell: lists joined with "; ", objects as compact JSON, null as nothing.
void wire_cell(json_t *row, const char *path, struct str *out);
// A value as text for a cell.
void wire_text(json_t *value, struct str *out);
// Appends an object, or a list with some: each path in it with its values, as flat_nested() does.
void wire_nested(json_t *value, struct str *out);
// The first key's string value, or NULL.
const char *wire_string(const json_t *object, const char *key);
// An integer, or a string that holds one.
bool wire_int(const json_t *value, long long *out);
// Compact JSON; the caller frees it.
char *wire_dump(const json_t *value);
// Adds an answer's row (an object) to a page; objects in cells are told by the paths in them.
void wire_row(json_t *object, const struct entity *entity, const struct row_want *want,
              struct page *out);

#endif
