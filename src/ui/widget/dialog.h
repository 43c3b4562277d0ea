// A question with buttons. UI thread. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_DIALOG_H
#define LODE_UI_WIDGET_DIALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/term/canvas.h"
#include "ui/term/event.h"
#include "ui/widget/scroll.h"

enum { BUTTONS_MAX = 8 };

// A row of buttons: left and right or Tab move, Enter, Space or a click chooses, and the key of a
// label's first capital letter, large or small.
struct buttons {
    const char *labels[BUTTONS_MAX]; // the owner's
    bool blocked[BUTTONS_MAX];       // cannot be chosen
    size_t n, at;
    int x[BUTTONS_MAX]; // where each was drawn last; -1: no room
};

void buttons_draw(struct buttons *b, struct area a, bool focused);
// true where another button was chosen; those that are blocked are passed over.
bool buttons_move(struct buttons *b, enum move move);
// The button pressed, or -1; *taken says whether the event was for it. y, x within the area.
int buttons_event(struct buttons *b, const struct event *ev, bool *taken);

// Wraps text into the area from row y on; returns the rows it takes, those cut off as well. Draws
// nothing where role is negative (to measure), nor behind the text.
int wrapped_text(struct area a, int y, int role, const char *text);

#endif
