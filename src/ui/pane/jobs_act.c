// What is done about the job under the cursor. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/jobs_pane.h"

enum { BUTTON_STOP = 1, BUTTON_CANCEL = 2 };

static struct jobs_pane *of(struct pane *p)
{
    return (struct jobs_pane *)p;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_pane *j = of(p);

    (void)e;
    jobs_lines(j);
    table_step(p, &j->view, j->w, line);
    jobs_lines(j);
    return true;
}

static void stop_answered(void *self, int button)
{
    struct jobs_pane *j = self;

    if (button == BUTTON_STOP)
        (void)desk_cancel(j->pane.desk, j->asked);
}

static void cancel_answered(void *self, int button)
{
    struct jobs_pane *j = self;
    struct err e;

    if (button == BUTTON_STOP && !desk_job_cancel(j->pane.desk, j->name, &e))
        host_fail(j->pane.host, &e);
}

static void stop_or_cancel_answered(void *self, int button)
{
    if (button == BUTTON_CANCEL)
        cancel_answered(self, BUTTON_STOP);
    else
        stop_answered(self, button);
}

static void forget_answered(void *self, int button)
{
    struct jobs_pane *j = self;
    struct err e;

    if (button == 1 && !desk_job_drop(j->pane.desk, j->name, &e))
        host_fail(j->pane.host, &e);
}

static void ask(struct jobs_pane *j, const char *verb, const char *name, const char *text,
                const char *buttons, void (*answered)(void *self, int button))
{
    char *title = str_format("%s %s?", verb, name);

    (void)snprintf(j->name, sizeof(j->name), "%.*s", JOB_NAME_MAX - 1, name);
    host_ask(j->pane.host, title, text, buttons, answered, j);
    free(title);
}

// One that does not run here.
static void take_away(struct jobs_pane *j, const struct job_row *r)
{
    if (r->state == JOB_DONE || r->state == JOB_CANCELLED)
        ask(j, "Forget the job", r->name,
            "What it bought stays in the library and the ledger; what it asked for can no more be "
            "written with what was found.",
            "Keep it|Forget it", forget_answered);
    else if (desk_job_elsewhere(j->pane.desk, r))
        ask(j, "Cancel for good the job", r->name,
            "It runs in another Lode, which begins no more calls then: what those under way bring "
            "is paid for and kept. What was not sent is not bought; paused, it could be.",
            "Keep it|Cancel it", cancel_answered);
    else
        ask(j, "Cancel for good the job", r->name,
            "What it bought stays in the library and the ledger. What is left of it is not "
            "bought.",
            "Keep it|Cancel it", cancel_answered);
}

// One that spends is asked about first.
static bool stop_task(struct jobs_pane *j, const struct task_view *t)
{
    j->asked = t->id;
    if (!t->spends) {
        (void)desk_cancel(j->pane.desk, t->id);
    } else if (*t->job) {
        ask(j, "Cancel", t->job,
            "No more calls are begun. Those under way are waited for: what they bring is paid for "
            "and kept. What was not sent costs nothing: paused, it can be bought later; "
            "cancelled, it is not bought.",
            "Go on|Pause it|Cancel it", stop_or_cancel_answered);
    } else {
        ask(j, "Stop", t->label,
            "No more calls are begun. Those under way are waited for: what they bring is paid for "
            "and kept. What was not sent costs nothing, and can go on later.",
            "Go on|Stop it", stop_answered);
    }
    return true;
}

// What the title names, wherever the cursor is.
static bool cancel(struct pane *p, const struct line *line, struct err *e)
{
    const struct task_view *t = desk_running(p->desk);

    (void)line;
    return t ? stop_task(of(p), t) : action_up(e);
}

static bool no_job(struct err *e)
{
    return err_set(e, ERR_INVALID, "there is no job here");
}

// The row under the cursor.
static bool delete_row(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_line l = jobs_at(of(p));

    (void)line;
    if (jobs_runs_here(&l))
        return stop_task(of(p), l.task);
    if (l.job)
        take_away(of(p), l.job);
    else
        return l.task ? err_set(e, ERR_INVALID, "%s has ended", l.task->label) : no_job(e);
    return true;
}

// Why a job cannot go on, be paused or get another place, in one sentence.
static bool refuse(const struct desk *d, const struct jobs_line *l, const char *what, struct err *e)
{
    if (!l->job && !l->task)
        return no_job(e);
    if (!l->job)
        return err_set(e, ERR_INVALID, "only a job that is kept %s", what);
    if (jobs_runs_here(l))
        return err_set(e, ERR_INVALID, "the job %s runs already", l->job->name);
    if (desk_job_elsewhere(d, l->job))
        return err_set(e, ERR_INVALID, "the job %s runs in another Lode", l->job->name);
    return err_set(e, ERR_INVALID, "the job %s is %s%s", l->job->name,
                   job_state_name(l->job->state),
                   l->job->state == JOB_CANCELLED ? ": what is left of it is quoted anew"
                   : l->job->state == JOB_DONE    ? ": nothing of it is left to buy"
                                                  : " already");
}

// The queue, and what is left to buy.
static bool waits_here(const struct desk *d, const struct jobs_line *l)
{
    (void)d;
    return l->job && desk_job_open(l->job) && !jobs_runs_here(l);
}

