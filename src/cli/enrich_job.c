// Buying as a job. Main thread. Floor: cli.
#include "cli/enrich.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/str.h"
#include "cli/chosen.h"
#include "cli/exit.h"
#include "cli/matches.h"
#include "cli/records.h"
#include "flow/best.h"
#include "flow/job_look.h"
#include "flow/job_price.h"
#include "flow/job_turn.h"

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

bool enrich_numbers(const struct invocation *in, long long *best, long long *priority,
                    struct err *e)
{
    return opt_int(&in->opts, "best", 0, CREDITS_MAX, best, e) &&
           opt_int(&in->opts, "priority", -1000, 1000, priority, e);
}

bool enrich_best_lines(const struct invocation *in, struct err *e)
{
    return !opt_has(&in->opts, "best") ||
           err_set(e, ERR_INVALID,
                   "--best goes by what the rows of a search say of ids, which a file of names "
                   "and addresses does not have");
}

// Of a file, which is read again for them; the caller frees them.
static bool read_merits(struct invocation *in, const struct chosen *c, struct merit **out,
                        struct err *e)
{
    const char *from = opt_value(&in->opts, "from", NULL);

    if (!from || str_eq(from, "-"))
        return err_set(e, ERR_INVALID,
                       "--best reads the file of --from twice, which standard input does not let");
    return best_read(&c->selection, from, out, e);
}

