// The store from inside: its thread, its files, and the tasks that reach them. Floor: store.
#ifndef LODE_STORE_OWNER_H
#define LODE_STORE_OWNER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "job/job.h"
#include "job/queue.h"
#include "store/db.h"

struct store {
    // Fixed from store_open() on.
    char *folder; // without links
    struct clock clock;
    bool can_spend;
    pthread_t thread;
    struct queue *tasks;
    // The owner thread's.
    struct db ledger, cache;
    int lock; // the spender's file lock, -1 where this is not the spender
    struct {
        bool wanted;      // something is in the ledger that its backup lacks
        bool urgent;      // someone opted out, whom the backup still holds
        int64_t charges;  // in the backup
        int64_t tried_ms; // when the last was made; 0: never
    } backup;
};

enum task_kind {
    TASK_ALONE,
    TASK_GROUP, // writes the ledger, in one transaction with others; begins and ends none
    TASK_CACHE  // alone, on the cache; done again where the cache had to be made anew
};

// One call's way through the owner thread. Embed as the first member.
struct task {
    struct job job;
    enum task_kind kind;
    // May be called more than once: what it did before was undone.
    bool (*work)(struct store *s, struct task *t, struct err *e);
    bool ok;
    struct err err;
};

// Gives t to the owner thread and waits for it. Any thread but the owner.
bool store_do(struct store *s, struct task *t, struct err *e);

#endif
