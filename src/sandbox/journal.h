// An append-only file of lines: each is in the file before append() returns, so that killing the
// process loses none. One owner at a time. Floor: sandbox.
#ifndef LODE_SANDBOX_JOURNAL_H
#define LODE_SANDBOX_JOURNAL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

struct journal;

// Takes one line without its newline, which it may write to; false, with *e filled, ends the walk.
typedef bool journal_take(char *line, void *self, struct err *e);

// Gives take every line that is there, oldest first. path NULL: in memory, gone with the process. A
// last line that was never finished is taken off. The file is locked for this process; one that
// another holds for over two seconds is ERR_STORAGE. ERR_INVALID where the file is something else
// or take said no; it is then as it was.
struct journal *journal_open(const char *path, journal_take *take, void *self, struct err *e);
void journal_close(struct journal *j);
// line ends with its newline. false: the file is as it was.
bool journal_append(struct journal *j, const struct str *line, struct err *e);
// Gives take every line again, oldest first.
bool journal_each(const struct journal *j, journal_take *take, void *self, struct err *e);
// Forgets all lines.
bool journal_clear(struct journal *j, struct err *e);

#endif
