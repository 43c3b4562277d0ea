// One charging call's life inside an enrich run. Floor: flow.
#include "flow/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "base/mem.h"
#include "flow/reconcile.h"
#include "flow/suppress.h"

// Job of a worker.
static void read_answer(struct job *job);

struct batch *batch_new(struct app *a, const struct entity *entity, struct queue *reply)
{
    struct batch *b = mem_zalloc(sizeof(*b));

    b->app = a;
    b->entity = entity;
    b->operation = str_format("POST %s", entity->enrich.path);
    b->charge.task.job = (struct job){.run = read_answer, .reply = reply};
    return b;
}

void batch_forget_request(struct batch *b)
{
    if (b->request)
        net_request_free(b->request);
    b->request = NULL;
}

void batch_free(struct batch *b)
{
    batch_forget_request(b);
    enrich_answer_free(&b->answer);
    str_free(&b->refused_fields);
    free(b->meters);
    free(b->meters_before);
    free(b->why);
    free(b->fields_key);
    free(b->operation);
    free(b);
}

void batch_add(struct batch *b, struct enrich_input input, size_t row, enum standing standing,
               long long credits)
{
    b->standings[standing]++;
    b->ids[b->n] = input.id;
    b->inputs[b->n] = input;
    b->rows[b->n++] = row;
    b->reserved += credits;
}

struct batch *batch_again(const struct batch *b, struct queue *reply)
{
    struct batch *again = batch_new(b->app, b->entity, reply);

    for (size_t i = 0; i < b->n; i++)
        batch_add(again, b->inputs[i], b->rows[i], STANDING_NEW, 0);
    memcpy(again->lines, b->lines, sizeof(again->lines));
    memcpy(again->standings, b->standings, sizeof(again->standings));
    again->reserved = b->reserved;
    again->least = b->least;
    again->job = b->job;
    again->origin = b->origin;
    return again;
}

struct batch *batch_of(struct job *job)
{
    return job->run == read_answer ? (struct batch *)job : ((struct net_request *)job)->context;
}

// What remains by the account's meters, for the ledger; NULL where they are not known.
static char *meters_json(const struct usage *u)
{
    struct str out = {0};

    for (size_t i = 0; i < METERS; i++) {
        if (u->meters[i].known && u->meters[i].remaining >= 0)
            str_addf(&out, "%c\"%s\":%lld", out.len ? ',' : '{', meter_defs()[i].name,
                     u->meters[i].remaining);
    }
    if (out.len)
        str_add_char(&out, '}');
    return out.len ? str_take(&out) : NULL;
}

// "lines 2-9, 12".
static void add_lines(const struct batch *b, struct str *out)
{
    for (size_t i = 0, to; i < b->n && b->lines[i]; i = to + 1) {
        for (to = i; to + 1 < b->n && b->lines[to + 1] == b->lines[to] + 1; to++)
            ;
        str_addf(out, "%s%zu", i ? ", " : b->n == 1 ? "; line " : "; lines ", b->lines[i]);
        if (to > i)
            str_addf(out, "-%zu", b->lines[to]);
    }
}

// "21 new, 4 unsure".
static char *why(const struct batch *b)
{
    struct str out = {0};

    for (size_t i = 0; i < STANDINGS; i++) {
        if (b->standings[i])
            str_addf(&out, "%s%zu %s", out.len ? ", " : "", b->standings[i],
                     standing_defs()[i].name);
    }
    add_lines(b, &out);
    return str_take(&out);
}

void batch_wait(struct batch *b, struct cancel *until)
{
    b->stage = BATCH_WAITS;
    b->request = enrich_request(b->app->config.base_url, b->entity);
    b->request->job.reply = b->charge.task.job.reply;
    b->request->job.cancel = b->app->abort;
    b->request->until_turn = until;
    b->request->context = b;
    net_submit(b->app->net, b->request);
}

void batch_decline(struct batch *b)
{
    b->stage = BATCH_DECLINED;
    net_decline(b->app->net, b->request);
}

void batch_intend(struct batch *b)
{
    b->stage = BATCH_INTENDED;
    b->why = why(b);
    b->before = b->app->usage;
    b->meters_before = meters_json(&b->before);
    b->charge.charge = (struct charge){
        .entity = b->entity->name,
        .operation = b->operation,
        .base_url = b->app->config.source,
        .records = b->ids,
        .n_records = b->n,
        .quoted_max = b->reserved,
        .job = b->job,
        .origin = b->origin,
        .who = b->app->config.user,
        .profile = b->app->config.profile,
        .why = b->why,
        .quoted_min = b->least,
    };
    store_charge_begin(b->app->store, &b->charge);
}

void batch_send(struct batch *b, const struct selection *s)
{
    b->stage = BATCH_SENT;
    b->given_ms = clock_utc_ms(&b->app->clock);
    b->fields_key = mem_strdup(s->fields_key);
    enrich_ask(b->request, b->entity, b->inputs, b->n,
               &(struct enrich_fields){s->fields, s->n_fields, s->required, s->n_required});
    net_submit(b->app->net, b->request);
}

