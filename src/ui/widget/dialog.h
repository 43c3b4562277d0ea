// A question with buttons. UI thread. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_DIALOG_H
#define LODE_UI_WIDGET_DIALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/term/canvas.h"
#include "ui/term/event.h"
#include "ui/widget/scroll.h"

enum { BUTTONS_MAX = 8 };

// A row of buttons: left and right or Tab move, Enter or a click chooses, a capital letter's key
// too.
struct buttons {
    const char *labels[BUTTONS_MAX]; // the owner's
    bool blocked[BUTTONS_MAX];       // cannot be chosen
    size_t n, at;
    int x[BUTTONS_MAX]; // where each was drawn last
};

void buttons_draw(struct buttons *b, struct area a, bool focused);
bool buttons_move(struct buttons *b, enum move move);
// -1: not chosen; *taken says whether the event was for it.
int buttons_event(struct buttons *b, const struct event *ev, bool *taken);

// Wraps text into the area from row y on; returns the rows it takes. Draws nothing where role is
// negative (to measure).
int wrapped_text(struct area a, int y, int role, const char *text);

#endif
