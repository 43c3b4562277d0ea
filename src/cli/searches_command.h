// What the parts of lode searches share. Main thread. Floor: cli.
#ifndef LODE_CLI_SEARCHES_COMMAND_H
#define LODE_CLI_SEARCHES_COMMAND_H

#include "cli/command.h"

// Each is one of its actions: args are those behind it.
// searches_run_command.c
int searches_run_action(struct invocation *in, char **args, size_t n);
// searches_text_command.c
int searches_export_action(struct invocation *in, char **args, size_t n);
int searches_import_action(struct invocation *in, char **args, size_t n);
int searches_history_action(struct invocation *in, char **args, size_t n);

// A moment as a cell, "" for 0.
const char *searches_when(int64_t ms, char buf[static CLOCK_ISO_MAX]);
// A text of lines as one cell. The caller frees it.
char *searches_line(const char *text);

#endif
