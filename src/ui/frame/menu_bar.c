// The menu: the commands by topic, with their keys. UI thread. Floor: ui/frame.
#include "ui/frame/pickers.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/frame/gate.h"
#include "ui/widget/menu.h"

struct menu_bar {
    struct pane pane;
    struct frame *frame;
    struct menu menu;
    struct str keys;          // of the item asked for last
    const struct pane *below; // the pane that had the keys
    unsigned met;
    bool *acts; // of that pane, by command
};

// What takes words that nothing asks for is for the `:` line.
static bool is_listed(const struct cmd *c, size_t topic)
{
    return c->topic == topic && (c->min_args == 0 || c->ask);
}

static const struct cmd *nth(size_t topic, size_t item)
{
    for (const struct cmd *c = cmd_all(); c->name; c++) {
        if (is_listed(c, topic) && item-- == 0)
            return c;
    }
    return NULL;
}

static size_t menus(void *self)
{
    (void)self;
    return CMD_TOPICS;
}

static const char *title(void *self, size_t menu)
{
    (void)self;
    return cmd_topic_label((enum cmd_topic)menu);
}

static size_t items(void *self, size_t menu)
{
    size_t n = 0;

    (void)self;
    while (nth(menu, n))
        n++;
    return n;
}

static struct menu_item item(void *self, size_t menu, size_t i)
{
    struct menu_bar *m = self;
    const struct cmd *c = nth(menu, i);

    str_clear(&m->keys);
    keymap_keys(&m->frame->config.keys, m->below->ops->name, c->name, &m->keys);
    return (struct menu_item){c->name, str_text(&m->keys),
                              !m->acts[c - cmd_all()] || (c->needs & ~m->met)};
}

static void close_menu(struct pane *p)
{
    struct menu_bar *m = (struct menu_bar *)p;

    str_free(&m->keys);
    free(m->acts);
    free(m);
}

// What the item is for, or why it cannot be taken.
static void draw_told(const struct menu_bar *m, struct area row)
{
    const struct cmd *c = nth(m->menu.menu, m->menu.item);
    struct err e;

    area_fill(row, ROLE_TEXT);
    if (!c)
        return;
    if (!m->acts[c - cmd_all()])
        (void)area_textf(row, 0, 1, row.w - 1, ROLE_DIM, "%s does nothing in \"%s\": %s", c->name,
                         m->below->ops->title, c->help);
    else if (!gate_pass(c, m->pane.desk, m->frame->screen, frame_lock_key(m->frame), &e) &&
             (c->needs & ~m->met))
        (void)area_text(row, 0, 1, row.w - 1, ROLE_WARNING, e.text);
    else
        (void)area_text(row, 0, 1, row.w - 1, ROLE_TEXT, c->help);
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct menu_bar *m = (struct menu_bar *)p;

    (void)focused;
    menu_draw(&m->menu, area_part(a, 0, 0, a.h - 1, a.w));
    draw_told(m, area_part(a, a.h - 1, 0, 1, a.w));
}

static bool event(struct pane *p, const struct event *ev)
{
    struct menu_bar *m = (struct menu_bar *)p;
    enum menu_result result = menu_event(&m->menu, ev);

    p->dirty = true;
    if (result == MENU_GOES_ON)
        return true;
    host_close(p->host);
    if (result == MENU_CHOSEN)
        run_or_type(m->frame, nth(m->menu.menu, m->menu.item));
    return true;
}

// Letters go to items.
static bool typing(const struct pane *p)
{
    (void)p;
    return true;
}

static const struct pane_ops ops = {.name = "menu",
                                    .title = "Menu",
                                    .about = "Arrows and Enter",
                                    .popup_h = 1,
                                    .popup_w = 1,
                                    .close = close_menu,
                                    .draw = draw,
                                    .event = event,
                                    .typing = typing,
                                    .letters = true};

void open_menu(struct frame *f)
{
    struct menu_bar *m = mem_zalloc(sizeof(*m));

    m->frame = f;
    m->below = deck_focus(&f->deck);
    m->met = frame_met(f);
    m->acts = frame_acts_all(f);
    m->menu.source = (struct menu_source){m, menus, title, items, item};
    m->pane = (struct pane){.ops = &ops, .desk = f->desk, .host = &f->host, .dirty = true};
    deck_popup(&f->deck, &m->pane, POPUP_SCREEN);
}
