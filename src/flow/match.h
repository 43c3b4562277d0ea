// Enriching without a search: lines of a file that name people or companies, each sent once, joined
// with what came of it in the order of the file. Bounded memory, whatever the file's size.
// Floor: flow.
#ifndef LODE_FLOW_MATCH_H
#define LODE_FLOW_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "flow/enrich.h"
#include "flow/match_file.h"
#include "flow/match_seen.h"
#include "model/match_plan.h"

struct matched_row {
    const char *const *cells; // the line's, one a column of the file
    size_t line;
    const struct enriched_row *record; // what was found, or NULL
    enum standing standing;            // of match_quote(), and of job_look() by ids
    bool lacks;                        // it is never sent: reason says what it lacks
    const char *status;                // matchStatus, or "" where nothing was asked
    const char *reason; // a plain sentence where there is no record of its own, or ""
};

struct match_order {
    struct match_file *file; // read to its end
    const struct match_plan *plan;
    struct selection *selection; // its fields; its records are the run's
    long long max_credits;       // with job: in all its runs together
    bool again;                  // send what is in doubt again
    const char *origin;          // for the ledger; NULL: not told
    size_t total;                // lines of the file, for telling how far it is; 0: unknown
    size_t most;                 // so many that may cost are sent, then it stops; 0: all
    const struct map *only;      // keys of inputs: others are passed over; NULL: none is
    // Whose charges these are; 0: of no job. What its calls have answered without a record is not
    // asked for again.
    int64_t job;
    bool (*go_on)(void *job_self, struct err *e); // as in an enrich_order
    void *job_self;
    bool look; // nothing is sent, no request is made: what came of it so far
    bool done; // with look: nothing more is asked for
    // Each line, in the order of the file; false stops the output with *e filled.
    bool (*row)(void *self, const struct matched_row *row, struct err *e);
    void *self;
};

struct match_summary {
    size_t lines;               // of the file
    size_t fates[MATCH_FATES];  // of what they ask for, each once
    struct enrich_summary sums; // of all lines: those that ask for nothing are among the skipped
    bool tried;                 // it stopped because as many were sent as were to be tried
};

// Why there is no record of its own, as a plain sentence; "" where there is one, or the status
// says.
const char *match_fate_reason(enum match_fate fate);
// What it would cost; one request (with look: none), nothing is sent of the file. row() may be
// NULL.
bool match_quote(struct app *a, const struct match_order *order, struct quote *out, struct err *e);
// Runs to the file's end or to the first failure; then the rest of the lines comes without having
// been sent. *out is filled in any case.
bool match_run(struct app *a, const struct match_order *order, struct match_summary *out,
               struct err *e);

#endif
