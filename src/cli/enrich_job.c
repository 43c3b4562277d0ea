// Buying as a job. Main thread. Floor: cli.
#include "cli/enrich.h"

#include <stdlib.h>

#include "base/str.h"
#include "cli/chosen.h"
#include "cli/exit.h"
#include "cli/records.h"
#include "flow/best.h"

bool enrich_budget(struct invocation *in, struct err *e)
{
    const char *given = opt_value(&in->opts, "budget-day", NULL);
    long long most;

    if (!given)
        return true;
    if (!limit_parse(given, &most))
        return err_set(e, ERR_INVALID,
                       "--budget-day takes a number of credits or none, not \"%.20s\"", given);
    purse_cap(in->app.purse, CAP_DAY, most);
    return true;
}

bool enrich_best(struct invocation *in, struct selection *s, struct quoted *q, struct err *e)
{
    const char *from = opt_value(&in->opts, "from", NULL);
    struct merit *merits;
    long long most = 0;
    size_t out;

    if (!opt_has(&in->opts, "best"))
        return true;
    if (!opt_int(&in->opts, "best", 0, CREDITS_MAX, &most, e))
        return false;
    if (!from || str_eq(from, "-"))
        return err_set(e, ERR_INVALID,
                       "--best reads the file of --from twice, which standard input does not let");
    if (!best_read(s, from, &merits, e))
        return false;
    out = best_pick(s, q, merits, (size_t)most);
    free(merits);
    if (out)
        app_say(&in->app,
                "%zu that may cost are left out: others have more, score higher or are "
                "fresher.",
                out);
    return true;
}

// The fields that its rows show, as they are bought.
static bool open_records(struct records *r, struct invocation *in, const struct job_row *job,
                         struct err *e)
{
    struct selection s;
    bool ok;

    if (!jobs_selection(&in->app, job, &s, e))
        return false;
    ok = records_open(r, in, s.entity, s.fields, s.n_fields, e);
    selection_free(&s);
    return ok;
}

static int run(struct invocation *in, const struct job_row *job, long long max)
{
    struct records records;
    const struct job_terms terms = {.max_credits = max,
                                    .again = opt_has(&in->opts, "resend"),
                                    .row = records_row,
                                    .self = &records};
    struct enrich_summary sum;
    struct err e, late;
    bool ok;

    if (!open_records(&records, in, job, &e))
        return cli_fail(&e);
    ok = jobs_run(&in->app, job, &terms, &sum, &e);
    if (!records_close(&records, &late) && ok) {
        e = late;
        ok = false;
    }
    enrich_say(in, &sum);
    if (!ok || sum.left || sum.unsent)
        app_say(&in->app, "lode jobs resume %s --max-credits N goes on with it.", job->name);
    return enrich_status(&sum, ok, &e);
}

int enrich_job(struct invocation *in, const struct job_row *job)
{
    long long max = 0;
    struct err e;

    if (!opt_has(&in->opts, "max-credits")) {
        (void)err_set(&e, ERR_REFUSED,
                      "going on spends credits: say how many the job %s may cost in all its runs "
                      "with --max-credits N; so far it cost %lld",
                      job->name, job->charged);
        return cli_fail(&e);
    }
    if (!opt_int(&in->opts, "max-credits", 0, CREDITS_MAX, &max, &e) || !enrich_budget(in, &e) ||
        !app_need_spending(&in->app, &e))
        return cli_fail(&e);
    return run(in, job, max);
}

// A job's records are ids: what is named otherwise is kept nowhere.
static bool choose(struct invocation *in, struct chosen *c, struct err *e)
{
    bool shown, ok;

    if (!chosen_open(c, in, &shown, e))
        return false;
    ok = !c->by_line && !shown;
    if (ok)
        return true;
    chosen_close(c);
    return err_set(e, ERR_INVALID,
                   "a job goes by record ids: buy without --job what a file names otherwise");
}

// Asked for again by the line that made it: with the same records, or without any.
static bool is_same(struct invocation *in, const struct job_row *job, struct err *e)
{
    struct selection kept;
    struct chosen given;
    bool same;

    if (!opt_has(&in->opts, "from"))
        return true;
    if (!choose(in, &given, e))
        return false;
    if (!jobs_selection(&in->app, job, &kept, e)) {
        chosen_close(&given);
        return false;
    }
    same = given.selection.entity == kept.entity && given.selection.n == kept.n;
    for (size_t i = 0; same && i < kept.n; i++)
        same = str_eq(given.selection.ids[i], kept.ids[i]);
    chosen_close(&given);
    selection_free(&kept);
    return same || err_set(e, ERR_INVALID,
                           "the job %s is of other records than --from says: take another name, or "
                           "go on with it without --from",
                           job->name);
}

static bool begin(struct invocation *in, const char *name, struct err *e)
{
    long long max = 0, priority = 0;
    struct chosen c;
    struct quoted q;
    int64_t id;
    bool ok;

    if (!opt_int(&in->opts, "max-credits", 0, CREDITS_MAX, &max, e) ||
        !opt_int(&in->opts, "priority", -1000, 1000, &priority, e) || !choose(in, &c, e))
        return false;
    ok = quote_make(&in->app, &c.selection, false, &q, e);
    if (ok) {
        ok = enrich_best(in, &c.selection, &q, e) &&
             jobs_add(&in->app, name, &c.selection, &q, max, (int)priority, &id, e);
        quote_free(&q);
    }
    chosen_close(&c);
    return ok;
}

int enrich_named_job(struct invocation *in, const char *name)
{
    struct job_infos found;
    struct err e;
    int status;

    if (jobs_find(&in->app, name, &found, &e)) {
        status = is_same(in, &found.items[0].row, &e) ? enrich_job(in, &found.items[0].row)
                                                      : cli_fail(&e);
        jobs_free(&found);
        return status;
    }
    if (e.kind != ERR_NOT_FOUND || !begin(in, name, &e) || !jobs_find(&in->app, name, &found, &e))
        return cli_fail(&e);
    status = enrich_job(in, &found.items[0].row);
    jobs_free(&found);
    return status;
}
