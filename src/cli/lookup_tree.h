// lode lookup --tree. Main thread. Floor: cli.
#ifndef LODE_CLI_LOOKUP_TREE_H
#define LODE_CLI_LOOKUP_TREE_H

#include "cli/command.h"

// Shows the list at path as a tree; the exit status.
int lookup_tree_show(struct invocation *in, const char *path);

#endif
