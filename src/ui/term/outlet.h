// Where curses writes to, and how that gets to the terminal: a whole painting in one write, which
// curses itself sends in as many as its cursor jumps. A terminal that does not read holds nobody
// up: what it did not take waits here. UI thread. Floor: ui/term.
#ifndef LODE_UI_TERM_OUTLET_H
#define LODE_UI_TERM_OUTLET_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "base/str.h"

struct outlet {
    FILE *stream; // for newterm()
    int fd;       // the terminal once more, for writes that do not block; else standard output
    int kept;     // what curses wrote since outlet_hold(); -1: it writes to the terminal itself
    long at;      // how much of that was taken
    struct str bytes;
    size_t sent; // of bytes
};

// To the terminal of standard output; curses writes there itself until outlet_hold(). false with
// *e: there are no descriptors left.
bool outlet_open(struct outlet *o, struct err *e);
// Not before delscreen().
void outlet_close(struct outlet *o);
// From now on what curses writes is kept for outlet_gather(). No call that asks or sets the
// terminal's modes may stand between this and outlet_lend().
void outlet_hold(struct outlet *o);
void outlet_lend(struct outlet *o);
// To be sent by outlet_go_on(), in this order: a text, what curses wrote.
void outlet_add(struct outlet *o, const char *text);
void outlet_gather(struct outlet *o);
void outlet_put(struct outlet *o, const char *bytes, size_t len);
// Does something wait because the terminal does not read? Then o->fd is to be polled for POLLOUT.
bool outlet_waits(const struct outlet *o);
// Sends what waits, as far as the terminal takes it.
void outlet_go_on(struct outlet *o);
// Until all is sent; what the terminal has not taken by then is dropped, there and here.
void outlet_settle(struct outlet *o, int timeout_ms);

#endif
