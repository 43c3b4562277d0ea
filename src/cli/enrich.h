// Buying from the command line. Main thread. Floor: cli.
#ifndef LODE_CLI_ENRICH_H
#define LODE_CLI_ENRICH_H

#include "cli/command.h"
#include "flow/jobs.h"

// Says what came of a purchase and what it cost.
void enrich_say(const struct invocation *in, const struct enrich_summary *sum);
// The exit status; a failure (*e, where ok is false) is told.
int enrich_status(const struct enrich_summary *sum, bool ok, const struct err *e);
// --budget-day for this run alone, below or above what lode.conf says.
bool enrich_budget(struct invocation *in, struct err *e);
// --best N: leaves the best N of those that may cost, and says so.
bool enrich_best(struct invocation *in, struct selection *s, struct quoted *q, struct err *e);
// --job NAME: the job of that name goes on, or begins with the records of --from.
int enrich_named_job(struct invocation *in, const char *name);
// Runs a job to its end, its next pause or --max-credits, which must be given; writes its records.
// The exit status.
int enrich_job(struct invocation *in, const struct job_row *job);

#endif
