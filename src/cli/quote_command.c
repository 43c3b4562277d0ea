// lode quote. Main thread. Floor: cli.
#include "cli/command.h"
#include "cli/enrich.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/id_quote.h"
#include "flow/match_sum.h"
#include "flow/quote.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/matches.h"

enum { DAY_DIGITS = 10 };

static const struct sheet_column each_columns[] = {{"id", "Id", COLUMN_ID},
                                                   {"standing", "Standing", COLUMN_TEXT},
                                                   {"creditsMin", "Least credits", COLUMN_NUMBER},
                                                   {"creditsMax", "Most credits", COLUMN_NUMBER},
                                                   {"freeUntil", "Free until", COLUMN_DATE},
                                                   {"reason", "Reason", COLUMN_TEXT}};
static const struct sheet_column line_columns[] = {{"line", "Line", COLUMN_NUMBER},
                                                   {"standing", "Standing", COLUMN_TEXT},
                                                   {"creditsMin", "Least credits", COLUMN_NUMBER},
                                                   {"creditsMax", "Most credits", COLUMN_NUMBER},
                                                   {"reason", "Reason", COLUMN_TEXT}};
static const struct sheet_column sum_columns[] = {{"standing", "Standing", COLUMN_TEXT},
                                                  {"rows", "Rows", COLUMN_NUMBER},
                                                  {"creditsMin", "Least credits", COLUMN_NUMBER},
                                                  {"creditsMax", "Most credits", COLUMN_NUMBER},
                                                  {"reason", "Reason", COLUMN_TEXT}};

// What one record of a standing may cost.
static struct span price(const struct entity *entity, enum standing standing, bool again)
{
    long long credits = entity->charging.credits_new;

    if (standing == STANDING_NEW)
        return (struct span){credits, credits};
    if (standing == STANDING_UNSURE)
        return (struct span){0, credits};
    return (struct span){0, standing == STANDING_IN_DOUBT && again ? credits : 0};
}

static void write_credits(struct span cost, char min[static COUNT_MAX], char max[static COUNT_MAX])
{
    (void)snprintf(min, COUNT_MAX, "%lld", cost.min);
    (void)snprintf(max, COUNT_MAX, "%lld", cost.max);
}

struct each {
    struct output *out;
    const struct entity *entity;
    bool again;
};

static bool write_id(void *self, const char *id, enum standing standing, const struct owned *owned,
                     struct err *e)
{
    const struct each *x = self;
    bool free_now = standing == STANDING_HELD || standing == STANDING_OWNED;
    char min[COUNT_MAX], max[COUNT_MAX], until[CLOCK_ISO_MAX] = "";
    const char *cells[] = {id,    standing_defs()[standing].name,  min, max,
                           until, standing_defs()[standing].reason};

    write_credits(price(x->entity, standing, x->again), min, max);
    if (free_now)
        (void)clock_iso(owned->free_until, until);
    until[DAY_DIGITS] = '\0'; // YYYY-MM-DD
    return output_row(x->out, cells, NULL, e);
}

// A line of the file that has no id.
static bool write_odd(struct output *out, const struct selection_odd *odd, struct err *e)
{
    char *why = str_format("line %zu: %s", odd->line, odd->why);
    const char *cells[] = {"", standing_defs()[STANDING_MISSING].name, "0", "0", "", why};
    bool ok = output_row(out, cells, NULL, e);

    free(why);
    return ok;
}

static bool write_all_odd(struct output *out, const struct selection *s, struct err *e)
{
    bool ok = true;

    for (size_t i = 0; ok && i < s->n_odd; i++)
        ok = write_odd(out, &s->odd[i], e);
    return ok;
}

// All of which are in memory.
static bool write_each(struct each *x, const struct selection *s, const struct quoted *q,
                       struct err *e)
{
    bool ok = true;

    for (size_t i = 0; ok && i < s->n; i++)
        ok = write_id(x, s->ids[i], q->standings[i], &q->owned[i], e);
    return ok;
}

static bool write_line(struct output *out, const char *name, size_t rows, struct span credits,
                       const char *reason, struct err *e)
{
    char n[COUNT_MAX], min[COUNT_MAX], max[COUNT_MAX];
    const char *cells[] = {name, n, min, max, reason};

    (void)snprintf(n, sizeof(n), "%zu", rows);
    write_credits(credits, min, max);
    return output_row(out, cells, NULL, e);
}

static bool write_sums(struct output *out, const struct quote *q, bool again, struct err *e)
{
    for (int i = 0; i < STANDINGS; i++) {
        struct span one = price(q->entity, i, again);
        long long n = (long long)q->count[i];
        struct span all = {one.min * n, one.max * n};

        if (i == STANDING_NEW)
            all = (struct span){q->credits.min, all.max};
        if (n &&
            !write_line(out, standing_defs()[i].name, (size_t)n, all, standing_defs()[i].reason, e))
            return false;
    }
    return write_line(out, "total", q->rows, q->credits, "", e);
}

static void say_span(struct str *out, struct span span, const char *thing)
{
    char min[COUNT_MAX], max[COUNT_WORDS_MAX];

    str_add(out, out->len ? ", " : "");
    if (span.min != span.max)
        str_addf(out, "%s to ", count_text(span.min, min));
    str_add(out, count_words(span.max, thing, max));
}

