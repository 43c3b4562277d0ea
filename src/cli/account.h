// Which account a run talks to: the sandbox, or an address and who signs in. Main thread.
// Floor: cli.
#ifndef LODE_CLI_ACCOUNT_H
#define LODE_CLI_ACCOUNT_H

#include <stdbool.h>

#include "cli/cli.h"
#include "cli/command.h"
#include "flow/sandbox.h"

struct account {
    struct app_config config;
    struct sandbox_child child;
    struct progress *progress;
    const struct invocation *in;
    char *profile, *base_url;
};

// Reads the global options; starts the sandbox where it is asked for and the command needs it.
bool account_open(struct account *a, const struct invocation *in, struct err *e);
void account_close(struct account *a);
// The same options for the explorer, which starts the sandbox itself. Nothing is started.
bool account_order(const struct invocation *in, struct cli_order *out, struct err *e);

#endif
