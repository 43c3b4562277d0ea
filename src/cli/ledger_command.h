// The actions of lode ledger that look at single charges. Main thread. Floor: cli.
#ifndef LODE_CLI_LEDGER_COMMAND_H
#define LODE_CLI_LEDGER_COMMAND_H

#include "cli/command.h"

// All that is known of one charge, given by its number as a word.
int ledger_show_action(struct invocation *in, const char *number);
// The records it asked for, and what became of each.
int ledger_records_action(struct invocation *in, const char *number);
// The bytes that came of its answer where that was not sound.
int ledger_answer_action(struct invocation *in, const char *number);
// Asks the account's meters about what is in doubt.
int ledger_reconcile_action(struct invocation *in, const char *number);

#endif
