// The charges that fit, written to a file in the background. UI thread, but for the run. Floor:
// desk.
#include "base/count.h"
#include "base/mem.h"
#include "desk/exporting.h"
#include "desk/ledger_inside.h"

struct writing {
    struct task task;
    struct export_file file;
    bool sifts;
    struct charges_wish wish;
};

static bool run(struct task *t)
{
    struct writing *w = (struct writing *)t;
    const struct export_options options = export_file_options(&w->file);

    return charges_export(&t->app, w->sifts ? &w->wish : NULL, &options, &w->file.result, &t->err);
}

static void done(struct desk *d, struct task *t)
{
    const struct export_file *f = &((const struct writing *)t)->file;
    char n[COUNT_WORDS_MAX];

    export_file_ended(d, t, f,
                      str_format("%s %s in %s.",
                                 count_words((long long)f->result.rows, "charge", n),
                                 f->result.rows == 1 ? "is" : "are", f->path));
}

static void release(struct task *t)
{
    struct writing *w = (struct writing *)t;

    if (w->sifts)
        charges_wish_free(&w->wish);
    export_file_free(&w->file);
}

static const struct task_kind kind = {
    .name = "export", .lane = LANE_LONG, .shown = true, .run = run, .done = done, .free = release};

bool desk_charges_export(struct desk *d, const char *path, bool replace, struct err *e)
{
    struct charges_wish wish = {.state = -1};
    const char *typed = d->charges.typed;
    struct export_file file;
    struct writing *w;

    if (!d->private->open)
        return err_set(e, ERR_INVALID, "the account is not open yet; wait a moment");
    if (!export_file_open(&file, path, replace, e))
        return false;
    if (typed && !charges_wish_read(typed, desk_utc_ms(d), &wish, e)) {
        export_file_free(&file);
        return false;
    }
    w = task_new(d, &kind, sizeof(*w), NULL);
    w->file = file;
    w->sifts = typed != NULL;
    w->wish = wish;
    task_label(&w->task, "ledger to %.80s", file.path);
    task_start(&w->task);
    return true;
}
