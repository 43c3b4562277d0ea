// Buying: a selection to enriched records, in batches, through ledger and budget. Floor: flow.
#include "flow/enrich.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/enrich_inside.h"
#include "flow/lists.h"
#include "flow/reconcile.h"

enum { WINDOW = 96 }; // batches under way at once, those too that wait for their turn

static void stop(struct run *run, const struct err *why)
{
    if (!run->stopped)
        run->err = *why;
    run->stopped = true;
    cancel_fire(run->until_turn);
}

static void begin(struct run *run, struct batch *b)
{
    run->under_way++;
    batch_wait(b, run->until_turn);
}

static bool may_go_on(struct run *run)
{
    struct err e;

    if (cancel_fired(run->app->cancel)) {
        (void)err_set(&e, ERR_CANCELLED, "stopped on request");
        stop(run, &e);
    }
    return !run->stopped;
}

// Compares the meter with what was charged, where that is due and nothing is under way. False: not
// yet, or never again.
static bool is_fitting(struct run *run)
{
    bool fits;
    struct err e;

    if (drift_lets(&run->seen->drift, (size_t)run->under_way))
        return true;
    if (run->under_way > 0)
        return false;
    if (!drift_look(&run->seen->drift, run->seen->credits, run->seen->in_doubt,
                    run->seen->remaining, &fits, &e))
        stop(run, &e);
    run->seen->credits = run->seen->in_doubt = 0;
    return !run->stopped;
}

static void ask_job(struct run *run)
{
    struct err e;

    if (run->order->go_on && !run->stopped && !run->order->go_on(run->order->job_self, &e))
        stop(run, &e);
}

// What is fetched again for none is tried with one call: whether the account owns it is seen at
// that. A watched run begins with one anyway.
static bool is_tried(const struct run *run)
{
    return run->tried || run->order->watch || run->under_way == 0 ||
           run->order->quoted->quote.count[STANDING_OWNED] == 0;
}

static void plan(struct run *run)
{
    ask_job(run);
    while (may_go_on(run) && is_fitting(run) && is_tried(run) && run->under_way < WINDOW) {
        struct batch *b = pick_batch(run);

        if (!b)
            break;
        begin(run, b);
    }
}

// Answers come in any order, and what is left only falls: a late one must not raise it again.
static void take_meters(struct run *run, const struct batch *b)
{
    struct usage said = run->app->usage, told = {0};

    answer_meters(b->request, &said);
    answer_meters(b->request, &told);
    for (size_t i = 0; i < METERS; i++) {
        struct meter *m = &run->app->usage.meters[i];

        if (!m->known || m->remaining < 0 || said.meters[i].remaining < m->remaining)
            *m = said.meters[i];
    }
    run->untold |= !told.meters[METER_CREDITS].known || !told.meters[METER_RECORDS].known;
    if (told.meters[METER_CREDITS].known)
        run->seen->remaining = run->app->usage.meters[METER_CREDITS].remaining;
}

// More calls would only cost requests.
static void stop_at_limit(struct run *run)
{
    size_t n = run->sum->by_status[match_status_place(match_status_find("LIMIT_EXCEEDED", false))];
    char text[COUNT_MAX];
    struct err e;

    if (!n || run->stopped)
        return;
    (void)err_set(&e, ERR_OUT_OF_CREDITS,
                  "a limit of the account is used up: %s record%s came back as LIMIT_EXCEEDED, not "
                  "charged; what was bought before is kept, and lode usage shows the limits",
                  count_text((long long)n, text), n == 1 ? "" : "s");
    stop(run, &e);
}

