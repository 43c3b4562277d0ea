// Choosing a theme: the screen follows the cursor; Esc brings the old one back. UI thread.
// Floor: ui/frame.
#include "ui/frame/pickers.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/frame/listed.h"
#include "ui/frame/themes.h"

enum { PICKER_H = 14, PICKER_W = 36 };

struct picker {
    struct listed listed;
    struct theme_names names;
    char *before;
};

static size_t count(void *self)
{
    return ((struct picker *)self)->names.len;
}

static const char *text(void *self, size_t item)
{
    return ((struct picker *)self)->names.items[item];
}

static void show(struct frame *f, const char *name)
{
    struct err e;

    settings_put(&f->config.settings, SETTING_THEME, name);
    if (config_theme(&f->config, &e))
        frame_apply(f, SETTING_THEME);
    else
        frame_fail(f, &e);
}

static void moved(struct listed *l, long long item)
{
    if (item >= 0)
        show(l->frame, ((struct picker *)l)->names.items[item]);
}

static void chosen(struct listed *l, long long item)
{
    moved(l, item);
    frame_say(l->frame, ROLE_TEXT, "To keep it, put \"theme %s\" into " CONFIG_FILE ".",
              ((struct picker *)l)->names.items[item]);
}

static void left(struct listed *l)
{
    show(l->frame, ((struct picker *)l)->before);
}

static void close_picker(struct pane *p)
{
    struct picker *self = (struct picker *)p;

    list_view_free(&self->listed.list);
    themes_free(&self->names);
    free(self->before);
    free(self);
}

static const struct pane_ops ops = {.name = "themes",
                                    .title = "Themes",
                                    .about = "The screen follows; Enter takes it, Esc goes back",
                                    .popup_h = PICKER_H,
                                    .popup_w = PICKER_W,
                                    .close = close_picker,
                                    .draw = listed_draw,
                                    .actions = listed_actions,
                                    .event = listed_event,
                                    .typing = listed_typing};

void pick_theme(struct frame *f)
{
    struct picker *p = mem_zalloc(sizeof(*p));
    const struct list_source source = {p, count, text, NULL, NULL, NULL};

    p->names = themes_list();
    p->before = mem_strdup(settings_text(&f->config.settings, SETTING_THEME));
    p->listed.chosen = chosen;
    p->listed.moved = moved;
    p->listed.left = left;
    listed_open(&p->listed, f, &ops, &source);
    for (size_t i = 0; i < p->names.len; i++) {
        if (str_eq(p->names.items[i], p->before))
            listed_at(&p->listed, i);
    }
}
