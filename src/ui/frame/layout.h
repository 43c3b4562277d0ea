// Where everything stands on a screen of some size. A pure function. Any thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_LAYOUT_H
#define LODE_UI_FRAME_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

enum {
    LAYOUT_MIN_H = 10,
    LAYOUT_MIN_W = 40,      // below, there is only a message
    LAYOUT_WIDE = 100,      // from here panes stand side by side
    LAYOUT_VERY_WIDE = 160, // from here three of them
    LAYOUT_TALL = 40,       // from here a narrow screen has them one above the other
    LAYOUT_ROOMY = 30,      // from here the message has a row of its own
    SLOTS_MAX = 3
};

// The lines between panes that can be dragged: right of the left pane, left of the one beside.
enum divider { DIVIDER_LEFT, DIVIDER_BESIDE, DIVIDERS };

struct rect {
    int y, x, h, w;
};

// A pane's place. The title stands in the first row of box, the pane in inside.
struct slot {
    int pane; // number in the table of panes
    struct rect box, inside;
};

struct layout_wish {
    int h, w;
    int focus;              // the pane that must be seen
    bool alone;             // nothing beside it
    int left, main, beside; // what else could be seen; -1: nothing
    int percent[DIVIDERS];  // of the width for the left pane; of what it leaves, for the one beside
};

struct layout {
    bool too_small;
    int h, w;
    struct slot slots[SLOTS_MAX];
    size_t n;
    int divider[DIVIDERS];          // columns, -1: not there
    bool sides;                     // lines at the screen's left and right edge
    int tabs_y, message_y, hints_y; // message_y == hints_y: they share a row
};

struct layout layout_make(const struct layout_wish *wish);
// The slot that holds the cell, or -1.
int layout_at(const struct layout *l, int y, int x);
// The percentage that puts the divider into column x.
int layout_percent(const struct layout *l, enum divider divider, int x);
// A popup of that size, border and all, in the middle of the panes; cut to the screen.
struct rect layout_popup(const struct layout *l, int h, int w);

#endif
