// A sheet of cells that everything is drawn on: in memory, so that widgets can be tested without a
// terminal and printed as lines. The terminal is given what changed (term_paint()). Owner: the UI
// thread. Floor: ui/term.
#ifndef LODE_UI_TERM_CANVAS_H
#define LODE_UI_TERM_CANVAS_H

#include <stdbool.h>
#include <stdint.h>
#include <wchar.h>

#include "base/str.h"
#include "ui/term/role.h"

enum { CELL_POINTS = 5 }; // a base and as many marks as text_clean() leaves on it

struct cell {
    wchar_t text[CELL_POINTS]; // zeros after the last; text[0] == 0: the right half of a wide one
    uint8_t role;              // enum role
    uint8_t width;             // 1 or 2; 0 for the right half of a wide one
    uint16_t unused;           // 0: cells compare by their bytes
};

struct canvas {
    struct cell *cells; // h * w, owned
    bool *touched;      // h, owned: which rows were drawn on since the terminal was given them
    int h, w;
    int cursor_y, cursor_x;            // where the terminal's cursor goes; -1: hidden
    struct str clean, fitted, printed; // area_text() and area_textf() work in these; owned
    struct str scratch; // for whoever draws: text made ready, until the next one does
    bool spoken;        // it is read out, row by row, not seen; set before canvas_size()
    struct str *said;   // h, owned: what a row says instead of its cells; "" them
    int n_said;
};

// A window on a canvas; by value. Drawing outside of it is cut off.
struct area {
    struct canvas *canvas;
    int y, x, h, w;
};

// All blank, ROLE_TEXT. Also for resizing: what was drawn is gone.
void canvas_size(struct canvas *c, int h, int w);
void canvas_free(struct canvas *c);
struct area canvas_area(struct canvas *c);
// Row y as text without blanks at its end: for tests and --linear. Of one that is spoken what the
// row says, else its cells with no more than two blanks between.
void canvas_line(const struct canvas *c, int y, struct str *out);

// The part of a that begins at y, x; clipped to a.
struct area area_part(struct area a, int y, int x, int h, int w);
// Blanks in this role everywhere.
void area_fill(struct area a, enum role role);
// Text from anywhere: this is the sink that makes it harmless (text_clean()). At most width columns
// (and the area's), cut with an ellipsis at a grapheme border; a wide character is never halved,
// nor is the half of one left behind. Returns the columns drawn; with x < 0 those left of the area
// count.
int area_text(struct area a, int y, int x, int width, enum role role, const char *text);
int area_textf(struct area a, int y, int x, int width, enum role role, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
// The same, ending at the right edge x + width or the area's.
int area_text_right(struct area a, int y, int x, int width, enum role role, const char *text);
// Changes how width columns look, and nothing else. A wide character looks as its left half does.
void area_role(struct area a, int y, int x, int width, enum role role);
// Lines: box drawing characters, or - | + outside UTF-8.
void area_hline(struct area a, int y, int x, int width, enum role role);
void area_vline(struct area a, int y, int x, int height, enum role role);
void area_box(struct area a, enum role role);
// Where the canvas is spoken: the words of row y, "" at first, for what is cut or told by its place
// on a screen. NULL: it is seen, or the row is outside.
struct str *area_said(struct area a, int y);
// The terminal's cursor: on the focused item, for people and for screen readers. Outside of a it
// stays where it was.
void area_cursor(struct area a, int y, int x);

#endif
