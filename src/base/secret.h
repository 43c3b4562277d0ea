// Secrets in locked, no-dump memory between guard pages, wiped after use. Any thread.
// Floor: base.
#ifndef LODE_BASE_SECRET_H
#define LODE_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct secret;

enum { SECRET_LINE_MAX = 4096 };

// Takes core dumps and debuggers off this process (PR_SET_DUMPABLE, RLIMIT_CORE). Off in Debug
// builds for the debugger's sake.
void secret_harden_process(void);
// A copy in memory that is locked where the system allows it and never in a core dump or a child.
// It costs some system calls and a page: make one a token, not one a request.
struct secret *secret_new(const char *bytes, size_t len);
// Wipes and frees; NULL is allowed.
void secret_free(struct secret *s);
// NUL-terminated; lives as long as s.
const char *secret_text(const struct secret *s);
size_t secret_len(const struct secret *s);
// Overwrites memory so that the compiler cannot leave it out.
void secret_wipe(void *p, size_t len);
// One line from a terminal with echo off (prompt on the terminal itself), or from fd where it is
// none; never a byte past the line. Without its newline. Empty, over SECRET_LINE_MAX bytes, or with
// a control character: ERR_INVALID. Ctrl-C on the terminal: ERR_CANCELLED.
struct secret *secret_read(int fd, const char *prompt, struct err *e);
// All that fd holds (a key file), as it is. More than cap bytes, or none: ERR_INVALID.
struct secret *secret_read_all(int fd, size_t cap, struct err *e);

#endif
