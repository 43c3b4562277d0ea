// Exact colours for terminals whose description knows only 256: the same description with 24-bit
// colours put in, handed to curses. UI thread. Floor: ui/term.
#ifndef LODE_UI_TERM_DIRECT_H
#define LODE_UI_TERM_DIRECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

// What numbers of colours mean to the terminal.
enum numbering {
    NUMBERING_PLAIN,  // 0-255
    NUMBERING_EIGHT,  // 0-7, and bold makes them bright
    NUMBERING_DIRECT, // by its own description: 0xrrggbb, but 0-7 its own
    NUMBERING_MADE    // by direct_description(): 0xrrggbb, but for sixteen of them
};

// Does the terminal take exact colours though its description does not say so? By COLORTERM.
bool direct_wanted(const char *term, int colours);
// Appends the description of the terminal that setupterm() read last, with colours by number as
// direct_number() has them. As the variable TERMINFO may hold it (terminfo(5)).
void direct_description(const char *term, struct str *out);
// The number for a colour of a theme's style; -1 for the default.
int direct_number(int32_t colour, enum numbering numbering);

#endif
