// A tree of items that open and close: hierarchies of lookup values, JSON. UI thread.
// Floor: ui/widget.
#ifndef LODE_UI_WIDGET_TREE_VIEW_H
#define LODE_UI_WIDGET_TREE_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/term/canvas.h"
#include "ui/term/event.h"
#include "ui/widget/scroll.h"

// Items are numbered 0..count-1 with parents before their children; the first is a root.
struct tree_source {
    void *self;
    size_t (*count)(void *self);
    long long (*parent)(void *self, size_t item); // -1: a root
    const char *(*text)(void *self, size_t item);
    const char *(*aside)(void *self, size_t item);                 // may be NULL
    const char *(*sign)(void *self, size_t item, enum role *role); // chosen or not; may be NULL
};

struct tree_view {
    struct tree_source source;
    struct tree_node *nodes; // open or closed, depth; owned
    size_t n_nodes;
    size_t *shown; // items in the order shown; owned
    size_t n_shown;
    struct scroll scroll; // over shown
    int w;                // as drawn last
};

void tree_view_init(struct tree_view *t, const struct tree_source *source);
void tree_view_free(struct tree_view *t);
void tree_view_update(struct tree_view *t); // the source changed; what was open stays open
void tree_view_draw(struct tree_view *t, struct area a, bool focused);
// LEFT closes or goes to the parent, RIGHT opens or goes to the first child.
bool tree_view_move(struct tree_view *t, enum move move);
// The wheel; a click moves the cursor, on + or - it opens and closes. true: taken; a double click
// only where it was on an item: the owner takes that as Enter.
bool tree_view_event(struct tree_view *t, const struct event *ev);
// The item under the cursor, or -1.
long long tree_view_item(const struct tree_view *t);

#endif
