// What the rows that are shown stand on, as people read it. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_BASIS_H
#define LODE_UI_PANE_BASIS_H

#include "base/str.h"
#include "desk/desk.h"

// Appends "all 1,284 hits", and of rows from an earlier session since when: ", as of 20:41".
// most: as desk_basis_ageless() takes it.
void basis_add(const struct desk *d, int most, struct str *out);

#endif
