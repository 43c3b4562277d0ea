// One charging call's life inside an enrich run: records picked, intent written, sent, answered,
// settled. Floor: flow.
#ifndef LODE_FLOW_BATCH_H
#define LODE_FLOW_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/enrich.h"
#include "flow/app.h"
#include "flow/selection.h"
#include "store/ledger.h"

enum { BATCH_MAX = 25 };

struct batch {
    struct job job; // to the pool and back
    struct app *app;
    const struct entity *entity;
    const char *ids[BATCH_MAX]; // the selection's
    size_t rows[BATCH_MAX];     // their places in the selection
    size_t n;
    long long reserved; // credits it may cost
    char *fields_key;   // asked for; owned
    int64_t charge;
    struct net_request *request;

    // Once it is settled:
    enum charge_state state;
    struct err err; // why it is not CHARGE_CHARGED
    struct enrich_answer answer;
    long long credits, records;
    struct str refused_fields; // those the account may not buy, where that was the reason
};

struct batch *batch_new(struct app *a, const struct entity *entity);
void batch_free(struct batch *b);
void batch_add(struct batch *b, const char *id, size_t row, long long credits);
// Writes the intents of all batches, durable before anything is sent.
bool batch_intend(struct app *a, struct batch *const *batches, size_t n, struct err *e);
// Gives the batch's request to the network; it comes back on reply with the batch as its context.
void batch_send(struct batch *b, const struct selection *s, struct queue *reply);
// Job of a worker: reads the answer and settles the charge. b->job goes to its reply queue.
void batch_settle(struct job *job);

#endif
