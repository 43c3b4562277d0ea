// Exit statuses (UX) and how a failure is told. Floor: cli.
#ifndef LODE_CLI_EXIT_H
#define LODE_CLI_EXIT_H

#include "base/err.h"

enum exit_status {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_NETWORK = 3, // try again
    EXIT_ACCESS = 4,  // sign-in or entitlement
    EXIT_SPENDING = 5,
    EXIT_PARTLY = 6,
    EXIT_INTERRUPTED = 130
};

enum exit_status exit_status_of(const struct err *e);
// Says the failure on stderr as one sentence and returns its status.
int cli_fail(const struct err *e);

#endif
