// A form: labelled fields one below the other, some in groups, each shown with its value; one can
// be edited in place. Knows nothing of what the fields mean. UI thread. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_FORM_H
#define LODE_UI_WIDGET_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/term/canvas.h"
#include "ui/term/event.h"
#include "ui/widget/edit.h"
#include "ui/widget/scroll.h"

struct form_field {
    const char *label;
    const char *value; // "" empty; NULL: this is a group's heading
    const char *note;  // shown dim behind the value: unit, reason it is blocked; or NULL
    enum role role;    // of the value
    bool blocked;      // cannot be changed
    bool secret;       // shown as dots
    bool button;       // one click is enough: nothing is lost by it
};

struct form_source {
    void *self;
    size_t (*count)(void *self);
    // Texts must live until the next call.
    struct form_field (*field)(void *self, size_t i);
};

struct form {
    struct form_source source;
    struct scroll scroll;
    bool editing; // the field under the cursor, in edit
    bool pressed; // by the last press of the mouse, the field under the cursor
    struct edit edit;
    int label_width; // 0: by the labels
};

void form_draw(struct form *f, struct area a, bool focused);
// The field under the cursor as a line, label and value, where w columns had no room for all of it
// when it was drawn. false: it stands there whole, and buf is "".
bool form_cut(const struct form *f, int w, char *buf, size_t size);
bool form_move(struct form *f, enum move move); // headings are passed over
// Begins to edit the field under the cursor with text; false where it is blocked.
bool form_edit(struct form *f, const char *text);

enum form_result { FORM_NOT_MINE, FORM_TAKEN, FORM_CHOSEN, FORM_ENTERED, FORM_LEFT };
// While editing: FORM_ENTERED (Enter, or a click elsewhere; the text is f->edit's), FORM_LEFT (Esc;
// as it was). Else a click moves the cursor, a double click, or one on a button, is FORM_CHOSEN: as
// Enter (y, x within the area).
enum form_result form_event(struct form *f, const struct event *ev);
void form_free(struct form *f);

#endif
