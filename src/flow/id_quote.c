// What enriching by the ids of a file would cost. Floor: flow.
#include "flow/id_quote.h"

#include "base/str.h"
#include "flow/id_set.h"
#include "job/cancel.h"

enum { IDS = 4000 }; // in memory at once

struct run {
    const struct id_quote *order;
    struct quote *sum;
    struct id_set ids;
};

static bool take(struct run *run, const struct quoted *quoted, size_t i, struct err *e)
{
    const struct id_quote *order = run->order;
    const struct selection *s = order->selection;
    enum standing standing = quoted->standings[i];
    bool before = false;
    long long number;

    // Those that this part has twice are told already.
    if (standing != STANDING_INVALID && standing != STANDING_DUPLICATE &&
        str_int64(s->ids[i], &number) && !id_set_add(&run->ids, number, &before, e))
        return false;
    if (before)
        standing = STANDING_DUPLICATE;
    else
        run->sum->outside += quote_is_outside(s, standing, i);
    run->sum->count[standing]++;
    return !order->row || order->row(order->self, s->ids[i], standing, &quoted->owned[i], e);
}

static bool quote_some(struct app *a, struct run *run, struct id_reader *r, struct err *e)
{
    struct selection *s = run->order->selection;
    struct quoted quoted;
    bool ok = true;

    selection_empty(s);
    if (!id_reader_next(r, s, IDS, e) ||
        !quote_from(a, s, &run->sum->before, run->order->again, &quoted, e))
        return false;
    run->sum->unseen = quoted.quote.unseen;
    run->sum->doubted = quoted.quote.doubted;
    run->sum->rows += s->n;
    for (size_t i = 0; ok && i < s->n; i++)
        ok = take(run, &quoted, i, e);
    quote_free(&quoted);
    app_step(a, s->entity->plural, (long long)run->sum->rows, -1);
    return ok;
}

static bool quote_all(struct app *a, struct run *run, struct err *e)
{
    struct selection *s = run->order->selection;
    struct id_reader r;
    bool ok = id_reader_open(&r, s, run->order->file, e), more = ok;

    while (more) {
        ok = quote_some(a, run, &r, e);
        more = ok && s->n == IDS;
        if (more && cancel_fired(a->cancel))
            ok = more = err_set(e, ERR_CANCELLED, "stopped on request");
    }
    return ok;
}

bool id_quote(struct app *a, const struct id_quote *order, struct quote *out, struct err *e)
{
    struct selection *s = order->selection;
    struct run run = {.order = order, .sum = out};
    bool ok;

    *out = (struct quote){.entity = s->entity};
    selection_clear(s);
    if (!app_need_store(a, e) || !usage_fetch(a, &out->before, e))
        return false;
    id_set_open(&run.ids, a->folder);
    ok = quote_all(a, &run, e);
    id_set_close(&run.ids);
    out->rows += s->n_odd;
    out->count[STANDING_MISSING] += s->n_odd;
    quote_sum(out, order->again);
    return ok;
}
