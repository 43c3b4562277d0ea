// The values of a list as the tree that its rule makes of them, with the lists that stand above it.
// UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_VALUES_TREE_H
#define LODE_UI_PANE_VALUES_TREE_H

#include "desk/desk.h"
#include "model/lookup_tree.h"
#include "ui/pane/chooser.h"
#include "ui/pane/values.h"
#include "ui/widget/tree_view.h"

struct values_tree {
    struct desk *desk;
    const struct value_choices *choices; // borrowed
    const struct desk_list *lists[LOOKUP_SOURCES];
    const char *paths[LOOKUP_SOURCES]; // the values' own first
    unsigned versions[LOOKUP_SOURCES];
    size_t n;
    struct lookup_tree tree;
    struct tree_view view;
    bool *holds; // of each node: something below it is chosen; owned
    bool built;  // and there is a level below another
};

// Asks for the lists. path: of the catalogue, lives as long as the program.
void values_tree_open(struct values_tree *t, struct desk *desk, const char *path,
                      const struct value_choices *choices);
void values_tree_close(struct values_tree *t);
// Lists may have come: builds it anew where they did.
void values_tree_update(struct values_tree *t);
// The choices were changed.
void values_tree_mark(struct values_tree *t);
// Which value of the list a node stands for, -1: none, it only holds others.
long long values_tree_value(const struct values_tree *t, size_t node);
// The value under the cursor of a popup that shows the list, as this tree while nothing is typed;
// -1: none, or a node that only holds others.
long long values_tree_here(const struct values_tree *t, const struct chooser *c);
// The node after the last one below this one.
size_t values_tree_end(const struct values_tree *t, size_t node);
// Has the API to be asked again for all of its lists?
void values_tree_refresh(const struct values_tree *t);

#endif
