// One charging call's life inside an enrich run. Floor: flow.
#include "flow/batch.h"

#include <stdio.h>
#include <stdlib.h>

#include "api/answer.h"
#include "base/mem.h"

struct batch *batch_new(struct app *a, const struct entity *entity)
{
    struct batch *b = mem_zalloc(sizeof(*b));

    b->app = a;
    b->entity = entity;
    b->job.run = batch_settle;
    return b;
}

void batch_free(struct batch *b)
{
    if (b->request)
        net_request_free(b->request);
    enrich_answer_free(&b->answer);
    str_free(&b->refused_fields);
    free(b->fields_key);
    free(b);
}

void batch_add(struct batch *b, const char *id, size_t row, long long credits)
{
    b->ids[b->n] = id;
    b->rows[b->n++] = row;
    b->reserved += credits;
}

bool batch_intend(struct app *a, struct batch *const *batches, size_t n, struct err *e)
{
    struct charge *charges = mem_array(n, sizeof(*charges));
    char *operation = str_format("POST %s", batches[0]->entity->enrich.path);
    bool ok;

    for (size_t i = 0; i < n; i++)
        charges[i] = (struct charge){
            .entity = batches[i]->entity->name,
            .operation = operation,
            .base_url = a->config.source,
            .records = batches[i]->ids,
            .n_records = batches[i]->n,
            .quoted_max = batches[i]->reserved,
        };
    ok = store_charge_intend(a->store, charges, n, e);
    for (size_t i = 0; ok && i < n; i++)
        batches[i]->charge = charges[i].id;
    free(operation);
    free(charges);
    return ok;
}

void batch_send(struct batch *b, const struct selection *s, struct queue *reply)
{
    b->fields_key = mem_strdup(s->fields_key);
    b->request =
        enrich_request(b->app->config.base_url, b->entity, b->ids, b->n, s->fields, s->n_fields);
    b->request->job.reply = reply;
    b->request->job.cancel = b->app->abort;
    b->request->context = b;
    b->job.reply = reply;
    net_submit(b->app->net, b->request);
}

// What the failure of a call means for its charge.
static enum charge_state state_after(const struct net_request *r, const struct err *e)
{
    if (e->kind == ERR_IN_DOUBT)
        return CHARGE_IN_DOUBT;
    return r->status ? CHARGE_REJECTED : CHARGE_RELEASED;
}

static void describe(const struct batch *b, struct bought *bought)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct enriched *row = &b->answer.rows[i];

        bought[i] = (struct bought){
            .id = b->ids[i],
            .match_status = row->status_name,
            .raw = row->raw,
            .fields = b->fields_key,
            .found = row->status->found && row->raw,
            .gone = row->status->gone,
        };
    }
}

static long long found_records(const struct batch *b, const struct bought *bought)
{
    long long n = 0;

    for (size_t i = 0; i < b->n; i++)
        n += bought[i].found ? b->entity->charging.records_matched : 0;
    return n;
}

// What the account's meters said with the answer, for the ledger.
static char *meters_json(const struct net_request *r)
{
    struct usage u = {0};
    struct str out = {0};

    answer_meters(r, &u);
    for (size_t i = 0; i < METERS; i++) {
        if (u.meters[i].known)
            str_addf(&out, "%c\"%s\":%lld", out.len ? ',' : '{', meter_defs()[i].name,
                     u.meters[i].remaining);
    }
    if (out.len)
        str_add_char(&out, '}');
    return out.len ? str_take(&out) : NULL;
}

// Says that what came all the same is kept; the ledger's reason and the person's sentence.
static void note_answer(struct batch *b, struct settlement *how)
{
    char text[ERR_TEXT_MAX];

    if (b->state != CHARGE_IN_DOUBT || !b->request->answer.len)
        return;
    how->came = &b->request->answer;
    (void)snprintf(text, sizeof(text), "%.600s; what came is kept with charge %lld", b->err.text,
                   (long long)b->charge);
    (void)snprintf(b->err.text, sizeof(b->err.text), "%s", text);
}

void batch_settle(struct job *job)
{
    struct batch *b = (struct batch *)job;
    struct net_request *r = b->request;
    struct bought bought[BATCH_MAX];
    struct settlement how = {.http = r->status, .request_id = answer_request_id(r)};
    char *meters = meters_json(r);
    struct err failed;

    if (enrich_decode(r, b->entity, b->ids, b->n, &b->answer, &b->err)) {
        b->state = CHARGE_CHARGED;
        describe(b, bought);
        how.bought = bought;
        how.n_bought = b->n;
        how.credits = -1;
        how.records = b->records = found_records(b, bought);
    } else {
        b->state = state_after(r, &b->err);
        note_answer(b, &how);
        how.reason = b->err.text;
        answer_refused_fields(r, &b->refused_fields);
    }
    how.state = b->state;
    how.requests = b->state == CHARGE_CHARGED ? b->entity->charging.requests_call : 0;
    how.meters = meters;
    // What was answered but cannot be written down stays an open intent: in doubt at the next
    // start.
    if (!store_charge_settle(b->app->store, b->charge, &how, &b->credits, &failed)) {
        b->err = failed;
        b->state = CHARGE_IN_DOUBT;
    }
    free(meters);
}
