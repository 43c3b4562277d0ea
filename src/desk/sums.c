// Where the marked stand and what they would cost, by the library alone. One at a time; marks that
// move meanwhile are summed again. UI thread, but for the run. Floor: desk.
#include <string.h>

#include "desk/inside.h"
#include "flow/quote.h"

enum { AGAIN_MS = 500 }; // between two that nobody asked for

struct sums {
    struct task task;
    struct seat *seat;
    struct marks_copy marks;
    struct usage usage;
    struct quote quote;
};

// What takes long with many marks is made and freed here.
static bool run(struct task *t)
{
    struct sums *s = (struct sums *)t;
    struct selection selection = {.entity = s->seat->entity};
    struct quoted quoted = {0};
    bool ok;

    for (size_t i = 0; i < s->marks.n; i++)
        selection_add(&selection, s->marks.items[i].id);
    ok = quote_from(&t->app, &selection, &s->usage, false, &quoted, &t->err);
    s->quote = quoted.quote;
    quote_free(&quoted);
    selection_free(&selection);
    return ok;
}

static void done(struct desk *d, struct task *t)
{
    struct sums *sums = (struct sums *)t;
    struct seat *s = sums->seat;
    struct marks *m = seat_face(d, s).marks;

    marks_copy_free(d, &sums->marks);
    s->summing = false;
    if (s->sum_again) {
        sums_later(d, s);
        return;
    }
    if (s->sum_due)
        return;
    if (!t->ok) {
        desk_tell(d, &t->err);
        return;
    }
    memcpy(m->count, sums->quote.count, sizeof(m->count));
    m->credits = sums->quote.credits;
    m->records = sums->quote.records;
    m->requests = sums->quote.requests;
    m->summed = true;
    desk_changed(d, DESK_MARKS);
}

static const struct task_kind kind = {.name = "sums", .lane = LANE_LOCAL, .run = run, .done = done};

// What was summed up holds no longer.
static void forget(struct marks *m)
{
    *m = (struct marks){.items = m->items, .n = m->n, .cap = m->cap, .places = m->places};
    m->summed = m->n == 0;
}

void sums_soon(struct desk *d, struct seat *s)
{
    int64_t now = desk_now_ms(), wait = s->summed_ms + AGAIN_MS - now;

    if (s->summed_ms && wait > 0) {
        forget(seat_face(d, s).marks);
        s->sum_due = true;
        timer_sooner(d, TIMER_SUMS, wait);
        return;
    }
    s->summed_ms = now;
    sums_later(d, s);
}

void sums_due(struct desk *d)
{
    for (size_t i = 0; i < d->private->n_seats; i++) {
        if (d->private->seats[i].sum_due)
            sums_soon(d, &d->private->seats[i]);
    }
}

void sums_later(struct desk *d, struct seat *s)
{
    struct marks *m = seat_face(d, s).marks;
    struct sums *sums;

    forget(m);
    s->sum_due = false;
    s->sum_again = s->summing;
    if (m->summed || s->summing || !d->private->open)
        return;
    sums = task_new(d, &kind, sizeof(*sums), NULL);
    sums->seat = s;
    sums->usage = d->usage;
    sums->marks = marks_copy(d, m);
    s->summing = true;
    task_start(&sums->task);
}
