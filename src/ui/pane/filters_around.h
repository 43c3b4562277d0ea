// A place and the radius around it as one text: "10001, 10002 within 25 miles". UI thread.
// Floor: ui/pane.
#ifndef LODE_UI_PANE_FILTERS_AROUND_H
#define LODE_UI_PANE_FILTERS_AROUND_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "desk/desk.h"

// "within 25 miles", or nothing where no radius is set.
void around_radius(const struct query *q, const struct input *radius, struct str *out);
// Both as they are typed. Without a radius that is the values alone.
void around_text(const struct query *q, const struct input *centre, struct str *out);
// Puts the word between them behind values that have none yet; alone where there are no values,
// so that what is typed is the radius, which asks for them.
void around_begin(struct str *text);
// Cuts "VALUES within N [miles]" in two at its last "within" outside of quotes. *radius lives in
// text, or is NULL where there is none; what stands behind the number and is not the unit stays.
void around_cut(char *text, const struct input *radius_input, char **radius);
// Takes a filter away, and a radius around it.
bool around_clear(struct desk *d, const struct input *input, struct err *e);
// Sets both as one step of undo. ERR_INVALID where a radius stands alone, or is none.
bool around_set(struct desk *d, const struct input *centre, const char *text, struct err *e);

#endif
