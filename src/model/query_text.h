// A whole search as a small text: `field = values`, a line each, as --where takes them; `entity = `
// and `sort = ` beside them. Lines that begin with # are comments. What stands in files, in saved
// searches and in an editor. Not shared between threads. Floor: model.
#ifndef LODE_MODEL_QUERY_TEXT_H
#define LODE_MODEL_QUERY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "model/query.h"

// Filters and order, a line each.
void query_text(const struct query *q, struct str *out);
// The same with the entity before it: what query_text_read() reads back as it was.
void query_write(const struct query *q, struct str *out);
// Is it the same text that query_write() gives of both?
bool query_same(const struct query *a, const struct query *b);
// One line of such a text into a query whose entity is known: a filter, `sort =`, `entity =` (which
// must be that one), a comment, nothing.
bool query_read(struct query *q, const char *line, struct err *e);
// A whole text into *q, which may hold filters already; where q->entity is NULL the text must say
// it before its first filter. Every line at fault is told and passed over. Returns how many were.
size_t query_text_read(const char *text, struct query *q, const struct query_faults *to);

#endif
