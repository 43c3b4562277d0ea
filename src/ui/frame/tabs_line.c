// The line below the panes, with the panes that are not seen. UI thread. Floor: ui/frame.
#include "ui/frame/bars.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "ui/frame/frame.h"

enum { TABS_X = 2, NARROW_X = 1 };

static bool is_seen(const struct frame *f, int pane)
{
    for (size_t i = 0; i < f->layout.n; i++) {
        if (f->layout.slots[i].pane == pane)
            return true;
    }
    return false;
}

static void add(struct frame *f, int pane)
{
    struct bars *b = &f->bars;
    char *command = str_format("open %s", f->deck.rows[pane].ops->name);
    uint32_t key = keymap_key(&f->config.keys, CONTEXT_ALL, command);
    struct str name = {0};

    if (key)
        key_print(key, &name);
    (void)snprintf(b->tab_keys[b->n_tabs], KEY_NAME_MAX, "%s", str_text(&name));
    b->tab_panes[b->n_tabs] = pane;
    b->tabs[b->n_tabs] = (struct tab){.key = key ? b->tab_keys[b->n_tabs] : NULL,
                                      .label = f->deck.rows[pane].ops->title};
    b->n_tabs++;
    str_free(&name);
    free(command);
}

// Where there is no room for all names the last ones go, so that each can still be clicked.
static void shorten(struct bars *b, int room)
{
    for (size_t i = b->n_tabs; i > 0 && tabs_narrow(b->tabs, b->n_tabs) > room; i--) {
        if (b->tabs[i - 1].key)
            b->tabs[i - 1].label = "";
    }
}

// Where lines from above end.
static void draw_joints(const struct frame *f, struct area row)
{
    bool lines = text_is_utf8();

    if (f->layout.sides) {
        (void)area_text(row, 0, 0, 1, ROLE_BORDER, lines ? "└" : "+");
        (void)area_text(row, 0, row.w - 1, 1, ROLE_BORDER, lines ? "┘" : "+");
    }
    for (size_t i = 1; i < f->layout.n; i++) {
        const struct rect *r = &f->layout.slots[i].box;

        if (r->x > f->layout.slots[0].box.x)
            (void)area_text(row, 0, r->x - 1, 1, ROLE_BORDER, lines ? "┴" : "+");
    }
}

void bars_draw_tabs(struct frame *f, struct area row)
{
    int x;

    f->bars.n_tabs = 0;
    for (int i = 0; f->deck.rows[i].ops; i++) {
        if (f->deck.rows[i].tab && !is_seen(f, i))
            add(f, i);
    }
    shorten(&f->bars, row.w - 2 * NARROW_X);
    x = tabs_width(f->bars.tabs, f->bars.n_tabs) > row.w - 2 * TABS_X ? NARROW_X : TABS_X;
    f->bars.tabs_x = x;
    area_hline(row, 0, 0, row.w, ROLE_BORDER);
    draw_joints(f, row);
    tabs_draw_narrow(f->bars.tabs, f->bars.n_tabs, -1, area_part(row, 0, x, 1, row.w - 2 * x));
}
