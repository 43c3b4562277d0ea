// Secrets in one locked, no-dump area, wiped after use. Any thread. Floor: base.
#ifndef LODE_BASE_SECRET_H
#define LODE_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct secret;

// Takes core dumps and debuggers off this process (PR_SET_DUMPABLE, RLIMIT_CORE). Off in Debug
// builds for the debugger's sake.
void secret_harden_process(void);
// A copy in memory that is locked where the system allows it and never in a core dump.
struct secret *secret_new(const char *bytes, size_t len);
// Wipes and frees; NULL is allowed.
void secret_free(struct secret *s);
// NUL-terminated; lives as long as s.
const char *secret_text(const struct secret *s);
size_t secret_len(const struct secret *s);
// Overwrites memory so that the compiler cannot leave it out.
void secret_wipe(void *p, size_t len);
// One line from a terminal with echo off (prompt on the terminal itself), or from fd where it is
// none. Without its newline. Empty or over 4096 bytes: ERR_INVALID.
struct secret *secret_read(int fd, const char *prompt, struct err *e);

#endif
