// Curses on the terminal of standard input and output, or a sentence why not. UI thread.
// Floor: ui/term.
#ifndef LODE_UI_TERM_START_H
#define LODE_UI_TERM_START_H

#include <stdbool.h>
#include <termios.h>

#include "base/err.h"
#include "ui/term/direct.h"
#include "ui/term/modes.h"
#include "ui/term/outlet.h"
#include "ui/term/theme.h"

struct screen; // curses' own
struct start {
    struct screen *screen;
    struct outlet outlet;  // open where screen is
    struct termios before; // as the terminal was found
    struct modes modes;
    struct key_strings keys;
    enum colours colours;
    enum numbering numbering;
};

// false with *e: there is no terminal, or not one that can show a screen; nothing was changed.
bool start_screen(struct start *s, struct err *e);

#endif
