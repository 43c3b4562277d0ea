// A list with a fuzzy filter line: type to narrow, best first; one or several can be chosen. Owns
// copies of nothing: texts come from its source. UI thread. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_LIST_VIEW_H
#define LODE_UI_WIDGET_LIST_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/term/canvas.h"
#include "ui/term/event.h"
#include "ui/widget/edit.h"
#include "ui/widget/row.h"
#include "ui/widget/scroll.h"

struct list_source {
    void *self;
    size_t (*count)(void *self);
    const char *(*text)(void *self, size_t item);
    // What stands at the right (an id, a key, a count). May be NULL.
    const char *(*aside)(void *self, size_t item);
    // The sign of a chosen item ("x", "=", "!") or " ". May be NULL: nothing can be chosen.
    const char *(*sign)(void *self, size_t item, enum role *role);
    // Why an item cannot be chosen: shown dim with the reason. May be NULL.
    const char *(*blocked)(void *self, size_t item);
};

struct list_view {
    struct list_source source;
    const struct sign_word *words; // of the signs, for row_say(); NULL: as they are mostly
    bool filtering;                // has a filter line above the items
    struct edit edit;              // what was typed
    struct list_rank *ranks;       // the items that fit, best first; owned
    size_t *fits;                  // the same in their order; owned
    size_t n_ranks, cap;
    size_t n_all;         // items there were
    struct scroll scroll; // over ranks
};

void list_view_init(struct list_view *l, const struct list_source *source, bool filtering);
void list_view_free(struct list_view *l);
// The source changed: ranks anew. The cursor goes to the best, or stays where nothing is typed.
void list_view_update(struct list_view *l);
void list_view_draw(struct list_view *l, struct area a, bool focused);
// LEFT, RIGHT, FIRST and LAST are for the filter line.
bool list_view_move(struct list_view *l, enum move move);
// Typing into the filter; mouse: wheel and click (y, x within the area). true: taken; a double
// click only where it was on an item: the owner takes that as Enter.
bool list_view_event(struct list_view *l, const struct event *ev);
// The item under the cursor, or -1.
long long list_view_item(const struct list_view *l);

#endif
