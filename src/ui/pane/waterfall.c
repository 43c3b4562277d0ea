// The count of the filters without each of them, as bars while they come. UI thread.
// Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "flow/waterfall.h"
#include "ui/pane/actions.h"
#include "ui/pane/cells.h"
#include "ui/pane/filters_around.h"
#include "ui/pane/input_words.h"
#include "ui/pane/panes.h"
#include "ui/widget/chart.h"
#include "ui/widget/dialog.h"
#include "ui/widget/row.h"

enum { POPUP_H = 18, POPUP_W = 76, WHY_ROWS = 2, NUMBER_MAX = 2 * COUNT_MAX + 8 };

struct waterfall_popup {
    struct pane pane;
    struct scroll scroll;
    bool begun; // in this popup
    struct bar *bars;
    char **labels;
    char (*numbers)[NUMBER_MAX];
    size_t n;
};

static struct waterfall_popup *of(struct pane *p)
{
    return (struct waterfall_popup *)p;
}

static const struct waterfall_view *view(const struct waterfall_popup *w)
{
    return &w->pane.desk->searches.waterfall;
}

static void forget(struct waterfall_popup *w)
{
    for (size_t i = 0; i < w->n; i++)
        free(w->labels[i]);
    free(w->labels);
    free(w->bars);
    free(w->numbers);
    w->n = 0;
}

static char *label_of(const struct desk *d, const struct query *q, size_t step)
{
    const struct input *in = step ? q->filters[step - 1].input : NULL, *included;
    struct str label = {0};

    if (!in)
        return mem_strdup("(nothing left out)");
    included = entity_included(q->entity, in);
    str_addf(&label, "%s %s ", (included ? included : in)->label, input_sign(q->entity, in));
    if (input_masked(d, in))
        str_add(&label, cell_mask());
    else
        around_text(q, in, &label);
    return str_take(&label);
}

static void say_number(struct waterfall_popup *w, size_t i, long long whole, long long hits)
{
    char n[COUNT_MAX], more[COUNT_MAX];

    if (hits < 0)
        (void)snprintf(w->numbers[i], NUMBER_MAX, "%s",
                       hits == WATERFALL_WAITS ? view(w)->task ? "..." : "not counted" : "refused");
    else if (i == 0 || whole < 0)
        (void)snprintf(w->numbers[i], NUMBER_MAX, "%s", count_text(hits, n));
    else
        (void)snprintf(w->numbers[i], NUMBER_MAX, "%s (+%s)", count_text(hits, n),
                       count_text(hits - whole, more));
}

// The bars as the counts are now.
static void fill(struct waterfall_popup *w)
{
    const struct waterfall_view *v = view(w);
    long long whole = v->n ? atomic_load(&v->steps[0].hits) : -1;

    forget(w);
    w->n = v->n;
    w->bars = mem_array(w->n, sizeof(*w->bars));
    w->labels = mem_array(w->n, sizeof(*w->labels));
    w->numbers = mem_array(w->n, sizeof(*w->numbers));
    for (size_t i = 0; i < w->n; i++) {
        long long hits = atomic_load(&v->steps[i].hits);

        w->labels[i] = label_of(w->pane.desk, &v->query, i);
        say_number(w, i, whole, hits);
        w->bars[i] = (struct bar){w->labels[i], hits < 0 ? 0 : (double)hits, w->numbers[i]};
    }
    w->pane.dirty = true;
}

static void draw_price(const struct waterfall_popup *w, struct area a)
{
    const struct query *q = &w->pane.desk->filters.query;
    char price[COUNT_WORDS_MAX], hint[HINT_TEXT_MAX];

    area_cursor(a, q->n_filters ? 2 : 1, 1);
    if (q->n_filters == 0) {
        (void)wrapped_text(area_part(a, 0, 1, a.h, a.w - 2), 1, ROLE_DIM,
                           "There are no filters to count without.");
        return;
    }
    if (q->n_filters == 1)
        (void)area_text(a, 1, 1, a.w - 2, ROLE_TEXT, "The count of the filter, and without it:");
    else
        (void)area_textf(a, 1, 1, a.w - 2, ROLE_TEXT,
                         "The count of all %zu filters, and without each:", q->n_filters);
    (void)area_textf(a, 2, 1, a.w - 2, ROLE_PRICE, "%s, no credits",
                     count_words((long long)waterfall_price(q), "request", price));
    (void)area_text(a, a.h - 1, 0, a.w, ROLE_DIM,
                    hint_text(&w->pane, "Enter counts  Esc leaves", hint));
}