// Never by itself, and never by the key alone: the frame asks.
static bool resume(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_line l = jobs_at(of(p));
    struct str command = {0};

    (void)line;
    if (!waits_here(p->desk, &l))
        return refuse(p->desk, &l, "can go on", e);
    str_add(&command, "resume-job ");
    line_quote(l.job->name, &command);
    host_command(p->host, str_text(&command));
    str_free(&command);
    return true;
}

static bool buys_here(const struct jobs_line *l)
{
    return jobs_runs_here(l) && l->task->spends;
}

static bool may_pause(const struct desk *d, const struct jobs_line *l)
{
    return buys_here(l) ||
           (l->job && (l->job->state == JOB_WAITS || desk_job_elsewhere(d, l->job)));
}

static bool pause_job(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_line l = jobs_at(of(p));

    (void)line;
    if (buys_here(&l))
        return desk_cancel(p->desk, l.task->id);
    if (!l.job)
        return err_set(e, ERR_INVALID, "only a purchase that runs can be paused");
    if (!may_pause(p->desk, &l))
        return refuse(p->desk, &l, "can be paused", e);
    return desk_job_pause(p->desk, l.job->name, e);
}

static bool reprioritise(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_line l = jobs_at(of(p));
    int step = str_eq(line->words[0].text, "raise") ? 1 : -1;

    if (!waits_here(p->desk, &l))
        return refuse(p->desk, &l, "has a place among others", e);
    return desk_job_priority(p->desk, l.job->name, l.job->priority + step, e);
}

static bool detail(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_line l = jobs_at(of(p));

    (void)line;
    if (!l.job && !l.task)
        return no_job(e);
    host_popup(p->host, jobs_reader_open(of(p), &l));
    return true;
}

// What can go on does so; of all else there is something to read.
static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_line l = jobs_at(of(p));
    bool open = l.job && desk_job_open(l.job) && !jobs_runs_here(&l);

    return open ? resume(p, line, e) : detail(p, line, e);
}

static bool has_rows(const struct desk *d, const struct jobs_line *l)
{
    (void)d;
    return l->job;
}

// "people.csv": "people-found.csv". The caller frees it.
static char *found_path(const char *path)
{
    const char *name = file_name(path);
    const char *dot = strrchr(name, '.');
    size_t stem = dot > name ? (size_t)(dot - path) : strlen(path);

    return str_format("%.*s-found.csv", (int)stem, path);
}

static bool write_rows(struct pane *p, const char *path, bool replace, struct err *e)
{
    return desk_job_rows(p->desk, of(p)->rows_of, path, replace, e);
}

// `export [FILE]`: what a job asks for, with what has come of it.
static bool export(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_pane *j = of(p);
    struct jobs_line l = jobs_at(j);
    char *proposed;

    if (!has_rows(p->desk, &l))
        return err_set(e, ERR_INVALID, "only a job that is kept has rows to write");
    if (line->n > 2)
        return line_fault(e, &line->words[1], "of a job it goes: export [FILE]");
    (void)snprintf(j->rows_of, sizeof(j->rows_of), "%s", l.job->name);
    j->file.pane = p;
    j->file.write = write_rows;
    proposed = found_path(*l.job->file.path ? l.job->file.path : l.job->name);
    write_file(&j->file, line->n == 2 ? line->words[1].text : NULL,
               "Write what it asked for with what was found", proposed);
    free(proposed);
    return true;
}

static bool copy_row(struct pane *p, const struct line *line, struct err *e)
{
    struct jobs_line l = jobs_at(of(p));
    char *text;

    (void)line;
    if (!l.job && !l.task)
        return no_job(e);
    text = str_format("%s\t%s\t%s", l.job ? l.job->name : l.task->label, jobs_state_text(&l),
                      jobs_said(of(p), &l));
    if (host_copy(p->host, text))
        host_say(p->host, ROLE_TEXT, "Copied the row, tabs between.");
    free(text);
    return true;
}

const struct pane_action jobs_actions[] = {
    MOVES_TO(move),         {"choose", choose},      {"detail", detail},      {"cancel", cancel},
    {"delete", delete_row}, {"copy-row", copy_row},  {"export", export},      {"resume", resume},
    {"pause", pause_job},   {"raise", reprioritise}, {"lower", reprioritise}, {NULL, NULL}};

static bool is_there(const struct desk *d, const struct jobs_line *l)
{
    (void)d;
    return l->job || l->task;
}

static bool may_delete(const struct desk *d, const struct jobs_line *l)
{
    (void)d;
    return l->job || jobs_runs_here(l);
}

bool jobs_can(const struct desk *d, const struct jobs_line *l, const char *command)
{
    static const struct {
        const char *command;
        bool (*can)(const struct desk *d, const struct jobs_line *l);
    } rows[] = {{"choose", is_there},   {"detail", is_there},   {"copy-row", is_there},
                {"resume", waits_here}, {"pause", may_pause},   {"raise", waits_here},
                {"lower", waits_here},  {"delete", may_delete}, {"export", has_rows}};

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (str_eq(rows[i].command, command))
            return rows[i].can(d, l);
    }
    return true;
}

bool jobs_offers(const struct pane *p, const char *command)
{
    static const struct jobs_line none = {NULL, NULL};
    const struct jobs_line *l = jobs_shown((const struct jobs_pane *)p);

    return jobs_can(p->desk, l ? l : &none, command);
}
