// What runs now and what has ended: how far, how fast, how long still, what came of it. UI thread.
// Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/job_rows.h"
#include "ui/pane/panes.h"
#include "ui/pane/reader.h"
#include "ui/pane/when.h"
#include "ui/widget/table_view.h"

enum { BAR_CELLS = 6, TEXT_MAX = 400, SECOND = 1000 };
// With the narrowest name all but what was said stands on 80 columns.
enum { NAME_MIN = 21, NAME_MAX = 40, BESIDE_NAME = 59 };

enum { COLUMN_TASK, COLUMN_STATE, COLUMN_DONE, COLUMN_RATE, COLUMN_TIME, COLUMN_SAID, COLUMNS };

static const struct table_column columns[COLUMNS] = {
    [COLUMN_TASK] = {.heading = "Job", .width = NAME_MIN, .pinned = true},
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

struct jobs_pane {
    struct pane pane;
    struct table_view view;
    struct table_column columns[COLUMNS]; // the name takes what room there is
    char cell[TEXT_MAX];
    uint64_t asked;          // the job that a question is about
    char name[JOB_NAME_MAX]; // the same of a kept one
    struct job_rows rows;    // being written
    int64_t wake_ms;         // when it is drawn again by itself
    int w;
};

static struct jobs_pane *of(struct pane *p)
{
    return (struct jobs_pane *)p;
}

// Kept jobs that wait for a person's word stand first, then what runs and ran in this start. What
// goes by a file stays there when it is done: its lines can be written with what was found.
static bool is_kept(const struct job_row *r)
{
    return desk_job_open(r) || (r->state == JOB_DONE && match_job_is(r));
}

static size_t open_count(const struct desk *d)
{
    size_t n = 0;

    for (size_t i = 0; i < d->jobs.n; i++)
        n += is_kept(&d->jobs.items[i].row);
    return n;
}

static const struct job_row *kept_at(const struct jobs_pane *j, size_t row)
{
    const struct job_infos *l = &j->pane.desk->jobs;

    for (size_t i = 0; i < l->n; i++) {
        if (is_kept(&l->items[i].row) && row-- == 0)
            return &l->items[i].row;
    }
    return NULL;
}

static size_t row_count(void *self)
{
    const struct desk *d = ((struct jobs_pane *)self)->pane.desk;

    return open_count(d) + d->tasks.n;
}

// Newest first.
static const struct task_view *task_at(const struct jobs_pane *j, size_t row)
{
    const struct task_list *t = &j->pane.desk->tasks;
    size_t kept = open_count(j->pane.desk);

    return row >= kept && row - kept < t->n ? t->items[t->n - 1 - (row - kept)] : NULL;
}

static const char *cell_task(struct jobs_pane *j, const struct task_view *t)
{
    (void)j;
    return t->label;
}

// A purchase that was stopped can go on: its job stands above.
static const char *state_name(const struct task_view *t)
{
    return t->spends && t->state == TASK_CANCELLED ? "stopped" : states[t->state].name;
}

static const char *cell_state(struct jobs_pane *j, const struct task_view *t)
{
    (void)j;
    return state_name(t);
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
    long long done = t->state == TASK_DONE && total > 0 ? total : atomic_load(&t->done);
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
    char spent[COUNT_MAX], most[COUNT_MAX], doubt[COUNT_MAX];

    (void)snprintf(j->cell, sizeof(j->cell), "%s of at most %s credits%s%s%s%.80s%s%.80s",
                   count_text(r->charged, spent), count_text(r->max_credits, most),
                   r->in_doubt ? ", in doubt " : "",
                   r->in_doubt ? count_text(r->in_doubt, doubt) : "", *r->reason ? ": " : "",
                   r->reason, *r->origin ? "; " : "", r->origin);
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
        return bar(j, r->answered, r->n > 0 ? r->n : 1);
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
    const struct job_row *kept = kept_at(self, row);
    const struct task_view *t = task_at(self, row);

    if (kept)
        return kept_cell(self, kept, column, role);
    if (column == COLUMN_STATE)
        *role = states[t->state].role;
    return by_column[column](self, t);
}

// Spends?
static const char *sign(void *self, size_t row, enum role *role)
{
    *role = ROLE_PRICE;
    return kept_at(self, row) || task_at(self, row)->spends ? "$" : " ";
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct jobs_pane *j = of(p);
    int name = a.w - BESIDE_NAME;

    j->w = a.w;
    j->columns[COLUMN_TASK].width = name < NAME_MIN ? NAME_MIN : name > NAME_MAX ? NAME_MAX : name;
    if (!row_count(j)) {
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

static void answered_kept(void *self, int button)
{
    struct jobs_pane *j = self;
    struct err e;

    if (button == 1 && !desk_job_cancel(j->pane.desk, j->name, &e))
        host_fail(j->pane.host, &e);
}

static void answered_done(void *self, int button)
{
    struct jobs_pane *j = self;
    struct err e;

    if (button == 1 && !desk_job_drop(j->pane.desk, j->name, &e))
        host_fail(j->pane.host, &e);
}

static bool cancel_kept(struct jobs_pane *j, const struct job_row *r)
{
    (void)snprintf(j->name, sizeof(j->name), "%s", r->name);
    if (r->state == JOB_DONE) {
        host_ask(j->pane.host, "Forget this job?",
                 "What it bought stays in the library and the ledger; its lines can no more be "
                 "written with what was found.",
                 "Keep it|Forget it", answered_done, j);
        return true;
    }
    host_ask(
        j->pane.host, "Cancel this job for good?",
        "What it bought stays in the library and the ledger. What is left of it is not bought.",
        "Keep it|Cancel it", answered_kept, j);
    return true;
}

// Stops the job under the cursor; one that spends is asked about first.
static bool cancel(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_pane *j = of(p);
    const struct job_row *kept = kept_at(j, j->view.rows.at);
    const struct task_view *t = task_at(j, j->view.rows.at);

    (void)line;
    if (kept)
        return cancel_kept(j, kept);
    if (!t || t->state != TASK_RUNS)
        return desk_running(p->desk) ? err_set(e, ERR_INVALID, "that job has ended") : action_up(e);
    j->asked = t->id;
    if (t->spends)
        host_ask(p->host, "Cancel this job?",
                 "No new call is sent. A call that is under way is waited for: what it brings is "
                 "paid for and kept. What was not sent costs nothing, and can go on later.",
                 "Go on|Cancel it", answered, j);
    else
        (void)desk_cancel(p->desk, t->id);
    return true;
}

// Never by itself, and never by the key alone: the frame asks.
static bool resume(struct pane *p, const struct line *line, struct err *e)
{
    const struct job_row *r = kept_at(of(p), of(p)->view.rows.at);
    struct str command = {0};

    (void)line;
    if (!r || !desk_job_open(r))
        return err_set(e, ERR_INVALID, "only a job that waits or is paused can go on");
    str_add(&command, "resume-job ");
    line_quote(r->name, &command);
    host_command(p->host, str_text(&command));
    str_free(&command);
    return true;
}

static bool pause_job(struct pane *p, const struct line *line, struct err *e)
{
    const struct job_row *r = kept_at(of(p), of(p)->view.rows.at);
    const struct task_view *t = task_at(of(p), of(p)->view.rows.at);

    (void)line;
    if (r && r->state == JOB_PAUSED)
        return err_set(e, ERR_INVALID, "the job %s is paused already", r->name);
    if (r)
        return desk_job_pause(p->desk, r->name, e);
    if (!t || t->state != TASK_RUNS || !t->spends)
        return err_set(e, ERR_INVALID, "only a purchase that runs can be paused");
    (void)desk_cancel(p->desk, t->id);
    return true;
}

static bool reprioritise(struct pane *p, const struct line *line, struct err *e)
{
    const struct job_row *r = kept_at(of(p), of(p)->view.rows.at);
    int step = str_eq(line->words[0].text, "raise") ? 1 : -1;

    if (!r)
        return err_set(e, ERR_INVALID, "only a job that waits or is paused has a place");
    return desk_job_priority(p->desk, r->name, r->priority + step, e);
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    const struct task_view *t = task_at(of(p), of(p)->view.rows.at);

    if (kept_at(of(p), of(p)->view.rows.at))
        return resume(p, line, e);
    if (!t)
        return err_set(e, ERR_INVALID, "there is no job here");
    if (!*t->said)
        return err_set(e, ERR_INVALID, "this job has said nothing yet");
    host_popup(p->host, reader_open(p->desk, p->host, t->label, t->said));
    return true;
}

// `export [FILE]`: the lines of a job by a file, with what has come of them.
static bool export(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_pane *j = of(p);
    const struct job_row *r = kept_at(j, j->view.rows.at);

    if (!r || !match_job_is(r))
        return err_set(e, ERR_INVALID, "only a job by the lines of a file has rows to write");
    if (line->n > 2)
        return line_fault(e, &line->words[1], "of a job it goes: export [FILE]");
    job_rows_write(&j->rows, p, r, line->n == 2 ? line->words[1].text : NULL);
    return true;
}

static bool copy_row(struct pane *p, const struct line *line, struct err *e)
{
    const struct task_view *t = task_at(of(p), of(p)->view.rows.at);
    char *text;

    (void)line;
    if (!t)
        return err_set(e, ERR_INVALID, "there is no job here");
    text = str_format("%s\t%s\t%s", t->label, state_name(t), t->said);
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
    else if (open_count(p->desk))
        str_addf(out, "%s goes on with a job", key_text(p, "resume", key));
}

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    *at = ((const struct jobs_pane *)p)->view.rows.at;
    *of_all = open_count(p->desk) + p->desk->tasks.n;
    return *of_all > 0;
}

static void close(struct pane *p)
{
    free(of(p)->rows.path);
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct jobs_pane *j = mem_zalloc(sizeof(*j));

    j->pane = (struct pane){.ops = &pane_jobs, .desk = desk, .host = host, .dirty = true};
    j->view.source = (struct table_source){j, row_count, cell, sign};
    memcpy(j->columns, columns, sizeof(columns));
    j->view.columns = j->columns;
    j->view.n_columns = COLUMNS;
    return &j->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(move),          {"choose", choose},      {"cancel", cancel}, {"delete", cancel},
    {"copy-row", copy_row},  {"export", export},      {"resume", resume}, {"pause", pause_job},
    {"raise", reprioritise}, {"lower", reprioritise}, {NULL, NULL}};

const struct pane_ops pane_jobs = {
    .name = "jobs",
    .title = "Jobs",
    .about = "Jobs that wait for your word, what runs now and what has ended. A job with $ spends; "
             "cancelling it keeps what was paid for.",
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
