// What differs since the last run of a saved search. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/cells.h"
#include "ui/pane/panes.h"
#include "ui/widget/dialog.h"
#include "ui/widget/list_view.h"

enum { POPUP_H = 20, POPUP_W = 66 };

struct changes_popup {
    struct pane pane;
    struct list_view list;
};

static const struct change_row *row_at(const struct changes_popup *c, size_t item)
{
    return &c->pane.desk->searches.changes.rows.items[item];
}

static size_t count(void *self)
{
    return ((struct changes_popup *)self)->pane.desk->searches.changes.rows.len;
}

static const char *text(void *self, size_t item)
{
    struct changes_popup *c = self;
    const struct change_row *row = row_at(c, item);

    return *row->label
               ? label_shown(c->pane.desk, c->pane.desk->searches.changes.entity, row->label)
               : row->id;
}

static const char *aside(void *self, size_t item)
{
    return change_name(row_at(self, item)->change);
}

static const char *sign(void *self, size_t item, enum role *role)
{
    struct changes_popup *c = self;
    bool here = c->pane.desk->marks.n && desk_marked(c->pane.desk, row_at(c, item)->id);

    *role = ROLE_MARK;
    return here ? "*" : " ";
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct changes_popup *c = (struct changes_popup *)p;
    const struct changes_view *v = &p->desk->searches.changes;
    char fresh[COUNT_MAX], changed[COUNT_MAX], gone[COUNT_MAX];

    area_fill(a, ROLE_TEXT);
    if (!v->name) {
        (void)wrapped_text(a, 1, ROLE_DIM, "No saved search was compared yet.");
        area_cursor(a, 1, 0);
        return;
    }
    (void)area_textf(a, 0, 1, a.w - 1, ROLE_STRONG, "%s: %s new, %s changed, %s gone%s", v->name,
                     count_text((long long)v->n[CHANGE_NEW], fresh),
                     count_text((long long)v->n[CHANGE_CHANGED], changed),
                     count_text((long long)v->n[CHANGE_GONE], gone),
                     v->first    ? "; its first run"
                     : v->partly ? "; not every record was read"
                                 : "");
    list_view_draw(&c->list, area_part(a, 1, 0, a.h - 2, a.w), focused);
    (void)area_text(a, a.h - 1, 0, a.w, ROLE_DIM,
                    reads_lines(p) ? "mark-all marks the new and the changed  back leaves"
                                   : "A marks the new and the changed  Esc leaves");
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    p->dirty |= list_view_move(&((struct changes_popup *)p)->list, action_move(line));
    return true;
}

static bool mark(struct pane *p, const struct line *line, struct err *e)
{
    size_t n = desk_changes_mark(p->desk);
    char marked[COUNT_MAX], now[COUNT_MAX];

    (void)line;
    (void)e;
    host_say(p->host, ROLE_TEXT, "%s records were marked; they are %s now.",
             count_text((long long)n, marked), count_text((long long)p->desk->marks.n, now));
    p->dirty = true;
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    bool taken = list_view_event(&((struct changes_popup *)p)->list, ev);

    p->dirty |= taken;
    return taken;
}

static void changed(struct pane *p, unsigned parts)
{
    (void)parts;
    list_view_update(&((struct changes_popup *)p)->list);
}

static void close(struct pane *p)
{
    list_view_free(&((struct changes_popup *)p)->list);
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct changes_popup *c = mem_zalloc(sizeof(*c));
    struct list_source source = {c, count, text, aside, sign, NULL};

    c->pane = (struct pane){.ops = &pane_changes, .desk = desk, .host = host, .dirty = true};
    list_view_init(&c->list, &source, false);
    return &c->pane;
}

static const struct pane_action actions[] = {MOVES_TO(move), {"mark-all", mark}, {NULL, NULL}};

const struct pane_ops pane_changes = {
    .name = "changes",
    .title = "Since the last run",
    .about = "Records that are new, changed or gone since a saved search was run last.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .watches = DESK_SEARCHES | DESK_MARKS,
    .changed = changed,
    .own_rows = true,
};
