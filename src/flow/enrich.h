// Buying: a selection to enriched records, in batches, through ledger and budget (DESIGN, Money).
// Floor: flow.
#ifndef LODE_FLOW_ENRICH_H
#define LODE_FLOW_ENRICH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/budget.h"
#include "flow/drift.h"
#include "flow/quote.h"
#include "flow/selection.h"
#include "model/match.h"

// A record on its way out: what the library has of it, or why it has nothing.
struct enriched_row {
    const char *id;     // of the record; of an input that named none, its key
    const char *raw;    // compact JSON, or NULL
    const char *status; // matchStatus as answered
    const char *source; // base URL it came from, or ""
    int64_t fetched_ms; // UTC, 0 where nothing came
    const char *fields; // names of the output fields it was asked for, ',' between; or NULL
    size_t at;          // its place in the selection
    int64_t bought_ms;  // when its free window began, UTC; 0: with this answer, or not known
};

// The meter compared with the ledger over all parts of a job, empty at first; two misfits in a row
// end the run.
struct enrich_watch {
    struct drift drift;
    bool begun;
    long long credits, in_doubt; // since the meter was last looked at
    long long remaining;         // the lowest that was told, -1: none
};

struct enrich_order {
    struct selection *selection; // its fields may become fewer
    size_t n;                    // so many of its first records are bought
    const struct quoted *quoted;
    long long max_credits; // with job: in all its runs together
    bool again;            // send records in doubt again, by id
    // Each record that is held, came or was not found, in the order of the selection, on the
    // caller's thread; false stops the output with *e filled, never the bookkeeping.
    bool (*row)(void *self, const struct enriched_row *row, struct err *e);
    void *self;
    const char *origin;   // where the records were chosen, for people; NULL: not told
    const size_t *lines;  // of the file that named each record of the selection; NULL: none did
    int64_t job;          // whose charges these are; 0: of no job
    const char *answered; // for each record that is STANDING_ANSWERED the letter of its match
                          // status; NULL: none is
    // Of a job, asked before more calls are begun, on the caller's thread: false with *e ends the
    // run as if it had been cancelled. May be NULL.
    bool (*go_on)(void *job_self, struct err *e);
    void *job_self;
    struct enrich_watch *watch; // of all parts of a job; NULL: nobody looks at the meter
};

enum { ENRICH_REFUSED_MAX = 200 };

struct enrich_summary {
    size_t given; // records handed to row() with data
    size_t from_library;
    size_t bought;                        // new to the account, charged and kept
    size_t refreshed;                     // owned, fetched again for no credit, and kept
    size_t not_found;                     // answered without a record
    size_t unserved;                      // the same, but nothing was told of it
    size_t by_status[MATCH_STATUSES];     // of both: why, by the places of match_status_at()
    size_t left;                          // not sent: the budget did not reach
    enum cap_kind left_by;                // which did not
    size_t unsent;                        // not sent: the run stopped before
    size_t doubtful;                      // in doubt, from before or from this run
    size_t skipped[STANDINGS];            // never sent, by why: duplicates, suppressed, no id, ...
    long long credits, records, requests; // charged by this run
    char refused[ENRICH_REFUSED_MAX];     // fields that the account may not buy, left out; or ""
};

// Records that are never sent.
size_t enrich_skipped(const struct enrich_summary *sum);
void enrich_add_up(struct enrich_summary *to, const struct enrich_summary *one);
// Runs to its end or to the first failure; calls under way then are still waited for and written
// down. *out is filled in any case; false: *e says why it stopped early.
bool enrich_run(struct app *a, const struct enrich_order *order, struct enrich_summary *out,
                struct err *e);

#endif
