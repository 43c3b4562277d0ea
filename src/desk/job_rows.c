// What a job asks for, written with what has come of it. UI thread, but for the run.
// Floor: desk.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/exporting.h"
#include "desk/inside.h"
#include "flow/job_look.h"
#include "flow/match_row.h"

struct joining {
    struct task task;
    char name[JOB_NAME_MAX];
    bool by_line;
    struct export_file file;
    struct match_summary sum;
};

struct writer {
    struct match_rows rows;
    struct export *x;
    bool json;
};

static bool write_row(void *self, const struct matched_row *row, struct err *e)
{
    struct writer *w = self;

    return match_row_export(&w->rows, w->x, w->json, row, e);
}

static bool write_all(struct joining *j, const struct job_row *job, struct match_job *m,
                      struct writer *w)
{
    struct task *t = &j->task;
    struct export_options options = export_file_options(&j->file);
    const struct export_facts facts = {.entity = job->entity, .credits = -1};

    options.sheet.columns = w->rows.sheet;
    options.sheet.n_columns = w->rows.n_sheet;
    w->json = sheet_wants_json(j->file.format);
    w->x = export_open(&options, &t->err);
    if (!w->x)
        return false;
    if (job_look(&t->app, job, m, write_row, w, &j->sum, &t->err))
        return export_close(w->x, &facts, &j->file.result, &t->err);
    export_abort(w->x);
    return false;
}

static bool run(struct task *t)
{
    struct joining *j = (struct joining *)t;
    struct job_infos found;
    struct match_job m;
    struct writer w = {0};
    bool ok;

    if (!jobs_find(&t->app, j->name, &found, &t->err))
        return false;
    ok = job_look_open(&t->app, &found.items[0].row, &m, &t->err);
    if (ok) {
        w.rows = match_rows_new(&m.plan, &m.selection);
        ok = write_all(j, &found.items[0].row, &m, &w);
        match_rows_free(&w.rows);
        match_job_close(&m);
    }
    jobs_free(&found);
    return ok;
}

static void done(struct desk *d, struct task *t)
{
    const struct joining *j = (const struct joining *)t;
    char lines[COUNT_WORDS_MAX], n[COUNT_MAX];
    const struct export_file *f = &j->file;

    export_file_ended(
        d, t, f,
        str_format("%s %s in %s, %s with what was found.",
                   count_words((long long)f->result.rows, j->by_line ? "line" : "record", lines),
                   f->result.rows == 1 ? "is" : "are", f->path,
                   count_text((long long)j->sum.fates[MATCH_FOUND], n)));
}

static void release(struct task *t)
{
    export_file_free(&((struct joining *)t)->file);
}

static const struct task_kind kind = {
    .name = "export", .lane = LANE_LONG, .shown = true, .run = run, .done = done, .free = release};

bool desk_job_rows(struct desk *d, const char *name, const char *path, bool replace, struct err *e)
{
    const struct job_row *job = desk_job(d, name);
    struct export_file file;
    struct joining *j;

    if (!job)
        return err_set(e, ERR_NOT_FOUND, "there is no job \"%.64s\"", name);
    if (!export_file_open(&file, path, replace, e))
        return false;
    j = task_new(d, &kind, sizeof(*j), NULL);
    (void)snprintf(j->name, sizeof(j->name), "%s", name);
    j->by_line = match_job_is(job);
    j->file = file;
    task_label(&j->task, "%.30s to %.60s", name, file.path);
    atomic_store(&j->task.view->total, job->n);
    task_start(&j->task);
    return true;
}
