// One call's way through the store: given away, and back on a queue. Floor: store.
#ifndef LODE_STORE_TASK_H
#define LODE_STORE_TASK_H

#include <stdbool.h>

#include "base/err.h"
#include "job/job.h"

struct store;

enum store_task_kind {
    TASK_ALONE,
    TASK_GROUP, // writes the ledger, in one transaction with others; begins and ends none
    TASK_LATE,  // the same, but nothing waits for it to leave: it waits some ms for others
    TASK_CACHE  // alone, on the cache; done again where the cache had to be made anew
};

// Embed as the first member. job.reply and job.run are the caller's, the rest is the store's.
struct store_task {
    struct job job;
    enum store_task_kind kind;
    // May be called more than once: what it did before was undone.
    bool (*work)(struct store *s, struct store_task *t, struct err *e);
    // Once it is back:
    bool ok;
    struct err err; // where it is not ok
};

#endif
