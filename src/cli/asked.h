// The search that a command line asks for. Main thread. Floor: cli.
#ifndef LODE_CLI_ASKED_H
#define LODE_CLI_ASKED_H

#include "cli/command.h"
#include "model/query.h"

// Reads the entity, --query, --where and --sort; each fault is told, none stops the reading. The
// query is the caller's where this is EXIT_DONE.
int asked_read(const struct invocation *in, struct query *q);
// Makes it fit to be sent: values resolved by the lookups, all of it checked and remarked upon.
int asked_settle(struct invocation *in, struct query *q);

#endif