// Where it is not known what costs, a cap makes calls smaller.
static void say_most_requests(const struct invocation *in, const struct quote *q)
{
    char most[COUNT_WORDS_MAX], credits[COUNT_MAX];

    if (quote_requests_most(q) > q->requests.max && q->credits.max > 1)
        app_say(&in->app,
                "With a --max-credits below %s calls hold fewer records, so that there may be up "
                "to %s.",
                count_text(q->credits.max, credits),
                count_words(quote_requests_most(q), "request", most));
}

// Of each meter that has too little left.
static void say_short(const struct invocation *in, const struct quote *q)
{
    const struct span prices[] = {q->credits, q->records, q->requests};
    char left[COUNT_MAX], most[COUNT_MAX];

    for (size_t i = 0; i < ARRAY_LEN(prices); i++) {
        const struct meter *m = &q->before.meters[i];

        if (m->known && m->remaining >= 0 && m->remaining < prices[i].max)
            app_say(
                &in->app,
                "The account has no more than %s %s left, and this may cost %s: enriching stops "
                "where they are used up.",
                count_text(m->remaining, left), meter_defs()[i].name,
                count_text(prices[i].max, most));
    }
}

void quote_say(const struct invocation *in, const struct quote *q)
{
    const struct meter *credits = &q->before.meters[METER_CREDITS];
    struct str text = {0};
    char before[COUNT_MAX], after[COUNT_MAX];

    say_span(&text, q->credits, "credit");
    say_span(&text, q->records, "record");
    say_span(&text, q->requests, "request");
    app_say(&in->app, "This would cost %s.", text.data);
    if (credits->known && credits->remaining >= q->credits.max)
        app_say(&in->app, "Balance: %s credits; at least %s would be left.",
                count_text(credits->remaining, before),
                count_text(credits->remaining - q->credits.max, after));
    say_short(in, q);
    if (quote_may_be_free(q)) {
        str_clear(&text);
        quote_add_unseen(q, &text);
        app_say(&in->app, "The account has used %s, so some new records may be free already.",
                text.data);
    }
    str_free(&text);
}

static bool finish(const struct invocation *in, struct output *out, bool ok,
                   const struct quote *sum, struct err *e)
{
    if (!ok)
        output_abort(out);
    if (!ok || !output_close(out, e))
        return false;
    quote_say(in, sum);
    say_most_requests(in, sum);
    return true;
}

static bool quote_taken(struct invocation *in, struct chosen *c, struct each *x, bool each,
                        struct quote *sum, struct err *e)
{
    struct selection *s = &c->selection;
    struct quoted q;
    bool ok;

    if (!quote_make(&in->app, s, x->again, &q, e))
        return false;
    ok = enrich_best(in, c, &q, e) && (!each || write_each(x, s, &q, e));
    q.quote.rows += s->n_odd;
    q.quote.count[STANDING_MISSING] += s->n_odd;
    *sum = q.quote;
    quote_free(&q);
    return ok;
}

static bool quote_file(struct invocation *in, struct chosen *c, struct each *x, bool each,
                       struct quote *sum, struct err *e)
{
    const struct id_quote order = {.file = &c->file,
                                   .selection = &c->selection,
                                   .again = x->again,
                                   .row = each ? write_id : NULL,
                                   .self = x};

    return id_quote(&in->app, &order, sum, e);
}

static bool quote_ids(struct invocation *in, struct chosen *c, struct err *e)
{
    bool each = opt_has(&in->opts, "each"), ok;
    struct output out;
    struct each x = {&out, c->selection.entity, opt_has(&in->opts, "resend")};
    struct quote sum;

    if (!output_open(&out, in, each ? each_columns : sum_columns,
                     each ? ARRAY_LEN(each_columns) : ARRAY_LEN(sum_columns), e))
        return false;
    ok = (c->by_ids ? quote_file : quote_taken)(in, c, &x, each, &sum, e);
    ok = ok && (each ? write_all_odd(&out, &c->selection, e) : write_sums(&out, &sum, x.again, e));
    return finish(in, &out, ok, &sum, e);
}

static bool quote_lines(struct invocation *in, struct chosen *c, struct err *e)
{
    bool each = opt_has(&in->opts, "each"), ok;
    struct quote sum;
    struct output out;

    if (!enrich_best_lines(in, e) || !match_sum_check(&in->app, c->file.path, e) ||
        !output_open(&out, in, each ? line_columns : sum_columns, ARRAY_LEN(line_columns), e))
        return false;
    ok = matches_quote(in, c, each ? &out : NULL, &sum, e);
    ok = ok && (each || write_sums(&out, &sum, opt_has(&in->opts, "resend"), e));
    return finish(in, &out, ok, &sum, e);
}

int command_quote(struct invocation *in)
{
    struct chosen c;
    struct err e;
    bool shown, ok;
    // The best of them are chosen among all.
    int status = (opt_has(&in->opts, "best") ? chosen_open : chosen_look)(&c, in, &shown);

    if (status != EXIT_DONE)
        return status;
    ok = shown || (c.by_line ? quote_lines(in, &c, &e) : quote_ids(in, &c, &e));
    chosen_close(&c);
    return ok ? EXIT_DONE : cli_fail(&e);
}
