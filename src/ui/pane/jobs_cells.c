// What the rows of the Jobs pane say. UI thread. Floor: ui/pane.
#include "ui/pane/jobs_pane.h"

#include <stdio.h>

#include "base/count.h"
#include "base/str.h"
#include "ui/pane/actions.h"
#include "ui/pane/job_progress.h"
#include "ui/pane/when.h"

enum { BAR_CELLS = 6, SECOND = 1000, TENTHS_BELOW = 100 };

const struct table_column jobs_columns[JOBS_COLUMNS] = {
    [COLUMN_TASK] = {.heading = "Job", .width = JOBS_NAME_MIN, .pinned = true},
    [COLUMN_STATE] = {.heading = "State", .width = 9},
    [COLUMN_SINCE] = {.heading = "Since", .width = 6},
    [COLUMN_DONE] = {.heading = "Done", .width = 22},
    [COLUMN_RATE] = {.heading = "Per s", .width = 6, .right = true},
    [COLUMN_LEFT] = {.heading = "Left", .width = 7, .right = true},
    [COLUMN_SAID] = {.heading = "Said", .width = 200},
};

struct state_look {
    const char *name;
    enum role role;
};

static const struct state_look task_looks[] = {
    [TASK_RUNS] = {"runs", ROLE_STRONG},
    [TASK_DONE] = {"done", ROLE_GOOD},
    [TASK_FAILED] = {"failed", ROLE_ERROR},
    [TASK_CANCELLED] = {"cancelled", ROLE_WARNING},
};
static const enum role job_roles[JOB_STATES] = {
    [JOB_WAITS] = ROLE_WARNING, [JOB_RUNS] = ROLE_STRONG,   [JOB_PAUSED] = ROLE_WARNING,
    [JOB_DONE] = ROLE_GOOD,     [JOB_CANCELLED] = ROLE_DIM,
};
// Told to begin no more calls; those under way are waited for.
static const struct state_look stopping = {"stopping", ROLE_WARNING};
// What was bought stays, and the rest can be bought another time.
static const struct state_look stopped = {"stopped", ROLE_WARNING};

bool jobs_runs_here(const struct jobs_line *l)
{
    return l->task && l->task->state == TASK_RUNS;
}

bool jobs_stopping(const struct jobs_line *l)
{
    if (l->job && l->job->state == JOB_RUNS && l->job->wish)
        return true;
    return jobs_runs_here(l) && l->task->stopping;
}

static struct state_look look_of(const struct jobs_line *l)
{
    if (jobs_stopping(l))
        return stopping;
    if (l->job && !jobs_runs_here(l))
        return (struct state_look){job_state_name(l->job->state), job_roles[l->job->state]};
    if (l->task->spends && l->task->state == TASK_CANCELLED)
        return stopped;
    return task_looks[l->task->state];
}

const char *jobs_state_text(const struct jobs_line *l)
{
    return look_of(l).name;
}

static const char *cell_state(struct jobs_pane *j, const struct jobs_line *l)
{
    bool elsewhere = l->job && desk_job_elsewhere(j->pane.desk, l->job) && !jobs_stopping(l);

    return elsewhere ? "elsewhere" : jobs_state_text(l);
}

static const char *cell_name(struct jobs_pane *j, const struct jobs_line *l)
{
    if (!l->job)
        return l->task->label;
    if (!l->job->priority)
        return l->job->name;
    (void)snprintf(j->cell, sizeof(j->cell), "%+d %s", l->job->priority, l->job->name);
    return j->cell;
}

static const char *bar(struct jobs_pane *j, long long done, long long total)
{
    long long cells = done * BAR_CELLS / total;
    char a[COUNT_MAX], b[COUNT_MAX], cells_text[BAR_CELLS + 1];

    for (int i = 0; i < BAR_CELLS; i++)
        cells_text[i] = i < cells ? '#' : '-';
    cells_text[BAR_CELLS] = '\0';
    if (reads_lines(&j->pane))
        (void)snprintf(j->cell, sizeof(j->cell), "%s of %s", count_text(done, a),
                       count_text(total, b));
    else
        (void)snprintf(j->cell, sizeof(j->cell), "[%s] %s/%s", cells_text, count_text(done, a),
                       count_text(total, b));
    return j->cell;
}

// A bar is for what goes on, or may.
static const char *cell_done(struct jobs_pane *j, const struct jobs_line *l)
{
    bool no_more = jobs_stopping(l) || (l->job && l->job->state == JOB_CANCELLED);
    const struct progress p = job_progress(l->job, l->task);
    char a[COUNT_MAX], b[COUNT_MAX];

    if (p.total > 0 && !no_more)
        return bar(j, p.done, p.total);
    if (p.total > 0)
        (void)snprintf(j->cell, sizeof(j->cell), "%s of %s", count_text(p.done, a),
                       count_text(p.total, b));
    else
        (void)snprintf(j->cell, sizeof(j->cell), "%s", p.done ? count_text(p.done, a) : "");
    return j->cell;
}

static int64_t took(const struct jobs_pane *j, const struct task_view *t)
{
    return (t->state == TASK_RUNS ? host_now_ms(j->pane.host) : t->ended_ms) - t->began_ms;
}

// 0 where it cannot be told.
static double per_second(const struct jobs_pane *j, const struct jobs_line *l)
{
    const struct task_view *t = l->task;
    long long done;
    int64_t first_ms, ms;

    if (!t || jobs_stopping(l) || (l->job && t->state != TASK_RUNS))
        return 0;
    done = atomic_load(&t->done) - atomic_load(&t->first_done);
    first_ms = atomic_load(&t->first_ms);
    ms = took(j, t) - (first_ms ? first_ms - t->began_ms : 0);
    return ms > 0 ? (double)done * SECOND / (double)ms : 0;
}

