// What the rows of the Jobs pane say. UI thread. Floor: ui/pane.
#include "ui/pane/jobs_pane.h"

#include <stdio.h>

#include "base/count.h"
#include "base/str.h"
#include "ui/pane/actions.h"
#include "ui/pane/when.h"

enum { BAR_CELLS = 6, SECOND = 1000, TENTHS_BELOW = 100 };

const struct table_column jobs_columns[JOBS_COLUMNS] = {
    [COLUMN_TASK] = {.heading = "Job", .width = JOBS_NAME_MIN, .pinned = true},
    [COLUMN_STATE] = {.heading = "State", .width = 9},
    [COLUMN_FOR] = {.heading = "For", .width = 6},
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

// Of a job what it was answered, whether it runs or not: what its run counts beside, the library
// has or is in doubt, and a figure that counted it would fall with the next pause.
static void figures(const struct jobs_line *l, long long *done, long long *total)
{
    const struct task_view *t = l->task;
    bool all;

    if (l->job) {
        *total = l->job->n;
        // Lines that ask for the same, or lack something, are never answered.
        *done = l->job->state == JOB_DONE ? l->job->n : l->job->answered;
        return;
    }
    *total = atomic_load(&t->total);
    all = t->state == TASK_DONE && *total > 0 && !t->spends; // a purchase may be a try
    *done = all ? *total : atomic_load(&t->done);
    if (t->buys && t->state == TASK_RUNS)
        *done = 0; // its job is not read yet
}

// A bar is for what goes on, or may.
static const char *cell_done(struct jobs_pane *j, const struct jobs_line *l)
{
    bool no_more = jobs_stopping(l) || (l->job && l->job->state == JOB_CANCELLED);
    long long done, total;
    char a[COUNT_MAX], b[COUNT_MAX];

    figures(l, &done, &total);
    if (total > 0 && !no_more)
        return bar(j, done, total);
    if (total > 0)
        (void)snprintf(j->cell, sizeof(j->cell), "%s of %s", count_text(done, a),
                       count_text(total, b));
    else
        (void)snprintf(j->cell, sizeof(j->cell), "%s", done ? count_text(done, a) : "");
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

static const char *cell_rate(struct jobs_pane *j, const struct jobs_line *l)
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

// How long it has been in its state.
static const char *cell_for(struct jobs_pane *j, const struct jobs_line *l)
{
    const struct task_view *t = l->task;
    int64_t now = desk_utc_ms(j->pane.desk), since;
    char age[WHEN_MAX];

    since = l->job ? l->job->changed_ms
                   : now - host_now_ms(j->pane.host) +
                         (t->state == TASK_RUNS ? t->began_ms : t->ended_ms);
    (void)when_age(since, now, age);
    (void)snprintf(j->cell, sizeof(j->cell), "%s", str_eq(age, "now") ? "<1 min" : age);
    return j->cell;
}

// How long it will still take, where that can be told.
static const char *cell_left(struct jobs_pane *j, const struct jobs_line *l)
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

// What was bought, what is left, which the library may have (and has, once the job is done), what
// is in doubt; what it may cost, and why it stands still.
static void add_job(const struct desk *d, const struct jobs_line *l, struct str *out)
{
    const struct job_row *r = l->job;
    const char *things = match_job_is(r) ? "lines" : "records";
    long long left = r->n - r->answered - r->in_doubt;
    char a[COUNT_MAX], b[COUNT_MAX];

    add_owner(d, l, out);
    str_addf(out, "%s of %s %s answered", count_text(r->answered, a), count_text(r->n, b), things);
    str_addf(out, " for %s of at most %s credits", count_text(r->charged, a),
             count_text(r->max_credits, b));
    if (r->in_doubt)
        str_addf(out, ", %s credits in doubt", count_text(r->in_doubt, a));
    if (left > 0 && !jobs_runs_here(l) && r->state != JOB_RUNS)
        str_addf(out, r->state == JOB_DONE ? ", %s needed no call" : ", %s left",
                 count_text(left, a));
    if (*r->reason && !jobs_runs_here(l))
        str_addf(out, ": %s", r->reason);
    if (*r->origin)
        str_addf(out, "; chosen by %s", r->origin);
    str_add(out, ".");
}

// Why its run ended is what the job says of itself.
static bool says_why(const struct jobs_line *l)
{
    return l->job &&
           (l->task->state == TASK_CANCELLED || (l->task->state == TASK_FAILED && *l->job->reason));
}

void jobs_tell_all(struct jobs_pane *j, const struct jobs_line *l, struct str *out)
{
    if (jobs_runs_here(l)) {
        str_addf(out, "Done: %s", cell_done(j, l));
        if (*cell_rate(j, l))
            str_addf(out, "   %s a second", j->cell);
        if (*cell_left(j, l))
            str_addf(out, "   %s left", j->cell);
        str_add(out, "\n\n");
    }
    str_add(out, jobs_said(j, l));
}

const char *jobs_said(struct jobs_pane *j, const struct jobs_line *l)
{
    str_clear(&j->said);
    if (l->job)
        add_job(j->pane.desk, l, &j->said);
    if (l->task && *l->task->said && !says_why(l))
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
        [COLUMN_TASK] = cell_name, [COLUMN_STATE] = cell_state, [COLUMN_FOR] = cell_for,
        [COLUMN_DONE] = cell_done, [COLUMN_RATE] = cell_rate,   [COLUMN_LEFT] = cell_left,
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
