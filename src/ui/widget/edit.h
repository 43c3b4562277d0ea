// One line of text being typed: cursor, words, cutting and putting back, paste as text, a mask for
// secrets. UI thread. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_EDIT_H
#define LODE_UI_WIDGET_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "ui/term/canvas.h"
#include "ui/term/event.h"

enum { EDIT_MAX = 4096 };

struct edit {
    struct str text;  // valid UTF-8, no control characters
    size_t at;        // cursor, in bytes, at a grapheme border
    int left;         // columns scrolled off
    bool secret;      // set before there is text: shown as dots; wiped when freed, cut or cleared
    size_t max;       // bytes; 0: EDIT_MAX
    unsigned changes; // grows whenever the text changes
    struct str cut;   // what C-u, C-k and C-w took, for C-y; never of a secret
};

void edit_free(struct edit *e);
// The cursor goes to its end.
void edit_set(struct edit *e, const char *text);
// Puts text in place of the bytes from..to (at grapheme borders); the cursor goes behind it.
void edit_replace(struct edit *e, size_t from, size_t to, const char *text);
// Keys of a line editor (arrows, Home, End, C-a C-e C-b C-f C-d C-h C-k C-u C-w C-y, M-b M-f M-d,
// Backspace, Delete, C-Left, C-Right), printable characters and pastes (line ends become blanks,
// those at the end are left out). true: taken.
bool edit_event(struct edit *e, const struct event *ev);
// In the first row of the area; the terminal's cursor goes there when focused. hint: shown dim
// while nothing is typed, or NULL.
void edit_draw(struct edit *e, struct area a, bool focused, const char *hint);

#endif