// The account did not own what the library took for owned.
static void stop_at_surprise(struct run *run, const struct batch *b)
{
    char charged[COUNT_MAX], most[COUNT_MAX];
    struct err e;

    if (b->charge.credits <= b->reserved || run->stopped)
        return;
    (void)err_set(&e, ERR_REFUSED,
                  "by its meter the account charged %s credits for a call that was quoted at most "
                  "%s: it does not own all that Lode takes for owned; nothing more was sent, what "
                  "came is kept; look at lode ledger, and quote again",
                  count_text(b->charge.credits, charged), count_text(b->reserved, most));
    stop(run, &e);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

// Each record that came counts once. Of what was charged those take their share first that were not
// known as owned; what is left is of those withheld, or of what was owned after all.
static void count_came(struct run *run, const struct batch *b)
{
    size_t came = 0, fresh = 0, withheld = 0, charged = (size_t)b->charge.credits, bought;

    for (size_t i = 0; i < b->n; i++) {
        const struct enriched *row = &b->answer.rows[i];
        bool owned = run->order->quoted->standings[b->rows[i]] == STANDING_OWNED;

        came += row->raw != NULL;
        fresh += row->raw && !owned;
        withheld += row->status == match_status_withheld() && !owned;
        if (!row->raw)
            count_unfound(run, row->status);
    }
    bought = smaller(charged, fresh);
    charged -= bought;
    charged -= smaller(charged, withheld);
    bought += smaller(charged, came - fresh);
    run->sum->bought += bought;
    run->sum->refreshed += came - bought;
}

static void count_answers(struct run *run, const struct batch *b)
{
    long long credits = b->charge.credits;

    count_came(run, b);
    stop_at_limit(run);
    stop_at_surprise(run, b);
    run->sum->credits += credits;
    run->seen->credits += credits;
    drift_call(&run->seen->drift);
    run->sum->records += b->records;
    run->sum->requests += b->entity->charging.requests_call;
    take_meters(run, b);
}

// The refused fields go once; the same records are sent again without them.
static bool repeat_without_fields(struct run *run, struct batch *b)
{
    // Without what is required others would be charged than was meant.
    if (b->state != CHARGE_REJECTED || !b->refused_fields.len ||
        selection_requires(run->s, str_text(&b->refused_fields)))
        return false;
    if (selection_drop_fields(run->s, str_text(&b->refused_fields))) {
        char *operation = str_format("%s/enrich", run->s->entity->name);

        lists_refused(run->app, operation, str_text(&b->refused_fields));
        free(operation);
        (void)snprintf(run->sum->refused, sizeof(run->sum->refused), "%s",
                       str_text(&b->refused_fields));
        app_say(run->app, "Going on without fields this account may not buy: %s.",
                str_text(&b->refused_fields));
    } else if (str_eq(b->fields_key, run->s->fields_key)) {
        return false;
    }
    if (!selection_brings(run->s) || run->stopped)
        return false;
    begin(run, batch_again(b, run->back));
    return true;
}

// Remembered, so that no later run sends the same; in plain words.
static void explain_required(struct run *run, struct batch *b)
{
    const char *names = str_text(&b->refused_fields);
    char *operation;

    if (b->state != CHARGE_REJECTED || !b->refused_fields.len || !selection_requires(run->s, names))
        return;
    operation = str_format("%s/enrich", run->s->entity->name);
    lists_refused(run->app, operation, names);
    free(operation);
    (void)err_set(&b->err, ERR_FORBIDDEN,
                  "this account may not buy what is required: %.300s; nothing was charged, and it "
                  "is not asked for again for a week",
                  names);
}

static void fail(struct run *run, const struct batch *b)
{
    bool doubt = b->state == CHARGE_IN_DOUBT;

    for (size_t i = 0; i < b->n; i++)
        outcome_out(&run->outcome, b->rows[i]);
    if (doubt) {
        run->sum->doubtful += b->n;
        run->seen->in_doubt += b->reserved;
        budget_doubt(&run->budget, b->reserved);
    } else {
        run->sum->unsent += b->n;
        budget_settle(&run->budget, b->reserved, 0);
    }
    stop(run, &b->err);
}

// Not sent, and nothing of it is in the ledger.
static void drop(struct run *run, struct batch *b)
{
    run->under_way--;
    fail(run, b);
    batch_free(b);
}

static void called_up(struct run *run, struct batch *b)
{
    bool may = may_go_on(run);

    b->err = may ? b->request->err : run->err;
    if (!b->request->at_turn) {
        drop(run, b);
        return;
    }
    b->alone = run->called++ == 0;
    if (b->alone)
        run->stretch = (struct stretch){.before = run->app->usage};
    b->turn = ++run->turns;
    if (may)
        batch_intend(b);
    else
        batch_decline(b);
}

static void sent_or_not(struct run *run, struct batch *b)
{
    b->intended = b->charge.task.ok;
    if (b->intended && !run->stretch.first)
        run->stretch.first = b->charge.charge.id;
    if (b->intended && may_go_on(run)) {
        batch_send(b, run->s);
        return;
    }
    b->err = b->intended ? run->err : b->charge.task.err;
    if (!b->intended)
        (void)err_prefix(&b->err,
                         "nothing was sent, because the ledger could not be written first");
    batch_decline(b);
}

static void declined(struct run *run, struct batch *b)
{
    if (b->intended) {
        batch_release(b);
        return;
    }
    run->called--;
    drop(run, b);
}

static void read(struct run *run, struct batch *b)
{
    (void)run;
    batch_read(b);
}

static void settle(struct run *run, struct batch *b)
{
    bool alone = b->alone && b->turn == run->turns;

    batch_settle(b, alone ? NULL : &run->stretch);
}

// What was answered but cannot be written down stays an open intent: in doubt at the next start.
static void finish(struct run *run, struct batch *b)
{
    run->under_way--;
    run->called--;
    run->tried = true;
    if (!b->charge.task.ok) {
        b->err = b->charge.task.err;
        b->state = CHARGE_IN_DOUBT;
    }
    if (b->state == CHARGE_CHARGED) {
        budget_settle(&run->budget, b->reserved, b->charge.credits);
        count_answers(run, b);
        outcome_answered(&run->outcome, b);
        return;
    }
    if (!repeat_without_fields(run, b)) {
        explain_required(run, b);
        fail(run, b);
    }
    batch_free(b);
}

// A batch's next step, once it is back from the last one.
static void take_back(struct run *run)
{
    static void (*const steps[BATCH_STAGES])(struct run * run, struct batch * b) = {
        [BATCH_WAITS] = called_up, [BATCH_DECLINED] = declined, [BATCH_INTENDED] = sent_or_not,
        [BATCH_SENT] = read,       [BATCH_ANSWERED] = settle,   [BATCH_SETTLED] = finish,
    };
    struct batch *b = batch_of(queue_wait(run->back, -1));

    steps[b->stage](run, b);
}

static void show(struct run *run, bool all)
{
    struct err e;

    if (!outcome_show(&run->outcome, run->planned, all, &e))
        stop(run, &e);
}

// How many records are done with; what the end left to another run is not.
static void tell_progress(const struct run *run)
{
    const struct enrich_summary *s = run->sum;
    size_t known = s->from_library + s->bought + s->refreshed + s->not_found + s->unserved +
                   s->doubtful + enrich_skipped(s);

    app_step(run->app, run->s->entity->plural, (long long)known, (long long)run->order->n);
}

static void work(struct run *run)
{
    for (;;) {
        plan(run);
        tell_progress(run);
        if (run->under_way == 0)
            break;
        take_back(run);
        show(run, false);
    }
    pick_none(run);
    tell_progress(run);
    show(run, true);
}

// What was in doubt and has been sent again with success is in doubt no more.
static void reconcile(struct run *run)
{
    struct meters_used now =
        run->untold ? (struct meters_used){-1, -1} : meters_used(&run->app->usage);
    struct err e;

    if (run->order->again && !reconcile_answered(run->app, now, &e))
        stop(run, &e);
}

static long long lower(long long a, long long b)
{
    if (a == CAP_NONE || b == CAP_NONE)
        return a == CAP_NONE ? b : a;
    return a < b ? a : b;
}

// What was spent before counts for the day and the job.
static bool open_budget(struct run *run, struct err *e)
{
    struct app *a = run->app;
    struct spent today, before = {0};

    if (!store_spent_since(a->store, purse_day(a->purse), &today, e) ||
        (run->order->job && !store_spent_by(a->store, run->order->job, &before, e)))
        return false;
    purse_load(a->purse, today.charged, today.in_doubt);
    if (!store_meters_mark(a->store, meters_used(&run->order->quoted->quote.before), e))
        return false;
    budget_init(&run->budget, a->purse,
                lower(run->order->max_credits, a->config.limits.most[CAP_JOB]), before.charged,
                before.in_doubt);
    return true;
}

size_t enrich_skipped(const struct enrich_summary *sum)
{
    size_t n = 0;

    for (size_t i = 0; i < STANDINGS; i++)
        n += sum->skipped[i];
    return n;
}

void enrich_add_up(struct enrich_summary *to, const struct enrich_summary *one)
{
    to->given += one->given;
    to->from_library += one->from_library;
    to->bought += one->bought;
    to->refreshed += one->refreshed;
    to->not_found += one->not_found;
    to->unserved += one->unserved;
    for (size_t i = 0; i < MATCH_STATUSES; i++)
        to->by_status[i] += one->by_status[i];
    to->left += one->left;
    to->unsent += one->unsent;
    to->doubtful += one->doubtful;
    for (size_t i = 0; i < STANDINGS; i++)
        to->skipped[i] += one->skipped[i];
    to->credits += one->credits;
    to->records += one->records;
    to->requests += one->requests;
    if (*one->refused)
        memcpy(to->refused, one->refused, sizeof(to->refused));
}

static void watch(struct enrich_watch *w, const struct quote *q)
{
    if (w->begun) {
        drift_more(&w->drift, q);
        return;
    }
    *w = (struct enrich_watch){.begun = true, .remaining = -1};
    drift_begin(&w->drift, q);
}

bool enrich_run(struct app *a, const struct enrich_order *order, struct enrich_summary *out,
                struct err *e)
{
    struct run run = {.app = a, .order = order, .s = order->selection, .sum = out};
    struct enrich_watch nobody = {0};

    run.seen = order->watch ? order->watch : &nobody;
    *out = (struct enrich_summary){.unsent = order->n};
    if (!open_budget(&run, e))
        return false;
    out->unsent = 0;
    if (!a->usage.meters[METER_CREDITS].known)
        a->usage = order->quoted->quote.before;
    if (order->watch)
        watch(order->watch, &order->quoted->quote);
    outcome_open(&run.outcome, a, order);
    run.back = queue_open();
    run.until_turn = cancel_new(a->cancel);
    work(&run);
    reconcile(&run);
    queue_close(run.back);
    cancel_unref(run.until_turn);
    out->given = run.outcome.given;
    outcome_close(&run.outcome);
    if (run.stopped)
        *e = run.err;
    return !run.stopped;
}
