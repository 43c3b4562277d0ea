// Which columns the results show, and in which order: a fuzzy list; Space chooses, S-Up and S-Down
// move. UI thread. Floor: ui/pane.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/pane/chooser.h"
#include "ui/pane/panes.h"

enum { POPUP_H = 20, POPUP_W = 60 };

struct columns_popup {
    struct chooser chooser;
    struct shown_column *items; // all columns: those shown first, in their order; owned
    bool *shown;                // owned
    size_t n;
};

static struct columns_popup *of(struct pane *p)
{
    return (struct columns_popup *)p;
}

static const struct column *column_of(const struct columns_popup *c, size_t item)
{
    return desk_column(&c->chooser.pane.desk->results, c->items[item].column);
}

static size_t count(void *self)
{
    return ((struct columns_popup *)self)->n;
}

static const char *text(void *self, size_t item)
{
    return column_of(self, item)->heading;
}

static const char *aside(void *self, size_t item)
{
    const struct columns_popup *c = self;

    switch (desk_column_source(&c->chooser.pane.desk->results, c->items[item].column)) {
    case COLUMN_OF_LIBRARY:
        return "from the library";
    case COLUMN_OF_FILTER:
        return "from the filters";
    default:
        return column_of(c, item)->name;
    }
}

static const char *sign(void *self, size_t item, enum role *role)
{
    const struct columns_popup *c = self;

    *role = ROLE_MARK;
    return !c->shown[item] ? " " : c->items[item].pinned ? "^" : "x";
}

static void toggle(struct columns_popup *c)
{
    long long item = list_view_item(&c->chooser.list);

    if (item >= 0)
        c->shown[item] = !c->shown[item];
    c->chooser.pane.dirty = true;
}

// Changes places with the neighbour; only while nothing is typed, when the order is to be seen.
static void shift(struct columns_popup *c, int by)
{
    long long item = list_view_item(&c->chooser.list), other = item + by;
    struct shown_column column;
    bool shown;

    if (item < 0 || other < 0 || other >= (long long)c->n || c->chooser.list.edit.text.len)
        return;
    column = c->items[item];
    shown = c->shown[item];
    c->items[item] = c->items[other];
    c->shown[item] = c->shown[other];
    c->items[other] = column;
    c->shown[other] = shown;
    list_view_update(&c->chooser.list);
    scroll_to(&c->chooser.list.scroll, (size_t)other);
    c->chooser.pane.dirty = true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct columns_popup *c = of(p);
    struct shown_column *wanted = mem_array(c->n, sizeof(*wanted));
    size_t n = 0;
    bool ok;

    (void)line;
    for (size_t i = 0; i < c->n; i++) {
        if (c->shown[i])
            wanted[n++] = c->items[i];
    }
    ok = n ? desk_columns(p->desk, wanted, n, e)
           : err_set(e, ERR_INVALID, "at least one column must be shown: Space chooses it");
    free(wanted);
    if (!ok)
        return chooser_refuse(&c->chooser, e);
    host_close(p->host);
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    uint32_t key = ev->kind == EVENT_KEY ? ev->key : 0;

    if (key == ' ')
        toggle(of(p));
    else if (key == (K_SHIFT | K_UP) || key == (K_META | K_UP))
        shift(of(p), -1);
    else if (key == (K_SHIFT | K_DOWN) || key == (K_META | K_DOWN))
        shift(of(p), 1);
    else if (!chooser_event(p, ev))
        return false;
    if (ev->kind == EVENT_MOUSE && ev->mouse == MOUSE_DOUBLE)
        toggle(of(p));
    return true;
}

static void close(struct pane *p)
{
    struct columns_popup *c = of(p);

    chooser_free(&c->chooser);
    free(c->items);
    free(c->shown);
    free(c);
}

static bool has(const struct columns_popup *c, size_t column)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->items[i].column == column)
            return true;
    }
    return false;
}

static void fill(struct columns_popup *c, const struct results *now)
{
    size_t n = desk_n_columns(now);

    c->items = mem_array(n, sizeof(*c->items));
    c->shown = mem_array(n, sizeof(*c->shown));
    for (size_t i = 0; i < now->n_shown; i++) {
        c->items[c->n] = now->shown[i];
        c->shown[c->n++] = true;
    }
    for (size_t i = 0; i < n; i++) {
        if (has(c, i) || !desk_column_offered(now, i))
            continue;
        c->items[c->n] = (struct shown_column){.column = i, .width = desk_column(now, i)->width};
        c->shown[c->n++] = false;
    }
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct columns_popup *c = mem_zalloc(sizeof(*c));
    struct list_source source = {c, count, text, aside, sign, NULL};

    c->chooser.pane.desk = desk; // the source looks there
    fill(c, &desk->results);
    chooser_open(&c->chooser, &pane_columns, desk, host, &source);
    c->chooser.hint = "Space shows or hides  S-Up S-Down move  Enter takes";
    return &c->chooser.pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {NULL, NULL}};

const struct pane_ops pane_columns = {
    .name = "columns",
    .title = "Columns",
    .about = "Which columns the results show, and in which order.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close,
    .draw = chooser_draw,
    .actions = actions,
    .event = event,
    .typing = chooser_typing,
    .watches = DESK_LISTS,
};
