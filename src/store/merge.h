// A record as the union of what was fetched: each field as the newest answer that asked for it has
// it. In a writing transaction. Floor: store.
#ifndef LODE_STORE_MERGE_H
#define LODE_STORE_MERGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/vec.h"
#include "store/db.h"

// Fields that the newest answer did not ask for, as an older one brought them.
struct older {
    char *fields; // their names; owned
    int64_t fetched_ms;
};

struct merged {
    char *raw, *fields; // of the union; owned
    int64_t fetched_ms; // of the newest answer
    VEC(struct older) older;
};

void merged_free(struct merged *m);
// What is held under that number.
bool merged_read(struct db *db, int64_t answer, struct merged *out, struct err *e);
// A newer answer. Fields that it asked for and did not bring are gone, those it did not ask for
// stay with their date.
bool merged_take(struct db *db, const char *entity, struct merged *m, const char *raw,
                 const char *fields, int64_t fetched_ms, struct err *e);
// The dates of its older fields, in place of those that are there.
bool merged_date(struct db *db, int64_t answer, const struct merged *m, struct err *e);

// The row of a list of fields, which is added where it is not there yet.
bool fields_row(struct db *db, const char *names, int64_t *out, struct err *e);

// Makes unions of records that were kept by their newest answer alone, out of the answers before
// it, and of these what was known then.
bool merge_all(struct db *db, struct err *e);

#endif
