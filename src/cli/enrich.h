// Buying from the command line. Main thread. Floor: cli.
#ifndef LODE_CLI_ENRICH_H
#define LODE_CLI_ENRICH_H

#include "cli/chosen.h"
#include "cli/command.h"
#include "flow/jobs.h"
#include "flow/match_job.h"

// Says what came of a purchase and what it cost.
void enrich_say(const struct invocation *in, const struct enrich_summary *sum);
// Says of it what is never sent, and why.
void enrich_say_skipped(const struct invocation *in, const struct enrich_summary *sum);
// Says what a quote comes to, and what would be left after it.
void quote_say(const struct invocation *in, const struct quote *q);
// The exit status; a failure (*e, where ok is false) is told.
int enrich_status(const struct enrich_summary *sum, bool ok, const struct err *e);
// --budget-day for this run alone, below or above what lode.conf says.
bool enrich_budget(struct invocation *in, struct err *e);
// Reads --best and --priority, before a search is sent; *best and *priority stay where the line
// does not say them. ERR_INVALID.
bool enrich_numbers(const struct invocation *in, long long *best, long long *priority,
                    struct err *e);
// --best N: leaves the best N of those that may cost, and says so.
bool enrich_best(struct invocation *in, struct chosen *c, struct quoted *q, struct err *e);
// The same of lines, of which nothing is known to choose by: ERR_INVALID where it is said.
bool enrich_best_lines(const struct invocation *in, struct err *e);
// --job NAME: the job of that name goes on, or begins with the records of --from.
int enrich_named_job(struct invocation *in, const char *name);
// What the line says of fields, and of a file, is what the job was begun with; ERR_INVALID says
// what differs.
bool enrich_is_same(struct invocation *in, const struct job_row *job, struct err *e);
// Lines of a file that were chosen, as a job: named so, or for this run alone where name is NULL.
int enrich_lines(struct invocation *in, struct chosen *c, const char *name);
// The same of a job that is there, at most for max credits.
int enrich_lines_job(struct invocation *in, const struct job_row *job, long long max);
// Says how the job of that name is gone on with, where it can be.
void enrich_say_next(struct invocation *in, const char *name);
// Writes a job's inputs with what has come of them so far; sends nothing. The exit status.
int enrich_rows(struct invocation *in, const struct job_row *job);
// Runs a job to its end, its next pause or --max-credits, which must be given; writes its records.
// The exit status.
int enrich_job(struct invocation *in, const struct job_row *job);

#endif
