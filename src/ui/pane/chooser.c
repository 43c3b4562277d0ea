// What popups with a list to choose from have in common. UI thread. Floor: ui/pane.
#include "ui/pane/chooser.h"

#include <stdio.h>

#include "base/mem.h"
#include "ui/widget/dialog.h"
#include "ui/widget/row.h"

void chooser_open(struct chooser *c, const struct pane_ops *ops, struct desk *desk,
                  struct host *host, const struct list_source *source)
{
    c->pane = (struct pane){.ops = ops, .desk = desk, .host = host, .dirty = true};
    list_view_init(&c->list, source, true);
}

void chooser_free(struct chooser *c)
{
    list_view_free(&c->list);
}

static struct chooser *of(struct pane *p)
{
    return (struct chooser *)p;
}

bool chooser_as_tree(const struct chooser *c)
{
    return c->tree && c->list.edit.text.len == 0;
}

// Space, and Tab as soon as something is typed, where a space is text.
static const char *mark_key(const struct chooser *c)
{
    return c->list.edit.text.len ? "Tab" : "Space";
}

bool chooser_on_mark(const struct chooser *c, const struct event *ev)
{
    return ev->kind == EVENT_KEY &&
           (ev->key == K_TAB || (ev->key == ' ' && !c->list.edit.text.len));
}

// The line that is typed into stands above the tree.
static void draw_tree(struct chooser *c, struct area items, bool focused)
{
    tree_view_draw(c->tree, area_part(items, 1, 0, items.h - 1, items.w), focused);
    list_view_draw(&c->list, area_part(items, 0, 0, 1, items.w), focused);
}

static void say_in(const struct chooser *c, struct area items)
{
    char hint[HINT_TEXT_MAX];
    bool none = !c->list.source.count(c->list.source.self);

    if (c->nothing && none)
        (void)wrapped_text(area_part(items, 1, 1, items.h - 1, items.w - 2), 0, ROLE_DIM,
                           hint_text(&c->pane, c->nothing, hint));
    else if (c->unfit && !none && c->list.n_ranks == 0)
        (void)wrapped_text(area_part(items, 2, 2, items.h - 2, items.w - 3), 0, ROLE_DIM,
                           hint_text(&c->pane, c->unfit, hint));
}

enum { HINT_ALL_MAX = 2 * HINT_TEXT_MAX };

static const char *all_hints(const struct chooser *c, char buf[static HINT_ALL_MAX])
{
    char mark[HINT_TEXT_MAX], hint[HINT_TEXT_MAX];

    (void)snprintf(buf, HINT_ALL_MAX, "%s%s%s%s%s",
                   c->marking ? hint_text(&c->pane, mark_key(c), mark) : "", c->marking ? " " : "",
                   c->marking ? c->marking : "", c->marking ? "  " : "",
                   c->hint ? hint_text(&c->pane, c->hint, hint) : "");
    return buf;
}

void chooser_draw(struct pane *p, struct area a, bool focused)
{
    struct chooser *c = of(p);
    char buf[HINT_ALL_MAX];
    const char *hints = all_hints(c, buf);
    int said = *c->said ? wrapped_text(a, 0, -1, c->said) : 0;
    int foot = said + hint_draw(a, false, hints);
    struct area items = area_part(a, 0, 0, a.h > foot ? a.h - foot : 0, a.w);

    area_fill(area_part(a, items.h, 0, foot, a.w), ROLE_TEXT);
    if (chooser_as_tree(c)) {
        draw_tree(c, items, focused);
    } else {
        list_view_draw(&c->list, items, focused);
        say_in(c, items);
    }
    if (said)
        (void)wrapped_text(a, items.h, ROLE_ERROR, c->said);
    (void)hint_draw(a, true, hints);
}

bool chooser_move(struct pane *p, const struct line *line, struct err *e)
{
    struct chooser *c = of(p);
    enum move move = action_move(line);

    (void)e;
    p->dirty |= chooser_as_tree(c) ? tree_view_move(c->tree, move) : list_view_move(&c->list, move);
    return true;
}

// In a line without text the arrows have nothing else to do.
static bool tree_takes(struct chooser *c, const struct event *ev)
{
    struct event below = *ev;

    below.y--;
    if (ev->kind == EVENT_MOUSE)
        return tree_view_event(c->tree, &below);
    if (ev->kind != EVENT_KEY || (ev->key != K_LEFT && ev->key != K_RIGHT))
        return false;
    (void)tree_view_move(c->tree, ev->key == K_LEFT ? MOVE_LEFT : MOVE_RIGHT);
    return true;
}

static bool take(struct pane *p, const struct event *ev)
{
    struct chooser *c = of(p);
    bool tree = chooser_as_tree(c), taken = tree && tree_takes(c, ev);

    if (!taken && !(tree && ev->kind == EVENT_MOUSE))
        taken = list_view_event(&c->list, ev);
    if (taken)
        *c->said = '\0';
    p->dirty |= taken;
    return taken;
}

static bool is_double(const struct event *ev)
{
    return ev->kind == EVENT_MOUSE && ev->mouse == MOUSE_DOUBLE;
}

bool chooser_event(struct pane *p, const struct event *ev)
{
    bool taken = take(p, ev);

    if (taken && is_double(ev))
        host_command(p->host, "choose");
    return taken;
}

void chooser_wait(struct chooser *c, const struct desk_list *l, const char *nothing)
{
    c->nothing = l->there ? nothing : l->err.kind ? l->err.text : "Fetching the list...";
}

bool chooser_on_sign(struct pane *p, const struct event *ev, bool doubly)
{
    struct event left = *ev;

    if (ev->kind != EVENT_MOUSE || (ev->mouse != MOUSE_PRESS && ev->mouse != MOUSE_DOUBLE))
        return false;
    if (ev->button != MOUSE_RIGHT && ev->x >= row_gutter(true) && !(doubly && is_double(ev)))
        return false;
    left.button = 1;
    left.x = 0;
    return take(p, &left);
}

bool chooser_typing(const struct pane *p)
{
    (void)p;
    return true;
}

bool chooser_refuse(struct chooser *c, const struct err *e)
{
    (void)snprintf(c->said, sizeof(c->said), "%s", e->text);
    c->pane.dirty = true;
    return true;
}
