// What popups with a list to choose from have in common: a filter line, the items, a line that says
// what the keys do, and one for what went wrong. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_CHOOSER_H
#define LODE_UI_PANE_CHOOSER_H

#include "ui/pane/actions.h"
#include "ui/pane/pane.h"
#include "ui/widget/list_view.h"
#include "ui/widget/tree_view.h"

// Embed as the first member.
struct chooser {
    struct pane pane;
    struct list_view list;
    const char *marking;     // what the key that marks does, said in front; NULL: none marks
    const char *hint;        // what the other keys do
    const char *nothing;     // said where there are no items at all; NULL: nothing is said
    const char *unfit;       // what to do where nothing fits what is typed; NULL: nothing is said
    struct tree_view *tree;  // shown in the place of the items as long as nothing is typed; or NULL
    char said[ERR_TEXT_MAX]; // why the last choice was refused, or ""
};

void chooser_open(struct chooser *c, const struct pane_ops *ops, struct desk *desk,
                  struct host *host, const struct list_source *source);
// For pane_ops and its actions. chooser_close() frees what chooser_open() made, not c.
void chooser_free(struct chooser *c);
void chooser_draw(struct pane *p, struct area a, bool focused);
bool chooser_move(struct pane *p, const struct line *line, struct err *e);
// A double click is `choose`.
bool chooser_event(struct pane *p, const struct event *ev);
// Says in the place of the items that the list is on its way, or why it does not come; or
// `nothing`, for a list that is there and has none.
void chooser_wait(struct chooser *c, const struct desk_list *l, const char *nothing);
// A click where the signs of items stand, or one of the right button, or where that is said a
// double one: what Space does by key. The cursor is on the item then.
bool chooser_on_sign(struct pane *p, const struct event *ev, bool doubly);
// The key that marks: Space, and Tab as soon as something is typed, where a space is text.
bool chooser_on_mark(const struct chooser *c, const struct event *ev);
// Is the tree in front?
bool chooser_as_tree(const struct chooser *c);
bool chooser_typing(const struct pane *p);
// Keeps the sentence to be shown and returns true: the command is done with.
bool chooser_refuse(struct chooser *c, const struct err *e);

#endif
