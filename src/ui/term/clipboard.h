// The clipboard: the terminal's by its escape sequence, the desktop's by a program. UI thread.
// Floor: ui/term.
#ifndef LODE_UI_TERM_CLIPBOARD_H
#define LODE_UI_TERM_CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

// What stands between this program and the terminal.
enum clipboard_via { CLIPBOARD_DIRECT, CLIPBOARD_TMUX, CLIPBOARD_SCREEN };

// By the environment.
enum clipboard_via clipboard_via(void);
// Appends the order to put len bytes of text into it (OSC 52), so that it comes through. tmux hands
// on either the order itself or what is wrapped, by how it is set up, so it gets both.
void clipboard_order(enum clipboard_via via, const char *text, size_t len, struct str *out);
// Gives text to wl-copy or xclip where there is one and its display; false where there is none, or
// it is more than 16 MiB.
bool clipboard_give(const char *text, size_t len);

#endif
