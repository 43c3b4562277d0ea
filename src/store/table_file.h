// Rows into an SQLite file of their own, for whoever is to read them: no part of what Lode keeps.
// One owner at a time, any thread. Floor: store.
#ifndef LODE_STORE_TABLE_FILE_H
#define LODE_STORE_TABLE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/entity.h"

struct table_file;

// Begins a table "rows" in the file that fd writes to, which is empty; path: its name in messages.
// Numbers and ids are numbers in it, all else is text; what is empty is null. NULL with *e
// (ERR_STORAGE).
struct table_file *table_file_open(int fd, const char *path, const char *const *names,
                                   const enum column_type *types, size_t n, struct err *e);
bool table_file_row(struct table_file *t, const char *const *cells, struct err *e);
// Ends and frees it; the caller syncs the file.
bool table_file_close(struct table_file *t, struct err *e);

#endif
