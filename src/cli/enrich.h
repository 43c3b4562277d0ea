// Buying from the command line. Main thread. Floor: cli.
#ifndef LODE_CLI_ENRICH_H
#define LODE_CLI_ENRICH_H

#include "cli/command.h"
#include "flow/enrich.h"

// Says what came of a purchase and what it cost.
void enrich_say(const struct invocation *in, const struct enrich_summary *sum);
// The exit status; a failure (*e, where ok is false) is told.
int enrich_status(const struct enrich_summary *sum, bool ok, const struct err *e);

#endif
