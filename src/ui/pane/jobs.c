// What runs now and what has ended: how far, how fast, how long still, what came of it. UI thread.
// Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"
#include "ui/pane/reader.h"
#include "ui/pane/when.h"
#include "ui/widget/table_view.h"

enum { BAR_CELLS = 10, TEXT_MAX = 160, SECOND = 1000 };

enum { COLUMN_TASK, COLUMN_STATE, COLUMN_DONE, COLUMN_RATE, COLUMN_TIME, COLUMN_SAID };

static const struct table_column columns[] = {
    [COLUMN_TASK] = {.heading = "Job", .width = 30, .pinned = true},
    [COLUMN_STATE] = {.heading = "State", .width = 9},
    [COLUMN_DONE] = {.heading = "Done", .width = 24},
    [COLUMN_RATE] = {.heading = "A second", .width = 8, .right = true},
    [COLUMN_TIME] = {.heading = "Time", .width = 14},
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

struct jobs_pane {
    struct pane pane;
    struct table_view view;
    char cell[TEXT_MAX];
    uint64_t asked;  // the job that a question is about
    int64_t wake_ms; // when it is drawn again by itself
    int w;
};

static struct jobs_pane *of(struct pane *p)
{
    return (struct jobs_pane *)p;
}

static size_t row_count(void *self)
{
    return ((struct jobs_pane *)self)->pane.desk->tasks.n;
}

// Newest first.
static const struct task_view *task_at(const struct jobs_pane *j, size_t row)
{
    const struct task_list *t = &j->pane.desk->tasks;

    return row < t->n ? t->items[t->n - 1 - row] : NULL;
}

static const char *cell_task(struct jobs_pane *j, const struct task_view *t)
{
    (void)j;
    return t->label;
}

static const char *cell_state(struct jobs_pane *j, const struct task_view *t)
{
    (void)j;
    return states[t->state].name;
}

static const char *cell_done(struct jobs_pane *j, const struct task_view *t)
{
    long long total = atomic_load(&t->total);
    long long done = t->state == TASK_DONE && total > 0 ? total : atomic_load(&t->done);
    long long cells = total > 0 ? done * BAR_CELLS / total : 0;
    char a[COUNT_MAX], b[COUNT_MAX], bar[BAR_CELLS + 1];

    if (total <= 0) {
        (void)snprintf(j->cell, sizeof(j->cell), "%s", done ? count_text(done, a) : "");
        return j->cell;
    }
    for (int i = 0; i < BAR_CELLS; i++)
        bar[i] = i < cells ? '#' : '-';
    bar[BAR_CELLS] = '\0';
    (void)snprintf(j->cell, sizeof(j->cell), "[%s] %s/%s", bar, count_text(done, a),
                   count_text(total, b));
    return j->cell;
}

static int64_t took(const struct jobs_pane *j, const struct task_view *t)
{
    return (t->state == TASK_RUNS ? host_now_ms(j->pane.host) : t->ended_ms) - t->began_ms;
}

static double per_second(const struct jobs_pane *j, const struct task_view *t)
{
    int64_t ms = took(j, t);

    return ms > 0 ? (double)atomic_load(&t->done) * SECOND / (double)ms : 0;
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

static const char *cell(void *self, size_t row, size_t column, enum role *role)
{
    static const char *(*const by_column[])(struct jobs_pane *, const struct task_view *) = {
        [COLUMN_TASK] = cell_task, [COLUMN_STATE] = cell_state, [COLUMN_DONE] = cell_done,
        [COLUMN_RATE] = cell_rate, [COLUMN_TIME] = cell_time,   [COLUMN_SAID] = cell_said,
    };
    const struct task_view *t = task_at(self, row);

    if (column == COLUMN_STATE)
        *role = states[t->state].role;
    return by_column[column](self, t);
}

// Spends?
static const char *sign(void *self, size_t row, enum role *role)
{
    *role = ROLE_PRICE;
    return task_at(self, row)->spends ? "$" : " ";
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct jobs_pane *j = of(p);

    j->w = a.w;
    if (!p->desk->tasks.n) {
        empty_say(a, ROLE_DIM,
                  "Nothing runs and nothing has run yet: buying, exporting and fetching "
                  "all rows stand here.");
        return;
    }
    table_view_draw(&j->view, a, focused);
}

// Rates and times move while something runs.
static void shown(struct pane *p)
{
    int64_t now = host_now_ms(p->host);

    if (!desk_running(p->desk) || now < of(p)->wake_ms)
        return;
    of(p)->wake_ms = now + SECOND;
    host_wake_at(p->host, p, of(p)->wake_ms);
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    table_step(p, &of(p)->view, of(p)->w, line);
    return true;
}

static void answered(void *self, int button)
{
    struct jobs_pane *j = self;

    if (button == 1)
        (void)desk_cancel(j->pane.desk, j->asked);
}

// Stops the job under the cursor; one that spends is asked about first.
static bool cancel(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_pane *j = of(p);
    const struct task_view *t = task_at(j, j->view.rows.at);

    (void)line;
    if (!t || t->state != TASK_RUNS)
        return desk_running(p->desk) ? err_set(e, ERR_INVALID, "that job has ended") : action_up(e);
    j->asked = t->id;
    if (t->spends)
        host_ask(p->host, "Cancel this job?",
                 "No new call is sent. A call that is under way is waited for: what it brings is "
                 "paid for and kept. What was not sent costs nothing.",
                 "Go on|Cancel it", answered, j);
    else
        (void)desk_cancel(p->desk, t->id);
    return true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    const struct task_view *t = task_at(of(p), of(p)->view.rows.at);

    (void)line;
    if (!t || !*t->said)
        return err_set(e, ERR_INVALID, "this job has said nothing yet");
    host_popup(p->host, reader_open(p->desk, p->host, t->label, t->said));
    return true;
}

static bool copy_row(struct pane *p, const struct line *line, struct err *e)
{
    const struct task_view *t = task_at(of(p), of(p)->view.rows.at);
    char *text;

    (void)line;
    if (!t)
        return err_set(e, ERR_INVALID, "there is no job here");
    text = str_format("%s\t%s\t%s", t->label, states[t->state].name, t->said);
    host_copy(p->host, text);
    free(text);
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    return table_mouse(p, &of(p)->view, 0, of(p)->w, ev);
}

static void status(const struct pane *p, struct str *out)
{
    const struct task_view *t = desk_running(p->desk);
    char key[KEY_TEXT_MAX];

    if (t)
        str_addf(out, "%s runs, %s cancels", t->label, key_text(p, "cancel", key));
}

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    *at = ((const struct jobs_pane *)p)->view.rows.at;
    *of_all = p->desk->tasks.n;
    return *of_all > 0;
}

static void close(struct pane *p)
{
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct jobs_pane *j = mem_zalloc(sizeof(*j));

    j->pane = (struct pane){.ops = &pane_jobs, .desk = desk, .host = host, .dirty = true};
    j->view.source = (struct table_source){j, row_count, cell, sign};
    j->view.columns = columns;
    j->view.n_columns = ARRAY_LEN(columns);
    return &j->pane;
}

static const struct pane_action actions[] = {MOVES_TO(move),         {"choose", choose},
                                             {"cancel", cancel},     {"delete", cancel},
                                             {"copy-row", copy_row}, {NULL, NULL}};

const struct pane_ops pane_jobs = {
    .name = "jobs",
    .title = "Jobs",
    .about = "What runs now and what has ended. A job with $ spends; cancelling it keeps what was "
             "paid for.",
    .open = open,
    .close = close,
    .draw = draw,
    .shown = shown,
    .actions = actions,
    .event = event,
    .watches = DESK_TASKS,
    .status = status,
    .place = place,
};
