// What the program switches on in a terminal and off again, and what the terminal's description
// says about that and about its keys. UI thread. Floor: ui/term.
#ifndef LODE_UI_TERM_MODES_H
#define LODE_UI_TERM_MODES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "ui/term/input.h"

#define MODES_SYNC_ON "\033[?2026h"
#define MODES_SYNC_OFF "\033[?2026l"
#define MODES_MOUSE_ON "\033[?1002h\033[?1006h"
#define MODES_MOUSE_OFF "\033[?1006l\033[?1002l"
// Asks whether the terminal knows synchronized updates; the answer comes as input.
#define MODES_SYNC_ASK "\033[?2026$p"

struct modes {
    bool cursor; // it can place the cursor
    bool ansi;   // it understands ECMA-48, so the strings here at least do no harm
    bool mouse, sync;
    int colours, h, w;  // as described; 0: not
    struct str on, off; // keys and pastes
    struct str last;    // clears the row that the shell goes on in, where no other screen comes back
    struct str dying;   // all there is to switch off, the screen too
};

// By the description that setupterm() read last.
void modes_read(struct modes *m);
void modes_free(struct modes *m);

// The strings that its keys send, by the same description.
struct key_strings {
    struct key_string *items;
    size_t len, cap;
};
void key_strings_read(struct key_strings *k);
void key_strings_free(struct key_strings *k);

#endif
