// Which columns the results show, and in which order: a fuzzy list; Space chooses, S-Up and S-Down
// move. UI thread. Floor: ui/pane.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/pane/ordered.h"
#include "ui/pane/panes.h"

enum { POPUP_H = 20, POPUP_W = 60 };

struct columns_popup {
    struct ordered list;          // all columns: those shown first, in their order
    struct shown_column *columns; // each by its number; owned
};

static struct columns_popup *of(struct pane *p)
{
    return (struct columns_popup *)p;
}

static const struct column *column_of(const struct columns_popup *c, size_t item)
{
    return desk_column(&c->list.chooser.pane.desk->results, c->list.items[item]);
}

static const char *text(void *self, size_t item)
{
    return column_of(self, item)->heading;
}

static const char *aside(void *self, size_t item)
{
    const struct columns_popup *c = self;

    switch (desk_column_source(&c->list.chooser.pane.desk->results, c->list.items[item])) {
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
    return !c->list.chosen[item] ? " " : c->columns[c->list.items[item]].pinned ? "^" : "x";
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct columns_popup *c = of(p);
    struct shown_column *wanted = mem_array(c->list.n, sizeof(*wanted));
    size_t n = 0;
    bool ok;

    (void)line;
    for (size_t i = 0; i < c->list.n; i++) {
        if (c->list.chosen[i])
            wanted[n++] = c->columns[c->list.items[i]];
    }
    ok = n ? desk_columns(p->desk, wanted, n, e)
           : err_set(e, ERR_INVALID, "at least one column must be shown");
    free(wanted);
    if (!ok)
        return chooser_refuse(&c->list.chooser, e);
    host_close(p->host);
    return true;
}

static void close(struct pane *p)
{
    struct columns_popup *c = of(p);

    ordered_free(&c->list);
    free(c->columns);
    free(c);
}

static void fill(struct columns_popup *c, const struct results *now)
{
    size_t n = desk_n_columns(now);

    ordered_init(&c->list, n);
    c->columns = mem_array(n, sizeof(*c->columns));
    for (size_t i = 0; i < n; i++)
        c->columns[i] = (struct shown_column){.column = i, .width = desk_column(now, i)->width};
    for (size_t i = 0; i < now->n_shown; i++) {
        c->columns[now->shown[i].column] = now->shown[i];
        ordered_add(&c->list, now->shown[i].column, true);
    }
    for (size_t i = 0; i < n; i++) {
        if (!ordered_has(&c->list, i) && desk_column_offered(now, i))
            ordered_add(&c->list, i, false);
    }
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct columns_popup *c = mem_zalloc(sizeof(*c));
    struct list_source source = {c, ordered_count, text, aside, sign, NULL};

    c->list.chooser.pane.desk = desk; // the source looks there
    fill(c, &desk->results);
    chooser_open(&c->list.chooser, &pane_columns, desk, host, &source);
    return &c->list.chooser.pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {NULL, NULL}};

const struct pane_ops pane_columns = {
    .name = "columns",
    .title = "Columns",
    .about = "Which columns the results show, and in which order: Space shows or hides one (Tab, "
             "once text is typed).",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close,
    .draw = chooser_draw,
    .actions = actions,
    .event = ordered_event,
    .typing = chooser_typing,
    .watches = DESK_LISTS,
};
