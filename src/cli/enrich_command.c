// lode enrich. Main thread. Floor: cli.
#include "cli/enrich.h"

#include "cli/chosen.h"
#include "cli/exit.h"
#include "cli/matches.h"
#include "cli/records.h"

#include "base/count.h"
#include "base/str.h"

static void say_count(const struct invocation *in, size_t n, const char *what)
{
    char text[COUNT_MAX];

    if (n)
        app_say(&in->app, "%s %s", count_text((long long)n, text), what);
}

// Each kind by itself. Nothing is told of the plain one but that.
static void say_unfound(const struct invocation *in, const struct enrich_summary *sum)
{
    const struct match_status *plain = match_status_find(NULL, false);
    char text[COUNT_MAX];

    say_count(in, sum->by_status[match_status_place(plain)], "not found, and not charged.");
    for (size_t i = 0; i < MATCH_STATUSES; i++) {
        const struct match_status *m = match_status_at(i);

        if (m != plain && sum->by_status[i])
            app_say(&in->app, "%s %s: %s.", count_text((long long)sum->by_status[i], text), m->name,
                    m->about);
    }
}

void enrich_say_skipped(const struct invocation *in, const struct enrich_summary *sum)
{
    char text[COUNT_MAX];

    for (size_t i = 0; i < STANDINGS; i++) {
        if (sum->skipped[i])
            app_say(&in->app, "%s %s: %s.", count_text((long long)sum->skipped[i], text),
                    standing_defs()[i].name, standing_defs()[i].reason);
    }
}

void enrich_say(const struct invocation *in, const struct enrich_summary *sum)
{
    const struct meter *credits = &in->app.usage.meters[METER_CREDITS];
    char a[COUNT_WORDS_MAX], b[COUNT_WORDS_MAX], c[COUNT_WORDS_MAX];

    say_count(in, sum->from_library, "from the library, at no cost.");
    say_count(in, sum->refreshed, "owned already and fetched again, for no credit.");
    say_count(in, sum->bought, "bought.");
    say_unfound(in, sum);
    enrich_say_skipped(in, sum);
    if (sum->left)
        app_say(&in->app, "%s left, because %s was reached.", count_text((long long)sum->left, a),
                cap_name(sum->left_by));
    say_count(in, sum->unsent, "not sent, because the run stopped before.");
    say_count(in, sum->doubtful,
              "in doubt: sent and not answered, so perhaps charged. They are not sent again unless "
              "you say --resend; see lode ledger --state in-doubt.");
    app_say(&in->app, "Charged: %s, %s, %s.", count_words(sum->credits, "credit", a),
            count_words(sum->records, "record", b), count_words(sum->requests, "request", c));
    if (!credits->known || credits->remaining < 0)
        return;
    (void)count_words(credits->remaining, "credit", a);
    if (sum->doubtful)
        app_say(&in->app, "%s left by the last answer; what is in doubt may be missing from that.",
                a);
    else
        app_say(&in->app, "%s %s left.", a, credits->remaining == 1 ? "is" : "are");
}

int enrich_status(const struct enrich_summary *sum, bool ok, const struct err *e)
{
    bool some = sum->given || sum->not_found;
    bool all = !sum->left && !sum->unsent && !sum->doubtful && !sum->unserved;

    if (!ok) {
        int status = cli_fail(e);

        return some && e->kind != ERR_CANCELLED ? EXIT_PARTLY : status;
    }
    if (all)
        return EXIT_DONE;
    return some ? EXIT_PARTLY : EXIT_SPENDING;
}

// What it was chosen by, for the manifest.
static void tell_facts(struct export_facts *facts, const struct chosen *c, struct str *basis)
{
    str_add(basis, "records bought, or owned already");
    if (c->found) {
        str_add(basis, "; ");
        found_basis(c->found, basis);
        facts->filters = str_text(&c->found->asked.text);
    }
    facts->basis = basis->data;
}

static int buy(struct invocation *in, struct chosen *c, const struct quoted *q, long long max)
{
    struct selection *s = &c->selection;
    struct records records;
    struct enrich_order order = {.selection = s,
                                 .n = s->n,
                                 .quoted = q,
                                 .max_credits = max,
                                 .again = opt_has(&in->opts, "resend"),
                                 .origin = chosen_origin(c),
                                 .row = records_row,
                                 .self = &records};
    struct enrich_summary sum;
    struct str basis = {0};
    struct err e, late;
    bool ok;

    if (!records_open(&records, in, s->entity, s->fields, s->n_fields, &e))
        return cli_fail(&e);
    ok = enrich_run(&in->app, &order, &sum, &e);
    tell_facts(&records.out.facts, c, &basis);
    records.out.facts.credits = sum.credits;
    if (!records_close(&records, &late) && ok) {
        e = late;
        ok = false;
    }
    str_free(&basis);
    enrich_say(in, &sum);
    return enrich_status(&sum, ok, &e);
}

// Nobody has seen the price of what a search found just now: it is told, and what it may cost is
// capped all the same.
static int buy_ids(struct invocation *in, struct chosen *c, long long max)
{
    struct quoted q;
    struct err e;
    int status;

    if (!quote_make(&in->app, &c->selection, opt_has(&in->opts, "resend"), &q, &e))
        return cli_fail(&e);
    if (enrich_best(in, c, &q, &e)) {
        if (c->found)
            quote_say(in, &q.quote);
        status = buy(in, c, &q, max);
    } else {
        status = cli_fail(&e);
    }
    quote_free(&q);
    return status;
}

// What cannot be read a second time is bought in one run, as no job.
static int buy_lines(struct invocation *in, struct chosen *c, long long max)
{
    struct match_job m = {c->file, c->plan, c->selection};
    struct err e;
    int status;

    if (match_sum_can(c->file.path))
        return enrich_lines(in, c, NULL);
    if (!enrich_best_lines(in, &e))
        return cli_fail(&e);
    status = matches_enrich(in, &m, NULL, max);
    *c = (struct chosen){.selection = m.selection, .by_line = true, .file = m.file, .plan = m.plan};
    return status;
}

int command_enrich(struct invocation *in)
{
    long long max = 0;
    struct chosen c;
    struct err e;
    bool shown;
    int status;

    if (!opt_int(&in->opts, "max-credits", 0, CREDITS_MAX, &max, &e) || !enrich_budget(in, &e))
        return cli_fail(&e);
    if (!opt_has(&in->opts, "show-mapping")) {
        if (opt_has(&in->opts, "job"))
            return enrich_named_job(in, opt_value(&in->opts, "job", NULL));
        if (!app_need_spending(&in->app, &e))
            return cli_fail(&e);
    }
    status = chosen_open(&c, in, &shown);
    if (status != EXIT_DONE)
        return status;
    if (!shown)
        status = c.by_line ? buy_lines(in, &c, max) : buy_ids(in, &c, max);
    chosen_close(&c);
    return status;
}
