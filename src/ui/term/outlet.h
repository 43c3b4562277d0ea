// Where curses writes to: the terminal by a descriptor of its own, so that a whole painting can be
// held back and sent at once, which curses itself sends in as many pieces as its cursor jumps.
// UI thread. Floor: ui/term.
#ifndef LODE_UI_TERM_OUTLET_H
#define LODE_UI_TERM_OUTLET_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "base/str.h"

struct outlet {
    FILE *stream; // for newterm()
    int kept;     // what is held back; -1: nothing can be
    struct str bytes;
};

// To the terminal of standard output. false with *e: there are no descriptors left.
bool outlet_open(struct outlet *o, struct err *e);
// Not before delscreen().
void outlet_close(struct outlet *o);
// What is written to the stream from now on is kept until outlet_release(), which sends it between
// before and after in one piece. No call that asks or sets the terminal's modes may stand between.
void outlet_hold(const struct outlet *o);
void outlet_release(struct outlet *o, const char *before, const char *after);

#endif
