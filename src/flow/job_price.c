// What is left of a job, priced. Floor: flow.
#include "flow/job_price.h"

#include "flow/match_job.h"
#include "flow/quote.h"

static bool price_lines(struct app *a, const struct job_row *job, bool again, struct quote *out,
                        struct err *e)
{
    struct match_job m;
    bool ok;

    if (!match_job_open(a, job, &m, e))
        return false;
    ok = match_job_price(a, job, &m, again, out, e);
    match_job_close(&m);
    return ok;
}

static bool price_records(struct app *a, const struct job_row *job, bool again, struct quote *out,
                          struct err *e)
{
    struct selection s;
    struct quoted q;
    bool ok;

    if (!jobs_selection(a, job, &s, e))
        return false;
    ok = jobs_quote(a, job, &s, again, &q, e);
    if (ok) {
        *out = q.quote;
        quote_free(&q);
    }
    selection_free(&s);
    return ok;
}

bool job_price(struct app *a, const struct job_row *job, bool again, struct quote *out,
               struct err *e)
{
    *out = (struct quote){0};
    return match_job_is(job) ? price_lines(a, job, again, out, e)
                             : price_records(a, job, again, out, e);
}
