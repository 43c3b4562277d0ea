// Text that came at once without brackets: did a hand type it? Values. Floor: ui/term.
#ifndef LODE_UI_TERM_BURST_H
#define LODE_UI_TERM_BURST_H

#include <stdbool.h>
#include <stddef.h>

// Of a text, or a line's end or a tab.
bool burst_is_typed(unsigned char c);
// How many bytes from p on are typed characters and what keys or the colours of a text send, whole;
// *plain: they are characters alone. What the mouse and the terminal itself say ends them.
size_t burst_run(const char *p, size_t len, bool *plain);
// Did no hand type such a run? A key that is held down, many presses of few keys that waited while
// the program was busy, and a short line with Enter that waited on a slow network are typed.
bool burst_is(const char *p, size_t len);
// Two different characters or more, beside blanks and line ends: no key that is held down.
bool burst_is_mixed(const char *p, size_t len);
// Mixed, or a character with anything else beside sequences: a blank, a line's end.
bool burst_is_joined(const char *p, size_t len);
// Is each character, beside blanks and line ends, one of those?
bool burst_is_all(const char *p, size_t len, bool (*is)(void *self, char c), void *self);
bool burst_has_line_end(const char *p, size_t len);

#endif
