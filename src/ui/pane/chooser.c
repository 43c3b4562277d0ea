// What popups with a list to choose from have in common. UI thread. Floor: ui/pane.
#include "ui/pane/chooser.h"

#include <stdio.h>

#include "base/mem.h"
#include "ui/widget/dialog.h"

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

void chooser_draw(struct pane *p, struct area a, bool focused)
{
    struct chooser *c = of(p);
    int said = *c->said ? wrapped_text(a, 0, -1, c->said) : 0;
    int foot = said + (c->hint ? 1 : 0);
    struct area items = area_part(a, 0, 0, a.h > foot ? a.h - foot : 0, a.w);

    area_fill(area_part(a, items.h, 0, foot, a.w), ROLE_TEXT);
    list_view_draw(&c->list, items, focused);
    if (c->nothing && !c->list.source.count(c->list.source.self))
        (void)wrapped_text(area_part(items, 1, 1, items.h - 1, items.w - 2), 0, ROLE_DIM,
                           c->nothing);
    if (said)
        (void)wrapped_text(a, items.h, ROLE_ERROR, c->said);
    if (c->hint)
        (void)area_text(a, a.h - 1, 0, a.w, ROLE_DIM, c->hint);
}

bool chooser_move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    p->dirty |= list_view_move(&of(p)->list, action_move(line));
    return true;
}

bool chooser_event(struct pane *p, const struct event *ev)
{
    bool taken = list_view_event(&of(p)->list, ev);

    if (taken)
        *of(p)->said = '\0';
    p->dirty |= taken;
    return taken;
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
