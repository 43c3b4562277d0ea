// The one gate: what commands need, tested against what is. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_GATE_H
#define LODE_UI_FRAME_GATE_H

#include <stdbool.h>

#include "desk/desk.h"
#include "ui/frame/cmd.h"

// The needs (enum cmd_need bits) that are met now.
unsigned gate_met(const struct desk *d, bool screen);
// false with *e: one plain sentence on the first need that is not met. lock: the key or command of
// the spend lock.
bool gate_pass(const struct cmd *c, const struct desk *d, bool screen, const char *lock,
               struct err *e);

#endif
