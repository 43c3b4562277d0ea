// What a person does at the terminal: keys, mouse, pastes. Values. Floor: ui/term.
#ifndef LODE_UI_TERM_EVENT_H
#define LODE_UI_TERM_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

// A key is a code point (C0 control keys as K_CTRL | letter) or one of these, with modifiers.
enum {
    K_CTRL = 1 << 24,
    K_META = 1 << 25,
    K_SHIFT = 1 << 26, // only with the keys below; letters are their capitals
    K_SPECIAL = 1 << 22,
    K_UP = K_SPECIAL,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PAGE_UP,
    K_PAGE_DOWN,
    K_INSERT,
    K_DELETE,
    K_BACKSPACE,
    K_ENTER,
    K_TAB,
    K_ESCAPE,
    K_F1, // K_F1 + 11 is F12
    K_F12 = K_F1 + 11
};

enum mouse_what {
    MOUSE_PRESS,
    MOUSE_DOUBLE,
    MOUSE_DRAG, // moved with the button held
    MOUSE_RELEASE,
    MOUSE_WHEEL_UP,
    MOUSE_WHEEL_DOWN
};

enum event_kind {
    EVENT_KEY,
    EVENT_MOUSE,
    EVENT_PASTE, // bracketed, or keys that came at once as no hand types: text, never commands
    EVENT_RESIZE,
    EVENT_GONE // the terminal went away: leave
};

enum { MOUSE_RIGHT = 3 };

struct event {
    enum event_kind kind;
    uint32_t key;
    bool asked; // the key came in one burst behind one that asks for a line: text there, or nothing
    bool joined; // it came at once with another character or a line's end,
    bool mixed;  // or even with another one beside blanks: it may be of a text
    enum mouse_what mouse;
    int button;        // 1 left, 2 middle, MOUSE_RIGHT
    int y, x;          // of the mouse, on the screen
    const char *paste; // lives until the next event is read; at most PASTE_MAX bytes
    size_t paste_len;
    bool paste_cut; // more was pasted than that
};

enum { PASTE_MAX = 1 << 20 };

// "j", "G", "C-d", "M-x", "S-Tab", "Space", "PageUp", "F10", "Enter", "Esc": as keys.conf writes
// them; names and C- letters in any case. What a terminal cannot tell apart is one key: C-i is Tab,
// C-m Enter, C-[ Esc. Returns 0 where the name is unknown.
uint32_t key_parse(const char *name);
// Appends the name that key_parse() reads back.
void key_print(uint32_t key, struct str *out);

// A key that is text where something is being typed.
bool key_is_text(uint32_t key);

#endif
