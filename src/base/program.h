// Programs of the person's desktop, started beside and left to themselves. Any thread. Floor: base.
#ifndef LODE_BASE_PROGRAM_H
#define LODE_BASE_PROGRAM_H

#include <stdbool.h>

// Where a program stands on PATH; the caller frees it. NULL: nowhere.
char *program_find(const char *name);
// Runs it in a session of its own, without a shell; args begin with its name and end with NULL.
// Input is read from in (-1: nothing), output is thrown away. false: errno is set.
bool program_run_apart(const char *program, char *const *args, int in);

#endif
