// Jobs as another Lode leaves them: looked at while somebody looks at them. UI thread, but for the
// run. Floor: desk.
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "desk/inside.h"

struct looking {
    struct task task;
    uint64_t asked; // which reading it is
    uint64_t seen;  // what the files were like when they were read last
    bool always;    // one runs elsewhere: whoever runs it may end without a word
    bool moved;
    struct job_infos jobs;
};

// What changes whenever anybody writes: times and sizes, as one number.
static uint64_t stamp(const char *folder)
{
    static const char *const names[] = {"jobs.db", "jobs.db-wal", "ledger.db", "ledger.db-wal"};
    uint64_t sum = 1;

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char *path = str_format("%s/%s", folder, names[i]);
        struct stat st = {0};

        (void)stat(path, &st);
        sum = sum * 31 + (uint64_t)st.st_mtim.tv_sec;
        sum = sum * 31 + (uint64_t)st.st_mtim.tv_nsec;
        sum = sum * 31 + (uint64_t)st.st_size;
        free(path);
    }
    return sum;
}

static bool run(struct task *t)
{
    struct looking *l = (struct looking *)t;
    uint64_t now = stamp(t->app.folder);

    l->moved = l->always || now != l->seen;
    l->seen = now;
    return !l->moved || jobs_list(&t->app, &l->jobs, &t->err);
}

static void done(struct desk *d, struct task *t)
{
    struct looking *l = (struct looking *)t;

    d->private->looks_at_jobs = false;
    if (t->ok && (!l->moved || jobs_take(d, l->asked, &l->jobs)))
        d->private->jobs_stamp = l->seen;
}

static void release(struct task *t)
{
    jobs_free(&((struct looking *)t)->jobs);
}

static const struct task_kind kind = {
    .name = "jobs", .lane = LANE_LOCAL, .run = run, .done = done, .free = release};

void desk_jobs_look(struct desk *d)
{
    struct desk_private *p = d->private;
    struct looking *l;

    if (!p->open || p->closing || p->looks_at_jobs)
        return;
    p->looks_at_jobs = true;
    l = task_new(d, &kind, sizeof(*l), NULL);
    l->asked = ++p->jobs_asked;
    l->seen = p->jobs_stamp;
    for (size_t i = 0; i < d->jobs.n; i++)
        l->always |= desk_job_elsewhere(d, &d->jobs.items[i].row);
    task_start(&l->task);
}

// The purchase that runs here is of the job that runs: one process spends, and buys one at a time.
static void name_purchase(struct desk *d)
{
    const struct job_row *job = NULL;

    for (size_t i = 0; d->spender && i < d->jobs.n; i++) {
        if (d->jobs.items[i].row.state == JOB_RUNS)
            job = &d->jobs.items[i].row;
    }
    for (size_t i = 0; job && i < d->tasks.n; i++) {
        struct task_view *t = d->tasks.items[i];

        if (t->state == TASK_RUNS && t->buys && !*t->job)
            (void)strncpy(t->job, job->name, sizeof(t->job) - 1);
    }
}

bool jobs_take(struct desk *d, uint64_t asked, struct job_infos *jobs)
{
    if (asked < d->private->jobs_taken)
        return false;
    d->private->jobs_taken = asked;
    jobs_free(&d->jobs);
    d->jobs = *jobs;
    *jobs = (struct job_infos){0};
    name_purchase(d);
    d->jobs_read++;
    desk_changed(d, DESK_TASKS);
    return true;
}
