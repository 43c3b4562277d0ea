// Popups in which things are chosen and put in order. UI thread. Floor: ui/pane.
#include "ui/pane/ordered.h"

#include <stdlib.h>

#include "base/mem.h"

void ordered_init(struct ordered *o, size_t most)
{
    o->items = mem_array(most, sizeof(*o->items));
    o->chosen = mem_array(most, sizeof(*o->chosen));
    o->n = 0;
    o->chooser.marking = "shows or hides";
    o->chooser.hint = "S-Up S-Down move  Enter takes";
}

void ordered_add(struct ordered *o, size_t item, bool chosen)
{
    o->items[o->n] = item;
    o->chosen[o->n++] = chosen;
}

bool ordered_has(const struct ordered *o, size_t item)
{
    for (size_t i = 0; i < o->n; i++) {
        if (o->items[i] == item)
            return true;
    }
    return false;
}

void ordered_free(struct ordered *o)
{
    chooser_free(&o->chooser);
    free(o->items);
    free(o->chosen);
}

size_t ordered_count(void *self)
{
    return ((struct ordered *)self)->n;
}

static void toggle(struct ordered *o)
{
    long long at = list_view_item(&o->chooser.list);

    if (at >= 0)
        o->chosen[at] = !o->chosen[at];
    o->chooser.pane.dirty = true;
}

// Changes places with the neighbour; only while nothing is typed, when the order is to be seen.
static void shift(struct ordered *o, int by)
{
    long long at = list_view_item(&o->chooser.list), other = at + by;
    size_t item;
    bool chosen;

    if (at < 0 || other < 0 || other >= (long long)o->n || o->chooser.list.edit.text.len)
        return;
    item = o->items[at];
    chosen = o->chosen[at];
    o->items[at] = o->items[other];
    o->chosen[at] = o->chosen[other];
    o->items[other] = item;
    o->chosen[other] = chosen;
    list_view_update(&o->chooser.list);
    scroll_to(&o->chooser.list.scroll, (size_t)other);
    o->chooser.pane.dirty = true;
}

bool ordered_event(struct pane *p, const struct event *ev)
{
    struct ordered *o = (struct ordered *)p;
    uint32_t key = ev->kind == EVENT_KEY ? ev->key : 0;

    if (chooser_on_mark(&o->chooser, ev) || chooser_on_sign(p, ev, true))
        toggle(o);
    else if (key == (K_SHIFT | K_UP) || key == (K_META | K_UP))
        shift(o, -1);
    else if (key == (K_SHIFT | K_DOWN) || key == (K_META | K_DOWN))
        shift(o, 1);
    else
        return chooser_event(p, ev);
    return true;
}
