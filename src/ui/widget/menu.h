// A menu bar with drop-downs (F10). UI thread. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_MENU_H
#define LODE_UI_WIDGET_MENU_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/term/canvas.h"
#include "ui/term/event.h"
#include "ui/widget/scroll.h"

struct menu_item {
    const char *label, *aside; // aside: the key
    bool blocked;
};

// Texts must live until the next call.
struct menu_source {
    void *self;
    size_t (*menus)(void *self);
    const char *(*title)(void *self, size_t menu);
    size_t (*items)(void *self, size_t menu);
    struct menu_item (*item)(void *self, size_t menu, size_t item);
};

struct menu {
    struct menu_source source;
    size_t menu, item;
    struct scroll scroll; // over the items of the open menu
    int h, w;             // as drawn last
};

enum menu_result { MENU_GOES_ON, MENU_CHOSEN, MENU_LEFT };

// The bar in the first row, the open menu below it.
void menu_draw(struct menu *m, struct area a);
// Arrows, Tab, Home, End, Enter, Esc or F10; a letter goes to the next item that begins with it; a
// click chooses, or leaves where it is on neither bar nor menu (y, x within the area). A blocked
// item is never chosen.
enum menu_result menu_event(struct menu *m, const struct event *ev);

#endif
