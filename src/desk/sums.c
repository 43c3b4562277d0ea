// Where the marked stand and what they would cost, by the library alone. One at a time; marks that
// move meanwhile are summed again. UI thread, but for the run. Floor: desk.
#include <string.h>

#include "desk/inside.h"
#include "flow/quote.h"

struct sums {
    struct task task;
    struct seat *seat;
    struct selection selection;
    struct usage usage;
    struct quoted quoted;
};

static bool run(struct task *t)
{
    struct sums *s = (struct sums *)t;

    return quote_from(&t->app, &s->selection, &s->usage, false, &s->quoted, &t->err);
}

static void done(struct desk *d, struct task *t)
{
    const struct sums *sums = (const struct sums *)t;
    struct seat *s = sums->seat;
    struct marks *m = seat_face(d, s).marks;

    s->summing = false;
    if (s->sum_again) {
        sums_later(d, s);
        return;
    }
    if (!t->ok) {
        desk_tell(d, &t->err);
        return;
    }
    memcpy(m->count, sums->quoted.quote.count, sizeof(m->count));
    m->credits = sums->quoted.quote.credits;
    m->records = sums->quoted.quote.records;
    m->requests = sums->quoted.quote.requests;
    m->summed = true;
    desk_changed(d, DESK_MARKS);
}

static void release(struct task *t)
{
    struct sums *s = (struct sums *)t;

    selection_free(&s->selection);
    quote_free(&s->quoted);
}

static const struct task_kind kind = {
    .name = "sums", .lane = LANE_LOCAL, .run = run, .done = done, .free = release};

void sums_later(struct desk *d, struct seat *s)
{
    struct marks *m = seat_face(d, s).marks;
    struct sums *sums;

    *m = (struct marks){.items = m->items, .n = m->n, .cap = m->cap, .places = m->places};
    m->summed = m->n == 0;
    s->sum_again = s->summing;
    if (m->summed || s->summing || !d->private->open)
        return;
    sums = task_new(d, &kind, sizeof(*sums), NULL);
    sums->seat = s;
    sums->usage = d->usage;
    sums->selection.entity = s->entity;
    for (size_t i = 0; i < m->n; i++)
        selection_add(&sums->selection, m->items[i].id);
    s->summing = true;
    task_start(&sums->task);
}
