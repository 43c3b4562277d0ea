// One run of a job that is kept. Floor: flow.
#include "flow/job_turn.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/str.h"
#include "store/ledger.h"

enum { ASK_MS = 200 }; // how often the queue is asked what is wanted of a running job

// Of a run's reason, behind their number.
static const char in_doubt[] = " in doubt", by_others[] = " by other purchases";

size_t job_turn_doubts_of_others(const struct job_row *job)
{
    const char *rest = job->reason;
    size_t n = 0;

    for (; isdigit((unsigned char)*rest) || (n && *rest == ','); rest++)
        n = *rest == ',' ? n : n * 10 + (size_t)(*rest - '0');

    if (job->state != JOB_PAUSED || !str_starts(rest, in_doubt) ||
        !str_eq(rest + strlen(in_doubt), by_others))
        return 0;
    return n;
}

bool job_turn_may(const struct job_row *job, bool again, struct err *e)
{
    if (job->doubts && !again)
        return err_set(e, ERR_REFUSED,
                       "all that is left of the job %s is in doubt: lode jobs resume %s --resend "
                       "sends it again, lode ledger reconcile may clear it up",
                       job->name, job->name);
    if (job->state == JOB_WAITS || job->state == JOB_PAUSED)
        return true;
    return err_set(e, ERR_REFUSED, "the job %s %s%s", job->name,
                   job->state == JOB_RUNS ? "runs already" : "is ",
                   job->state == JOB_RUNS ? "" : job_state_name(job->state));
}

bool job_turn_begin(struct job_turn *t, struct app *a, const struct job_row *job,
                    long long max_credits, struct span quoted, bool again, struct err *e)
{
    *t = (struct job_turn){.app = a, .job = job};
    return job_turn_may(job, again, e) && app_need_spending(a, e) &&
           store_job_terms(a->store, job->id, max_credits, quoted.min, quoted.max, e) &&
           store_job_set(a->store, job->id, JOB_RUNS, "", e);
}

bool job_turn_go_on(void *self, struct err *e)
{
    static const char *const why[] = {
        [JOB_WISH_PAUSE] = "paused on request", [JOB_WISH_CANCEL] = "cancelled on request"};
    struct job_turn *t = self;
    int64_t now = clock_boot_ms(&t->app->clock);
    struct err ignored;

    if (t->asked_ms && now - t->asked_ms < ASK_MS)
        return true;
    t->asked_ms = now;
    // Where the queue cannot be read it cannot stop anything.
    if (!store_job_wished(t->app->store, t->job->id, &t->wish, &ignored) || !t->wish)
        return true;
    return err_set(e, ERR_CANCELLED, "%s", why[t->wish]);
}

// What is left of it, in words for the queue; "" where nothing is but what is in doubt.
static void say_left(const struct enrich_summary *sum, struct str *out)
{
    const char *cap = sum->left_by == CAP_JOB ? "the most it may cost" : cap_name(sum->left_by);
    char n[COUNT_MAX];

    if (sum->left)
        str_addf(out, "%s left, because %s was reached", count_text((long long)sum->left, n), cap);
    if (sum->unserved)
        str_addf(out, "%s%s not served by the API", out->len ? ", " : "",
                 count_text((long long)sum->unserved, n));
}

// What its own calls left in doubt keeps it open until that is cleared up; what those of others
// did, until a person lets it go on.
static enum job_state say_doubts(const struct job_turn *t, size_t n, struct str *out)
{
    struct spent own = {0};
    char count[COUNT_MAX];
    struct err ignored;

    str_addf(out, "%s%s", count_text((long long)n, count), in_doubt);
    if (!store_spent_by(t->app->store, t->job->id, &own, &ignored) || own.in_doubt)
        return JOB_DONE; // the queue takes it for open by its reason
    str_add(out, by_others);
    return JOB_PAUSED;
}

void job_turn_end(const struct job_turn *t, const struct enrich_summary *sum, bool ran,
                  const struct err *why)
{
    struct str reason = {0};
    enum job_state state = JOB_DONE;
    struct err e;

    say_left(sum, &reason);
    if (t->wish == JOB_WISH_CANCEL)
        state = JOB_CANCELLED;
    else if (!ran || sum->left || sum->unserved)
        state = JOB_PAUSED;
    else if (sum->doubtful)
        state = say_doubts(t, sum->doubtful, &reason);
    if (!ran)
        str_addf(&reason, "%s%s%s", reason.len ? "; " : "",
                 why->kind == ERR_IN_DOUBT ? job_stopped_in_doubt : "", why->text);
    if (!store_job_set(t->app->store, t->job->id, state, str_text(&reason), &e))
        app_say(t->app, "What became of the job %s could not be kept: %s.", t->job->name, e.text);
    str_free(&reason);
}
