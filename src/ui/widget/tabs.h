// A line of tabs or key hints that can be clicked. UI thread. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_TABS_H
#define LODE_UI_WIDGET_TABS_H

#include <stddef.h>

#include "ui/term/canvas.h"

struct tab {
    const char *key;   // "3", "?", or NULL
    const char *label; // "Detail"; "" the key alone
    int x, w;          // where it was drawn last; w 0: no room for it
};

// The columns that all of them take.
int tabs_width(const struct tab *tabs, size_t n);
// The same where they stand as close as tabs_draw_narrow() puts those that have no room.
int tabs_narrow(const struct tab *tabs, size_t n);
void tabs_draw_narrow(struct tab *tabs, size_t n, int at, struct area a);
// From the left, as many as fit whole; `at` is shown as chosen (-1: none).
void tabs_draw(struct tab *tabs, size_t n, int at, struct area a);
// The tab at column x, or -1.
int tabs_hit(const struct tab *tabs, size_t n, int x);

#endif
