// Purchases by the lines of a file that outlive a start. Floor: flow.
#include "flow/match_job.h"

#include "base/str.h"
#include "flow/job_turn.h"

bool match_job_add(struct app *a, const struct match_job_order *order, int64_t *id, struct err *e)
{
    struct str mapping = {0};
    struct job_file file = {.path = order->sum->path,
                            .sha256 = order->sum->sha256,
                            .format = order->format,
                            .size = order->sum->size};
    struct job_order job = {.name = order->name,
                            .selection = order->selection,
                            .quoted = order->quoted,
                            .max_credits = order->max_credits,
                            .priority = order->priority,
                            .origin = order->sum->path,
                            .file = &file,
                            .lines = order->sum->lines};
    bool ok;

    // What cannot be read to its end would leave a job that cannot go on.
    if (!match_sum_check(a, order->sum->path, e))
        return false;
    match_plan_text(order->plan, &mapping);
    file.mapping = str_text(&mapping);
    ok = jobs_add(a, &job, id, e);
    str_free(&mapping);
    return ok;
}

bool match_job_is(const struct job_row *job)
{
    return *job->file.path != '\0';
}

static bool is_same(struct app *a, const struct job_row *job, const struct match_file *f,
                    struct err *e)
{
    struct match_sum now;
    bool same;

    if (!match_sum_read(a, f, &now, e))
        return false;
    same = now.size == job->file.size && str_eq(now.sha256, job->file.sha256);
    match_sum_free(&now);
    return same || err_set(e, ERR_REFUSED,
                           "%s has changed since the job %s was begun: put it back as it was to go "
                           "on, or buy by it as it is now with a new job, which pays for no line "
                           "twice",
                           job->file.path, job->name);
}

static bool read_mapping(const struct job_row *job, struct match_job *m, struct err *e)
{
    m->plan = match_plan_guess(m->selection.entity, (const char *const *)m->file.names.items,
                               m->file.names.len);
    return match_plan_take(&m->plan, job->file.mapping) ||
           err_set(e, ERR_INVALID, "the job %s maps columns in a way this lode does not know",
                   job->name);
}

bool match_job_open(struct app *a, const struct job_row *job, struct match_job *out, struct err *e)
{
    *out = (struct match_job){0};
    if (!match_file_open(&out->file, job->file.path, e)) {
        if (e->kind == ERR_NOT_FOUND)
            return err_set(e, ERR_REFUSED,
                           "the job %s goes by %s, which is not there: put it back to go on",
                           job->name, job->file.path);
        return false;
    }
    if (is_same(a, job, &out->file, e) && jobs_selection(a, job, &out->selection, e) &&
        read_mapping(job, out, e))
        return true;
    match_job_close(out);
    return false;
}

void match_job_close(struct match_job *m)
{
    match_plan_free(&m->plan);
    match_file_close(&m->file);
    selection_free(&m->selection);
}

static struct match_order order_of(const struct job_row *job, struct match_job *m)
{
    return (struct match_order){.file = &m->file,
                                .plan = &m->plan,
                                .selection = &m->selection,
                                .origin = job->file.path,
                                .total = (size_t)job->n,
                                .done = job->state == JOB_DONE,
                                .job = job->id};
}

bool match_job_run(struct app *a, const struct job_row *job, struct match_job *m,
                   const struct match_job_terms *terms, struct match_summary *out, struct err *e)
{
    struct match_order order = order_of(job, m);
    struct job_turn turn;
    struct usage usage;
    bool ran;

    *out = (struct match_summary){.sums.unsent = (size_t)job->n};
    // The meters as they stand before: by them it is known what was bought elsewhere.
    if (!job_turn_may(job, terms->again, e) || !usage_fetch(a, &usage, e) ||
        !job_turn_begin(&turn, a, job, terms->max_credits,
                        (struct span){job->quoted_min, job->quoted_max}, terms->again, e))
        return false;
    order.max_credits = terms->max_credits;
    order.again = terms->again;
    order.most = terms->most;
    order.row = terms->row;
    order.self = terms->self;
    order.go_on = job_turn_go_on;
    order.job_self = &turn;
    ran = match_run(a, &order, out, e);
    job_turn_end(&turn, &out->sums, ran, e);
    return ran;
}

bool match_job_look(struct app *a, const struct job_row *job, struct match_job *m,
                    bool (*row)(void *self, const struct matched_row *row, struct err *e),
                    void *self, struct match_summary *out, struct err *e)
{
    struct match_order order = order_of(job, m);

    order.look = true;
    order.row = row;
    order.self = self;
    return match_run(a, &order, out, e);
}

bool match_job_quote(struct app *a, const struct job_row *job, struct match_job *m,
                     bool (*row)(void *self, const struct matched_row *row, struct err *e),
                     void *self, struct quote *out, struct err *e)
{
    struct match_order order = order_of(job, m);

    order.look = true;
    order.row = row;
    order.self = self;
    return match_quote(a, &order, out, e);
}

bool match_job_price(struct app *a, const struct job_row *job, struct match_job *m, bool again,
                     struct quote *out, struct err *e)
{
    struct match_order order = order_of(job, m);

    order.again = again;
    return match_quote(a, &order, out, e);
}
