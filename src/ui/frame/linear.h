// The explorer as ordered lines, for screen readers, dumb terminals and pipes: a command a line
// comes in; what changed goes out. Main thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_LINEAR_H
#define LODE_UI_FRAME_LINEAR_H

#include <stdbool.h>

#include "base/err.h"
#include "desk/desk.h"
#include "ui/frame/explorer.h"

// Commands of the order first, then lines of standard input to its end. From a pipe each waits for
// the one before. false where a command from a pipe failed: the last fault is in *e.
bool linear_run(struct desk *desk, const struct explorer_order *order, struct err *e);

#endif
