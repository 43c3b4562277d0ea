// Lines of a file joined with what came of them. Main thread. Floor: cli.
#include "cli/matches.h"

#include <stdio.h>

#include "base/count.h"
#include "cli/enrich.h"
#include "cli/exit.h"
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
    char lines[COUNT_MAX], found[COUNT_MAX], n[COUNT_MAX];

    app_say(&in->app, "%s lines: %s found.", count_text((long long)sum->lines, lines),
            count_text((long long)sum->found, found));
    if (sum->same)
        app_say(&in->app, "%s ask for what an earlier line asks for; it was sent once.",
                count_text((long long)sum->same, n));
    if (sum->lacking)
        app_say(&in->app, "%s lack what the API needs to find them, and were not sent.",
                count_text((long long)sum->lacking, n));
}

int matches_enrich(struct invocation *in, struct chosen *c, long long max)
{
    struct matches m = {.in = in};
    struct match_order order = {.file = &c->file,
                                .plan = &c->plan,
                                .selection = &c->selection,
                                .max_credits = max,
                                .again = opt_has(&in->opts, "resend"),
                                .row = write_row,
                                .self = &m};
    struct match_summary sum;
    struct usage usage;
    struct err e, late;
    bool ok;

    // The meters as they stand before: by them it is known what was bought elsewhere.
    if (!usage_fetch(&in->app, &usage, &e))
        return cli_fail(&e);
    m.rows = match_rows_new(&c->plan, &c->selection);
    if (!output_open(&m.out, in, m.rows.sheet, m.rows.n_sheet, &e)) {
        match_rows_free(&m.rows);
        return cli_fail(&e);
    }
    ok = match_run(&in->app, &order, &sum, &e);
    m.out.facts = (struct export_facts){.entity = c->selection.entity->name,
                                        .profile = in->app.config.profile,
                                        .source = in->app.config.source,
                                        .basis = "lines of a file with what was found by them",
                                        .filters = c->file.path,
                                        .credits = sum.sums.credits};
    if (!output_close(&m.out, &late) && ok) {
        e = late;
        ok = false;
    }
    match_rows_free(&m.rows);
    say_lines(in, &sum);
    enrich_say(in, &sum.sums);
    return enrich_status(&sum.sums, ok, &e);
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
