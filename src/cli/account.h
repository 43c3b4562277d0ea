// Which account a run talks to: the sandbox, or an address and who signs in. Main thread.
// Floor: cli.
#ifndef LODE_CLI_ACCOUNT_H
#define LODE_CLI_ACCOUNT_H

#include <stdbool.h>

#include "cli/cli.h"
#include "cli/command.h"
#include "flow/credentials.h"
#include "flow/sandbox.h"

struct account {
    struct app_config config;
    struct sandbox_child child;
    struct progress *progress;
    struct invocation *in;
    struct profile profile;
    bool known; // the profile is kept; false: made for this run
    char *base_url;
    struct keyring *keyring;
    struct login login; // for lode login
};

// Reads the global options; starts the sandbox where it is asked for and the command needs it. The
// invocation knows its account from then on.
bool account_open(struct account *a, struct invocation *in, struct err *e);
// Once the app is open, and before it closes: what the account needs of it.
void account_start(struct account *a);
void account_stop(struct account *a);
void account_close(struct account *a);
// What the account signs in with: as the options say, from the keyring, or asked for.
bool account_credentials(struct account *a, struct credentials *out, struct err *e);
// The same options for the explorer, which starts the sandbox itself. Nothing is started.
bool account_order(const struct invocation *in, struct cli_order *out, struct err *e);

#endif