static void draw_bars(struct waterfall_popup *w, struct area a, bool focused)
{
    int gutter = row_gutter(false), y = (int)(w->scroll.at - w->scroll.top);
    enum role role = row_role(true, focused);

    (void)chart_bars(area_part(a, 0, gutter, a.h, a.w - gutter - 1), w->bars + w->scroll.top,
                     w->n - w->scroll.top);
    if (w->n == 0)
        return;
    area_role(a, y, 0, a.w, role);
    row_signs(a, y, role, ROW_CURSOR, NULL, role);
    area_cursor(a, y, gutter);
}

// Of the bar under the cursor: why it is not counted, else what it leaves out, which may be cut.
static void draw_foot(const struct waterfall_popup *w, struct area a)
{
    const struct waterfall_view *v = view(w);
    const char *why = v->steps[w->scroll.at].why;
    bool wrong = *why || v->err.kind;
    const char *text = *why ? why : wrong ? v->err.text : w->labels[w->scroll.at];

    if (!wrong && reads_lines(&w->pane)) // it was said whole
        return;
    (void)wrapped_text(a, wrapped_text(a, 0, -1, text) < a.h ? 1 : 0, wrong ? ROLE_ERROR : ROLE_DIM,
                       text);
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct waterfall_popup *w = of(p);
    const struct waterfall_view *v = view(w);
    char buf[HINT_TEXT_MAX];
    const char *hint = hint_text(p,
                                 v->task ? "Counting; Esc stops it"
                                         : "Enter on a bar takes that filter away  u brings it "
                                           "back  Esc leaves",
                                 buf);
    int foot = WHY_ROWS + hint_draw(a, false, hint);
    struct area bars = area_part(a, 0, 0, a.h - foot, a.w);

    area_fill(a, ROLE_TEXT);
    if (!w->begun) {
        draw_price(w, a);
        return;
    }
    scroll_fit(&w->scroll, w->n, bars.h);
    draw_bars(w, bars, focused);
    if (w->n)
        draw_foot(w, area_part(a, bars.h, 1, WHY_ROWS, a.w - 2));
    (void)hint_draw(a, true, hint);
}

static bool start(struct waterfall_popup *w, struct err *e)
{
    if (!desk_waterfall(w->pane.desk, e))
        return false;
    w->begun = true;
    w->scroll = (struct scroll){0};
    fill(w);
    return true;
}

static bool take_away(struct waterfall_popup *w, struct err *e)
{
    const struct waterfall_view *v = view(w);

    if (w->scroll.at == 0 || w->scroll.at > v->query.n_filters)
        return true;
    host_close(w->pane.host);
    return around_clear(w->pane.desk, v->query.filters[w->scroll.at - 1].input, e);
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    if (!of(p)->begun && p->desk->filters.query.n_filters == 0)
        return true;
    return of(p)->begun ? take_away(of(p), e) : start(of(p), e);
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    p->dirty |= scroll_move(&of(p)->scroll, action_move(line));
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    struct waterfall_popup *w = of(p);
    size_t item;

    if (scroll_wheeled(&w->scroll, ev))
        p->dirty = true;
    else if (scroll_clicked(&w->scroll, ev, 0, &item))
        scroll_to(&w->scroll, item);
    else
        return false;
    p->dirty = true;
    if (ev->mouse == MOUSE_DOUBLE)
        host_command(p->host, "choose");
    return true;
}

static void changed(struct pane *p, unsigned parts)
{
    (void)parts;
    if (of(p)->begun)
        fill(of(p));
}

static void close(struct pane *p)
{
    if (of(p)->begun)
        desk_waterfall_stop(p->desk);
    forget(of(p));
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct waterfall_popup *w = mem_zalloc(sizeof(*w));

    w->pane = (struct pane){.ops = &pane_waterfall, .desk = desk, .host = host, .dirty = true};
    return &w->pane;
}

static const struct pane_action actions[] = {MOVES_TO(move), {"choose", choose}, {NULL, NULL}};

const struct pane_ops pane_waterfall = {
    .name = "waterfall",
    .title = "The count without",
    .about = "The count without each filter in turn: which one keeps most records out.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .watches = DESK_SEARCHES | DESK_FILTERS,
    .changed = changed,
};
