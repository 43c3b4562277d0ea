// The order of the rows as a step that can be undone: of those that are fetched, or the server's,
// which costs a request each way; and what the cursor stands on where the order becomes another one.
// For desk/*.c. UI thread. Floor: desk.
#ifndef LODE_DESK_ORDER_H
#define LODE_DESK_ORDER_H

#include <stdbool.h>

#include "desk/inside.h"


// What the cursor stands on, and how far down the window.
struct stand {
    char *id; // owned; NULL: nothing
    size_t below;
};

struct stand stand_on(const struct results *r, enum follow follow);
// The cursor goes with its record, or stays where it is: false. The stand is freed.
bool stand_again(struct results *r, struct stand *s);

struct rows_order order_now(const struct results *r);
// The rows have another order than before: a step; where it is the same there is none.
void order_push(struct seat *s, const struct results *r, const struct rows_order *before);
// The search that was asked for just now brings the same rows in another order; before: theirs.
void order_asked(struct seat *s, const struct rows_order *before);
// It has come, with all that it brings taken in; where the cursor stood before, which is freed. Where
// the record is not among the rows that came it is said where the cursor is now.
void order_came(struct desk *d, struct seat *s, struct stand *stand);
// It has not come: says so, and why.
void order_failed(struct desk *d, struct seat *s, const struct err *e);
// It does not come, or another search was asked for: what was being undone can be undone again.
void order_stop(struct seat *s);
// Other rows are there: no step is about them.
void order_forget(struct seat *s);

#endif
