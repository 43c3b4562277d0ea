// What the ledger comes to, read in the background; the meters, asked for. UI thread, but for the
// runs. Floor: desk.
#include <string.h>

#include "desk/ledger_inside.h"

struct ledger_task {
    struct task task;
    uint64_t asked; // which reading of the jobs it is
    struct ledger_totals totals;
    struct spent today;
    struct burn burn;
    struct spending spending[SPENT_KINDS];
    struct job_infos jobs;
};

static bool read_ledger(struct task *t)
{
    struct ledger_task *l = (struct ledger_task *)t;
    bool ok = library_totals(&t->app, &l->totals, &t->err) &&
              library_today(&t->app, &l->today, &t->err) && burn_read(&t->app, &l->burn, &t->err) &&
              jobs_list(&t->app, &l->jobs, &t->err);

    for (int i = 0; ok && i < SPENT_KINDS; i++)
        ok = spending_read(&t->app, (enum spending_kind)i, &l->spending[i], &t->err);
    return ok;
}

void ledger_free(struct desk *d)
{
    for (int i = 0; i < SPENT_KINDS; i++)
        spending_free(&d->ledger.spending[i]);
    d->ledger = (struct ledger_view){0};
}

// At the start: never gone on with by itself.
static void offer_jobs(struct desk *d, const struct job_infos *jobs)
{
    size_t n = 0;

    for (size_t i = 0; i < jobs->n; i++)
        n += jobs->items[i].row.state == JOB_WAITS || jobs->items[i].row.state == JOB_PAUSED;
    if (n)
        desk_say(d, ERR_NONE, "%zu %s not finished: the Jobs pane goes on with %s at your word.", n,
                 n == 1 ? "job is" : "jobs are", n == 1 ? "it" : "them");
}

static void ledger_done(struct desk *d, struct task *t)
{
    struct ledger_task *l = (struct ledger_task *)t;
    struct ledger_view *view = &d->ledger;

    d->private->ledger_readings--;
    if (!t->ok) {
        desk_tell(d, &t->err);
        return;
    }
    if (!view->known)
        offer_jobs(d, &l->jobs);
    (void)jobs_take(d, l->asked, &l->jobs);
    ledger_free(d);
    *view = (struct ledger_view){
        .totals = l->totals, .today = l->today, .burn = l->burn, .known = true};
    memcpy(view->spending, l->spending, sizeof(view->spending));
    memset(l->spending, 0, sizeof(l->spending));
    charges_stale(d);
    desk_changed(d, DESK_USAGE | DESK_TASKS);
}

static void ledger_release(struct task *t)
{
    struct ledger_task *l = (struct ledger_task *)t;

    for (int i = 0; i < SPENT_KINDS; i++)
        spending_free(&l->spending[i]);
    jobs_free(&l->jobs);
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
    l->asked = ++d->private->jobs_asked;
    d->private->ledger_readings++;
    task_start(&l->task);
}

bool desk_buys(const struct desk *d)
{
    bool elsewhere = false;

    for (size_t i = 0; i < d->jobs.n; i++)
        elsewhere |= desk_job_elsewhere(d, &d->jobs.items[i].row);
    return elsewhere || desk_spends(d);
}

void desk_ledger_look(struct desk *d)
{
    if (!d->private->ledger_readings)
        ledger_read(d);
}

static bool ask_usage(struct task *t)
{
    struct usage u;

    return usage_fetch(&t->app, &u, &t->err);
}

static void usage_done(struct desk *d, struct task *t)
{
    if (t->ok)
        usage_take(d);
    else
        desk_tell(d, &t->err);
}

static const struct task_kind usage_kind = {
    .name = "usage", .lane = LANE_WAITED, .run = ask_usage, .done = usage_done};

void desk_refresh_usage(struct desk *d)
{
    struct err e;

    ledger_read(d);
    if (!desk_online(d, &e)) {
        desk_tell(d, &e);
        return;
    }
    task_start(task_new(d, &usage_kind, sizeof(struct task), NULL));
}
