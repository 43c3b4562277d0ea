// Which panes there are, and where each stands in the layout: one table. Immutable. UI thread.
// Floor: ui/frame.
#ifndef LODE_UI_FRAME_PANES_H
#define LODE_UI_FRAME_PANES_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/pane/pane.h"

enum pane_side {
    SIDE_LEFT,   // left of the main ones, where there is room
    SIDE_MAIN,   // one at a time
    SIDE_BESIDE, // right of SIDE_HOME's, where there is room
    SIDE_WHOLE,  // alone
    SIDE_POPUP   // over the others
};

struct pane_row {
    const struct pane_ops *ops; // NULL: the end of the table
    enum pane_side side;
    bool tab; // in the line of tabs and reached by next-pane
};

enum { PANES_MAX = 32 };

// The table of the program; tests bring tables of their own.
const struct pane_row *panes_all(void);
// -1 where there is none of that name.
int panes_find(const struct pane_row *rows, const char *name);

#endif
