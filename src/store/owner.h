// The store from inside: its thread, its files, and the tasks that reach them. Floor: store.
#ifndef LODE_STORE_OWNER_H
#define LODE_STORE_OWNER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "job/queue.h"
#include "store/db.h"
#include "store/task.h"

enum { TASKS_MAX = 64 }; // of one transaction

struct store {
    // Fixed from store_open() on.
    char *folder; // without links
    struct clock clock;
    bool can_spend;
    pthread_t thread;
    atomic_bool emails;     // some e-mail addresses are suppressed; any thread
    atomic_bool ids;        // some records are; the same
    atomic_int free_months; // 0: as the catalogue says; any thread
    struct queue *tasks;
    // The owner thread's.
    struct {
        struct store_task *tasks[TASKS_MAX];
        size_t n;
        int64_t since_ms; // the first of them
    } late;
    struct db ledger, cache;
    struct db index; // closed until it is first wanted
    struct db jobs;  // the same
    struct {
        struct db db;    // opened when it is first asked for
        bool changed;    // since its backup
        struct str note; // what a person must know of its opening, once
    } searches;
    // Of the charges from the first to before the last, which all have ended: what they came to.
    struct {
        int64_t first, last;
        long long credits, records;
    } ended;
    int lock; // the spender's file lock, -1 where this is not the spender
    struct {
        bool wanted;      // something is in the ledger that its backup lacks
        int64_t charges;  // in the backup
        int64_t tried_ms; // when the last was made; 0: never
    } backup;
    bool purge_due; // what was purged may still stand in kept searches, free pages and the backup
};

// Gives t to the owner thread and waits for it. Any thread but the owner.
bool store_do(struct store *s, struct store_task *t, struct err *e);
// Gives t away until it is on its reply queue. Any thread.
void store_give(struct store *s, struct store_task *t);

#endif
