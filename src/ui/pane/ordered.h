// Popups in which things are chosen and put in order: a fuzzy list; Space chooses (Tab behind text
// that is typed), S-Up and S-Down move. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_ORDERED_H
#define LODE_UI_PANE_ORDERED_H

#include "ui/pane/chooser.h"

// Embed as the first member.
struct ordered {
    struct chooser chooser;
    size_t *items; // the owner's number of each, in order; owned
    bool *chosen;  // owned
    size_t n;
};

// Makes room for at most `most` items.
void ordered_init(struct ordered *o, size_t most);
void ordered_add(struct ordered *o, size_t item, bool chosen);
bool ordered_has(const struct ordered *o, size_t item);
void ordered_free(struct ordered *o);
// For list_source and pane_ops.
size_t ordered_count(void *self);
bool ordered_event(struct pane *p, const struct event *ev);

#endif
