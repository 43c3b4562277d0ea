// Long text to read: wrapped or not, scrolled, searched. Lines may have a role each. UI thread.
// Floor: ui/widget.
#ifndef LODE_UI_WIDGET_TEXT_VIEW_H
#define LODE_UI_WIDGET_TEXT_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "ui/term/canvas.h"
#include "ui/term/event.h"
#include "ui/widget/scroll.h"

struct text_view {
    struct str text;         // as it was given
    struct str clean;        // as it is shown, where that is another; "": it is not
    struct text_line *lines; // as broken for the width drawn last; owned
    size_t n_lines, cap;
    int broken_w; // -1: not yet
    bool wrap, headings;
    int left, widest; // columns scrolled off where it does not wrap; of the longest line
    struct scroll scroll;
    struct str found; // shown as found; "": nothing
};

// Copies text. Lines that begin with "# " are headings (ROLE_TITLE) where `headings` is set. A
// zeroed view is an empty one.
void text_view_set(struct text_view *t, const char *text, bool wrap, bool headings);
// Other text in its place, as one reads on: where it stands and what was found stay.
void text_view_change(struct text_view *t, const char *text);
void text_view_free(struct text_view *t);
void text_view_draw(struct text_view *t, struct area a, bool focused);
bool text_view_move(struct text_view *t, enum move move);
bool text_view_event(struct text_view *t, const struct event *ev); // the wheel, and a click
// The next line with text (without case or accents) behind the cursor, or before it where step is
// negative; from the cursor on where it is 0. Goes round; false where there is none.
bool text_view_find(struct text_view *t, const char *text, int step);

#endif
