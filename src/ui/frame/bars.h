// The bars around the panes: top, tabs, and at the bottom the last message and the keys that work
// here. What was drawn can be clicked. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_BARS_H
#define LODE_UI_FRAME_BARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/frame/layout.h"
#include "ui/frame/panes.h"
#include "ui/frame/topbar.h"
#include "ui/term/canvas.h"
#include "ui/widget/tabs.h"

struct frame;

enum { HINTS_MAX = 24, KEY_NAME_MAX = 16 };

struct bars {
    struct topbar top;
    struct tab tabs[PANES_MAX];
    char tab_keys[PANES_MAX][KEY_NAME_MAX];
    int tab_panes[PANES_MAX]; // which pane each tab is
    size_t n_tabs;
    int tabs_x; // where their line begins
    struct tab hints[HINTS_MAX];
    char hint_keys[HINTS_MAX][KEY_NAME_MAX];
    const char *hint_commands[HINTS_MAX];
    size_t n_hints;
    int hints_x; // where they begin
    // What they were made for.
    const struct pane *hinted;
    bool hinted_typing;
    uint64_t hinted_begins[2];
    unsigned hinted_met, hinted_able;
    uint64_t hinted_offers;
    bool covers;         // the message lies over rows of the panes
    struct rect message; // where it stands
};

// tabs_line.c: the line below the panes, with the panes that are not seen.
void bars_draw_tabs(struct frame *f, struct area row);
// hints.c: the keys that work here, generated from the bindings.
void bars_make_hints(struct frame *f);
// They would come out otherwise by now.
bool bars_hints_old(struct frame *f);
// bottom.c: message and hints; a message that needs more than its row covers rows above it.
void bars_draw_bottom(struct frame *f, struct area screen);

// Does the message stand at y, x of the screen?
bool bars_on_message(const struct bars *b, int y, int x);
// The command line for a click at y, x of the screen, written to *out; false where there is none.
bool bars_click(struct frame *f, int y, int x, struct str *out);

#endif
