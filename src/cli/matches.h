// Lines of a file joined with what came of them, as rows of a sheet. Main thread. Floor: cli.
#ifndef LODE_CLI_MATCHES_H
#define LODE_CLI_MATCHES_H

#include "cli/chosen.h"
#include "cli/output.h"

// Buys what the lines name, at most for max credits, and writes the joined rows; the exit status.
int matches_enrich(struct invocation *in, struct chosen *c, long long max);
// What that would cost; with out a row for each line: number, standing, credits from and to,
// reason.
bool matches_quote(struct invocation *in, struct chosen *c, struct output *out, struct quote *sum,
                   struct err *e);

#endif
