// The newest charges, read in the background; the meters, asked for. UI thread, but for the runs.
// Floor: desk.
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "desk/inside.h"

struct ledger_task {
    struct task task;
    struct ledger_line *ring; // LEDGER_SHOWN lines
    size_t n;                 // read
    struct ledger_totals totals;
    struct spent today;
};

static bool take(void *self, const struct ledger_row *row)
{
    struct ledger_task *l = self;
    struct ledger_line *line = &l->ring[l->n++ % LEDGER_SHOWN];

    *line = (struct ledger_line){.id = row->id,
                                 .began_ms = row->began_ms,
                                 .ended_ms = row->ended_ms,
                                 .state = row->state,
                                 .n_records = row->n_records,
                                 .quoted_max = row->quoted_max,
                                 .credits = row->credits,
                                 .records = row->records};
    (void)snprintf(line->operation, sizeof(line->operation), "%.47s", row->operation);
    (void)snprintf(line->reason, sizeof(line->reason), "%.159s", row->reason);
    return true;
}

static bool read_ledger(struct task *t)
{
    struct ledger_task *l = (struct ledger_task *)t;

    l->ring = mem_array(LEDGER_SHOWN, sizeof(*l->ring));
    return library_ledger(&t->app, -1, take, l, &t->err) &&
           library_totals(&t->app, &l->totals, &t->err) &&
           library_today(&t->app, &l->today, &t->err);
}

static void ledger_done(struct desk *d, struct task *t)
{
    const struct ledger_task *l = (const struct ledger_task *)t;
    struct ledger_view *view = &d->ledger;
    size_t n = l->n < LEDGER_SHOWN ? l->n : LEDGER_SHOWN;

    if (!t->ok) {
        desk_tell(d, &t->err);
        return;
    }
    free(view->lines);
    *view = (struct ledger_view){mem_array(n, sizeof(*view->lines)), n, l->totals, l->today, true};
    for (size_t i = 0; i < n; i++)
        view->lines[i] = l->ring[(l->n - 1 - i) % LEDGER_SHOWN];
    desk_changed(d, DESK_USAGE);
}

static void ledger_release(struct task *t)
{
    free(((struct ledger_task *)t)->ring);
}

static const struct task_kind ledger_kind = {.name = "ledger",
                                             .lane = LANE_LOCAL,
                                             .run = read_ledger,
                                             .done = ledger_done,
                                             .free = ledger_release};

void ledger_read(struct desk *d)
{
    struct ledger_task *l;

    if (!d->private->open || d->private->closing)
        return;
    l = task_new(d, &ledger_kind, sizeof(*l), NULL);
    task_start(&l->task);
}

struct usage_task {
    struct task task;
    struct usage usage;
};

static bool ask_usage(struct task *t)
{
    return usage_fetch(&t->app, &((struct usage_task *)t)->usage, &t->err);
}

static void usage_done(struct desk *d, struct task *t)
{
    if (t->ok)
        usage_set(d, &((struct usage_task *)t)->usage);
    else
        desk_tell(d, &t->err);
}

static const struct task_kind usage_kind = {
    .name = "usage", .lane = LANE_WAITED, .run = ask_usage, .done = usage_done};

void desk_refresh_usage(struct desk *d)
{
    struct usage_task *u;
    struct err e;

    ledger_read(d);
    if (!desk_online(d, &e)) {
        desk_tell(d, &e);
        return;
    }
    u = task_new(d, &usage_kind, sizeof(*u), NULL);
    task_start(&u->task);
}
