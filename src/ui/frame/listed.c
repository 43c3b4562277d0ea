// A popup with a list to choose from by a few letters. UI thread. Floor: ui/frame.
#include "ui/frame/listed.h"

#include "ui/frame/frame.h"
#include "ui/pane/actions.h"
#include "ui/widget/dialog.h"

enum { ABOUT_H = 2, ITEMS_LEAST = 4 };

static void tell(struct listed *l)
{
    l->pane.dirty = true;
    if (l->moved)
        l->moved(l, list_view_item(&l->list));
}

static bool act_move(struct pane *p, const struct line *line, struct err *e)
{
    struct listed *l = (struct listed *)p;
    enum move move;

    (void)e;
    if (move_find(line->words[0].text, &move) && list_view_move(&l->list, move))
        tell(l);
    return true;
}

static void choose(struct listed *l)
{
    long long item = list_view_item(&l->list);

    if (item < 0)
        return;
    host_close(l->pane.host);
    l->chosen(l, item);
}

static bool act_choose(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    choose((struct listed *)p);
    return true;
}

static bool act_back(struct pane *p, const struct line *line, struct err *e)
{
    struct listed *l = (struct listed *)p;

    (void)line;
    (void)e;
    host_close(p->host);
    if (l->left)
        l->left(l);
    return true;
}

const struct pane_action listed_actions[] = {
    {"up", act_move},       {"down", act_move},      {"page-up", act_move}, {"page-down", act_move},
    {"half-up", act_move},  {"half-down", act_move}, {"top", act_move},     {"bottom", act_move},
    {"choose", act_choose}, {"back", act_back},      {NULL, NULL},
};

void listed_draw(struct pane *p, struct area a, bool focused)
{
    struct listed *l = (struct listed *)p;
    int about = l->about && a.h >= ITEMS_LEAST + ABOUT_H && !reads_lines(p) ? ABOUT_H : 0;
    long long item;

    area_fill(a, ROLE_TEXT);
    list_view_draw(&l->list, area_part(a, 0, 0, a.h - about, a.w), focused);
    item = list_view_item(&l->list);
    if (about && item >= 0)
        (void)wrapped_text(area_part(a, a.h - about, 1, about, a.w - 2), 0, ROLE_DIM,
                           l->about(l, item));
}

bool listed_event(struct pane *p, const struct event *ev)
{
    struct listed *l = (struct listed *)p;
    bool taken = list_view_event(&l->list, ev);

    if (taken)
        tell(l);
    if (taken && ev->kind == EVENT_MOUSE && ev->mouse == MOUSE_DOUBLE)
        choose(l);
    return taken;
}

bool listed_typing(const struct pane *p)
{
    (void)p;
    return true;
}

void listed_open(struct listed *l, struct frame *f, const struct pane_ops *ops,
                 const struct list_source *source)
{
    l->frame = f;
    l->pane = (struct pane){.ops = ops, .desk = f->desk, .host = &f->host, .dirty = true};
    list_view_init(&l->list, source, true);
    list_view_update(&l->list);
    deck_popup(&f->deck, &l->pane, POPUP_CENTRE);
}

void listed_at(struct listed *l, size_t item)
{
    scroll_to(&l->list.scroll, item);
}
