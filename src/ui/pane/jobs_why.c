// One job in full: how it stands, what held it, what is in doubt, what can be done. UI thread.
// Floor: ui/pane.
#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "ui/pane/actions.h"
#include "ui/pane/job_progress.h"
#include "ui/pane/jobs_pane.h"
#include "ui/pane/when.h"

enum { LABEL_W = -11 };

static void add_line(struct str *out, const char *label, const char *text)
{
    if (*text)
        str_addf(out, "%*s%s\n", LABEL_W, label, text);
}

static void add_money(const struct job_row *r, struct str *out)
{
    char a[COUNT_MAX], b[COUNT_MAX];

    str_addf(out, "%*s%s of at most %s credits\n", LABEL_W, "Charged", count_text(r->charged, a),
             count_text(r->max_credits, b));
    if (r->in_doubt)
        str_addf(out, "%*sup to %s credits\n", LABEL_W, "In doubt", count_text(r->in_doubt, a));
}

static void add_left(const struct jobs_line *l, struct str *out)
{
    long long left = jobs_left(l->job);
    char n[COUNT_MAX];

    if (left <= 0)
        return;
    if (l->job->state == JOB_DONE)
        str_addf(out, "%*s%s not sent: owned, named twice, or left out\n", LABEL_W, "Beside",
                 count_text(left, n));
    else
        str_addf(out, "%*s%s, not sent and not paid for\n", LABEL_W, "Left", count_text(left, n));
}

// How far it is, how fast and how long still.
static void add_progress(struct jobs_pane *j, const struct jobs_line *l, struct str *out)
{
    char done[PROGRESS_MAX];
    bool runs = jobs_runs_here(l);

    add_line(out, l->job ? "Answered" : "Done", job_progress_text(l->job, l->task, done));
    if (runs && *jobs_rate(j, l))
        str_addf(out, "%*s%s a second\n", LABEL_W, "Rate", j->cell);
    if (runs && *jobs_time_left(j, l))
        str_addf(out, "%*s%s\n", LABEL_W, "Time left", j->cell);
}

// What held it, or what came of it.
static void add_why(struct jobs_pane *j, const struct jobs_line *l, struct str *out)
{
    const struct job_quote *asked = &j->pane.desk->job_quote;

    if (l->job && *l->job->reason && !jobs_runs_here(l))
        str_addf(out, "\nWhy: %s.\n", l->job->reason);
    if (l->job && desk_job_open(l->job) && asked->state == JOB_QUOTE_FAILED &&
        str_eq(asked->name, l->job->name))
        str_addf(out, "\nIt cannot go on now: %s.\n", asked->err.text);
    if (l->task && *l->task->said && !(l->job && jobs_says_why(j, l)))
        str_addf(out, "\n%s\n", l->task->said);
    if (jobs_stopping(l))
        str_add(out, "\nNo more calls are begun; those under way are waited for.\n");
    else if (l->job && desk_job_elsewhere(j->pane.desk, l->job))
        str_add(out, "\nIt runs in another Lode.\n");
}

static void add_doubt(const struct jobs_pane *j, const struct jobs_line *l, struct str *out)
{
    const struct pane ledger = {.ops = &pane_ledger, .host = j->pane.host};
    char open[KEY_TEXT_MAX], ask[KEY_TEXT_MAX], send[KEY_TEXT_MAX];

    if (!l->job || !l->job->in_doubt)
        return;
    str_addf(out,
             "\nIn doubt is what was sent and not answered: it may have been charged. It is never "
             "sent again by itself. In the ledger (%s) %s asks the account's meters what became of "
             "it, for free; %s quotes it, to be sent again.\n",
             key_text(&ledger, "open ledger", open), key_text(&ledger, "reconcile", ask),
             key_text(&ledger, "resend", send));
}

static void add_ways(const struct jobs_pane *j, const struct jobs_line *l, struct str *out)
{
    static const struct {
        const char *command, *does;
    } ways[] = {{"resume", "goes on with it, for what you say then"},
                {"pause", "pauses it: what is left can be bought later"},
                {"delete", "cancels what is left for good, and asks first"},
                {"export", "writes what it asked for with what was found"}};
    char key[KEY_TEXT_MAX];
    bool over = l->job && (l->job->state == JOB_DONE || l->job->state == JOB_CANCELLED);
    const char *between = "\nIn Jobs ";

    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        if (!jobs_can(j->pane.desk, l, ways[i].command))
            continue;
        str_addf(out, "%s%s %s", between, key_text(&j->pane, ways[i].command, key),
                 over && str_eq(ways[i].command, "delete") ? "forgets it, and asks first"
                                                           : ways[i].does);
        between = "; ";
    }
    str_add(out, *between == ';' ? ".\n" : "");
}

void jobs_tell_all(struct jobs_pane *j, const struct jobs_line *l, struct str *out)
{
    const struct job_row *r = l->job;
    char since[WHEN_MAX];

    str_addf(out, "%*s%s since %s\n", LABEL_W, "State", jobs_state_text(l),
             when_second(jobs_since(j, l), since));
    add_progress(j, l, out);
    if (r) {
        add_money(r, out);
        add_left(l, out);
        add_line(out, "Chosen by", r->origin);
    }
    add_why(j, l, out);
    add_doubt(j, l, out);
    add_ways(j, l, out);
}
