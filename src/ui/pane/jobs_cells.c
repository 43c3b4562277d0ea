// What the rows of the Jobs pane say. UI thread. Floor: ui/pane.
#include "ui/pane/jobs_pane.h"

#include <stdio.h>

#include "base/count.h"
#include "ui/pane/when.h"

enum { BAR_CELLS = 6, SECOND = 1000 };

const struct table_column jobs_columns[JOBS_COLUMNS] = {
    [COLUMN_TASK] = {.heading = "Job", .width = JOBS_NAME_MIN, .pinned = true},
    [COLUMN_STATE] = {.heading = "State", .width = 9},
    [COLUMN_DONE] = {.heading = "Done", .width = 22},
    [COLUMN_RATE] = {.heading = "A second", .width = 8, .right = true},
    [COLUMN_TIME] = {.heading = "Time", .width = 12},
    [COLUMN_SAID] = {.heading = "Said", .width = 200},
};

static const struct state_look {
    const char *name;
    enum role role;
} states[] = {
    [TASK_RUNS] = {"runs", ROLE_STRONG},
    [TASK_DONE] = {"done", ROLE_GOOD},
    [TASK_FAILED] = {"failed", ROLE_ERROR},
    [TASK_CANCELLED] = {"cancelled", ROLE_WARNING},
};

const struct task_view *jobs_runner(const struct desk *d, const struct job_row *r)
{
    for (size_t i = d->tasks.n; i > 0; i--) {
        const struct task_view *t = d->tasks.items[i - 1];

        if (t->state == TASK_RUNS && str_eq(t->job, r->name))
            return t;
    }
    return NULL;
}

// Kept jobs that wait for a person's word stand first, then what runs and ran in this start. What
// goes by a file stays there when it is done: its lines can be written with what was found.
static bool is_kept(const struct desk *d, const struct job_row *r)
{
    return desk_job_open(r) || (r->state == JOB_DONE && match_job_is(r)) || jobs_runner(d, r);
}

size_t jobs_open_count(const struct desk *d)
{
    size_t n = 0;

    for (size_t i = 0; i < d->jobs.n; i++)
        n += is_kept(d, &d->jobs.items[i].row);
    return n;
}

const struct job_row *jobs_kept_at(const struct jobs_pane *j, size_t row)
{
    const struct job_infos *l = &j->pane.desk->jobs;

    for (size_t i = 0; i < l->n; i++) {
        if (is_kept(j->pane.desk, &l->items[i].row) && row-- == 0)
            return &l->items[i].row;
    }
    return NULL;
}

static size_t row_count(void *self)
{
    const struct desk *d = ((struct jobs_pane *)self)->pane.desk;

    return jobs_open_count(d) + d->tasks.n;
}

// Newest first.
const struct task_view *jobs_task_at(const struct jobs_pane *j, size_t row)
{
    const struct task_list *t = &j->pane.desk->tasks;
    size_t kept = jobs_open_count(j->pane.desk);

    return row >= kept && row - kept < t->n ? t->items[t->n - 1 - (row - kept)] : NULL;
}

static const char *cell_task(struct jobs_pane *j, const struct task_view *t)
{
    (void)j;
    return t->label;
}

// A purchase that was stopped can go on: its job stands above.
const char *jobs_state_name(const struct task_view *t)
{
    return t->spends && t->state == TASK_CANCELLED ? "stopped" : states[t->state].name;
}

static const char *cell_state(struct jobs_pane *j, const struct task_view *t)
{
    (void)j;
    return jobs_state_name(t);
}

static const char *bar(struct jobs_pane *j, long long done, long long total)
{
    long long cells = done * BAR_CELLS / total;
    char a[COUNT_MAX], b[COUNT_MAX], cells_text[BAR_CELLS + 1];

    for (int i = 0; i < BAR_CELLS; i++)
        cells_text[i] = i < cells ? '#' : '-';
    cells_text[BAR_CELLS] = '\0';
    (void)snprintf(j->cell, sizeof(j->cell), "[%s] %s/%s", cells_text, count_text(done, a),
                   count_text(total, b));
    return j->cell;
}

static const char *cell_done(struct jobs_pane *j, const struct task_view *t)
{
    long long total = atomic_load(&t->total);
    bool all = t->state == TASK_DONE && total > 0 && !t->spends; // a purchase may be a try
    long long done = all ? total : atomic_load(&t->done);
    char a[COUNT_MAX];

    if (total > 0)
        return bar(j, done, total);
    (void)snprintf(j->cell, sizeof(j->cell), "%s", done ? count_text(done, a) : "");
    return j->cell;
}

