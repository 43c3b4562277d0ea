// Lines of a file joined with what came of them. Main thread. Floor: cli.
#include "cli/matches.h"

#include <stdio.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/enrich.h"
#include "cli/exit.h"
#include "flow/job_look.h"
#include "flow/match_row.h"

enum { TOLD = 5 }; // lines that lack something, one by one

struct matches {
    const struct invocation *in;
    struct output out;
    struct match_rows rows;
    size_t told;
};

static void tell_lacking(struct matches *m, const struct matched_row *row)
{
    if (row->lacks && m->told++ < TOLD)
        app_say(&m->in->app, "Line %zu is not sent: %s.", row->line, row->reason);
}

static bool write_row(void *self, const struct matched_row *row, struct err *e)
{
    struct matches *m = self;

    tell_lacking(m, row);
    m->out.rows++;
    return match_row_export(&m->rows, m->out.x, m->out.json, row, e);
}

static void say_lines(const struct invocation *in, const struct match_summary *sum)
{
    char lines[COUNT_WORDS_MAX], found[COUNT_MAX];

    app_say(&in->app, "%s: %s found.", count_words((long long)sum->lines, "line", lines),
            count_text((long long)sum->fates[MATCH_FOUND], found));
}

// What has come of each so far; what is never sent is told behind it.
static void say_looked(const struct invocation *in, const struct match_summary *sum,
                       const char *thing)
{
    static const struct {
        enum match_fate fate;
        const char *what;
    } others[] = {{MATCH_ABSENT, "answered without a record"},
                  {MATCH_DOUBTFUL, "in doubt"},
                  {MATCH_OWNED, "owned and not in the library"},
                  {MATCH_OPEN, "not asked for yet"},
                  {MATCH_GONE, "not in the library"}};
    char n[COUNT_WORDS_MAX];
    struct str out = {0};

    str_addf(&out, "%s: ", count_words((long long)sum->lines, thing, n));
    str_addf(&out, "%s found", count_text((long long)sum->fates[MATCH_FOUND], n));
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        if (sum->fates[others[i].fate])
            str_addf(&out, ", %s %s", count_text((long long)sum->fates[others[i].fate], n),
                     others[i].what);
    }
    app_say(&in->app, "%s.", out.data);
    str_free(&out);
    enrich_say_skipped(in, &sum->sums);
}

static bool open_rows(struct matches *m, struct invocation *in, const struct match_job *job,
                      struct err *e)
{
    *m = (struct matches){.in = in, .rows = match_rows_new(&job->plan, &job->selection)};
    if (output_open_named(&m->out, in, m->rows.sheet, m->rows.n_sheet, e))
        return true;
    match_rows_free(&m->rows);
    return false;
}

static bool close_rows(struct matches *m, const struct match_job *job,
                       const struct match_summary *sum, struct err *e)
{
    bool ok;

    m->out.facts = (struct export_facts){
        .entity = job->selection.entity->name,
        .profile = m->in->app.config.profile,
        .source = m->in->app.config.source,
        .basis = job->file.path ? "lines of a file with what was found by them"
                                : "records of a job with what came of them",
        .filters = job->file.path,
        .credits = sum->sums.credits};
    ok = output_close(&m->out, e);
    match_rows_free(&m->rows);
    return ok;
}

static bool run_once(struct invocation *in, struct match_job *m, struct matches *rows,
                     long long max, struct match_summary *sum, struct err *e)
{
    struct match_order order = {.file = &m->file,
                                .plan = &m->plan,
                                .selection = &m->selection,
                                .max_credits = max,
                                .again = opt_has(&in->opts, "resend"),
                                .origin = m->file.path,
                                .row = write_row,
                                .self = rows};
    struct usage usage;

    *sum = (struct match_summary){0};
    // The meters as they stand before: by them it is known what was bought elsewhere.
    return usage_fetch(&in->app, &usage, e) && match_run(&in->app, &order, sum, e);
}

static bool run_job(struct invocation *in, struct match_job *m, const struct job_row *job,
                    struct matches *rows, long long max, struct match_summary *sum, struct err *e)
{
    const struct match_job_terms terms = {
        .max_credits = max, .again = opt_has(&in->opts, "resend"), .row = write_row, .self = rows};

    return match_job_run(&in->app, job, m, &terms, sum, e);
}

int matches_enrich(struct invocation *in, struct match_job *m, const struct job_row *job,
                   long long max)
{
    struct matches rows;
    struct match_summary sum;
    struct err e, late;
    bool ok;

    if (!open_rows(&rows, in, m, &e))
        return cli_fail(&e);
    ok = job ? run_job(in, m, job, &rows, max, &sum, &e) : run_once(in, m, &rows, max, &sum, &e);
    if (!sum.lines && !ok) { // not begun: no file is better than an empty one
        output_abort(&rows.out);
        match_rows_free(&rows.rows);
        return cli_fail(&e);
    }
    if (!close_rows(&rows, m, &sum, &late) && ok) {
        e = late;
        ok = false;
    }
    say_lines(in, &sum);
    enrich_say(in, &sum.sums);
    return enrich_status(&sum.sums, ok, &e);
}

int matches_show(struct invocation *in, struct match_job *m, const struct job_row *job)
{
    struct matches rows;
    struct match_summary sum;
    struct err e;
    bool ok;

    if (!open_rows(&rows, in, m, &e))
        return cli_fail(&e);
    ok = job_look(&in->app, job, m, write_row, &rows, &sum, &e);
    if (!ok) {
        output_abort(&rows.out);
        match_rows_free(&rows.rows);
        return cli_fail(&e);
    }
    ok = close_rows(&rows, m, &sum, &e);
    say_looked(in, &sum, match_job_is(job) ? "line" : "record");
    return ok ? EXIT_DONE : cli_fail(&e);
}

struct quoting {
    struct output *out; // NULL: the sums alone are wanted
    const struct entity *entity;
};

// The columns of a quote's lines: id, standing, credits from and to, free until.
static bool quote_row(void *self, const struct matched_row *row, struct err *e)
{
    struct quoting *q = self;
    bool may = row->standing == STANDING_UNSURE;
    char line[COUNT_MAX], most[COUNT_MAX];
    const char *cells[] = {line, standing_defs()[row->standing].name, "0", most, row->reason};

    (void)snprintf(line, sizeof(line), "%zu", row->line);
    (void)snprintf(most, sizeof(most), "%d", may ? q->entity->charging.credits_new : 0);
    return output_row(q->out, cells, NULL, e);
}

bool matches_quote(struct invocation *in, struct chosen *c, struct output *out, struct quote *sum,
                   struct err *e)
{
    struct quoting q = {out, c->selection.entity};
    struct match_order order = {.file = &c->file,
                                .plan = &c->plan,
                                .selection = &c->selection,
                                .again = opt_has(&in->opts, "resend"),
                                .row = out ? quote_row : NULL,
                                .self = &q};

    return match_quote(&in->app, &order, sum, e);
}
