// The person's word before anything is spent. UI thread. Floor: ui/frame.
#include "ui/frame/spend.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/ask.h"
#include "ui/frame/frame.h"

enum { BUY_BUTTON = 1, ARG_CREDITS = 1, ARG_RECORDS = 2, ARG_JOB_CREDITS = 2 };

struct order {
    struct frame *frame;
    char *line;
    long long credits;
};

static void order_free(void *self)
{
    struct order *o = self;

    free(o->line);
    free(o);
}

static bool count_of(const struct line *line, size_t at, long long *out, struct err *e)
{
    if (line->n <= at)
        return true;
    return (str_int64(line->words[at].text, out) && *out >= 0) ||
           line_fault(e, &line->words[at], "\"%.20s\" is no number of %s", line->words[at].text,
                      str_eq(line->words[0].text, "buy") && at == ARG_RECORDS ? "records"
                                                                              : "credits");
}

bool spend_terms(const struct frame *f, const struct line *line, long long *credits, size_t *most,
                 struct err *e)
{
    long long records = 0;

    *credits = desk_quote_price(f->desk);
    if (!count_of(line, ARG_CREDITS, credits, e) || !count_of(line, ARG_RECORDS, &records, e))
        return false;
    *most = (size_t)records;
    return true;
}

// As it was allowed before; where that is used up, or what is in doubt goes again, what is left of
// it, as far as the budget goes.
static long long job_cap(const struct desk *d, const struct job_row *job)
{
    long long spent = job->charged + job->in_doubt, left = desk_budget_left(d);
    long long rest = job->doubts ? job->in_doubt : job->n - job->answered;

    if (job->doubts)
        return spent + (rest < left ? rest : left);
    return job->max_credits > spent ? job->max_credits : spent + (rest < left ? rest : left);
}

bool spend_job_terms(const struct frame *f, const struct line *line, long long *credits,
                     struct err *e)
{
    const struct job_row *job = desk_job(f->desk, line->words[1].text);

    if (!job)
        return line_fault(e, &line->words[1], "there is no job \"%.64s\"", line->words[1].text);
    *credits = job_cap(f->desk, job);
    return count_of(line, ARG_JOB_CREDITS, credits, e);
}

static void buy(struct order *o)
{
    struct err e;

    if (!frame_run_confirmed(o->frame, o->line, &e))
        frame_fail(o->frame, &e);
}

static void pressed(void *self, int button)
{
    if (button == BUY_BUTTON)
        buy(self);
}

static void typed(void *self, const char *text)
{
    struct order *o = self;
    long long number;
    struct err e;

    if (str_int64(text, &number) && number == o->credits) {
        buy(o);
        return;
    }
    (void)err_set(&e, ERR_REFUSED, "nothing was bought: \"%.20s\" is not the number asked for",
                  text);
    frame_fail(o->frame, &e);
}

static char *question(const struct frame *f, long long credits, size_t most)
{
    const struct buying *b = &f->desk->buying;
    char records[COUNT_MAX], price[COUNT_MAX], cut[COUNT_MAX], left[COUNT_MAX];
    const struct meter *m = &f->desk->usage.meters[METER_CREDITS];
    const char *things = b->by_line ? "lines" : "records";
    struct str s = {0};

    (void)count_text((long long)desk_quote_rows(f->desk), records);
    (void)count_text(credits, price);
    if (most)
        str_addf(&s, "Of %s %s at most %s of those not owned, for at most %s credits.", records,
                 things, count_text((long long)most, cut), price);
    else
        str_addf(&s, "%s %s for at most %s credits.", records, things, price);
    if (m->known && m->remaining >= 0)
        str_addf(&s, " At least %s credits are left after that.",
                 count_text(m->remaining - credits, left));
    return str_take(&s);
}

static char *job_question(const struct frame *f, const struct line *line, long long credits)
{
    const struct job_row *job = desk_job(f->desk, line->words[1].text);
    char most[COUNT_MAX], spent[COUNT_MAX], done[COUNT_MAX], all[COUNT_MAX];

    return str_format(
        "%s %s, for at most %s credits in all its runs; %s are spent or in doubt, %s of %s %s are "
        "answered.",
        job->doubts ? "Send again what is in doubt of" : "Go on with", job->name,
        count_text(credits, most), count_text(job->charged + job->in_doubt, spent),
        count_text(job->answered, done), count_text(job->n, all),
        match_job_is(job) ? "lines" : "records");
}

// What it is about and what it may cost, as the line says.
static char *terms(const struct frame *f, const struct line *line, long long *credits,
                   struct err *e)
{
    size_t most;

    if (str_eq(line->words[0].text, "resume-job"))
        return spend_job_terms(f, line, credits, e) ? job_question(f, line, *credits) : NULL;
    return spend_terms(f, line, credits, &most, e) ? question(f, *credits, most) : NULL;
}

static char *line_text(const struct line *line)
{
    struct str s = {0};

    for (size_t i = 0; i < line->n; i++) {
        str_add(&s, i ? " " : "");
        line_quote(line->words[i].text, &s);
    }
    return str_take(&s);
}

bool spend_ask(struct frame *f, const struct line *line, struct err *e)
{
    struct order *o;
    long long credits;
    char *text = terms(f, line, &credits, e), *label;

    if (!text)
        return false;
    o = mem_zalloc(sizeof(*o));
    *o = (struct order){f, line_text(line), credits};
    if (credits > settings_int(&f->config.settings, SETTING_TYPED_ABOVE)) {
        label = str_format("%s Type %lld to buy", text, credits);
        ask_text(f, &(struct ask_text){"Buy", label, "", typed, order_free, o});
        free(label);
    } else {
        ask_buttons(f, &(struct ask_buttons){"Buy", text, "Cancel|Buy", pressed, order_free, o});
    }
    free(text);
    return true;
}
