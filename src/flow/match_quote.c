// What the lines of a file would cost. Floor: flow.
#include <stdlib.h>

#include "base/mem.h"
#include "flow/match_window.h"
#include "job/cancel.h"

struct quoting {
    const struct match_order *order;
    struct window window;
    struct quote *sum;
};

static enum standing standing_of(const struct window_line *line, const struct quoted *quoted)
{
    if (line->at != NOT_ASKED)
        return quoted->standings[line->at];
    if (line->answered)
        return STANDING_ANSWERED;
    if (line->suppressed)
        return STANDING_SUPPRESSED;
    return line->same ? STANDING_DUPLICATE : STANDING_MISSING;
}

static bool give(struct quoting *q, size_t i, enum standing standing, struct err *e)
{
    const struct window_line *line = &q->window.lines.items[i];
    struct matched_row row = {
        .cells = window_cells(&q->window, i, q->order->file->names.len),
        .line = line->line,
        .standing = standing,
        .lacks = standing == STANDING_MISSING,
        .status = "",
        .reason = standing == STANDING_MISSING ? window_text(&q->window, i)
                                               : standing_defs()[standing].reason,
    };

    return !q->order->row || q->order->row(q->order->self, &row, e);
}

static bool count(struct quoting *q, const struct quoted *quoted, struct err *e)
{
    for (size_t i = 0; i < q->window.lines.len; i++) {
        enum standing standing = standing_of(&q->window.lines.items[i], quoted);

        if (q->window.lines.items[i].passed)
            continue;
        q->sum->rows++;
        q->sum->count[standing]++;
        if (!give(q, i, standing, e))
            return false;
    }
    return true;
}

static bool quote_window(struct app *a, struct quoting *q, struct err *e)
{
    struct quoted quoted;
    bool ok = window_fill(&q->window, q->order, e) &&
              quote_from(a, q->order->selection, &q->sum->before, q->order->again, &quoted, e);

    if (!ok)
        return false;
    q->sum->unseen = quoted.quote.unseen;
    q->sum->doubted = quoted.quote.doubted;
    q->sum->outside += quoted.quote.outside;
    ok = count(q, &quoted, e);
    quote_free(&quoted);
    return ok;
}

static bool may_go_on(const struct app *a, struct err *e)
{
    return !cancel_fired(a->cancel) || err_set(e, ERR_CANCELLED, "stopped on request");
}

bool match_quote(struct app *a, const struct match_order *order, struct quote *out, struct err *e)
{
    struct quoting q = {.order = order, .sum = out};
    bool ok;

    *out = (struct quote){.entity = order->selection->entity};
    if (!app_need_store(a, e) || !(order->look || usage_fetch(a, &out->before, e)) ||
        !window_open(&q.window, a, order, e))
        return false;
    do {
        ok = may_go_on(a, e) && quote_window(a, &q, e);
        app_step(a, out->entity->plural, (long long)out->rows,
                 order->total ? (long long)order->total : -1);
    } while (ok && q.window.lines.len == WINDOW_LINES);
    window_close(&q.window);
    quote_sum(out, order->again);
    return ok;
}
