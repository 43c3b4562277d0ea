// Buying: a selection to enriched records, in batches, through ledger and budget. Floor: flow.
#include "flow/enrich.h"

#include <stdlib.h>

#include "api/answer.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/batch.h"
#include "flow/budget.h"
#include "flow/lists.h"
#include "job/queue.h"

enum {
    WINDOW = 48,    // calls under way at once
    HANDY_MAX = 64, // answers kept until their records are handed out; more are read back
    CHUNK = 200     // records handed out at once
};

// Where a record of the selection is on its way.
enum place {
    PLACE_WAITING,
    PLACE_SENT,
    // It is known what became of it:
    PLACE_HAS,     // in the library
    PLACE_HANDY,   // there too, and its answer is still here
    PLACE_NOTHING, // answered without a record
    PLACE_OUT
};

struct record {
    enum place place;
    struct batch *batch;               // of HANDY
    size_t row;                        // its place there
    const struct match_status *status; // of NOTHING
};

struct run {
    struct app *app;
    const struct enrich_order *order;
    struct selection *s;
    struct enrich_summary *sum;
    struct budget budget;
    struct queue *back; // requests from the network, batches from the workers
    struct record *records;
    size_t planned;       // records before this one have been looked at
    size_t shown;         // records before this one have been handed out
    int under_way, handy; // batches
    bool stopped;         // no more calls: *err says why
    bool output_lost;     // row() failed
    struct err err;
};

static void stop(struct run *run, const struct err *why)
{
    if (!run->stopped)
        run->err = *why;
    run->stopped = true;
}

// What becomes of records that are never sent.
static void leave(struct run *run, size_t i, enum standing standing)
{
    run->records[i].place = standing == STANDING_HELD ? PLACE_HAS : PLACE_OUT;
    if (standing == STANDING_HELD)
        run->sum->from_library++;
    else if (standing == STANDING_IN_DOUBT)
        run->sum->doubtful++;
    else
        run->sum->skipped++;
}

static bool is_sent(const struct run *run, enum standing standing)
{
    return standing == STANDING_NEW || standing == STANDING_OWNED ||
           (standing == STANDING_IN_DOUBT && run->order->again);
}

static long long price(const struct run *run, enum standing standing)
{
    return standing == STANDING_OWNED ? 0 : run->s->entity->charging.credits_new;
}

enum pick { PICK_TAKEN, PICK_PASSED, PICK_WAIT };

// Puts record i into b where the budget allows. PICK_WAIT: it may, once calls under way have ended.
static enum pick pick(struct run *run, struct batch *b, size_t i)
{
    enum standing standing = run->order->quoted->standings[i];
    long long credits = price(run, standing);

    if (!is_sent(run, standing)) {
        leave(run, i, standing);
        return PICK_PASSED;
    }
    if (credits && !budget_reserve(&run->budget, credits)) {
        if (budget_hope(&run->budget) >= credits && (run->under_way > 0 || b->n > 0))
            return PICK_WAIT;
        run->records[i].place = PLACE_OUT;
        run->sum->left++;
        return PICK_PASSED;
    }
    batch_add(b, run->s->ids[i], i, credits);
    run->records[i].place = PLACE_SENT;
    return PICK_TAKEN;
}

// The next batch, or NULL where there is none now.
static struct batch *pick_batch(struct run *run)
{
    struct batch *b = batch_new(run->app, run->s->entity, run->back);

    while (run->planned < run->s->n && b->n < (size_t)run->s->entity->enrich.batch) {
        if (pick(run, b, run->planned) == PICK_WAIT)
            break;
        run->planned++;
    }
    if (b->n)
        return b;
    batch_free(b);
    return NULL;
}

static void begin(struct run *run, struct batch *b)
{
    run->under_way++;
    batch_intend(b);
}

static void plan(struct run *run)
{
    struct err e;

    if (cancel_fired(run->app->cancel)) {
        (void)err_set(&e, ERR_CANCELLED, "stopped on request");
        stop(run, &e);
    }
    while (!run->stopped && run->under_way < WINDOW) {
        struct batch *b = pick_batch(run);

        if (!b)
            break;
        begin(run, b);
    }
}

// The batch goes once all its records have been handed out.
static void let_go(struct run *run, struct batch *b)
{
    if (--b->n_handy > 0)
        return;
    run->handy--;
    batch_free(b);
}

