// Commands of the form NAME [on|off]: without a word, the other way round. UI thread.
// Floor: ui/frame.
#ifndef LODE_UI_FRAME_TOGGLE_H
#define LODE_UI_FRAME_TOGGLE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/line.h"

// *on holds what is so now and gets what shall be. false with *e where the word is neither.
bool toggle_read(const struct line *line, bool *on, struct err *e);

#endif
