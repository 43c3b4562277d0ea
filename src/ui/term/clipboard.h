// The terminal's clipboard. Values. Floor: ui/term.
#ifndef LODE_UI_TERM_CLIPBOARD_H
#define LODE_UI_TERM_CLIPBOARD_H

#include <stddef.h>

#include "base/str.h"

// Appends the order to put len bytes of text into it (OSC 52).
void clipboard_order(const char *text, size_t len, struct str *out);

#endif
