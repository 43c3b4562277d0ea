// The lines of a job by a file, written with what has come of them. UI thread, but for the run.
// Floor: desk.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/xdg.h"
#include "desk/exporting.h"
#include "desk/inside.h"
#include "flow/match_job.h"
#include "flow/match_row.h"

struct joining {
    struct task task;
    char name[JOB_NAME_MAX];
    char *path; // owned
    bool replace;
    const struct sheet_format *format;
    struct export_result result;
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
    const struct export_options options = {
        .sheet = {.format = j->format, .columns = w->rows.sheet, .n_columns = w->rows.n_sheet},
        .path = j->path,
        .replace = j->replace};
    const struct export_facts facts = {.entity = job->entity, .credits = -1};

    w->json = sheet_wants_json(j->format);
    w->x = export_open(&options, &t->err);
    if (!w->x)
        return false;
    if (match_job_look(&t->app, job, m, write_row, w, &j->sum, &t->err))
        return export_close(w->x, &facts, &j->result, &t->err);
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
    ok = match_job_open(&t->app, &found.items[0].row, &m, &t->err);
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
    char *sentence = str_format("%s %s in %s, %s with what was found.",
                                count_words((long long)j->result.rows, "line", lines),
                                j->result.rows == 1 ? "is" : "are", j->path,
                                count_text((long long)j->sum.found, n));

    export_ended(d, t, ERR_NONE, sentence);
    free(sentence);
}

static void release(struct task *t)
{
    free(((struct joining *)t)->path);
}

static const struct task_kind kind = {
    .name = "export", .lane = LANE_LONG, .shown = true, .run = run, .done = done, .free = release};

bool desk_job_rows(struct desk *d, const char *name, const char *path, bool replace, struct err *e)
{
    const struct job_row *job = desk_job(d, name);
    char *full = xdg_home_path(path);
    struct joining *j;

    if (!job || !match_job_is(job)) {
        free(full);
        return err_set(
            e, ERR_INVALID,
            "only a job by the lines of a file has rows of its own: what others bought is "
            "in the library");
    }
    if (!export_check_path(full, replace, e)) {
        free(full);
        return false;
    }
    j = task_new(d, &kind, sizeof(*j), NULL);
    (void)snprintf(j->name, sizeof(j->name), "%s", name);
    j->path = full;
    j->replace = replace;
    j->format = export_format(full);
    task_label(&j->task, "%.30s to %.60s", name, full);
    atomic_store(&j->task.view->total, job->n);
    task_start(&j->task);
    return true;
}
