// Work of the desk: runs on a worker with its own view of the engine, comes back to the UI thread.
// Floor: desk.
#ifndef LODE_DESK_TASK_H
#define LODE_DESK_TASK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "flow/app.h"
#include "flow/jobs.h"
#include "job/job.h"

struct desk;
struct task;

// Workers apart, so that neither long work nor a network that is silent holds up the rest.
enum task_lane {
    LANE_WAITED,  // somebody waits for an answer from the network
    LANE_LONG,    // nobody does
    LANE_LOCAL,   // no network: library, cache, session
    LANE_COMPUTE, // nothing but the processor: sorting, finding, counting
    LANES
};

struct task_kind {
    const char *name; // "page", "count", "quote", "enrich", "export", ...
    enum task_lane lane;
    bool shown;  // in the Jobs pane; small ones are not
    bool spends; // may charge: waited for when the desk closes
    // On a worker; task->app is its own view: its cancel token, its talk. false with task->err.
    bool (*run)(struct task *t);
    // On the UI thread, whatever came of it: puts the result on the desk.
    void (*done)(struct desk *d, struct task *t);
    void (*free)(struct task *t); // of what it owns beside itself; may be NULL
};

enum task_state { TASK_RUNS, TASK_DONE, TASK_FAILED, TASK_CANCELLED };

// Embed as the first member.
struct task {
    struct job job;
    const struct task_kind *kind;
    struct desk *desk;
    struct app app;
    struct cancel *cancel;
    bool ok;
    struct err err;
    struct task_view *view; // shown tasks only
};

// A shown task for the Jobs pane; stays there when it has ended.
struct task_view {
    uint64_t id;
    const char *kind;
    char label[96]; // "enrich 37 contacts"
    enum task_state state;
    int64_t began_ms, ended_ms; // boot clock
    atomic_llong done, total;   // total -1: unknown
    // What was there without work (owned already, say): rates and the time left count from there.
    atomic_llong first_done, first_ms; // boot clock; 0: not yet
    bool spends;
    bool buys;               // for a job that is kept
    bool stopping;           // it was told to begin no more calls
    char job[JOB_NAME_MAX];  // the kept job that goes on in it; "": none
    char said[ERR_TEXT_MAX]; // how it ended, or the last thing it said
    struct cancel *cancel;   // while it runs; borrowed
};

struct task_list {
    uint64_t changes;         // grows where one came, went or ended
    struct task_view **items; // oldest first; owned; the last TASKS_KEPT ended ones stay
    size_t n, cap;
};

enum { TASKS_KEPT = 100 };

// Stops a running task: no new work; what may charge is waited for. false where it has ended.
bool desk_cancel(struct desk *d, uint64_t id);
// The newest running shown task, or NULL: what ^C stops.
const struct task_view *desk_running(const struct desk *d);
// No task at all is away, shown or not, no count is about to be asked for, and rows that came are
// in their places: what was asked for has come.
bool desk_rests(const struct desk *d);

#endif
