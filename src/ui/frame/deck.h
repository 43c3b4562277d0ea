// The panes that are open, which of them has the keys, and the popups over them. UI thread.
// Floor: ui/frame.
#ifndef LODE_UI_FRAME_DECK_H
#define LODE_UI_FRAME_DECK_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/frame/layout.h"
#include "ui/frame/panes.h"

enum popup_place { POPUP_CENTRE, POPUP_BOTTOM, POPUP_SCREEN };

struct popup {
    struct pane *pane;
    enum popup_place place; // BOTTOM: the last rows, without a border; SCREEN: all of it, likewise
    struct rect inside;     // where it was drawn last
    bool closing;           // freed by deck_reap()
};

struct deck {
    const struct pane_row *rows;
    struct desk *desk;
    struct host *host;
    struct pane *panes[PANES_MAX]; // by number in rows; NULL: not opened yet; owned
    int at;                        // the pane below the popups that has the keys
    int home;                      // the SIDE_MAIN one shown last
    int base;                      // where back leads: the last one of SIDE_LEFT or SIDE_MAIN
    bool zoom;
    struct popup *items; // the popups, the last one on top; owned
    size_t len, cap;
    bool moved; // what is seen or has the keys changed; cleared by who draws
};

void deck_init(struct deck *d, const struct pane_row *rows, struct desk *desk, struct host *host);
// Closes every pane and popup.
void deck_free(struct deck *d);
// Opens the pane where it is not and gives it the keys; a popup goes on top.
void deck_show(struct deck *d, int pane);
// The pane step places further in the line of tabs.
int deck_next(const struct deck *d, int step);
void deck_popup(struct deck *d, struct pane *popup, enum popup_place place);
// The topmost popup that is not closing, or NULL.
struct popup *deck_top(struct deck *d);
// Marks the topmost popup; it is freed by deck_reap(), when nothing of it runs any more.
void deck_close_top(struct deck *d);
// It stays after all, where nothing was put on top of it since.
void deck_reopen(struct deck *d, const struct pane *popup);
void deck_reap(struct deck *d);
// The pane or popup that gets the keys.
struct pane *deck_focus(struct deck *d);
// What layout_make() is to be told, but for size and split.
struct layout_wish deck_wish(const struct deck *d);
// Every open pane, seen or not, and every popup is told and to be drawn again where it watches one
// of these parts of the desk; where they are news, with the next of them.
void deck_changed(struct deck *d, unsigned parts, bool news);
// Any pane or popup is to be drawn again.
bool deck_dirty(const struct deck *d);
// The same by news; deck_tell() makes them dirty.
bool deck_late(const struct deck *d);
void deck_tell(struct deck *d);

#endif
