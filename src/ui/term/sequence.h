// One escape sequence of a terminal, taken apart. Values. Floor: ui/term.
#ifndef LODE_UI_TERM_SEQUENCE_H
#define LODE_UI_TERM_SEQUENCE_H

#include <stddef.h>
#include <stdint.h>

#include "ui/term/event.h"

enum { SEQUENCE_PARAMS = 6, SEQUENCE_MAX = 64 };

struct sequence {
    char start;  // '[': CSI; 'O': SS3
    char prefix; // '?', '<', '>', '=' before the numbers, or 0
    char middle; // '$' and the like before the last byte, or 0
    char final;
    int n;
    int params[SEQUENCE_PARAMS]; // 0 where one is left out
};

// Reads what follows ESC at p, from '[' or 'O' on. Returns its bytes; 0: more must come. What is no
// sequence is taken up to where that shows, with final 0.
size_t sequence_read(const char *p, size_t len, struct sequence *out);
// The key it stands for, with modifiers; 0: none.
uint32_t sequence_key(const struct sequence *s);
// A control character 0..31 or 127 as a key.
uint32_t control_key(unsigned char c);
// A button's doing by an SGR report (CSI < ... M or m) or one of X10 (CSI M and three bytes).
// false: nothing that an event tells.
bool sequence_mouse(const struct sequence *s, struct event *out);
bool x10_mouse(const char bytes[static 3], struct event *out);

#endif
