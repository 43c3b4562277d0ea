// The terminal is given back also where the program dies of a fault. UI thread. Floor: ui/term.
#ifndef LODE_UI_TERM_FATAL_H
#define LODE_UI_TERM_FATAL_H

#include <stddef.h>
#include <termios.h>

#include "ui/term/stray.h"

enum { FATAL_BYTES_MAX = 512 };

// From now on SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS and SIGTRAP write these bytes, set
// these modes, say what strayed, and then do what they did before. Everything is copied.
void fatal_arm(const struct termios *modes, const char *bytes, size_t len,
               const struct stray *stray);
// The terminal is not ours (any more).
void fatal_disarm(void);

#endif
