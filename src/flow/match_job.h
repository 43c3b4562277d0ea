// Purchases by the lines of a file that outlive a start: a job keeps which file it is and how it is
// read; what became of its lines is in the ledger. Any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_MATCH_JOB_H
#define LODE_FLOW_MATCH_JOB_H

#include "flow/jobs.h"
#include "flow/match.h"
#include "flow/match_sum.h"

struct match_job_order {
    const char *name;
    const struct match_file *file;
    const struct match_plan *plan;
    const struct selection *selection; // its fields
    const struct match_sum *sum;       // of the file
    struct span quoted;                // credits
    long long max_credits;
    int priority;
    const char *format; // of what the joined rows are written as; or ""
};

// Puts it into the queue; nothing is sent.
bool match_job_add(struct app *a, const struct match_job_order *order, int64_t *id, struct err *e);

// The file of a job, opened as the job has it.
struct match_job {
    struct match_file file;
    struct match_plan plan;
    struct selection selection;
};

// Whether a job goes by the lines of a file.
bool match_job_is(const struct job_row *job);
// ERR_REFUSED, in one sentence that says what to do, where the file is gone or not the same.
bool match_job_open(struct app *a, const struct job_row *job, struct match_job *out, struct err *e);
void match_job_close(struct match_job *m);

struct match_job_terms {
    long long max_credits; // of all its runs together
    bool again;            // send lines in doubt again
    size_t most;           // of those that may cost; 0: all
    bool (*row)(void *self, const struct matched_row *row, struct err *e);
    void *self;
};

// Runs a job to its end, its next pause or the cap, on a file that was opened just now. *out is
// filled in any case.
bool match_job_run(struct app *a, const struct job_row *job, struct match_job *m,
                   const struct match_job_terms *terms, struct match_summary *out, struct err *e);
// What came of its lines so far, by ledger and library alone.
bool match_job_look(struct app *a, const struct job_row *job, struct match_job *m,
                    bool (*row)(void *self, const struct matched_row *row, struct err *e),
                    void *self, struct match_summary *out, struct err *e);
// Where each of its lines stands, and what the rest may cost, by the ledger alone.
bool match_job_quote(struct app *a, const struct job_row *job, struct match_job *m,
                     bool (*row)(void *self, const struct matched_row *row, struct err *e),
                     void *self, struct quote *out, struct err *e);
// What going on with it may cost, with the account's meters: one free request.
bool match_job_price(struct app *a, const struct job_row *job, struct match_job *m, bool again,
                     struct quote *out, struct err *e);

#endif
