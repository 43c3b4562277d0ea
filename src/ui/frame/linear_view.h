// The pane that has the keys, as lines. Main thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_LINEAR_VIEW_H
#define LODE_UI_FRAME_LINEAR_VIEW_H

#include <stdbool.h>

#include "base/str.h"

struct frame;

// First its title, status and the row under the cursor with its place; then, where whole is set,
// every line of it. The pane may then ask for what is missing.
void linear_view(struct frame *f, bool whole, struct str *out);

#endif
