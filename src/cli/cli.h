// The program's command line: arguments to a subcommand's exit status, or to the explorer where
// there is none. Main thread. Floor: cli.
#ifndef LODE_CLI_CLI_H
#define LODE_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct secret;

// How the explorer is to be opened, as the command line says it.
struct cli_order {
    bool sandbox, linear;
    const char *base_url, *profile, *ca_file, *user; // NULL where it does not say
    const struct secret *password;                   // for this run, or NULL
    int rate;                                        // -1: the account's usual
    const char *const *commands;                     // -e, in order
    size_t n_commands;
};

// What the explorer has to tell, a row at a time.
enum cli_list {
    CLI_COMMANDS, // name, arguments, help, topic
    CLI_KEYS,     // context, key, command, help, where it is said
    CLI_FAULTS,   // a sentence: what is wrong in lode.conf
    CLI_SETTINGS, // name, kind, at first, help
    CLI_ROLES,    // name, what it is for
    CLI_THEMES    // name
};

// The explorer, as this floor sees it: cli and ui never meet, main puts them together.
struct cli_screen {
    // Runs it to its end; false with *e where it could not begin.
    bool (*explore)(const struct cli_order *order, struct err *e);
    // Gives every row to row(), until it returns false.
    void (*list)(enum cli_list which, bool (*row)(void *self, const char *const *cells),
                 void *self);
};

int cli_main(int argc, char **argv, const struct cli_screen *screen);

#endif
