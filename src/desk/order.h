// The order of the rows as a step that can be undone: of those that are fetched, or the server's,
// which costs a request each way. For desk/*.c. UI thread. Floor: desk.
#ifndef LODE_DESK_ORDER_H
#define LODE_DESK_ORDER_H

#include <stdbool.h>

#include "base/err.h"
#include "desk/undo.h"

struct desk;
struct seat;

struct rows_order order_now(const struct results *r);
// The rows have another order than before: a step; where it is the same there is none.
void order_push(struct seat *s, const struct results *r, const struct rows_order *before);
// The search that was asked for just now brings the same rows in another order; before: theirs.
void order_asked(struct seat *s, const struct rows_order *before);
// It has come, with all that it brings taken in.
void order_came(struct desk *d, struct seat *s);
// It does not come, or another search was asked for.
void order_stop(struct seat *s);
// Other rows are there: no step is about them.
void order_forget(struct seat *s);

#endif
