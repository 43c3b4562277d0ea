// Jobs that are kept: what is wanted of them, written down in the background. UI thread, but for
// the runs. Floor: desk.
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "desk/inside.h"

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

bool desk_job_open(const struct job_row *job)
{
    return job->state == JOB_WAITS || job->state == JOB_PAUSED;
}

bool desk_job_elsewhere(const struct desk *d, const struct job_row *job)
{
    return job->state == JOB_RUNS && !d->spender;
}

bool job_may_go_on(const struct job_row *job, struct err *e)
{
    return desk_job_open(job) || err_set(e, ERR_INVALID, "the job %s %s", job->name,
                                         job->state == JOB_RUNS ? "runs already" : "has ended");
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

// Its run here shows that at once.
static void stopping(struct desk *d, const char *name)
{
    for (size_t i = 0; i < d->tasks.n; i++) {
        struct task_view *t = d->tasks.items[i];

        t->stopping |= t->state == TASK_RUNS && str_eq(t->job, name);
    }
    desk_changed(d, DESK_TASKS);
}

bool desk_job_cancel(struct desk *d, const char *name, struct err *e)
{
    if (!change(d, name, 0, cancel_job, e))
        return false;
    stopping(d, name);
    return true;
}

bool desk_job_drop(struct desk *d, const char *name, struct err *e)
{
    return change(d, name, 0, drop_job, e);
}

bool desk_job_priority(struct desk *d, const char *name, int priority, struct err *e)
{
    return change(d, name, priority, set_priority, e);
}
