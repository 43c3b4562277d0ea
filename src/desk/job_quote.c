// What going on with a job would cost, worked out before anybody is asked. UI thread, but for the
// run. Floor: desk.
#include <stdio.h>
#include <string.h>

#include "desk/inside.h"
#include "flow/job_price.h"
#include "job/cancel.h"

struct pricing {
    struct task task;
    char name[JOB_NAME_MAX];
    bool doubts;
    struct quote quote;
};

static bool run(struct task *t)
{
    struct pricing *p = (struct pricing *)t;
    struct job_infos found;
    bool ok;

    if (!jobs_find(&t->app, p->name, &found, &t->err))
        return false;
    p->doubts = found.items[0].row.doubts;
    ok = job_price(&t->app, &found.items[0].row, p->doubts, &p->quote, &t->err);
    jobs_free(&found);
    return ok;
}

static void done(struct desk *d, struct task *t)
{
    const struct pricing *p = (const struct pricing *)t;
    struct job_quote *q = &d->job_quote;

    if (d->private->pricing != t)
        return; // that of another job was asked for since
    d->private->pricing = NULL;
    q->state = t->ok ? JOB_QUOTE_THERE : JOB_QUOTE_FAILED;
    q->doubts = p->doubts;
    q->quote = p->quote;
    q->quoted_ms = desk_now_ms();
    q->err = t->err;
    if (t->ok)
        usage_take(d);
    desk_changed(d, DESK_TASKS);
}

static const struct task_kind kind = {
    .name = "quote", .lane = LANE_WAITED, .run = run, .done = done};
// A file may be long.
static const struct task_kind file_kind = {
    .name = "quote", .lane = LANE_LONG, .shown = true, .run = run, .done = done};

static void start(struct desk *d, const struct job_row *job)
{
    bool by_line = match_job_is(job);
    struct pricing *p;

    if (d->private->pricing)
        cancel_fire(d->private->pricing->cancel);
    p = task_new(d, by_line ? &file_kind : &kind, sizeof(*p), NULL);
    (void)snprintf(p->name, sizeof(p->name), "%s", job->name);
    if (by_line)
        task_label(&p->task, "quote the rest of %.70s", job->name);
    d->private->pricing = &p->task;
    d->job_quote = (struct job_quote){.state = JOB_QUOTE_ASKED};
    memcpy(d->job_quote.name, p->name, sizeof(p->name));
    task_start(&p->task);
}

bool desk_job_quote(struct desk *d, const char *name, struct err *e)
{
    const struct job_row *job = desk_job(d, name);

    if (!job)
        return err_set(e, ERR_NOT_FOUND, "there is no job \"%.64s\"", name);
    if (!job_may_go_on(job, e) || !desk_online(d, e))
        return false;
    start(d, job);
    return true;
}

const struct quote *desk_job_quoted(const struct desk *d, const char *name)
{
    const struct job_quote *q = &d->job_quote;
    bool fresh = q->state == JOB_QUOTE_THERE && desk_now_ms() - q->quoted_ms <= QUOTE_FRESH_MS;

    return fresh && str_eq(q->name, name) ? &q->quote : NULL;
}

void desk_job_quote_drop(struct desk *d)
{
    d->job_quote.state = JOB_QUOTE_NONE;
}
