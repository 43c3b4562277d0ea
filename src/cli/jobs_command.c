// lode jobs. Main thread. Floor: cli.
#include "cli/command.h"
#include "cli/enrich.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/matches.h"
#include "flow/jobs.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"

static const struct sheet_column columns[] = {{"job", "Job", COLUMN_TEXT},
                                              {"state", "State", COLUMN_TEXT},
                                              {"priority", "Prio", COLUMN_NUMBER},
                                              {"records", "Records", COLUMN_NUMBER},
                                              {"answered", "Answered", COLUMN_NUMBER},
                                              {"credits", "Credits", COLUMN_NUMBER},
                                              {"inDoubt", "In doubt", COLUMN_NUMBER},
                                              {"maxCredits", "At most", COLUMN_NUMBER},
                                              {"quotedMin", "Quoted least", COLUMN_NUMBER},
                                              {"quotedMax", "Quoted most", COLUMN_NUMBER},
                                              {"entity", "Of", COLUMN_TEXT},
                                              {"made", "Made", COLUMN_TEXT},
                                              {"reason", "Reason", COLUMN_TEXT},
                                              {"origin", "Chosen by", COLUMN_TEXT}};

static const struct sheet_column record_columns[] = {{"id", "Id", COLUMN_ID},
                                                     {"standing", "Standing", COLUMN_TEXT},
                                                     {"reason", "Reason", COLUMN_TEXT}};

static bool write_job(struct output *out, const struct job_row *r, struct err *e)
{
    const long long numbers[] = {r->priority, r->n,           r->answered,   r->charged,
                                 r->in_doubt, r->max_credits, r->quoted_min, r->quoted_max};
    char texts[ARRAY_LEN(numbers)][COUNT_MAX], made[CLOCK_ISO_MAX];
    const char *cells[] = {r->name,   job_state_name(r->state),
                           texts[0],  texts[1],
                           texts[2],  texts[3],
                           texts[4],  texts[5],
                           texts[6],  texts[7],
                           r->entity, clock_iso(r->made_ms, made),
                           r->reason, r->origin};

    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        (void)snprintf(texts[i], sizeof(texts[i]), "%lld", numbers[i]);
    return output_row(out, cells, NULL, e);
}

static int finish(struct output *out, bool ok, struct err *e)
{
    if (!ok)
        output_abort(out);
    else
        ok = output_close(out, e);
    return ok ? EXIT_DONE : cli_fail(e);
}

static int list(struct invocation *in)
{
    static const char *const shown[] = {
        "job",    "state",     "answered",  "records", "credits", "maxCredits", "inDoubt", "reason",
        "origin", "quotedMin", "quotedMax", "entity",  "made",    "priority",   NULL};
    struct job_infos jobs;
    struct output out;
    struct err e;
    bool ok = true;
    int status;

    if (!jobs_list(&in->app, &jobs, &e))
        return cli_fail(&e);
    if (output_open_shown(&out, in, columns, ARRAY_LEN(columns), shown, &e)) {
        for (size_t i = 0; ok && i < jobs.n; i++)
            ok = write_job(&out, &jobs.items[i].row, &e);
        status = finish(&out, ok, &e);
    } else {
        status = cli_fail(&e);
    }
    jobs_free(&jobs);
    return status;
}

static bool write_records(struct output *out, struct app *a, const struct job_row *job,
                          const struct selection *s, struct err *e)
{
    struct row_note *notes = mem_array(s->n, sizeof(*notes));
    bool ok = jobs_notes(a, job, s, notes, e);

    for (size_t i = 0; ok && i < s->n; i++) {
        const struct standing_def *def = &standing_defs()[notes[i].standing];
        const char *cells[] = {s->ids[i], def->name, def->reason};

        ok = output_row(out, cells, NULL, e);
    }
    free(notes);
    return ok;
}

static const struct sheet_column line_columns[] = {{"line", "Line", COLUMN_NUMBER},
                                                   {"standing", "Standing", COLUMN_TEXT},
                                                   {"reason", "Reason", COLUMN_TEXT}};

static bool write_line(void *self, const struct matched_row *row, struct err *e)
{
    char line[COUNT_MAX];
    const char *cells[] = {line, standing_defs()[row->standing].name, row->reason};

    (void)snprintf(line, sizeof(line), "%zu", row->line);
    return output_row(self, cells, NULL, e);
}

static void say_job(const struct invocation *in, const struct job_row *job)
{
    app_say(&in->app, "Job %s: %s%s%s. Fields: %s.%s%.400s%s", job->name,
            job_state_name(job->state), *job->reason ? ", " : "", job->reason, job->fields,
            *job->origin ? " Chosen by: " : "", job->origin, *job->origin ? "." : "");
}

static int show_lines(struct invocation *in, const struct job_row *job)
{
    struct match_job m;
    struct output out;
    struct quote sum;
    struct err e;
    int status;

    if (!match_job_open(&in->app, job, &m, &e))
        return cli_fail(&e);
    if (output_open(&out, in, line_columns, ARRAY_LEN(line_columns), &e))
        status = finish(&out, match_job_quote(&in->app, job, &m, write_line, &out, &sum, &e), &e);
    else
        status = cli_fail(&e);
    match_job_close(&m);
    if (status == EXIT_DONE)
        say_job(in, job);
    return status;
}

