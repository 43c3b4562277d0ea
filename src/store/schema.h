// What stands in the files, as numbered steps from an empty file on. A step that was released
// is never changed. Floor: store.
#ifndef LODE_STORE_SCHEMA_H
#define LODE_STORE_SCHEMA_H

#include <stdbool.h>

#include "store/db.h"

struct schema {
    const char *what; // "ledger"
    int application_id;
    const char *const *steps;
    int n_steps;         // the version this program knows
    const char *probe;   // reads a little of every table of that version
    const char *counts;  // 1 where no row of what is only added to is missing; cheap; or NULL
    const char *sums;    // the same of all tables; reads each through
    const char *writing; // how SQLite is to write the file
    // What words of SQL cannot bring up to date, behind the steps from that version on; or NULL.
    bool (*raised)(struct db *db, int64_t from, struct err *e);
};

extern const struct schema schema_ledger, schema_cache, schema_index, schema_jobs;

enum schema_age {
    SCHEMA_EMPTY,
    SCHEMA_OLDER,
    SCHEMA_CURRENT,
    SCHEMA_NEWER,
    SCHEMA_FOREIGN // another program's database
};

// Reads the first page and the list of tables.
bool schema_look(struct db *db, const struct schema *schema, enum schema_age *out, struct err *e);
// Makes a file that is not newer or foreign fit for writing: sets how it is written, and takes the
// missing steps in one transaction. Two processes may try at once: the later one finds
// nothing to do.
bool schema_raise(struct db *db, const struct schema *schema, struct err *e);
// Reads into every table of a current file and counts, so that plain damage shows.
bool schema_probe(struct db *db, const struct schema *schema, struct err *e);
// Compares all tables with each other. false with db->damaged where rows are missing.
bool schema_sums(struct db *db, const struct schema *schema, struct err *e);

#endif
