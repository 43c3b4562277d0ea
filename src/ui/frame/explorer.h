// The explorer from start to end: desk, terminal, frame, loop. Main thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_EXPLORER_H
#define LODE_UI_FRAME_EXPLORER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "desk/desk.h"

struct explorer_order {
    struct desk_config desk;
    bool linear;                 // ordered lines instead of a screen
    const char *const *commands; // to run once it is up, in this order
    size_t n_commands;
};

// false with *e where it could not begin; with --linear also where a command of a pipe failed.
bool explorer_run(const struct explorer_order *order, struct err *e);

#endif
