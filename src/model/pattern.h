// What cells are searched and filtered by: plain text, a POSIX regular expression, letters in
// order, or one value. Immutable once made; any thread. Floor: model.
#ifndef LODE_MODEL_PATTERN_H
#define LODE_MODEL_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/entity.h"

enum pattern_kind {
    PATTERN_PLAIN, // case-folded, anywhere
    PATTERN_REGEX, // extended, without case
    PATTERN_FUZZY, // each word's letters in order, near each other, without case or accents
    PATTERN_VALUE  // the whole cell_value()
};

struct pattern;

enum { VALUE_SHOWN_MAX = 64 };

// "text", "/expression/" or "=letters", as people type it. NULL with ERR_INVALID where it is empty
// or no expression; some expressions are refused that take for ever.
struct pattern *pattern_read(const char *text, struct err *e);
// Cells of a column of that type whose value is this one.
struct pattern *pattern_value(const char *value, enum column_type type);
struct pattern *pattern_ref(struct pattern *p);
void pattern_unref(struct pattern *p); // NULL is allowed
enum pattern_kind pattern_kind(const struct pattern *p);
// What was typed, without its signs; folded where it is PATTERN_PLAIN.
const char *pattern_text(const struct pattern *p);
bool pattern_holds(const struct pattern *p, const char *cell);
// Plain, and nothing but ASCII.
bool pattern_is_ascii(const struct pattern *p);

// A cell as one of its column's values: dates by the day, all else as it is. Returns cell or buf.
const char *cell_value(const char *cell, enum column_type type, char buf[static VALUE_SHOWN_MAX]);

#endif
