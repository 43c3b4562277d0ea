// The rows of one search in a file of their own, so that a million of them take no memory: pages as
// they came, and which row has an id. Disposable. Pages are put one at a time, while any thread
// reads. Floor: store.
#ifndef LODE_STORE_ROWS_FILE_H
#define LODE_STORE_ROWS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/packed.h"
#include "model/shelf.h"

enum { ROWS_FILES_KEPT = 20 };

struct rows_file;

struct rows_info {
    long long hits; // of the whole search, -1: unknown
    int64_t at_ms;  // UTC, when its first page was put
    bool gathered;  // put together from several searches: no page of it can be fetched alone
};

// A search to be kept as folder/name; makes nothing yet. The first page that is put makes the file,
// and page 1 gives it its name, in place of what was kept before. One reference is the caller's.
struct rows_file *rows_file_new(const char *folder, const char *name, size_t n_columns, int rpp);
// What is kept, NULL with ERR_NOT_FOUND where nothing is, or nothing that can be read. For reading
// alone where write is false.
struct rows_file *rows_file_open(const char *folder, const char *name, size_t n_columns, int rpp,
                                 bool write, struct err *e);
struct rows_file *rows_file_ref(struct rows_file *f);
void rows_file_unref(struct rows_file *f); // NULL is allowed
struct rows_info rows_file_info(const struct rows_file *f);
// Puts a page; the last of its number counts. *at, *len: where it stands.
bool rows_file_put(struct rows_file *f, int number, const struct packed *rows,
                   const struct rows_info *info, uint64_t *at, size_t *len, struct err *e);
// The pages that are there, by number.
bool rows_file_each(struct rows_file *f,
                    void (*each)(void *arg, int number, uint64_t at, size_t len, size_t n_rows),
                    void *arg, struct err *e);
// With a reference of its own.
struct shelf rows_file_shelf(struct rows_file *f);

// Removes all but the files used last: so many, and a gigabyte of them.
void rows_files_thin(const char *folder, size_t keep);
// false where one of them stays.
bool rows_files_remove(const char *folder, struct err *e);

#endif
