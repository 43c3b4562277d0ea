// From the command line to the explorer. Main thread. Floor: cli.
#ifndef LODE_CLI_EXPLORE_H
#define LODE_CLI_EXPLORE_H

#include "cli/command.h"

// Options that go without a subcommand only.
const struct opt *explore_options(void);
// Opens the explorer where there is a terminal, or --linear is asked for. The exit status.
int explore(const struct invocation *in);

#endif
