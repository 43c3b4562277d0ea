// The charges that fit, written to a file in the background. UI thread, but for the run. Floor:
// desk.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/xdg.h"
#include "desk/exporting.h"
#include "desk/ledger_inside.h"

struct writing {
    struct task task;
    char *path; // owned
    bool replace, sifts;
    const struct sheet_format *format;
    struct charges_wish wish;
    struct export_result result;
};

static bool run(struct task *t)
{
    struct writing *w = (struct writing *)t;
    const struct export_options options = {
        .sheet = {.format = w->format}, .path = w->path, .replace = w->replace};

    return charges_export(&t->app, w->sifts ? &w->wish : NULL, &options, &w->result, &t->err);
}

static void done(struct desk *d, struct task *t)
{
    const struct writing *w = (const struct writing *)t;
    char n[COUNT_MAX];
    char *sentence = str_format("%s charge%s in %s.", count_text((long long)w->result.rows, n),
                                w->result.rows == 1 ? " is" : "s are", w->path);

    export_ended(d, t, ERR_NONE, sentence);
    free(sentence);
}

static void release(struct task *t)
{
    struct writing *w = (struct writing *)t;

    if (w->sifts)
        charges_wish_free(&w->wish);
    free(w->path);
}

static const struct task_kind kind = {
    .name = "export", .lane = LANE_LONG, .shown = true, .run = run, .done = done, .free = release};

const struct sheet_format *export_format(const char *path)
{
    const char *dot = strrchr(path, '.');
    const struct sheet_format *format = dot ? sheet_format_by_ending(dot + 1) : NULL;

    return format ? format : sheet_format_find("csv");
}

bool desk_charges_export(struct desk *d, const char *path, bool replace, struct err *e)
{
    struct charges_wish wish = {.state = -1};
    char *full = xdg_home_path(path);
    const char *typed = d->charges.typed;
    struct writing *w;

    if (!d->private->open || !export_check_path(full, replace, e) ||
        (typed && !charges_wish_read(typed, desk_utc_ms(d), &wish, e))) {
        free(full);
        return d->private->open
                   ? false
                   : err_set(e, ERR_INVALID, "the account is not open yet; wait a moment");
    }
    w = task_new(d, &kind, sizeof(*w), NULL);
    w->path = full;
    w->replace = replace;
    w->format = export_format(full);
    w->sifts = typed != NULL;
    w->wish = wish;
    task_label(&w->task, "ledger to %.80s", full);
    task_start(&w->task);
    return true;
}
