// One run of a job that is kept: begun, watched for what a person wants of it, ended with its
// state. Any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_JOB_TURN_H
#define LODE_FLOW_JOB_TURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/app.h"
#include "flow/enrich.h"
#include "store/jobs.h"

enum { JOB_WATCHED_FROM = 101 }; // records: of fewer a look at the meter costs more than it saves

struct job_turn {
    struct app *app;
    const struct job_row *job;
    int64_t asked_ms; // boot clock
    enum job_wish wish;
};

// Whether it may run now: it waits or is paused, and where all that is left of it is in doubt,
// again sends that.
bool job_turn_may(const struct job_row *job, bool again, struct err *e);
// How many records calls of others had in doubt when its last run ended for want of anything else
// to send; 0: it did not end so.
size_t job_turn_doubts_of_others(const struct job_row *job);
// Claims the spending and says in the queue that the job runs, by these terms.
bool job_turn_begin(struct job_turn *t, struct app *a, const struct job_row *job,
                    long long max_credits, struct span quoted, bool again, struct err *e);
// An enrich_order's go_on; self is the turn.
bool job_turn_go_on(void *self, struct err *e);
// Done, cancelled or paused; why: what stopped it, where it did not run to its end.
void job_turn_end(const struct job_turn *t, const struct enrich_summary *sum, bool ran,
                  const struct err *why);

#endif
