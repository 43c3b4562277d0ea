// The quote, the purchase and its outcome as lines: what the quote pane draws above its list. UI
// thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_QUOTE_LINES_H
#define LODE_UI_PANE_QUOTE_LINES_H

#include "desk/desk.h"
#include "ui/term/canvas.h"

// Each draws from the area's first row on and returns the rows it took.
// A line for every standing there is, with its number, price and reason; then the three meters
// before and after a purchase for at most `top` credits.
int quote_draw_price(struct area a, const struct desk *d, long long top);
// What came of the purchase, against what the quote said.
int quote_draw_outcome(struct area a, const struct desk *d);

#endif
