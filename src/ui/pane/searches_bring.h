// A search as text in the place of the filters, from a popup. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_SEARCHES_BRING_H
#define LODE_UI_PANE_SEARCHES_BRING_H

#include "ui/pane/pane.h"

// Closes the popup p and calls then(p) where all of it is sound; else what is at fault is shown and
// the filters are opened without it. then may be NULL.
bool search_bring(struct pane *p, const char *text, void (*then)(struct pane *p), struct err *e);

#endif
