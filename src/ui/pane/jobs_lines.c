// Which rows the Jobs pane has, in which order. UI thread. Floor: ui/pane.
#include "base/mem.h"
#include "ui/pane/jobs_pane.h"

static bool has_ended(const struct job_row *r)
{
    return r->state == JOB_DONE || r->state == JOB_CANCELLED;
}

static const struct task_view *newest_run(const struct desk *d, const struct job_row *r)
{
    for (size_t i = d->tasks.n; i > 0; i--) {
        if (str_eq(d->tasks.items[i - 1]->job, r->name))
            return d->tasks.items[i - 1];
    }
    return NULL;
}

static void add(struct jobs_pane *j, const struct job_row *job, const struct task_view *task)
{
    j->lines[j->n_lines++] = (struct jobs_line){job, task};
}

static void add_job(struct jobs_pane *j, const struct job_row *r, bool ended)
{
    const struct task_view *run = newest_run(j->pane.desk, r);
    bool over = has_ended(r) && !(run && run->state == TASK_RUNS);

    if (over == ended)
        add(j, r, run);
}

// Jobs that are not at their end first, in the order of their queue; then tasks, the newest first;
// then the jobs that have ended, likewise.
static void fill(struct jobs_pane *j)
{
    const struct desk *d = j->pane.desk;

    j->n_lines = 0;
    if (j->cap_lines < d->jobs.n + d->tasks.n) {
        j->cap_lines = 2 * (d->jobs.n + d->tasks.n);
        j->lines = mem_regrow(j->lines, j->cap_lines, sizeof(*j->lines));
    }
    for (size_t i = 0; i < d->jobs.n; i++)
        add_job(j, &d->jobs.items[i].row, false);
    for (size_t i = d->tasks.n; i > 0; i--) {
        if (!*d->tasks.items[i - 1]->job || !desk_job(d, d->tasks.items[i - 1]->job))
            add(j, NULL, d->tasks.items[i - 1]);
    }
    for (size_t i = d->jobs.n; i > 0; i--)
        add_job(j, &d->jobs.items[i - 1].row, true);
    for (size_t i = 0; i < j->n_lines; i++) // so that drawing any of them finds room
        (void)jobs_said(j, &j->lines[i]);
}

static bool is_at(const struct jobs_pane *j, const struct jobs_line *l)
{
    return l->job ? l->job->id == j->at_job || (l->task && l->task->id == j->at_task)
                  : l->task->id == j->at_task;
}

void jobs_tell(struct jobs_pane *j)
{
    str_clear(&j->told);
    if (j->view.rows.at < j->n_lines)
        str_add(&j->told, jobs_said(j, &j->lines[j->view.rows.at]));
}

// What began to spend since the rows were made last; at first whatever runs.
static bool begins(const struct jobs_pane *j, const struct jobs_line *l)
{
    const struct task_view *t = l->task;

    if (!t || t->state != TASK_RUNS)
        return !j->looked && l->job && l->job->state == JOB_RUNS;
    return t->id > j->begun && (t->spends || !j->looked);
}

// The cursor goes there once.
static void go_to_begun(struct jobs_pane *j)
{
    for (size_t i = 0; i < j->n_lines; i++) {
        if (!begins(j, &j->lines[i]))
            continue;
        j->view.rows.at = i;
        j->begun = j->lines[i].task ? j->lines[i].task->id : j->begun;
        j->looked = true;
    }
    j->looked |= j->n_lines > 0;
}

static void note_at(struct jobs_pane *j)
{
    const struct jobs_line *l;
    int64_t job = j->at_job;
    uint64_t task = j->at_task;

    if (j->view.rows.at >= j->n_lines)
        return;
    l = &j->lines[j->view.rows.at];
    j->at_job = l->job ? l->job->id : 0;
    j->at_task = l->task ? l->task->id : 0;
    if (j->at_job != job || j->at_task != task)
        jobs_tell(j);
}

static bool is_fresh(const struct jobs_pane *j)
{
    return j->jobs_read == j->pane.desk->jobs_read &&
           j->task_changes == j->pane.desk->tasks.changes;
}

void jobs_lines(struct jobs_pane *j)
{
    const struct desk *d = j->pane.desk;

    if (is_fresh(j)) {
        note_at(j);
        return;
    }
    j->jobs_read = d->jobs_read;
    j->task_changes = d->tasks.changes;
    fill(j);
    for (size_t i = 0; i < j->n_lines; i++) {
        if (is_at(j, &j->lines[i])) {
            j->view.rows.at = i;
            break;
        }
    }
    if (j->view.rows.at >= j->n_lines)
        j->view.rows.at = j->n_lines ? j->n_lines - 1 : 0;
    go_to_begun(j);
    note_at(j);
    jobs_tell(j);
}

struct jobs_line jobs_at(struct jobs_pane *j)
{
    jobs_lines(j);
    return j->view.rows.at < j->n_lines ? j->lines[j->view.rows.at] : (struct jobs_line){0};
}

const struct jobs_line *jobs_shown(const struct jobs_pane *j)
{
    return is_fresh(j) && j->view.rows.at < j->n_lines ? &j->lines[j->view.rows.at] : NULL;
}
