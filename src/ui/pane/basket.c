// The marked records of an entity as a list of their own: taken out with Delete, put back with
// undo, jumped to with Enter. UI thread. Floor: ui/pane.
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/cells.h"
#include "ui/pane/chooser.h"
#include "ui/pane/panes.h"

enum { POPUP_H = 22, POPUP_W = 70 };

static const struct chooser *of(const struct pane *p)
{
    return (const struct chooser *)p;
}

static const struct marks *marks_of(void *self)
{
    return &((const struct chooser *)self)->pane.desk->marks;
}

static size_t count(void *self)
{
    return marks_of(self)->n;
}

static const char *text(void *self, size_t item)
{
    const struct desk *d = ((const struct chooser *)self)->pane.desk;
    const char *label = marks_of(self)->items[item].label;

    return *label ? label_shown(d, d->results.entity, label) : "(no name)";
}

static const char *aside(void *self, size_t item)
{
    return marks_of(self)->items[item].id;
}

static const char *sign(void *self, size_t item, enum role *role)
{
    (void)self;
    (void)item;
    *role = ROLE_MARK;
    return "*";
}

static const char *id_at_cursor(struct pane *p)
{
    long long item = list_view_item(&((struct chooser *)p)->list);

    return item < 0 ? NULL : p->desk->marks.items[item].id;
}

static void take_out(struct pane *p)
{
    const char *id = id_at_cursor(p);

    if (id && desk_unmark(p->desk, id))
        host_say(p->host, ROLE_TEXT, "Taken out; M-u puts it back.");
    list_view_update(&((struct chooser *)p)->list);
    p->dirty = true;
}

static void turn_back(struct pane *p)
{
    struct str what = {0};
    struct err e;

    if (desk_undo(p->desk, &what, &e))
        host_say(p->host, ROLE_TEXT, "%s", str_text(&what));
    else
        host_fail(p->host, &e);
    str_free(&what);
    list_view_update(&((struct chooser *)p)->list);
    p->dirty = true;
}

// To its row where that is fetched, else to what is known of it.
static bool jump(struct pane *p, const struct line *line, struct err *e)
{
    const struct results *r = &p->desk->results;
    const char *id = id_at_cursor(p);
    long long place;

    (void)line;
    (void)e;
    if (!id)
        return true;
    place = r->table ? table_place(r->table, id) : TABLE_NONE;
    if (place == TABLE_NONE) {
        desk_detail(p->desk, id);
        host_open(p->host, "detail");
    } else {
        desk_go_to(p->desk, (size_t)place);
        host_open(p->host, "results");
    }
    host_close(p->host);
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    uint32_t key = ev->kind == EVENT_KEY ? ev->key : 0;

    if (key == K_DELETE) {
        take_out(p);
        return true;
    }
    if (key == (K_META | 'u')) {
        turn_back(p);
        return true;
    }
    return chooser_event(p, ev);
}

static void changed(struct pane *p, unsigned parts)
{
    (void)parts;
    list_view_update(&((struct chooser *)p)->list);
}

static void status(const struct pane *p, struct str *out)
{
    char n[COUNT_MAX];

    str_addf(out, "%s %s", count_text((long long)of(p)->pane.desk->marks.n, n),
             p->desk->results.entity->plural);
}

static void close(struct pane *p)
{
    chooser_free((struct chooser *)p);
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct chooser *c = mem_zalloc(sizeof(*c));
    struct list_source source = {c, count, text, aside, sign, NULL};

    chooser_open(c, &pane_basket, desk, host, &source);
    c->hint = "Delete takes out  M-u undoes  Enter goes to its row  Esc leaves";
    c->nothing = "Nothing is marked.";
    return &c->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", jump}, {NULL, NULL}};

const struct pane_ops pane_basket = {
    .name = "basket",
    .title = "Basket",
    .about = "The marked records, whichever search they came from.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close,
    .draw = chooser_draw,
    .actions = actions,
    .event = event,
    .typing = chooser_typing,
    .watches = DESK_MARKS,
    .changed = changed,
    .status = status,
};
