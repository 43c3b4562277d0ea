// What becomes of each record of a purchase, handed out in the order asked for. One owner at a
// time. Floor: flow.
#ifndef LODE_FLOW_OUTCOME_H
#define LODE_FLOW_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/batch.h"
#include "flow/enrich.h"

struct outcome_record;

struct outcome {
    struct app *app;
    const struct enrich_order *order;
    struct outcome_record *records;
    size_t shown; // records before this one have been handed out
    size_t given; // of them, with data
    int handy;    // batches that are kept for handing out
    bool lost;    // row() failed: nothing more is handed out
};

void outcome_open(struct outcome *o, struct app *a, const struct enrich_order *order);
// All must have been shown.
void outcome_close(struct outcome *o);
// Record i of the selection is in the library already, or nothing will be handed out of it.
void outcome_held(struct outcome *o, size_t i);
void outcome_out(struct outcome *o, size_t i);
// It was answered before, without a record.
void outcome_absent(struct outcome *o, size_t i, const struct match_status *status);
// Takes over a batch that was charged.
void outcome_answered(struct outcome *o, struct batch *b);
// Hands out records before end as far as it is known what became of them: many at once, or all.
// false with *e filled once row() or the library fails; the rest is passed over then.
bool outcome_show(struct outcome *o, size_t end, bool all, struct err *e);

#endif
