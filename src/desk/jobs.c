// Jobs that are kept: what is wanted of them, written down in the background. UI thread, but for
// the runs. Floor: desk.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/inside.h"
#include "flow/reconcile.h"

struct change {
    struct task task;
    char name[JOB_NAME_MAX];
    bool (*make)(struct app *a, const struct job_row *job, int number, struct err *e);
    int number;
};

static bool run(struct task *t)
{
    struct change *c = (struct change *)t;
    struct job_infos found;
    bool ok;

    if (!jobs_find(&t->app, c->name, &found, &t->err))
        return false;
    ok = c->make(&t->app, &found.items[0].row, c->number, &t->err);
    jobs_free(&found);
    return ok;
}

static void done(struct desk *d, struct task *t)
{
    if (!t->ok)
        desk_tell(d, &t->err);
    ledger_read(d);
}

static const struct task_kind kind = {.name = "job", .lane = LANE_LOCAL, .run = run, .done = done};

const struct job_row *desk_job(const struct desk *d, const char *name)
{
    for (size_t i = 0; i < d->jobs.n; i++) {
        if (str_eq(d->jobs.items[i].row.name, name))
            return &d->jobs.items[i].row;
    }
    return NULL;
}

static bool change(struct desk *d, const char *name, int number,
                   bool (*make)(struct app *a, const struct job_row *job, int number,
                                struct err *e),
                   struct err *e)
{
    struct change *c;

    if (!desk_job(d, name))
        return err_set(e, ERR_NOT_FOUND, "there is no job \"%.64s\"", name);
    c = task_new(d, &kind, sizeof(*c), NULL);
    (void)snprintf(c->name, sizeof(c->name), "%s", name);
    c->make = make;
    c->number = number;
    task_start(&c->task);
    return true;
}

static bool pause_job(struct app *a, const struct job_row *job, int number, struct err *e)
{
    (void)number;
    return jobs_stop(a, job, JOB_WISH_PAUSE, e);
}

static bool cancel_job(struct app *a, const struct job_row *job, int number, struct err *e)
{
    (void)number;
    return jobs_stop(a, job, JOB_WISH_CANCEL, e);
}

static bool drop_job(struct app *a, const struct job_row *job, int number, struct err *e)
{
    (void)number;
    return jobs_drop(a, job, e);
}

static bool set_priority(struct app *a, const struct job_row *job, int number, struct err *e)
{
    return jobs_priority(a, job, number, e);
}

bool desk_job_pause(struct desk *d, const char *name, struct err *e)
{
    return change(d, name, 0, pause_job, e);
}

bool desk_job_cancel(struct desk *d, const char *name, struct err *e)
{
    return change(d, name, 0, cancel_job, e);
}

bool desk_job_drop(struct desk *d, const char *name, struct err *e)
{
    return change(d, name, 0, drop_job, e);
}

bool desk_job_priority(struct desk *d, const char *name, int priority, struct err *e)
{
    return change(d, name, priority, set_priority, e);
}

struct asking {
    struct task task;
    struct judged *all;
    size_t n;
};

static bool ask(struct task *t)
{
    struct asking *a = (struct asking *)t;

    return reconcile_run(&t->app, &a->all, &a->n, &t->err);
}

static void answered(struct desk *d, struct task *t)
{
    const struct asking *a = (const struct asking *)t;
    struct str text = {0};

    if (t->ok) {
        judged_sum(a->all, a->n, &text);
        desk_say(d, ERR_NONE, "%s", text.data);
        str_free(&text);
    } else {
        desk_tell(d, &t->err);
    }
    ledger_read(d);
    for (size_t i = 0; i < d->private->n_seats; i++)
        sums_later(d, &d->private->seats[i]);
}

static void release_asking(struct task *t)
{
    free(((struct asking *)t)->all);
}

static const struct task_kind asking_kind = {
    .name = "reconcile", .lane = LANE_WAITED, .run = ask, .done = answered, .free = release_asking};

bool desk_reconcile(struct desk *d, struct err *e)
{
    struct asking *a;

    if (!d->spender)
        return err_set(e, ERR_REFUSED, "another Lode has this account: reconcile there");
    if (!desk_online(d, e))
        return false;
    if (d->private->spending)
        return err_set(e, ERR_REFUSED, "a purchase is under way; ask when it has ended");
    a = task_new(d, &asking_kind, sizeof(*a), NULL);
    task_start(&a->task);
    return true;
}
