// lode count --waterfall and --split: counts as a table instead of one number. Main thread.
// Floor: cli.
#ifndef LODE_CLI_WATERFALL_COMMAND_H
#define LODE_CLI_WATERFALL_COMMAND_H

#include "cli/asked.h"

// The exit status of each.
int waterfall_show(struct invocation *in, const struct asked *a);
int split_show(struct invocation *in, struct asked *a);
// Puts the parts of --split in the place of a->parts, with what counting them took off
// a->max_requests. EXIT_DONE where they may be fetched; all is told.
int split_parts(struct invocation *in, struct asked *a);

#endif
