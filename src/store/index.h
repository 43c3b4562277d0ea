// The library's full-text index: a file of its own, made anew where it is missing or damaged. On
// the owner thread. Floor: store.
#ifndef LODE_STORE_INDEX_H
#define LODE_STORE_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/vec.h"
#include "store/owner.h"

typedef VEC(int64_t) numbers;

// Opens s->index where it is not open; in memory where its file cannot be had.
bool index_open(struct store *s, struct err *e);
// The file goes, with all that was in it.
void index_drop(struct store *s);
// Takes in some of what it lacks. *left: how many answers it lacks still.
bool index_advance(struct store *s, int64_t *left, struct err *e);
// Answers whose words fit expression (FTS5), the best first where there are few, else in any order.
bool index_match(struct store *s, const char *expression, numbers *out, struct err *e);
// Answers that may be called (false), or that carry a flag that forbids it; ascending.
bool index_flagged(struct store *s, bool do_not_call, numbers *out, struct err *e);

#endif
