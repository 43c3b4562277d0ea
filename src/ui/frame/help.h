// Help, made from the live bindings, the commands and the panes. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_HELP_H
#define LODE_UI_FRAME_HELP_H

#include <stdbool.h>

#include "base/str.h"

struct frame;
struct cmd;

// Opens it: about one command, or all, what works in the focused pane first.
void help_open(struct frame *f, const struct cmd *c);
// It is on top.
bool help_is_open(struct frame *f);
// The same as text; lines that begin with "# " are headings.
void help_text(struct frame *f, const struct cmd *c, struct str *out);

#endif
