// How far a job or another task is. UI thread. Floor: ui/pane.
#include "ui/pane/job_progress.h"

#include <stdio.h>

#include "base/count.h"

struct progress job_progress(const struct job_row *job, const struct task_view *task)
{
    long long total;

    if (job) // lines that ask for the same, or lack something, are never answered
        return (struct progress){job->state == JOB_DONE ? job->n : job->answered, job->n};
    total = atomic_load(&task->total);
    if (task->buys && task->state == TASK_RUNS)
        return (struct progress){0, total};                     // its job is not read yet
    if (task->state == TASK_DONE && total > 0 && !task->spends) // a purchase may be a try
        return (struct progress){total, total};
    return (struct progress){atomic_load(&task->done), total};
}

char *job_progress_text(const struct job_row *job, const struct task_view *task,
                        char buf[static PROGRESS_MAX])
{
    const struct progress p =
        job ? (struct progress){job->answered, job->n} : job_progress(job, task);
    const char *things = !job ? "" : match_job_is(job) ? " lines" : " records";
    char done[COUNT_MAX], total[COUNT_MAX];

    if (p.total > 0)
        (void)snprintf(buf, PROGRESS_MAX, "%s of %s%s", count_text(p.done, done),
                       count_text(p.total, total), things);
    else
        (void)snprintf(buf, PROGRESS_MAX, "%s", p.done ? count_text(p.done, done) : "");
    return buf;
}
