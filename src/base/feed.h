// The bytes of a file a block at a time, for files of any size. One owner at a time. Floor: base.
#ifndef LODE_BASE_FEED_H
#define LODE_BASE_FEED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/csv.h"
#include "base/err.h"
#include "base/str.h"

enum { FEED_RECORD_MAX = 1 << 20 }; // bytes of a line or a record

struct feed {
    int fd;
    bool eof;
    struct str bytes; // read and not yet dropped
    // Of feed_csv():
    struct csv_reader csv;
    size_t looked, whole; // bytes looked through, bytes of whole records
    bool began, quoted;
};

// "-": standard input. ERR_NOT_FOUND, ERR_STORAGE.
bool feed_open(struct feed *f, const char *path, struct err *e);
void feed_close(struct feed *f);
// Reads another block; false at the end (e->kind ERR_NONE) and where it fails.
bool feed_more(struct feed *f, struct err *e);
// Takes the first n bytes off.
void feed_drop(struct feed *f, size_t n);
// The next line without its end, in *line until the next call. false at the end (ERR_NONE), where
// reading fails, or where it is longer than FEED_RECORD_MAX or holds a NUL (ERR_INVALID).
bool feed_line(struct feed *f, struct str *line, struct err *e);
// The next CSV record in f->csv, as csv_next() has it; a file is read by this or by lines.
bool feed_csv(struct feed *f, struct err *e);

#endif
