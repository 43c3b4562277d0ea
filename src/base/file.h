// Whole files: read with a ceiling, written beside and renamed so that no reader ever sees half.
// Any thread. Floor: base.
#ifndef LODE_BASE_FILE_H
#define LODE_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/str.h"

// What stands behind the last slash of a path; points into it.
const char *file_name(const char *path);
// Appends all of path ("-": standard input) to *out. More than cap bytes there: ERR_INVALID. No
// such file: ERR_NOT_FOUND.
bool file_read(const char *path, size_t cap, struct str *out, struct err *e);
// All of bytes to fd, however many writes that takes. false: errno is set.
bool file_write_all(int fd, const void *bytes, size_t len);

// A file that appears whole or not at all. 0600. Follows no link, takes no device or pipe. Where
// the file system can do it, it has no name before it is whole, so that not even a kill leaves a
// part; one at the moment at which it takes another's place may leave a .lode-XXXXXXXX, which the
// next that does so in that folder removes.
struct file_new {
    char *path; // owned; NULL: nothing is being written
    char *temp; // the name it has meanwhile; NULL: none; owned
    int fd;     // for reading as well
    bool replace;
};

// Starts writing. Where path exists and replace is false: ERR_INVALID, nothing is made.
bool file_new_open(struct file_new *f, const char *path, bool replace, struct err *e);
// Syncs, gives it its name, closes and syncs the folder. On failure nothing is left behind, but
// where only the last step fails the file is there.
bool file_new_commit(struct file_new *f, struct err *e);
// Throws away what was written. Harmless after commit or a failed open.
void file_new_abort(struct file_new *f);

// Makes the folder and its parents, 0700, and takes group and others' rights from the last one,
// which must not be a link.
bool file_make_dir(const char *path, struct err *e);

#endif
