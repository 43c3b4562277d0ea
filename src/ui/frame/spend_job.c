// What going on with a job would cost, asked for before the person is. UI thread. Floor: ui/frame.
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/frame/spend.h"
#include "ui/pane/money.h"

enum { ARG_NAME = 1, ARG_CREDITS = 2 };

static long long spent_of(const struct job_row *job)
{
    return job->charged + job->in_doubt;
}

// The most that going on may cost now: as far as it was allowed before or is said (-1: it is not);
// where that is used up, or what is in doubt goes again, what is left of it. Never more than that,
// nor than there is.
static long long most_of(const struct desk *d, const struct job_row *job, const struct quote *q,
                         long long said)
{
    long long spent = spent_of(job), most = q->credits.max;
    long long left = desk_budget_left_for(d, most);

    if (said >= 0 || (!job->doubts && job->max_credits > spent))
        most = (said >= 0 ? said : job->max_credits) - spent;
    if (most > q->credits.max)
        most = q->credits.max;
    if (most > left)
        most = left;
    return most > 0 ? most : 0;
}

static void add_rest(const struct job_row *job, const struct quote *q, struct str *out)
{
    const char *things = match_job_is(job) ? "lines" : "records";
    char answered[COUNT_MAX], all[COUNT_MAX];

    str_addf(out, "%s: %s of %s %s are answered. ", job->name, count_text(job->answered, answered),
             count_text(job->n, all), things);
    if (q->requests.max == 0) {
        str_addf(out, "Nothing of it %s sent%s: going on costs nothing.",
                 q->count[STANDING_IN_DOUBT] ? "is" : "has to be",
                 q->count[STANDING_IN_DOUBT] ? ", for what is left is in doubt" : "");
        return;
    }
    str_add(out, job->doubts ? "What is in doubt goes again, for " : "What is left costs ");
    add_counted(out, q->credits, "credit");
    str_add(out, ", ");
    add_counted(out, q->records, "record");
    str_add(out, ", ");
    add_counted(out, q->requests, "request");
    str_add(out, ".");
}

static void add_terms(const struct desk *d, const struct job_row *job, const struct quote *q,
                      long long most, struct str *out)
{
    const struct meter *m = &q->before.meters[METER_CREDITS];
    char n[COUNT_MAX], spent[COUNT_MAX];

    if (most < q->credits.max)
        str_addf(out, " It stops after %s credits of that%s.", count_text(most, n),
                 most == desk_budget_left_for(d, q->credits.max) ? ", for no more are left" : "");
    str_addf(out, " In all its runs it may cost %s credits; %s are spent or in doubt.",
             count_text(spent_of(job) + most, n), count_text(spent_of(job), spent));
    if (m->known && m->remaining >= 0)
        str_addf(out, " The account has %s credits: at least %s are left after that.",
                 count_text(m->remaining, n), count_text(m->remaining - most, spent));
}

// Whatever it is found to cost, there must be something for it.
static bool check_most(const struct job_row *job, const struct quote *q, long long most,
                       struct err *e)
{
    char spent[COUNT_MAX], rest[COUNT_MAX];

    return most > 0 || q->credits.min == 0 ||
           err_set(e, ERR_REFUSED,
                   "the job %s has spent %s credits, with those in doubt, and going on costs %s or "
                   "more: there is nothing for that, by what is said or by what is left",
                   job->name, count_text(spent_of(job), spent), count_text(q->credits.min, rest));
}

bool spend_job_question(const struct frame *f, const struct line *line, struct spend_question *out,
                        struct err *e)
{
    const char *name = line->words[ARG_NAME].text;
    const struct quote *q = desk_job_quoted(f->desk, name);
    const struct job_row *job = desk_job(f->desk, name);
    struct str text = {0}, run = {0};
    long long said = -1;

    if (!q || !job)
        return err_set(e, ERR_REFUSED, "the price of going on with %.64s is not known", name);
    if (!spend_number(line, ARG_CREDITS, "credits", &said, e))
        return false;
    out->credits = most_of(f->desk, job, q, said);
    if (!check_most(job, q, out->credits, e))
        return false;
    add_rest(job, q, &text);
    add_terms(f->desk, job, q, out->credits, &text);
    str_add(&run, "resume-job ");
    line_quote(name, &run);
    str_addf(&run, " %lld", spent_of(job) + out->credits);
    out->text = str_take(&text);
    out->line = str_take(&run);
    return true;
}

bool spend_job_wait(struct frame *f, const struct line *line, struct err *e)
{
    const char *name = line->words[ARG_NAME].text;

    if (!desk_job(f->desk, name))
        return line_fault(e, &line->words[ARG_NAME], "there is no job \"%.64s\"", name);
    if (!desk_job_quote(f->desk, name, e))
        return false;
    free(f->priced.line);
    f->priced.line = spend_line_text(line);
    f->priced.focus = deck_focus(&f->deck);
    frame_say(f, ROLE_TEXT, "Working out what is left of %.64s costs: that is free...", name);
    return true;
}

// The keys may be about something else by now: a question that came between would take them.
void spend_serve(struct frame *f)
{
    const struct job_quote *q = &f->desk->job_quote;
    char *line = f->priced.line;

    if (!line || q->state == JOB_QUOTE_ASKED)
        return;
    f->priced.line = NULL;
    if (q->state == JOB_QUOTE_FAILED)
        frame_fail(f, &q->err);
    else if (q->state == JOB_QUOTE_THERE && f->priced.focus == deck_focus(&f->deck))
        frame_run(f, line);
    else if (q->state == JOB_QUOTE_THERE)
        frame_say(f, ROLE_TEXT, "What is left of %.64s is priced: go on with it again to see it.",
                  q->name);
    free(line);
}