// What the failure of a call means for its charge.
static enum charge_state state_after(const struct net_request *r, const struct err *e)
{
    if (e->kind == ERR_IN_DOUBT)
        return CHARGE_IN_DOUBT;
    return r->status ? CHARGE_REJECTED : CHARGE_RELEASED;
}

static void describe(struct batch *b)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct enriched *row = &b->answer.rows[i];

        b->bought[i] = (struct bought){
            .id = row->id,
            .input = b->inputs[i].match ? b->ids[i] : NULL,
            .match_status = row->status_name,
            .raw = row->raw,
            .fields = b->fields_key,
            .found = row->status == match_status_withheld() || (row->status->found && row->raw),
            .gone = row->status->gone,
            .withheld_by = row->withheld_by,
        };
        b->records += b->bought[i].found ? b->entity->charging.records_matched : 0;
    }
}

// Says that what came all the same is kept; the ledger's reason and the person's sentence.
static void note_answer(struct batch *b)
{
    char text[ERR_TEXT_MAX];

    if (b->state != CHARGE_IN_DOUBT || !b->request->answer.len)
        return;
    (void)snprintf(text, sizeof(text), "%.600s; what came is kept with charge %lld", b->err.text,
                   (long long)b->charge.charge.id);
    (void)snprintf(b->err.text, sizeof(b->err.text), "%s", text);
}

// By what was used, where the server says that: what remains rises where credits are added.
static long long meter_moved(const struct meter *before, const struct meter *after)
{
    long long moved = -1;

    if (!before->known || !after->known)
        return -1;
    if (before->used >= 0 && after->used >= 0)
        moved = after->used - before->used;
    else if (before->remaining >= 0 && after->remaining >= 0)
        moved = before->remaining - after->remaining;
    return moved < 0 ? -1 : moved;
}

static struct meters_moved moved(const struct usage *before, const struct usage *after)
{
    const struct meter *b = before->meters, *a = after->meters;

    return (struct meters_moved){meter_moved(&b[METER_CREDITS], &a[METER_CREDITS]),
                                 meter_moved(&b[METER_RECORDS], &a[METER_RECORDS]),
                                 meters_used(before).credits};
}

// Answers come in any order: the one that was told last counts for all. false: b does not tell.
static bool hear(struct stretch *s, const struct batch *b)
{
    struct meters_moved now = moved(&s->before, &b->told);

    if (now.credits < 0 || now.records < 0)
        return false;
    s->moved.used_before = now.used_before;
    if (now.credits > s->moved.credits)
        s->moved.credits = now.credits;
    if (now.records > s->moved.records)
        s->moved.records = now.records;
    return true;
}

static void read_answer(struct job *job)
{
    struct batch *b = (struct batch *)job;

    answer_meters(b->request, &b->told);
    b->meters = meters_json(&b->told);
    if (enrich_decode(b->request, b->entity, b->inputs, b->n, &b->answer, &b->err)) {
        b->state = CHARGE_CHARGED;
        suppress_answer(b->app, b->entity, &b->answer);
        describe(b);
    } else {
        b->state = state_after(b->request, &b->err);
        note_answer(b);
        answer_refused_fields(b->request, &b->refused_fields);
    }
}

void batch_read(struct batch *b)
{
    b->stage = BATCH_ANSWERED;
    app_work(b->app, &b->charge.task.job);
}

void batch_release(struct batch *b)
{
    struct stretch untold = {0};

    b->state = CHARGE_RELEASED;
    batch_settle(b, &untold);
}

// When the request left, UTC; 0: it did not. The clocks' milliseconds begin at different times.
static int64_t sent_ms(const struct batch *b)
{
    const struct clock *clock = &b->app->clock;
    int64_t ms;

    if (!b->request->sendings)
        return 0;
    ms = clock_utc_ms(clock) - (clock_boot_ms(clock) - b->request->began_ms);
    return ms > b->given_ms ? ms : b->given_ms;
}

void batch_settle(struct batch *b, struct stretch *together)
{
    bool charged = b->state == CHARGE_CHARGED, told = together && hear(together, b);

    if (!together)
        b->moved = moved(&b->before, &b->told);
    b->stage = BATCH_SETTLED;
    b->charge.how = (struct settlement){
        .state = b->state,
        .http = b->request->status,
        .request_id = answer_request_id(b->request),
        .reason = charged ? NULL : b->err.text,
        .credits = charged ? -1 : 0,
        .records = b->records,
        .requests = charged ? b->entity->charging.requests_call : 0,
        .meters = b->meters,
        .meters_before = together ? NULL : b->meters_before,
        .moved = together ? NULL : &b->moved,
        .first = told ? together->first : 0,
        .together = told ? together->moved : (struct meters_moved){0},
        .sent_ms = sent_ms(b),
        .bought = b->bought,
        .n_bought = charged ? b->n : 0,
        .came = &b->request->answer,
    };
    store_charge_end(b->app->store, &b->charge);
}
