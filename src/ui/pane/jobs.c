// What runs now and what has ended: how far, how fast, how long still, what came of it. UI thread.
// Floor: ui/pane.
#include "ui/pane/jobs_pane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/reader.h"

enum { SECOND = 1000 };

static struct jobs_pane *of(struct pane *p)
{
    return (struct jobs_pane *)p;
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct jobs_pane *j = of(p);
    int name = a.w - JOBS_BESIDE_NAME;

    j->w = a.w;
    j->columns[COLUMN_TASK].width = name < JOBS_NAME_MIN   ? JOBS_NAME_MIN
                                    : name > JOBS_NAME_MAX ? JOBS_NAME_MAX
                                                           : name;
    if (!(jobs_open_count(p->desk) + p->desk->tasks.n)) {
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

static void ask_named(struct jobs_pane *j, const char *verb, const char *name, const char *text,
                      const char *buttons, void (*pressed)(void *self, int button))
{
    char *title = str_format("%s %s?", verb, name);

    host_ask(j->pane.host, title, text, buttons, pressed, j);
    free(title);
}

static bool drop_kept(struct jobs_pane *j, const struct job_row *r)
{
    bool ended = r->state == JOB_DONE;

    (void)snprintf(j->name, sizeof(j->name), "%s", r->name);
    if (ended)
        ask_named(j, "Forget the job", r->name,
                  "What it bought stays in the library and the ledger; its lines can no more be "
                  "written with what was found.",
                  "Keep it|Forget it", answered_done);
    else
        ask_named(j, "Cancel for good the job", r->name,
                  "What it bought stays in the library and the ledger. What is left of it is not "
                  "bought.",
                  "Keep it|Cancel it", answered_kept);
    return true;
}

// One that spends is asked about first.
static bool stop_task(struct jobs_pane *j, const struct task_view *t)
{
    j->asked = t->id;
    if (t->spends)
        ask_named(j, "Cancel", t->label,
                  "No new call is sent. A call that is under way is waited for: what it brings is "
                  "paid for and kept. What was not sent costs nothing, and can go on later.",
                  "Go on|Cancel it", answered);
    else
        (void)desk_cancel(j->pane.desk, t->id);
    return true;
}

// What the title names, wherever the cursor is.
static bool cancel(struct pane *p, const struct line *line, struct err *e)
{
    const struct task_view *t = desk_running(p->desk);

    (void)line;
    return t ? stop_task(of(p), t) : action_up(e);
}

// The row under the cursor.
static bool delete_row(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_pane *j = of(p);
    const struct job_row *kept = jobs_kept_at(j, j->view.rows.at);
    const struct task_view *t = jobs_task_at(j, j->view.rows.at);

    (void)line;
    if (kept && jobs_runner(p->desk, kept))
        return stop_task(j, jobs_runner(p->desk, kept));
    if (kept)
        return drop_kept(j, kept);
    if (!t)
        return err_set(e, ERR_INVALID, "there is no job here");
    return t->state == TASK_RUNS ? stop_task(j, t)
                                 : err_set(e, ERR_INVALID, "%s has ended", t->label);
}

// Never by itself, and never by the key alone: the frame asks.
static bool resume(struct pane *p, const struct line *line, struct err *e)
{
    const struct job_row *r = jobs_kept_at(of(p), of(p)->view.rows.at);
    struct str command = {0};

    (void)line;
    if (r && jobs_runner(p->desk, r))
        return err_set(e, ERR_INVALID, "the job %s runs already", r->name);
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
    const struct job_row *r = jobs_kept_at(of(p), of(p)->view.rows.at);
    const struct task_view *t = jobs_task_at(of(p), of(p)->view.rows.at);

    (void)line;
    if (r && jobs_runner(p->desk, r))
        t = jobs_runner(p->desk, r);
    else if (r && r->state == JOB_PAUSED)
        return err_set(e, ERR_INVALID, "the job %s is paused already", r->name);
    else if (r)
        return desk_job_pause(p->desk, r->name, e);
    if (!t || t->state != TASK_RUNS || !t->spends)
        return err_set(e, ERR_INVALID, "only a purchase that runs can be paused");
    (void)desk_cancel(p->desk, t->id);
    return true;
}

static bool reprioritise(struct pane *p, const struct line *line, struct err *e)
{
    const struct job_row *r = jobs_kept_at(of(p), of(p)->view.rows.at);
    int step = str_eq(line->words[0].text, "raise") ? 1 : -1;

    if (!r)
        return err_set(e, ERR_INVALID, "only a job that waits or is paused has a place");
    return desk_job_priority(p->desk, r->name, r->priority + step, e);
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    const struct task_view *t = jobs_task_at(of(p), of(p)->view.rows.at);

    if (jobs_kept_at(of(p), of(p)->view.rows.at))
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
    const struct job_row *r = jobs_kept_at(j, j->view.rows.at);

    if (!r || !match_job_is(r))
        return err_set(e, ERR_INVALID, "only a job by the lines of a file has rows to write");
    if (line->n > 2)
        return line_fault(e, &line->words[1], "of a job it goes: export [FILE]");
    job_rows_write(&j->rows, p, r, line->n == 2 ? line->words[1].text : NULL);
    return true;
}

static bool copy_row(struct pane *p, const struct line *line, struct err *e)
{
    const struct task_view *t = jobs_task_at(of(p), of(p)->view.rows.at);
    char *text;

    (void)line;
    if (!t)
        return err_set(e, ERR_INVALID, "there is no job here");
    text = str_format("%s\t%s\t%s", t->label, jobs_state_name(t), t->said);
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
    char key[KEY_TEXT_MAX], other[KEY_TEXT_MAX];

    if (t)
        str_addf(out, "%s runs, %s cancels", t->label, key_text(p, "cancel", key));
    else if (jobs_open_count(p->desk))
        str_addf(out, "%s goes on with the job, %s cancels it", key_text(p, "resume", key),
                 key_text(p, "delete", other));
}

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    *at = ((const struct jobs_pane *)p)->view.rows.at;
    *of_all = jobs_open_count(p->desk) + p->desk->tasks.n;
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
    j->view.source = jobs_source(j);
    memcpy(j->columns, jobs_columns, sizeof(jobs_columns));
    j->view.columns = j->columns;
    j->view.n_columns = JOBS_COLUMNS;
    return &j->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(move),          {"choose", choose},      {"cancel", cancel}, {"delete", delete_row},
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
