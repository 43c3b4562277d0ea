// Starts lode-sandbox. For sandbox.c only. Floor: flow.
#ifndef LODE_FLOW_SANDBOX_PROGRAM_H
#define LODE_FLOW_SANDBOX_PROGRAM_H

#include <sys/types.h>

#include "base/err.h"

// Starts the one beside this program, else by PATH, on the account in the file state, and waits
// until it is ready. It ends by itself once nobody locks the first byte of the file users. Its own
// process group and streams: what becomes of the terminal, or of a pipe, is nothing to it. Returns
// its address and *pid, the caller's to wait for; the caller frees it. NULL with *e: what it said.
char *sandbox_program_start(const char *state, const char *users, pid_t *pid, struct err *e);

#endif