static int show(struct invocation *in, const struct job_row *job)
{
    struct selection s;
    struct output out;
    struct err e;
    int status;

    if (match_job_is(job))
        return show_lines(in, job);
    if (!jobs_selection(&in->app, job, &s, &e))
        return cli_fail(&e);
    if (output_open(&out, in, record_columns, ARRAY_LEN(record_columns), &e))
        status = finish(&out, write_records(&out, &in->app, job, &s, &e), &e);
    else
        status = cli_fail(&e);
    selection_free(&s);
    if (status == EXIT_DONE)
        say_job(in, job);
    return status;
}

static int told(struct invocation *in, bool ok, const struct err *e, const char *sentence,
                const char *name)
{
    if (!ok)
        return cli_fail(e);
    app_say(&in->app, "The job %s %s", name, sentence);
    return EXIT_DONE;
}

static int stop(struct invocation *in, const struct job_row *job, enum job_wish wish,
                const char *sentence)
{
    struct err e;

    return told(in, jobs_stop(&in->app, job, wish, &e), &e,
                job->state == JOB_RUNS ? "begins no more calls: those under way are waited for."
                                       : sentence,
                job->name);
}

static int pause_job(struct invocation *in, const struct job_row *job)
{
    return stop(in, job, JOB_WISH_PAUSE, "is paused.");
}

static int cancel(struct invocation *in, const struct job_row *job)
{
    return stop(in, job, JOB_WISH_CANCEL, "is cancelled; what it bought stays.");
}

static int drop(struct invocation *in, const struct job_row *job)
{
    struct err e;

    return told(in, jobs_drop(&in->app, job, &e), &e,
                "is forgotten; what it bought stays in the ledger and the library.", job->name);
}

static int priority(struct invocation *in, const struct job_row *job)
{
    long long number;
    struct err e;

    if (in->n_args < 3 || !str_int64(in->args[2], &number) || number < -1000 || number > 1000) {
        (void)err_set(&e, ERR_INVALID, "usage: lode jobs priority NAME NUMBER, from -1000 to 1000");
        return cli_fail(&e);
    }
    return told(in, jobs_priority(&in->app, job, (int)number, &e), &e, "has its new place.",
                job->name);
}

static int resume(struct invocation *in, const struct job_row *job)
{
    struct err e;

    return enrich_is_same(in, job, &e) ? enrich_job(in, job) : cli_fail(&e);
}

static const struct action {
    const char *name;
    int (*run)(struct invocation *in, const struct job_row *job);
} actions[] = {{"show", show},     {"rows", enrich_rows},  {"pause", pause_job}, {"resume", resume},
               {"cancel", cancel}, {"priority", priority}, {"drop", drop}};

static const struct action *find(const char *name, struct err *e)
{
    struct near near = near_start(name);

    for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
        near_try(&near, actions[i].name);
        if (str_eq(actions[i].name, name))
            return &actions[i];
    }
    (void)err_set(e, ERR_INVALID, "lode jobs does not know \"%.20s\"; %s%s", name,
                  near.best ? "did you mean " : "see lode help jobs", near.best ? near.best : "");
    return NULL;
}

static bool is_open(const struct job_row *r)
{
    return r->state == JOB_WAITS || r->state == JOB_PAUSED;
}

static bool say_blocked(const struct str *blocked, struct err *e)
{
    if (!blocked->len)
        return err_set(e, ERR_NOT_FOUND, "no job waits or is paused");
    return err_set(e, ERR_REFUSED,
                   "no job can go on without what is in doubt: %.400s; lode ledger --reconcile may "
                   "clear it up, lode jobs resume NAME --resend sends it again",
                   blocked->data);
}

// The first of those that wait for their turn and can go on.
static bool next_job(struct invocation *in, struct job_infos *out, struct err *e)
{
    struct str blocked = {0};
    struct job_infos all;
    const char *name = NULL;
    bool ok;

    if (!jobs_list(&in->app, &all, e))
        return false;
    for (size_t i = 0; !name && i < all.n; i++) {
        const struct job_row *r = &all.items[i].row;

        if (!is_open(r))
            continue;
        if (opt_has(&in->opts, "resend") || !jobs_blocked(&in->app, r))
            name = r->name;
        else
            str_addf(&blocked, "%s%s (%s)", blocked.len ? ", " : "", r->name, r->reason);
    }
    ok = name ? jobs_find(&in->app, name, out, e) : say_blocked(&blocked, e);
    jobs_free(&all);
    str_free(&blocked);
    return ok;
}

int command_jobs(struct invocation *in)
{
    const struct action *action;
    struct job_infos found;
    struct err e;
    int status;

    if (in->n_args == 0 || str_eq(in->args[0], "list"))
        return list(in);
    action = find(in->args[0], &e);
    if (!action)
        return cli_fail(&e);
    if (in->n_args < 2 && action->run != resume) {
        (void)err_set(&e, ERR_INVALID, "usage: lode jobs %s NAME", action->name);
        return cli_fail(&e);
    }
    if (!(in->n_args < 2 ? next_job(in, &found, &e) : jobs_find(&in->app, in->args[1], &found, &e)))
        return cli_fail(&e);
    status = action->run(in, &found.items[0].row);
    jobs_free(&found);
    return status;
}
