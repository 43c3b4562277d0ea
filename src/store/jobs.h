// Purchases that are meant to outlive a start: what is to be bought, for how much, and how far it
// is. They stand in a file of their own, "jobs.db", which any process may write; what they cost
// stands in the ledger, charge by charge. Any thread but the UI's. Floor: store.
#ifndef LODE_STORE_JOBS_H
#define LODE_STORE_JOBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

enum job_state {
    JOB_WAITS, // never begun, or told to go on once its turn has come
    JOB_RUNS,
    JOB_PAUSED, // reason says why; goes on at a person's word alone
    JOB_DONE,
    JOB_CANCELLED,
    JOB_STATES
};

// What a person wants of a job that another process may be running.
enum job_wish { JOB_WISH_NONE, JOB_WISH_PAUSE, JOB_WISH_CANCEL };

enum { JOB_NAME_MAX = 64 };

// The file whose lines a job buys by: how to find it again and how it was read. Nothing of what
// stands in it.
struct job_file {
    const char *path;    // whole; "": the job is of record ids
    const char *sha256;  // of its bytes, in hex
    const char *mapping; // inputs by the column's number from 1: "2=emailAddress,5=phone"
    const char *format;  // of what it was bought into: "csv"; "": none was told
    int64_t size;        // bytes
};

struct job_new {
    const char *name;            // unique
    const char *entity, *fields; // fields: names with ',' between
    const char *const *records;
    size_t n;
    bool outside; // they were never seen here: one may be of nobody
    long long max_credits, quoted_min, quoted_max;
    int priority;                // higher goes first
    const char *origin;          // where they were chosen, for people; NULL: not told
    const struct job_file *file; // of a job by lines, which has n of them and no records; or NULL
};

struct job_row {
    int64_t id, made_ms, changed_ms;                      // UTC
    const char *name, *entity, *fields, *reason, *origin; // origin "": not told
    struct job_file file;
    bool outside; // its records were never seen here, as far as is known
    enum job_state state;
    enum job_wish wish;
    int priority;
    long long n, max_credits, quoted_min, quoted_max;
    long long charged, in_doubt; // credits, by the ledger; not of calls that are under way
    long long answered;          // records, by the ledger
    bool doubts;                 // it is paused, and all that is left of it is in doubt
};

// What stopped a job stands behind this where that left a call in doubt; once none of its calls is,
// its reason is the other.
extern const char job_stopped_in_doubt[], job_doubts_cleared[];

const char *job_state_name(enum job_state state);
// ERR_INVALID where the name is taken. *id names it from then on.
bool store_job_make(struct store *s, const struct job_new *job, int64_t *id, struct err *e);
// By priority, then as they were made; each stops early where it returns false. Those of which a
// process that has ended says that they run come as paused.
bool store_job_each(struct store *s, bool (*each)(void *arg, const struct job_row *row), void *arg,
                    struct err *e);
// In order.
bool store_job_records(struct store *s, int64_t id, bool (*each)(void *arg, const char *record),
                       void *arg, struct err *e);
// Whether a call without an end names one of the job's records; of a job by lines, of which none are
// known, one of its entity.
bool store_job_doubted(struct store *s, const struct job_row *job, bool *out, struct err *e);
// Of the inputs that charged calls of a job answered without a record: key and letter (enum fate);
// each() may not call the store. Stops early where it returns false.
bool store_job_absent(struct store *s, int64_t id,
                      bool (*each)(void *arg, const char *record, char letter), void *arg,
                      struct err *e);
// Takes the wish away as well.
bool store_job_set(struct store *s, int64_t id, enum job_state state, const char *reason,
                   struct err *e);
// New terms at a person's word: its cap, what it was quoted, its place among the others.
bool store_job_terms(struct store *s, int64_t id, long long max_credits, long long quoted_min,
                     long long quoted_max, struct err *e);
bool store_job_priority(struct store *s, int64_t id, int priority, struct err *e);
bool store_job_wish(struct store *s, int64_t id, enum job_wish wish, struct err *e);
bool store_job_wished(struct store *s, int64_t id, enum job_wish *out, struct err *e);
// Forgets one that does not run; its charges stay in the ledger.
bool store_job_drop(struct store *s, int64_t id, struct err *e);

#endif
