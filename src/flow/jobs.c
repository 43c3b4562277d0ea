// Purchases that outlive a start. Floor: flow.
#include "flow/jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"

enum {
    WATCHED_FROM = 101, // records: of fewer a look at the meter costs more time than it saves
    ASK_MS = 200        // how often the queue is asked what is wanted of a running job
};

static const char *keep_text(struct str *text, const char *s)
{
    size_t at = text->len;

    str_add_len(text, s, strlen(s) + 1);
    return text->data + at;
}

static bool take(void *arg, const struct job_row *row)
{
    struct job_infos *l = arg;
    struct job_info *info;

    l->items = mem_regrow(l->items, l->n + 1, sizeof(*l->items));
    info = &l->items[l->n++];
    *info = (struct job_info){.row = *row};
    str_reserve(&info->text, strlen(row->name) + strlen(row->entity) + strlen(row->fields) +
                                 strlen(row->reason) + 4);
    info->row.name = keep_text(&info->text, row->name);
    info->row.entity = keep_text(&info->text, row->entity);
    info->row.fields = keep_text(&info->text, row->fields);
    info->row.reason = keep_text(&info->text, row->reason);
    return true;
}

bool jobs_list(struct app *a, struct job_infos *out, struct err *e)
{
    *out = (struct job_infos){0};
    if (app_need_store(a, e) && store_job_each(a->store, take, out, e))
        return true;
    jobs_free(out);
    return false;
}

void jobs_free(struct job_infos *l)
{
    for (size_t i = 0; i < l->n; i++)
        str_free(&l->items[i].text);
    free(l->items);
    *l = (struct job_infos){0};
}

bool jobs_find(struct app *a, const char *name, struct job_infos *out, struct err *e)
{
    struct near near = near_start(name);
    struct job_infos all;
    bool found = false;

    *out = (struct job_infos){0};
    if (!jobs_list(a, &all, e))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        near_try(&near, all.items[i].row.name);
        if (!str_eq(all.items[i].row.name, name))
            continue;
        found = true;
        (void)take(out, &all.items[i].row);
    }
    if (!found)
        (void)err_set(e, ERR_NOT_FOUND, "there is no job \"%.64s\"%s%s", name,
                      near.best ? "; did you mean " : "", near.best ? near.best : "");
    jobs_free(&all);
    return found;
}

bool jobs_name(struct app *a, const struct entity *entity, char name[static JOB_NAME_MAX],
               struct err *e)
{
    struct job_infos all;
    bool taken = true;

    if (!jobs_list(a, &all, e))
        return false;
    for (size_t k = all.n + 1; taken; k++) {
        (void)snprintf(name, JOB_NAME_MAX, "%.40s-%zu", entity->name, k);
        taken = false;
        for (size_t i = 0; i < all.n; i++)
            taken = taken || str_eq(all.items[i].row.name, name);
    }
    jobs_free(&all);
    return true;
}

static bool check_name(const char *name, struct err *e)
{
    size_t len = strlen(name);

    return (len > 0 && len < JOB_NAME_MAX && !strpbrk(name, "\n\t\r")) ||
           err_set(e, ERR_INVALID, "a job's name is 1 to %d bytes on one line", JOB_NAME_MAX - 1);
}

bool jobs_add(struct app *a, const char *name, const struct selection *s,
              const struct quoted *quoted, long long max_credits, int priority, int64_t *id,
              struct err *e)
{
    struct str fields = {0};
    struct job_new job = {.name = name,
                          .entity = s->entity->name,
                          .records = (const char *const *)s->ids,
                          .n = s->n,
                          .max_credits = max_credits,
                          .quoted_min = quoted->quote.credits.min,
                          .quoted_max = quoted->quote.credits.max,
                          .priority = priority};
    bool ok;

    if (s->matches)
        return err_set(e, ERR_INVALID,
                       "a job goes by record ids, which nobody can be known by: buy without --job "
                       "what is asked for by names or addresses");
    selection_names(s, &fields);
    job.fields = str_text(&fields);
    ok = check_name(name, e) && app_need_store(a, e) && store_job_make(a->store, &job, id, e);
    str_free(&fields);
    return ok;
}

static bool add_record(void *arg, const char *record)
{
    selection_add(arg, record);
    return true;
}

bool jobs_selection(struct app *a, const struct job_row *job, struct selection *out, struct err *e)
{
    *out = (struct selection){.entity = entity_find(job->entity)};
    if (!out->entity)
        return err_set(e, ERR_INVALID, "the job %s is of \"%.40s\", which this lode does not know",
                       job->name, job->entity);
    if (app_need_store(a, e) && store_job_records(a->store, job->id, add_record, out, e) &&
        selection_fields(out, a, job->fields, e))
        return true;
    selection_free(out);
    return false;
}

