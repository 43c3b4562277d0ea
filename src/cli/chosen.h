// The records and fields a command line names. Main thread. Floor: cli.
#ifndef LODE_CLI_CHOSEN_H
#define LODE_CLI_CHOSEN_H

#include "cli/command.h"
#include "flow/selection.h"

// Entity by the first argument, ids by --from (required), fields by --fields.
bool chosen_open(struct selection *s, struct invocation *in, struct err *e);

#endif
