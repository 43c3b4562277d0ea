// Help, man page and completions, all made from the command table and the catalogue. Main thread.
// Floor: cli.
#ifndef LODE_CLI_HELP_H
#define LODE_CLI_HELP_H

#include "cli/cli.h"
#include "cli/command.h"

// About one command, or all of them where it is NULL; on stdout. The exit status.
int help_show(const struct command *c);
// lode(1) as roff on stdout.
int help_man(const struct cli_screen *screen);
// The explorer's commands as part of it, and lode.conf(5) as roff.
void help_man_explorer(const struct cli_screen *screen);
int help_man_conf(const struct cli_screen *screen);
// The explorer's commands and keys; the exit status.
int help_explorer(const struct cli_screen *screen);
// Completions for "bash", "zsh" or "fish" on stdout.
int help_completion(const char *shell);

#endif
