// A cursor in a run of items and the window that follows it: what tables, lists, trees and texts
// have in common. Values. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_SCROLL_H
#define LODE_UI_WIDGET_SCROLL_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/term/event.h"

enum move {
    MOVE_UP,
    MOVE_DOWN,
    MOVE_LEFT,
    MOVE_RIGHT,
    MOVE_PAGE_UP,
    MOVE_PAGE_DOWN,
    MOVE_HALF_UP,
    MOVE_HALF_DOWN,
    MOVE_TOP,
    MOVE_BOTTOM,
    MOVE_FIRST, // column
    MOVE_LAST,
    MOVES
};

// The command that asks for a move ("up", "page-down", ...); false where name is none.
bool move_find(const char *name, enum move *out);

struct scroll {
    size_t n;   // items
    size_t at;  // the cursor; 0 where there are none
    size_t top; // first item shown
    int h;      // items that fit, as drawn last
};

// Sets n and h and brings at and top into bounds; the cursor stays on the screen.
void scroll_fit(struct scroll *s, size_t n, int h);
// true where the cursor moved. LEFT, RIGHT, FIRST and LAST are not for it.
bool scroll_move(struct scroll *s, enum move move);
void scroll_to(struct scroll *s, size_t at);
// Moves the window by rows (the mouse wheel); the cursor stays within it.
void scroll_wheel(struct scroll *s, int rows);
// true where the event was the wheel: the window has moved a few rows.
bool scroll_wheeled(struct scroll *s, const struct event *ev);
// true where the event was a press or a double click of the left button on an item: *item. The
// first one shown stands in row y.
bool scroll_clicked(const struct scroll *s, const struct event *ev, int y, size_t *item);

#endif
