// Lines of a file joined with what came of them, as rows of a sheet. Main thread. Floor: cli.
#ifndef LODE_CLI_MATCHES_H
#define LODE_CLI_MATCHES_H

#include "cli/chosen.h"
#include "cli/output.h"
#include "flow/match_job.h"

// Buys what the lines name, at most for max credits, and writes the joined rows; the exit status.
// job: whose lines they are, and whose charges; NULL: of none.
int matches_enrich(struct invocation *in, struct match_job *m, const struct job_row *job,
                   long long max);
// Writes the inputs of a job, opened by job_look_open(), joined with what has come of them so far;
// sends nothing.
int matches_show(struct invocation *in, struct match_job *m, const struct job_row *job);
// What that would cost; with out a row for each line: number, standing, credits from and to,
// reason.
bool matches_quote(struct invocation *in, struct chosen *c, struct output *out, struct quote *sum,
                   struct err *e);

#endif