// What came is handed out from here, but for what had to wait too long.
static void keep_handy(struct run *run, struct batch *b)
{
    bool keep = run->handy < HANDY_MAX;

    for (size_t i = 0; i < b->n; i++) {
        struct record *record = &run->records[b->rows[i]];

        *record = (struct record){.batch = b, .row = i, .status = b->answer.rows[i].status};
        if (!b->answer.rows[i].raw)
            record->place = PLACE_NOTHING;
        else
            record->place = keep ? PLACE_HANDY : PLACE_HAS;
        b->n_handy += record->place == PLACE_HANDY;
    }
    if (b->n_handy) {
        run->handy++;
        batch_forget_request(b);
    } else {
        batch_free(b);
    }
}

// Answers come in any order, and what is left only falls: a late one must not raise it again.
static void take_meters(struct run *run, const struct batch *b)
{
    struct usage said = run->app->usage;

    answer_meters(b->request, &said);
    for (size_t i = 0; i < METERS; i++) {
        struct meter *m = &run->app->usage.meters[i];

        if (!m->known || m->remaining < 0 || said.meters[i].remaining < m->remaining)
            *m = said.meters[i];
    }
}

static void count_answers(struct run *run, const struct batch *b)
{
    long long credits = b->charge.credits;

    for (size_t i = 0; i < b->n; i++) {
        run->sum->not_found += !b->answer.rows[i].raw;
        run->sum->refreshed += b->answer.rows[i].raw != NULL;
    }
    run->sum->bought += (size_t)credits;
    run->sum->refreshed -= (size_t)credits;
    run->sum->credits += credits;
    run->sum->records += b->records;
    run->sum->requests += b->entity->charging.requests_call;
    take_meters(run, b);
}

// The refused fields go once; the same records are sent again without them.
static bool repeat_without_fields(struct run *run, struct batch *b)
{
    struct batch *again;

    if (b->state != CHARGE_REJECTED || !b->refused_fields.len)
        return false;
    if (selection_drop_fields(run->s, str_text(&b->refused_fields))) {
        char *operation = str_format("%s/enrich", run->s->entity->name);

        lists_refused(run->app, operation, str_text(&b->refused_fields));
        free(operation);
        app_say(run->app, "Going on without fields this account may not buy: %s.",
                str_text(&b->refused_fields));
    } else if (str_eq(b->fields_key, run->s->fields_key)) {
        return false;
    }
    if (run->s->n_fields == 0 || run->stopped)
        return false;
    again = batch_new(run->app, run->s->entity, run->back);
    for (size_t i = 0; i < b->n; i++)
        batch_add(again, b->ids[i], b->rows[i], 0);
    again->reserved = b->reserved;
    begin(run, again);
    return true;
}

static void fail(struct run *run, const struct batch *b)
{
    bool doubt = b->state == CHARGE_IN_DOUBT;

    for (size_t i = 0; i < b->n; i++)
        run->records[b->rows[i]].place = PLACE_OUT;
    if (doubt) {
        run->sum->doubtful += b->n;
        budget_doubt(&run->budget, b->reserved);
    } else {
        run->sum->unsent += b->n;
        budget_settle(&run->budget, b->reserved, 0);
    }
    stop(run, &b->err);
}

static void sent_or_not(struct run *run, struct batch *b)
{
    if (!b->charge.task.ok) {
        b->err = b->charge.task.err;
        (void)err_prefix(&b->err,
                         "nothing was sent, because the ledger could not be written first");
        run->under_way--;
        fail(run, b);
        batch_free(b);
    } else if (run->stopped) {
        batch_release(b, &run->err);
    } else {
        batch_send(b, run->s);
    }
}

static void read(struct run *run, struct batch *b)
{
    (void)run;
    batch_read(b);
}

static void settle(struct run *run, struct batch *b)
{
    (void)run;
    batch_settle(b);
}

// What was answered but cannot be written down stays an open intent: in doubt at the next start.
static void finish(struct run *run, struct batch *b)
{
    run->under_way--;
    if (!b->charge.task.ok) {
        b->err = b->charge.task.err;
        b->state = CHARGE_IN_DOUBT;
    }
    if (b->state == CHARGE_CHARGED) {
        budget_settle(&run->budget, b->reserved, b->charge.credits);
        count_answers(run, b);
        keep_handy(run, b);
        return;
    }
    if (!repeat_without_fields(run, b))
        fail(run, b);
    batch_free(b);
}

// A batch's next step, once it is back from the last one.
static void take_back(struct run *run)
{
    static void (*const steps[BATCH_STAGES])(struct run * run, struct batch * b) = {
        [BATCH_INTENDED] = sent_or_not,
        [BATCH_SENT] = read,
        [BATCH_ANSWERED] = settle,
        [BATCH_SETTLED] = finish,
    };
    struct batch *b = batch_of(queue_wait(run->back, -1));

    steps[b->stage](run, b);
}