bool jobs_stop(struct app *a, const struct job_row *job, enum job_wish wish, struct err *e)
{
    bool pause = wish == JOB_WISH_PAUSE;

    if (job->state == JOB_DONE || job->state == JOB_CANCELLED)
        return err_set(e, ERR_INVALID, "the job %s is %s already", job->name,
                       job_state_name(job->state));
    if (job->state == JOB_RUNS)
        return store_job_wish(a->store, job->id, wish, e);
    return store_job_set(a->store, job->id, pause ? JOB_PAUSED : JOB_CANCELLED,
                         pause ? "paused on request" : "cancelled on request", e);
}

bool jobs_drop(struct app *a, const struct job_row *job, struct err *e)
{
    if (job->state == JOB_RUNS)
        return err_set(e, ERR_REFUSED, "the job %s runs; cancel it first", job->name);
    return store_job_drop(a->store, job->id, e);
}

bool jobs_priority(struct app *a, const struct job_row *job, int priority, struct err *e)
{
    return store_job_priority(a->store, job->id, priority, e);
}

struct watch {
    struct app *app;
    const struct job_row *job;
    int64_t asked_ms; // boot clock
    enum job_wish wish;
};

static bool go_on(void *self, struct err *e)
{
    static const char *const why[] = {
        [JOB_WISH_PAUSE] = "paused on request", [JOB_WISH_CANCEL] = "cancelled on request"};
    struct watch *w = self;
    int64_t now = clock_boot_ms(&w->app->clock);
    struct err ignored;

    if (w->asked_ms && now - w->asked_ms < ASK_MS)
        return true;
    w->asked_ms = now;
    // Where the queue cannot be read it cannot stop anything.
    if (!store_job_wished(w->app->store, w->job->id, &w->wish, &ignored) || !w->wish)
        return true;
    return err_set(e, ERR_CANCELLED, "%s", why[w->wish]);
}

// What is left of it, in words for the queue; "" where nothing is.
static void say_left(const struct enrich_summary *sum, struct str *out)
{
    if (sum->left)
        str_addf(out, "%zu left, because %s was reached", sum->left, cap_name(sum->left_by));
    if (sum->unserved)
        str_addf(out, "%s%zu not served by the API", out->len ? ", " : "", sum->unserved);
    if (sum->doubtful)
        str_addf(out, "%s%zu in doubt", out->len ? ", " : "", sum->doubtful);
}

static bool end(struct app *a, const struct job_row *job, const struct watch *w,
                const struct enrich_summary *sum, bool ran, const struct err *why)
{
    struct str reason = {0};
    enum job_state state = JOB_DONE;
    struct err e;
    bool ok;

    say_left(sum, &reason);
    if (w->wish == JOB_WISH_CANCEL)
        state = JOB_CANCELLED;
    else if (!ran || sum->left || sum->unserved)
        state = JOB_PAUSED;
    if (!ran)
        str_addf(&reason, "%s%s", reason.len ? "; " : "", why->text);
    ok = store_job_set(a->store, job->id, state, str_text(&reason), &e);
    if (!ok)
        app_say(a, "What became of the job %s could not be kept: %s.", job->name, e.text);
    str_free(&reason);
    return ok;
}

static bool may_run(const struct job_row *job, struct err *e)
{
    if (job->state == JOB_WAITS || job->state == JOB_PAUSED)
        return true;
    return err_set(e, ERR_REFUSED, "the job %s %s%s", job->name,
                   job->state == JOB_RUNS ? "runs already" : "is ",
                   job->state == JOB_RUNS ? "" : job_state_name(job->state));
}

bool jobs_buy(struct app *a, const struct job_row *job, const struct job_terms *terms,
              struct selection *s, const struct quoted *q, struct enrich_summary *out,
              struct err *e)
{
    struct watch watch = {.app = a, .job = job};
    const struct enrich_order order = {.selection = s,
                                       .quoted = q,
                                       .max_credits = terms->max_credits,
                                       .again = terms->again,
                                       .origin = terms->origin ? terms->origin : job->name,
                                       .row = terms->row,
                                       .self = terms->self,
                                       .job = job->id,
                                       .go_on = go_on,
                                       .job_self = &watch,
                                       .watched = s->n >= WATCHED_FROM};
    bool ran;

    if (!may_run(job, e) || !app_need_spending(a, e) ||
        !store_job_terms(a->store, job->id, terms->max_credits, q->quote.credits.min,
                         q->quote.credits.max, e) ||
        !store_job_set(a->store, job->id, JOB_RUNS, "", e))
        return false;
    ran = enrich_run(a, &order, out, e);
    (void)end(a, job, &watch, out, ran, e);
    return ran;
}

bool jobs_run(struct app *a, const struct job_row *job, const struct job_terms *terms,
              struct enrich_summary *out, struct err *e)
{
    struct selection s;
    struct quoted q;
    bool ok;

    *out = (struct enrich_summary){.unsent = (size_t)job->n};
    if (!may_run(job, e) || !app_need_net(a, e) || !jobs_selection(a, job, &s, e))
        return false;
    ok = quote_make(a, &s, terms->again, &q, e);
    if (ok) {
        ok = jobs_buy(a, job, terms, &s, &q, out, e);
        quote_free(&q);
    }
    selection_free(&s);
    return ok;
}
