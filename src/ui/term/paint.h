// A canvas on its way to the terminal: which cells differ from what is shown. Ordinary terminals
// are sent them as they are (ink.h), all others by curses. Between newterm() and endwin(). UI
// thread. Floor: ui/term.
#ifndef LODE_UI_TERM_PAINT_H
#define LODE_UI_TERM_PAINT_H

#include <stdbool.h>

#include "ui/term/canvas.h"
#include "ui/term/direct.h"
#include "ui/term/theme.h"

struct paint;

struct paint *paint_new(enum colours colours, enum numbering numbering);
void paint_free(struct paint *p);
// The screen is h * w cells from now on, and nothing is known of it.
void paint_size(struct paint *p, int h, int w);
// Nothing of what is shown is trusted any more: the next painting begins with a clear screen.
void paint_redraw(struct paint *p);
void paint_theme(struct paint *p, const struct theme *theme);
// Takes the cells that changed of the rows that were touched; returns how many. paint_flush() shows
// them.
int paint_cells(struct paint *p, struct canvas *c);
// All that is to be sent to the terminal, and the cursor to its place: what curses wrote (true: it
// did), then paint_bytes().
bool paint_flush(struct paint *p, const struct canvas *c);
const struct str *paint_bytes(const struct paint *p);

#endif
