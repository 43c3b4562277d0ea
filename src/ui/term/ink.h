// Changed cells as the bytes that an ordinary terminal takes. Curses would look for what changed
// again and write it piece by piece: half of a key's time. UI thread. Floor: ui/term.
#ifndef LODE_UI_TERM_INK_H
#define LODE_UI_TERM_INK_H

#include <stdbool.h>

#include "base/str.h"
#include "ui/term/canvas.h"
#include "ui/term/direct.h"
#include "ui/term/theme.h"

// How a role is written.
struct ink_look {
    struct str on; // what sets it where nothing is set
    bool plain;    // a blank of it is what erasing leaves
};

struct ink {
    struct ink_look looks[ROLE_COUNT];
    struct str off;   // what unsets every look
    bool erases;      // the terminal erases by count
    struct str bytes; // to be sent, in this order
    int y, x;         // where the terminal's cursor is; y -1: not known
    int role;         // whose look is set; -1: none
    bool drifts;      // what was written last may be of another width there
};

// By the description that curses works with, after newterm(). false: curses must paint.
bool ink_init(struct ink *k);
void ink_free(struct ink *k);
void ink_look(struct ink *k, enum role role, const struct style *s, enum numbering numbering);
// Nothing is known of the terminal's cursor any more, and what was not sent is dropped.
void ink_begin(struct ink *k);
// The cells from..to of row y, whole wide characters. shown: what stands there in all w cells of
// the row; NULL where that is not known.
void ink_put(struct ink *k, const struct cell *row, const struct cell *shown, int w, int y,
             int from, int to);
// No look is set any more, and the cursor is at y, x; y -1: wherever it is.
void ink_end(struct ink *k, int y, int x);

#endif