const char *jobs_rate(struct jobs_pane *j, const struct jobs_line *l)
{
    double rate = per_second(j, l);
    char whole[COUNT_MAX];

    if (rate <= 0)
        return "";
    if (rate < TENTHS_BELOW)
        (void)snprintf(j->cell, sizeof(j->cell), "%.1f", rate);
    else
        (void)snprintf(j->cell, sizeof(j->cell), "%s", count_text((long long)rate, whole));
    return j->cell;
}

int64_t jobs_since(const struct jobs_pane *j, const struct jobs_line *l)
{
    const struct task_view *t = l->task;

    if (l->job)
        return l->job->changed_ms;
    return desk_utc_ms(j->pane.desk) - host_now_ms(j->pane.host) +
           (t->state == TASK_RUNS ? t->began_ms : t->ended_ms);
}

static const char *cell_since(struct jobs_pane *j, const struct jobs_line *l)
{
    char when[WHEN_MAX];

    (void)snprintf(j->cell, sizeof(j->cell), "%s",
                   when_since(jobs_since(j, l), desk_utc_ms(j->pane.desk), when));
    return j->cell;
}

const char *jobs_time_left(struct jobs_pane *j, const struct jobs_line *l)
{
    double rate = per_second(j, l);
    long long rest = l->task ? atomic_load(&l->task->total) - atomic_load(&l->task->done) : 0;
    char span[WHEN_MAX];

    if (!jobs_runs_here(l) || rate <= 0 || rest <= 0)
        return "";
    (void)snprintf(j->cell, sizeof(j->cell), "%s",
                   when_span((int64_t)((double)rest / rate * SECOND), span));
    return j->cell;
}

// Where it runs, as far as that is worth a word.
static void add_owner(const struct desk *d, const struct jobs_line *l, struct str *out)
{
    if (desk_job_elsewhere(d, l->job))
        str_add(out, "Runs in another Lode. ");
    if (jobs_stopping(l))
        str_addf(out, "No more calls are begun; those under way are waited for%s. ",
                 l->job->wish == JOB_WISH_CANCEL ? ", and the rest is cancelled" : "");
}

long long jobs_left(const struct job_row *r)
{
    return r->n - r->answered - r->in_doubt;
}

// What was bought, what is left, which the library may have, what is in doubt; what it may cost,
// and why it stands still. What a job that is done did not send was had already, or left out on
// purpose.
static void add_job(const struct desk *d, const struct jobs_line *l, struct str *out)
{
    const struct job_row *r = l->job;
    long long left = jobs_left(r);
    char a[COUNT_MAX], b[COUNT_MAX];

    add_owner(d, l, out);
    str_addf(out, "%s of %s %s answered", count_text(r->answered, a), count_text(r->n, b),
             match_job_is(r) ? "lines" : "records");
    str_addf(out, " for %s of at most %s credits", count_text(r->charged, a),
             count_text(r->max_credits, b));
    if (r->in_doubt)
        str_addf(out, ", %s credits in doubt", count_text(r->in_doubt, a));
    if (left > 0 && !jobs_runs_here(l) && r->state != JOB_RUNS)
        str_addf(out, r->state == JOB_DONE ? ", %s not sent" : ", %s left", count_text(left, a));
    if (*r->reason && !jobs_runs_here(l))
        str_addf(out, ": %s", r->reason);
    if (*r->origin)
        str_addf(out, "; chosen by %s", r->origin);
    str_add(out, ".");
}

// When its last run began, UTC.
static int64_t began(const struct jobs_pane *j, const struct jobs_line *l)
{
    return desk_utc_ms(j->pane.desk) - host_now_ms(j->pane.host) + l->task->began_ms;
}

bool jobs_says_why(const struct jobs_pane *j, const struct jobs_line *l)
{
    if (!l->job || l->task->state == TASK_CANCELLED)
        return l->job;
    return l->task->state == TASK_FAILED && *l->job->reason && l->job->changed_ms >= began(j, l);
}

const char *jobs_said(struct jobs_pane *j, const struct jobs_line *l)
{
    str_clear(&j->said);
    if (l->job)
        add_job(j->pane.desk, l, &j->said);
    if (l->task && *l->task->said && !jobs_says_why(j, l))
        str_addf(&j->said, "%s%s", j->said.len ? " " : "", l->task->said);
    return str_text(&j->said);
}

static size_t row_count(void *self)
{
    struct jobs_pane *j = self;

    jobs_lines(j);
    return j->n_lines;
}

static const char *cell(void *self, size_t row, size_t column, enum role *role)
{
    static const char *(*const by_column[])(struct jobs_pane *, const struct jobs_line *) = {
        [COLUMN_TASK] = cell_name, [COLUMN_STATE] = cell_state, [COLUMN_SINCE] = cell_since,
        [COLUMN_DONE] = cell_done, [COLUMN_RATE] = jobs_rate,   [COLUMN_LEFT] = jobs_time_left,
        [COLUMN_SAID] = jobs_said,
    };
    struct jobs_pane *j = self;
    const struct jobs_line *l = &j->lines[row];

    if (column == COLUMN_STATE)
        *role = look_of(l).role;
    return by_column[column](j, l);
}

// Spends?
static const char *sign(void *self, size_t row, enum role *role)
{
    const struct jobs_line *l = &((struct jobs_pane *)self)->lines[row];

    *role = ROLE_PRICE;
    return l->job || l->task->spends ? "$" : " ";
}

struct table_source jobs_source(struct jobs_pane *j)
{
    return (struct table_source){j, row_count, cell, sign};
}
