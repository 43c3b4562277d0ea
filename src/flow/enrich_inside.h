// A purchase under way, for enrich.c and enrich_pick.c alone. One owner. Floor: flow.
#ifndef LODE_FLOW_ENRICH_INSIDE_H
#define LODE_FLOW_ENRICH_INSIDE_H

#include "flow/batch.h"
#include "flow/budget.h"
#include "flow/enrich.h"
#include "flow/outcome.h"
#include "job/cancel.h"
#include "job/queue.h"

struct run {
    struct app *app;
    const struct enrich_order *order;
    struct selection *s;
    struct enrich_summary *sum;
    struct budget budget;
    struct enrich_watch *seen;
    struct queue *back;        // batches and their requests
    struct cancel *until_turn; // fired: what waits for its turn is not sent
    struct outcome outcome;
    size_t planned; // records before this one have been looked at
    int under_way;  // batches, those too that wait for their turn
    int called;     // batches whose turn has come
    size_t turns;   // how often one came
    struct stretch stretch;
    bool untold;  // an answer did not tell what remained
    bool tried;   // a call has come back
    bool stopped; // no more calls: *err says why
    struct err err;
};

// The next batch of records that may be sent, or NULL where there is none now.
struct batch *pick_batch(struct run *run);
// What is left of the records once no more are sent.
void pick_none(struct run *run);
void count_unfound(struct run *run, const struct match_status *status);

#endif
