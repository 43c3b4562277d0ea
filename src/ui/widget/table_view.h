// A table over rows that somebody else has: only what is shown is asked for. Pinned columns stay,
// the others scroll sideways. UI thread. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_TABLE_VIEW_H
#define LODE_UI_WIDGET_TABLE_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/term/canvas.h"
#include "ui/term/event.h"
#include "ui/widget/row.h"
#include "ui/widget/scroll.h"

struct table_column {
    const char *heading;
    const char *name; // the heading in full, where it may be a sign alone; NULL: as it stands
    int width;
    bool right;  // numbers
    bool pinned; // those first, in front of the scrolling ones
    char sort;   // '^', 'v', or 0
};

struct table_source {
    void *self;
    size_t (*rows)(void *self);
    // The text of a cell, or NULL: not there yet (drawn as dots). *role is ROLE_TEXT before. The
    // text must live until the next call.
    const char *(*cell)(void *self, size_t row, size_t column, enum role *role);
    // The sign before a row ("*" marked, "!" ...), at most two columns. May be NULL.
    const char *(*sign)(void *self, size_t row, enum role *role);
};

// What the last drawing drew, and where.
struct table_drawn {
    struct area area;
    bool focused;
    size_t n, top, at, column, left;
    bool whole;     // all rows, else two:
    size_t rows[2]; // where the cursor was and where it came to
};

struct table_view {
    struct table_source source;
    const struct table_column *columns; // the owner's; may change between drawings
    size_t n_columns;
    struct scroll rows;
    size_t at;     // cursor column
    size_t left;   // first column that scrolls and is shown
    size_t anchor; // other end of the range being marked
    bool ranging;  // anchor..rows.at is shown as a range
    bool moving;   // the column held is to stand where the column onto stands; so it is shown
    size_t held, onto;
    const char *found;             // text to show as found, or NULL
    const struct sign_word *words; // of the signs, for row_say(); NULL: as they are mostly
    bool pins; // people pin columns here: a sign in the headings tells where those end
    struct table_drawn drawn;
};

enum table_part { TABLE_NOTHING, TABLE_HEADING, TABLE_EDGE, TABLE_ROW };

struct table_hit {
    enum table_part part; // TABLE_EDGE: the right edge of a heading, for widening by drag
    size_t row, column;
};

// The first row of the area is for headings.
void table_view_draw(struct table_view *t, struct area a, bool focused);
// Where nothing but the cursor has moved since the last drawing, which still stands on the canvas:
// draws the two rows that differ, or all where the window had to follow.
void table_view_draw_moved(struct table_view *t, struct area a, bool focused);
// Did the last drawing draw this row, so that what stands beside it is to be drawn too?
bool table_view_drew(const struct table_view *t, size_t row);
bool table_view_move(struct table_view *t, enum move move);
// Brings the cursor column onto a screen w columns wide.
void table_view_reveal(struct table_view *t, int w);
// Does column a stand in front of b on the screen?
bool table_view_before(const struct table_view *t, size_t a, size_t b);
// What stands at y, x of the area as it was drawn last (w columns wide).
struct table_hit table_view_hit(const struct table_view *t, int w, int y, int x);

#endif