bool enrich_best(struct invocation *in, struct chosen *c, struct quoted *q, struct err *e)
{
    struct merit *merits = NULL;
    long long most = 0, ignored;
    char n[COUNT_MAX];
    size_t out;

    if (!opt_has(&in->opts, "best"))
        return true;
    if (!enrich_numbers(in, &most, &ignored, e))
        return false;
    if (!c->found && !read_merits(in, c, &merits, e))
        return false;
    out = best_pick(&c->selection, q, c->found ? c->found->merits : merits, (size_t)most);
    free(merits);
    if (out)
        app_say(&in->app,
                "%s that may cost %s left out: others have more, score higher or are fresher.",
                count_text((long long)out, n), out == 1 ? "is" : "are");
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

void enrich_say_next(struct invocation *in, const char *name)
{
    struct job_infos now;
    struct err ignored;

    if (!jobs_find(&in->app, name, &now, &ignored))
        return;
    if (now.items[0].row.state == JOB_CANCELLED)
        app_say(&in->app, "The job %s is cancelled: what it bought is kept, and it does not go on.",
                name);
    else if (now.items[0].row.state == JOB_PAUSED && !now.items[0].row.doubts)
        app_say(&in->app, "lode jobs resume %s --max-credits N goes on with it.", name);
    jobs_free(&now);
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
    enrich_say_next(in, job->name);
    return enrich_status(&sum, ok, &e);
}

// Nobody has said what it may cost: says what it would.
static bool refuse_unsaid(struct invocation *in, const struct job_row *job, struct err *e)
{
    char answered[COUNT_MAX], all[COUNT_MAX];
    struct quote q;

    if (!job_price(&in->app, job, opt_has(&in->opts, "resend"), &q, e))
        return false;
    app_say(&in->app, "Of the job %s %s of %s %s are answered; this is for what is left.",
            job->name, count_text(job->answered, answered), count_text(job->n, all),
            match_job_is(job) ? "lines" : "records");
    quote_say(in, &q);
    return err_set(e, ERR_REFUSED,
                   "going on spends credits: say how many the job %s may cost in all its runs "
                   "with --max-credits N; so far it cost %s, and %s would do for all of it",
                   job->name, count_text(job->charged, answered),
                   count_text(job->charged + job->in_doubt + q.credits.max, all));
}

int enrich_rows(struct invocation *in, const struct job_row *job)
{
    struct match_job m;
    struct err e;
    int status;

    if (!job_look_open(&in->app, job, &m, &e))
        return cli_fail(&e);
    in->format = job->file.format;
    status = matches_show(in, &m, job);
    in->format = NULL;
    match_job_close(&m);
    return status;
}

int enrich_job(struct invocation *in, const struct job_row *job)
{
    long long max = 0;
    struct err e;

    // One that runs elsewhere is told of by the lock on spending.
    if (job->state != JOB_RUNS && !job_turn_may(job, opt_has(&in->opts, "resend"), &e))
        return cli_fail(&e);
    if (!opt_has(&in->opts, "max-credits")) {
        (void)refuse_unsaid(in, job, &e);
        return cli_fail(&e);
    }
    if (!opt_int(&in->opts, "max-credits", 0, CREDITS_MAX, &max, &e) || !enrich_budget(in, &e) ||
        !app_need_spending(&in->app, &e))
        return cli_fail(&e);
    return match_job_is(job) ? enrich_lines_job(in, job, max) : run(in, job, max);
}

static bool same_records(const struct selection *given, const struct selection *kept)
{
    bool same = given->entity == kept->entity && given->n == kept->n;

    for (size_t i = 0; same && i < kept->n; i++)
        same = str_eq(given->ids[i], kept->ids[i]);
    return same;
}

static bool same_lines(struct invocation *in, const struct chosen *given, const struct job_row *job,
                       bool *same, struct err *e)
{
    struct str mapping = {0};
    struct match_sum sum;

    match_plan_text(&given->plan, &mapping);
    *same = match_job_is(job) && str_eq(given->selection.entity->name, job->entity) &&
            str_eq(str_text(&mapping), job->file.mapping);
    str_free(&mapping);
    if (!*same)
        return true;
    if (!match_sum_read(&in->app, &given->file, &sum, e))
        return false;
    *same = str_eq(sum.sha256, job->file.sha256);
    match_sum_free(&sum);
    return true;
}

// Asked for again by the line that made it: with the same records or lines, or without any.
static bool is_same_from(struct invocation *in, const struct job_row *job,
                         const struct selection *kept, struct err *e)
{
    struct chosen given;
    bool shown, same, ok = true;

    if (!opt_has(&in->opts, "from"))
        return true;
    if (!chosen_open_file(&given, in, &shown, e))
        return false;
    if (given.by_line)
        ok = same_lines(in, &given, job, &same, e);
    else
        same = !match_job_is(job) && same_records(&given.selection, kept);
    chosen_close(&given);
    if (!ok || same)
        return ok;
    return err_set(e, ERR_INVALID,
                   "the job %s is of other records than --from says: take another name, or go on "
                   "with it without --from",
                   job->name);
}

static bool same_required(const struct selection *a, const struct selection *b)
{
    bool same = a->n_required == b->n_required;

    for (size_t i = 0; same && i < a->n_required; i++)
        same = selection_requires(b, a->required[i]->name);
    return same;
}

static bool say_fields(const struct job_row *job, const struct selection *kept, struct err *e)
{
    struct str required = {0};

    for (size_t i = 0; i < kept->n_required; i++)
        str_addf(&required, "%s%s", i ? "," : "", kept->required[i]->name);
    (void)err_set(e, ERR_INVALID,
                  "the job %s keeps what it was begun with: --fields %.300s%s%.200s; go on without "
                  "--fields and --require, or begin another job",
                  job->name, kept->fields_key, required.len ? " --require " : ", nothing required",
                  str_text(&required));
    str_free(&required);
    return false;
}

static bool is_same_fields(struct invocation *in, const struct job_row *job,
                           const struct selection *kept, struct err *e)
{
    struct selection given = {.entity = kept->entity};
    bool ok, same;

    if (!opt_has(&in->opts, "fields") && !opt_has(&in->opts, "require"))
        return true;
    ok = chosen_fields(&given, in, e);
    same = ok && str_eq(given.fields_key, kept->fields_key) && same_required(&given, kept);
    selection_free(&given);
    return same || (ok && say_fields(job, kept, e));
}

bool enrich_is_same(struct invocation *in, const struct job_row *job, struct err *e)
{
    struct selection kept;
    bool ok;

    if (!opt_has(&in->opts, "from") && !opt_has(&in->opts, "fields") &&
        !opt_has(&in->opts, "require"))
        return true;
    if (!jobs_selection(&in->app, job, &kept, e))
        return false;
    ok = is_same_fields(in, job, &kept, e) && is_same_from(in, job, &kept, e);
    selection_free(&kept);
    return ok;
}

static bool begin_ids(struct invocation *in, struct chosen *c, const char *name, struct err *e)
{
    struct job_order order = {.name = name, .selection = &c->selection, .origin = chosen_origin(c)};
    long long priority = 0, ignored;
    struct quoted q;
    int64_t id;
    bool ok;

    if (!output_check(in, e) ||
        !opt_int(&in->opts, "max-credits", 0, CREDITS_MAX, &order.max_credits, e) ||
        !enrich_numbers(in, &ignored, &priority, e) ||
        !quote_make(&in->app, &c->selection, false, &q, e))
        return false;
    order.priority = (int)priority;
    order.quoted = q.quote.credits;
    ok = enrich_best(in, c, &q, e);
    if (ok && c->found)
        quote_say(in, &q.quote);
    ok = ok && jobs_add(&in->app, &order, &id, e);
    quote_free(&q);
    return ok;
}

static int begin(struct invocation *in, const char *name)
{
    struct job_infos found;
    struct chosen c;
    struct err e;
    bool shown;
    int status = chosen_open(&c, in, &shown);

    if (status != EXIT_DONE)
        return status;
    if (c.by_line) {
        status = enrich_lines(in, &c, name);
    } else if (begin_ids(in, &c, name, &e) && jobs_find(&in->app, name, &found, &e)) {
        status = enrich_job(in, &found.items[0].row);
        jobs_free(&found);
    } else {
        status = cli_fail(&e);
    }
    chosen_close(&c);
    return status;
}

struct written {
    struct records records;
    long long gone; // from the library since
};

static bool write_again(void *self, const struct matched_row *row, struct err *e)
{
    struct written *w = self;
    const struct enriched_row nothing = {
        .id = row->cells[0], .status = row->status, .source = w->records.out.in->app.config.source};

    if (row->standing == STANDING_DUPLICATE)
        return true;
    if (!row->record && !*row->status) {
        w->gone++;
        return true;
    }
    return records_row(&w->records, row->record ? row->record : &nothing, e);
}

// As the run that bought them wrote them.
static int records_again(struct invocation *in, const struct job_row *job)
{
    struct match_summary ignored;
    struct written w = {0};
    char n[COUNT_WORDS_MAX];
    struct match_job m;
    struct err e;
    bool ok;

    if (!job_look_open(&in->app, job, &m, &e))
        return cli_fail(&e);
    ok = records_open(&w.records, in, m.selection.entity, m.selection.fields, m.selection.n_fields,
                      &e);
    if (ok) {
        ok = job_look(&in->app, job, &m, write_again, &w, &ignored, &e);
        if (ok)
            ok = records_close(&w.records, &e);
        else
            records_abort(&w.records);
    }
    match_job_close(&m);
    if (ok && w.gone)
        app_say(&in->app, "Left out, no longer in the library: %s. lode jobs rows %s names them.",
                count_words(w.gone, "record", n), job->name);
    return ok ? EXIT_DONE : cli_fail(&e);
}

// Nothing of it is left to buy: what it brought is handed out again where a file is named.
static int again(struct invocation *in, const struct job_row *job)
{
    app_say(&in->app, "The job %s is done: nothing of it is left to buy.", job->name);
    if (!opt_has(&in->opts, "output"))
        return EXIT_DONE;
    return match_job_is(job) ? enrich_rows(in, job) : records_again(in, job);
}

static bool is_over(const struct job_row *job)
{
    return job->state == JOB_DONE && !job->doubts;
}

static int go_on(struct invocation *in, const struct job_row *job)
{
    return is_over(job) ? again(in, job) : enrich_job(in, job);
}

static bool is_of_entity(const struct invocation *in, const struct job_row *job, struct err *e)
{
    const struct entity *entity = invocation_entity(in, e);

    return entity &&
           (str_eq(entity->name, job->entity) ||
            err_set(e, ERR_INVALID, "the job %s is of %s, not of %s: take another name, or say %s",
                    job->name, job->entity, entity->name, job->entity));
}

static int go_on_as_said(struct invocation *in, const struct job_row *job)
{
    struct err e;
    int status;

    if (!is_of_entity(in, job, &e))
        return cli_fail(&e);
    status = found_same(in, job);
    if (status != EXIT_DONE)
        return status;
    return enrich_is_same(in, job, &e) ? go_on(in, job) : cli_fail(&e);
}

// Is the job of that name there with nothing left to buy?
static bool over(struct invocation *in, const char *name)
{
    struct job_infos found;
    struct err ignored;
    bool is;

    if (!jobs_find(&in->app, name, &found, &ignored))
        return false;
    is = is_over(&found.items[0].row);
    jobs_free(&found);
    return is;
}

int enrich_named_job(struct invocation *in, const char *name)
{
    struct job_infos found;
    struct err e;
    int status;

    // What may buy reads how the job stands once nobody else can spend.
    if (!app_need_store(&in->app, &e) || (!over(in, name) && !app_need_spending(&in->app, &e)))
        return cli_fail(&e);
    if (jobs_find(&in->app, name, &found, &e)) {
        status = go_on_as_said(in, &found.items[0].row);
        jobs_free(&found);
        return status;
    }
    if (e.kind != ERR_NOT_FOUND || !app_need_spending(&in->app, &e))
        return cli_fail(&e);
    return begin(in, name);
}
