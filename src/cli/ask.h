// What a person is asked for on the terminal, or gives by standard input or a file. Main thread.
// Floor: cli.
#ifndef LODE_CLI_ASK_H
#define LODE_CLI_ASK_H

#include <stdbool.h>

#include "base/err.h"
#include "cli/command.h"
#include "flow/credentials.h"

struct secret;

// The user name, asked for on the terminal. The caller frees it.
char *ask_user(struct err *e);
// The password: the first line of standard input with --password-stdin, else asked for.
struct secret *ask_password(const struct invocation *in, struct err *e);
// The key that path holds ("-": standard input), with its passphrase asked for where it has one.
// Faults name the file.
struct private_key *ask_key(const char *path, struct err *e);
// Where the keyring is locked and a person is there to answer: lets the desktop ask for its
// password. True where it is unlocked then.
bool ask_unlock(const struct invocation *in, struct keyring *k, struct err *e);

#endif