static int64_t took(const struct jobs_pane *j, const struct task_view *t)
{
    return (t->state == TASK_RUNS ? host_now_ms(j->pane.host) : t->ended_ms) - t->began_ms;
}

static double per_second(const struct jobs_pane *j, const struct task_view *t)
{
    long long done = atomic_load(&t->done) - atomic_load(&t->first_done);
    int64_t first_ms = atomic_load(&t->first_ms);
    int64_t ms = took(j, t) - (first_ms ? first_ms - t->began_ms : 0);

    return ms > 0 ? (double)done * SECOND / (double)ms : 0;
}

static const char *cell_rate(struct jobs_pane *j, const struct task_view *t)
{
    double rate = per_second(j, t);

    if (rate <= 0)
        return "";
    (void)snprintf(j->cell, sizeof(j->cell), "%.1f", rate);
    return j->cell;
}

// How long it took, or how long it will still take where that can be told.
static const char *cell_time(struct jobs_pane *j, const struct task_view *t)
{
    long long rest = atomic_load(&t->total) - atomic_load(&t->done);
    double rate = per_second(j, t);
    char span[WHEN_MAX];

    if (t->state == TASK_RUNS && rate > 0 && rest > 0)
        (void)snprintf(j->cell, sizeof(j->cell), "%s left",
                       when_span((int64_t)((double)rest / rate * SECOND), span));
    else
        (void)snprintf(j->cell, sizeof(j->cell), "%s", when_span(took(j, t), span));
    return j->cell;
}

static const char *cell_said(struct jobs_pane *j, const struct task_view *t)
{
    (void)j;
    return t->said;
}

// What it cost of what it may cost, and why it stands still.
static const char *kept_said(struct jobs_pane *j, const struct job_row *r)
{
    const char *reason = jobs_runner(j->pane.desk, r) ? "" : r->reason;
    char spent[COUNT_MAX], most[COUNT_MAX], doubt[COUNT_MAX];

    (void)snprintf(j->cell, sizeof(j->cell), "%s of at most %s credits%s%s%s%.80s%s%.80s",
                   count_text(r->charged, spent), count_text(r->max_credits, most),
                   r->in_doubt ? ", in doubt " : "",
                   r->in_doubt ? count_text(r->in_doubt, doubt) : "", *reason ? ": " : "", reason,
                   *r->origin ? "; " : "", r->origin);
    return j->cell;
}

static const char *kept_cell(struct jobs_pane *j, const struct job_row *r, size_t column,
                             enum role *role)
{
    switch (column) {
    case COLUMN_TASK:
        return r->name;
    case COLUMN_STATE:
        *role = r->state == JOB_DONE ? ROLE_GOOD : ROLE_WARNING;
        return job_state_name(r->state);
    case COLUMN_DONE:
        // Lines that ask for the same, or lack something, are never answered.
        return bar(j, r->state == JOB_DONE ? r->n : r->answered, r->n > 0 ? r->n : 1);
    case COLUMN_TIME:
        if (!r->priority)
            return "";
        (void)snprintf(j->cell, sizeof(j->cell), "priority %d", r->priority);
        return j->cell;
    case COLUMN_SAID:
        return kept_said(j, r);
    default:
        return "";
    }
}

static const char *cell(void *self, size_t row, size_t column, enum role *role)
{
    static const char *(*const by_column[])(struct jobs_pane *, const struct task_view *) = {
        [COLUMN_TASK] = cell_task, [COLUMN_STATE] = cell_state, [COLUMN_DONE] = cell_done,
        [COLUMN_RATE] = cell_rate, [COLUMN_TIME] = cell_time,   [COLUMN_SAID] = cell_said,
    };
    const struct job_row *kept = jobs_kept_at(self, row);
    const struct task_view *t = jobs_task_at(self, row);

    // A job that runs shows how far its run is, and its own name and price.
    if (kept)
        t = jobs_runner(((struct jobs_pane *)self)->pane.desk, kept);
    if (kept && (!t || column == COLUMN_TASK || column == COLUMN_SAID))
        return kept_cell(self, kept, column, role);
    if (column == COLUMN_STATE)
        *role = states[t->state].role;
    return by_column[column](self, t);
}

// Spends?
static const char *sign(void *self, size_t row, enum role *role)
{
    *role = ROLE_PRICE;
    return jobs_kept_at(self, row) || jobs_task_at(self, row)->spends ? "$" : " ";
}

struct table_source jobs_source(struct jobs_pane *j)
{
    return (struct table_source){j, row_count, cell, sign};
}
