// How saved searches and history reach their file; for searches*.c only. Floor: store.
#ifndef LODE_STORE_SEARCHES_INSIDE_H
#define LODE_STORE_SEARCHES_INSIDE_H

#include <stdbool.h>

#include "base/err.h"
#include "store/owner.h"
#include "store/slice.h"

// One piece of work on the file, which is opened for it.
struct searches_task {
    struct store_task task;
    bool (*inner)(struct store *s, struct searches_task *t, struct err *e);
    bool writes; // inside one transaction
};

// Opens the file where it is not, does it on the owner thread, once more where the file had to be
// replaced, and waits.
bool searches_do(struct store *s, struct searches_task *t, struct err *e);

// Reads what the query gives, *out->width cells a row.
bool searches_rows(struct store *s, const char *sql, struct slice *out, struct err *e);

#endif
