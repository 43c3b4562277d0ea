// Buying by the lines of a file as a job. Main thread. Floor: cli.
#include "cli/enrich.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "cli/exit.h"
#include "cli/matches.h"
#include "flow/job_turn.h"

// How it stands now; NULL in *out where it is not there any more.
static bool look_again(struct invocation *in, const char *name, struct job_infos *out)
{
    struct err ignored;

    return jobs_find(&in->app, name, out, &ignored);
}

// A job that nobody named and that has nothing left to be told is forgotten.
static void tidy(struct invocation *in, const char *name, bool unnamed)
{
    struct job_infos now;
    const struct job_row *job;
    struct err e;

    if (!look_again(in, name, &now))
        return;
    job = &now.items[0].row;
    enrich_say_next(in, name);
    if (job->doubts)
        app_say(&in->app,
                "lode jobs show %s says which lines are in doubt; lode jobs resume %s --resend "
                "--max-credits N sends them again.",
                name, name);
    else if (unnamed && job->state == JOB_DONE && !jobs_drop(&in->app, job, &e))
        app_say(&in->app, "The job %s stays in the queue: %s.", name, e.text);
    jobs_free(&now);
}

static int run(struct invocation *in, const struct job_row *job, struct match_job *m, long long max,
               bool unnamed)
{
    int status = matches_enrich(in, m, job, max);

    tidy(in, job->name, unnamed);
    return status;
}

int enrich_lines_job(struct invocation *in, const struct job_row *job, long long max)
{
    struct match_job m;
    struct err e;
    int status;

    if (!job_turn_may(job, opt_has(&in->opts, "resend"), &e) ||
        !match_job_open(&in->app, job, &m, &e))
        return cli_fail(&e);
    in->format = job->file.format;
    status = run(in, job, &m, max, false);
    in->format = NULL;
    match_job_close(&m);
    return status;
}

// As lode quote does, on a file of its own.
static bool quote(struct invocation *in, struct chosen *c, struct span *credits, struct err *e)
{
    struct chosen read = *c;
    struct quote q;
    bool ok;

    if (!match_file_open(&read.file, c->file.path, e))
        return false;
    ok = matches_quote(in, &read, NULL, &q, e);
    *credits = q.credits;
    match_file_close(&read.file);
    // Which may have made the lists of the selection anew.
    c->selection = read.selection;
    return ok;
}

static bool add(struct invocation *in, struct chosen *c, const char *name, long long *max,
                struct err *e)
{
    struct match_job_order order = {.name = name,
                                    .file = &c->file,
                                    .plan = &c->plan,
                                    .selection = &c->selection,
                                    .format = output_format_name(in)};
    long long priority = 0, ignored;
    struct match_sum sum;
    int64_t id;
    bool ok;

    if (!opt_int(&in->opts, "max-credits", 0, CREDITS_MAX, max, e) ||
        !enrich_numbers(in, &ignored, &priority, e) || !match_sum_read(&in->app, &c->file, &sum, e))
        return false;
    order.sum = &sum;
    order.max_credits = *max;
    order.priority = (int)priority;
    ok = quote(in, c, &order.quoted, e) && match_job_add(&in->app, &order, &id, e);
    match_sum_free(&sum);
    return ok;
}

int enrich_lines(struct invocation *in, struct chosen *c, const char *name)
{
    struct match_job m;
    char made[JOB_NAME_MAX];
    struct job_infos found;
    long long max = 0;
    struct err e;
    int status;

    if (!name && !jobs_name(&in->app, c->selection.entity, made, &e))
        return cli_fail(&e);
    if (!enrich_best_lines(in, &e) || !output_check(in, &e) || !app_need_spending(&in->app, &e) ||
        !add(in, c, name ? name : made, &max, &e) ||
        !jobs_find(&in->app, name ? name : made, &found, &e))
        return cli_fail(&e);
    m = (struct match_job){c->file, c->plan, c->selection};
    status = run(in, &found.items[0].row, &m, max, !name);
    jobs_free(&found);
    // The run may have made the lists of the selection anew.
    c->file = m.file;
    c->plan = m.plan;
    c->selection = m.selection;
    return status;
}
