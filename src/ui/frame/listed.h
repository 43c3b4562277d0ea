// A popup with a list to choose from by a few letters: what palette and theme picker share. UI
// thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_LISTED_H
#define LODE_UI_FRAME_LISTED_H

#include <stdbool.h>

#include "ui/pane/pane.h"
#include "ui/widget/list_view.h"

struct frame;

// Embed as the first member of the popup.
struct listed {
    struct pane pane;
    struct frame *frame;
    struct list_view list;
    void (*chosen)(struct listed *l, long long item); // the popup is closing
    void (*moved)(struct listed *l, long long item);  // the cursor is on another one; may be NULL
    void (*left)(struct listed *l);                   // without a choice; may be NULL
    // What the row under the cursor has no room for, said below the rows; may be NULL.
    const char *(*about)(struct listed *l, long long item);
};

// For the popup's ops.
extern const struct pane_action listed_actions[];
void listed_draw(struct pane *p, struct area a, bool focused);
bool listed_event(struct pane *p, const struct event *ev);
bool listed_typing(const struct pane *p);
// Puts it on top. source.self is the popup.
void listed_open(struct listed *l, struct frame *f, const struct pane_ops *ops,
                 const struct list_source *source);

// Puts the cursor on an item, while nothing was typed.
void listed_at(struct listed *l, size_t item);

#endif
