// The columns that --preset, --fields or --columns name. Main thread. Floor: cli.
#ifndef LODE_CLI_PRESET_H
#define LODE_CLI_PRESET_H

#include "flow/columns.h"
#include "cli/command.h"

// What is named by --<option>, else by --preset, else the usual ones; --save-preset keeps the list.
bool preset_columns(struct columns *c, const struct invocation *in, const struct entity *entity,
                    const char *option, const struct column *all, size_t n, struct err *e);

#endif