// Records that are settled and not yet shown, from the first on.
static size_t ready(const struct run *run)
{
    size_t n = run->shown;

    while (n < run->planned && n < run->shown + CHUNK && run->records[n].place >= PLACE_HAS)
        n++;
    return n - run->shown;
}

struct output {
    struct run *run;
    size_t end;
};

static bool hand_out(struct run *run, const struct enriched_row *row)
{
    if (run->output_lost || run->order->row(run->order->self, row, &run->err))
        return !run->output_lost;
    run->output_lost = run->stopped = true;
    return false;
}

static void show_nothing(struct run *run, const struct record *record)
{
    struct enriched_row row = {.id = run->s->ids[run->shown],
                               .status = record->status->name,
                               .source = run->app->config.source};

    (void)hand_out(run, &row);
}

static void show_handy(struct run *run, const struct record *record)
{
    const struct batch *b = record->batch;
    const struct enriched *answer = &b->answer.rows[record->row];
    struct enriched_row row = {run->s->ids[run->shown], answer->raw,        answer->status_name,
                               run->app->config.source, b->charge.ended_ms, b->fields_key};

    run->sum->given += hand_out(run, &row);
    let_go(run, record->batch);
}

// Shows records up to the next one that only the library has.
static void show_others(struct run *run, size_t end)
{
    for (; run->shown < end && run->records[run->shown].place != PLACE_HAS; run->shown++) {
        const struct record *record = &run->records[run->shown];

        if (record->place == PLACE_HANDY)
            show_handy(run, record);
        else if (record->place == PLACE_NOTHING)
            show_nothing(run, record);
    }
}

static bool show_owned(void *self, const struct owned_row *o)
{
    struct output *out = self;
    struct enriched_row row = {o->id, o->raw, o->match_status, o->source, o->fetched_ms, o->fields};

    show_others(out->run, out->end);
    out->run->sum->given += hand_out(out->run, &row);
    out->run->shown++;
    return true;
}

static void show(struct run *run, size_t n)
{
    const char *ids[CHUNK];
    struct output out = {run, run->shown + n};
    size_t has = 0;
    struct err e;

    for (size_t i = run->shown; i < out.end; i++) {
        if (run->records[i].place == PLACE_HAS)
            ids[has++] = run->s->ids[i];
    }
    if (has &&
        !store_owned_each(run->app->store, run->s->entity->name, ids, has, show_owned, &out, &e))
        stop(run, &e);
    // A record that the library did not give is passed over.
    while (run->shown < out.end) {
        show_others(run, out.end);
        run->shown += run->shown < out.end;
    }
}

static void show_ready(struct run *run, bool all)
{
    size_t n;

    while ((n = ready(run)) > 0 && (all || n == CHUNK))
        show(run, n);
}

// How many records it is known of what has become of them.
static void tell_progress(const struct run *run)
{
    const struct enrich_summary *s = run->sum;
    size_t known = s->from_library + s->bought + s->refreshed + s->not_found + s->left + s->unsent +
                   s->doubtful + s->skipped;

    app_step(run->app, run->s->entity->plural, (long long)known, (long long)run->s->n);
}

static void work(struct run *run)
{
    for (;;) {
        plan(run);
        tell_progress(run);
        if (run->under_way == 0)
            break;
        take_back(run);
        show_ready(run, false);
    }
    for (; run->planned < run->s->n; run->planned++) {
        enum standing standing = run->order->quoted->standings[run->planned];

        if (is_sent(run, standing)) {
            run->records[run->planned].place = PLACE_OUT;
            run->sum->unsent++;
        } else {
            leave(run, run->planned, standing);
        }
    }
    tell_progress(run);
    show_ready(run, true);
}

// What was in doubt and has been sent again with success is in doubt no more.
static void reconcile(struct run *run)
{
    long long ended = 0;
    struct err e;

    if (!run->order->again)
        return;
    if (!store_reconcile_answered(run->app->store, &ended, &e))
        stop(run, &e);
    else if (ended)
        app_say(run->app, "%lld calls are in doubt no more: all their records were answered.",
                ended);
}

bool enrich_run(struct app *a, const struct enrich_order *order, struct enrich_summary *out,
                struct err *e)
{
    struct run run = {.app = a, .order = order, .s = order->selection, .sum = out};

    *out = (struct enrich_summary){0};
    run.records = mem_array(run.s->n, sizeof(*run.records));
    run.back = queue_open();
    budget_init(&run.budget, order->max_credits);
    work(&run);
    reconcile(&run);
    budget_destroy(&run.budget);
    queue_close(run.back);
    free(run.records);
    if (run.stopped)
        *e = run.err;
    return !run.stopped;
}
