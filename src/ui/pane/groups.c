// How often each value of a column stands in the fetched rows: a list with counts, shares and bars;
// Enter shows the rows of one. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/pane/basis.h"
#include "ui/pane/cells.h"
#include "ui/pane/chooser.h"
#include "ui/pane/panes.h"

enum { POPUP_H = 22, POPUP_W = 76, BAR_MAX = 12, ASIDE_MAX = 120, SHOWN_MAX = 10000 };

struct groups_popup {
    struct chooser chooser;
    char cell[CELL_MAX], aside[ASIDE_MAX];
};

static struct groups_popup *of(struct pane *p)
{
    return (struct groups_popup *)p;
}

static const struct results *results_in(const struct groups_popup *g)
{
    return &g->chooser.pane.desk->results;
}

static const struct column *column_of(const struct results *r)
{
    return desk_column(r, r->group_column);
}

static size_t count(void *self)
{
    const struct results *r = results_in(self);

    return r->groups.n < SHOWN_MAX ? r->groups.n : SHOWN_MAX;
}

static const char *value_of(const struct results *r, size_t item)
{
    return r->groups.texts.data + r->groups.items[item].text;
}

static const char *text(void *self, size_t item)
{
    struct groups_popup *g = self;
    const struct results *r = results_in(g);
    const char *value = value_of(r, item);

    return *value ? cell_shown(g->chooser.pane.desk, column_of(r), value, g->cell) : "(nothing)";
}

static const char *aside(void *self, size_t item)
{
    struct groups_popup *g = self;
    const struct results *r = results_in(g);
    const struct group *group = &r->groups.items[item];
    double share = (double)group->count / (double)r->groups.rows;
    int full = (int)((double)group->count / (double)r->groups.items[0].count * BAR_MAX + 0.5);
    char n[COUNT_MAX];
    int len = snprintf(g->aside, sizeof(g->aside), "%s %5.1f%% ",
                       count_text((long long)group->count, n), share * 100);

    for (int i = 0; i < BAR_MAX; i++)
        len += snprintf(g->aside + len, sizeof(g->aside) - (size_t)len, "%s",
                        i >= full        ? (text_is_utf8() ? "\u00b7" : ".")
                        : text_is_utf8() ? "\u2588"
                                         : "#");
    return g->aside;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    long long item = list_view_item(&of(p)->chooser.list);
    const struct results *r = &p->desk->results;
    char *value;

    (void)line;
    (void)e;
    if (item < 0)
        return true;
    value = mem_strdup(value_of(r, (size_t)item));
    desk_filter_value(p->desk, r->group_column, value);
    free(value);
    host_close(p->host);
    return true;
}

static void changed(struct pane *p, unsigned parts)
{
    (void)parts;
    of(p)->chooser.nothing = p->desk->results.grouping ? "Counting..." : "There is nothing here.";
    list_view_update(&of(p)->chooser.list);
}

static void status(const struct pane *p, struct str *out)
{
    const struct results *r = &p->desk->results;
    char n[COUNT_MAX];

    if (!r->entity || !r->groups.n)
        return;
    str_addf(out, "%s: %s value%s  ", column_of(r)->heading, count_text((long long)r->groups.n, n),
             r->groups.n == 1 ? "" : "s");
    basis_add(p->desk, BASIS_TEXT, out);
}

static void close(struct pane *p)
{
    chooser_free(&of(p)->chooser);
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct groups_popup *g = mem_zalloc(sizeof(*g));
    struct list_source source = {g, count, text, aside, NULL, NULL};

    chooser_open(&g->chooser, &pane_groups, desk, host, &source);
    g->chooser.hint = "Enter shows these rows alone  Esc leaves";
    changed(&g->chooser.pane, DESK_RESULTS);
    return &g->chooser.pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {NULL, NULL}};

const struct pane_ops pane_groups = {
    .name = "groups",
    .title = "Values",
    .about = "How often each value of a column stands in the fetched rows.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close,
    .draw = chooser_draw,
    .actions = actions,
    .event = chooser_event,
    .typing = chooser_typing,
    .watches = DESK_RESULTS | DESK_PAGES,
    .changed = changed,
    .status = status,
};
