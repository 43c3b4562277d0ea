// One SQLite connection: values in, rows out, prepared statements kept, failures as plain words.
// The store's thread, or whoever opens or closes the store. Floor: store.
#ifndef LODE_STORE_DB_H
#define LODE_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/vec.h"

struct sqlite3;
struct sqlite3_stmt;

enum db_access {
    DB_WRITE,
    DB_READ,
    DB_MEMORY // nothing reaches the disk
};

struct statement {
    const char *sql; // the caller's literal; its address is the key
    struct sqlite3_stmt *handle;
};

struct db {
    struct sqlite3 *handle; // NULL: closed
    const char *what;       // "ledger": for messages
    char *path;
    VEC(struct statement) statements;
    bool damaged; // SQLite met a page that cannot be right
};

struct value {
    bool is_text, is_blob;
    int64_t number;
    const char *text; // NULL: null; must live until the statement is done
    size_t len;       // of a blob
};

static inline struct value value_int(int64_t number)
{
    return (struct value){.number = number};
}

static inline struct value value_text(const char *text)
{
    return (struct value){.is_text = true, .text = text};
}

static inline struct value value_blob(const char *bytes, size_t len)
{
    return (struct value){.is_blob = true, .text = bytes, .len = len};
}

// The values of a statement's parameters, in order.
#define VALUES(...)                                                                                \
    (const struct value[]){__VA_ARGS__}, ARRAY_LEN(((const struct value[]){__VA_ARGS__}))
#define NO_VALUES NULL, 0

// Opens the file, which must exist, and leaves it as it is. what must outlive db. ERR_STORAGE;
// db->damaged says whether the file is no good database.
bool db_open(struct db *db, const char *path, const char *what, enum db_access access,
             struct err *e);
// The same of a database to be written, through an SQLite VFS of that name; path is for messages.
bool db_open_through(struct db *db, const char *vfs, const char *path, const char *what,
                     struct err *e);
// Harmless on one that is closed. Keeps db->damaged.
void db_close(struct db *db);

// Whether it waits for locks of others, as it does from the start.
void db_patience(struct db *db, bool patient);
// Runs a script without parameters and without results.
bool db_exec(struct db *db, const char *sql, struct err *e);
// Runs one statement that gives no rows. sql is a literal: it stays prepared.
bool db_run(struct db *db, const char *sql, const struct value *values, size_t n, struct err *e);
// How many rows were written or deleted on it since it was opened, by triggers too.
int64_t db_changes(const struct db *db);
int64_t db_last_id(const struct db *db);
// The first column of the first row as a number, or fallback where there is no row or it is null.
bool db_number(struct db *db, const char *sql, const struct value *values, size_t n,
               int64_t fallback, int64_t *out, struct err *e);

// A query under way; only one at a time for each sql.
struct rows {
    struct db *db;
    struct sqlite3_stmt *handle; // NULL: it could not begin
    int code;
};

struct rows rows_open(struct db *db, const char *sql, const struct value *values, size_t n);
// Steps to the next row; false at the end and at a failure, which rows_close() tells apart.
bool rows_next(struct rows *r);
int64_t rows_int(const struct rows *r, int column);
enum rows_kind { ROWS_NULL, ROWS_INT, ROWS_BYTES };
enum rows_kind rows_kind(const struct rows *r, int column);
// Lives until the next step; NULL for null.
const char *rows_text(const struct rows *r, int column);
// The same for any bytes, and without a '\0' behind a text; NULL for nothing too.
const char *rows_blob(const struct rows *r, int column, size_t *len);
// Ends the query, at its end or before. false: it failed, and *e says why.
bool rows_close(struct rows *r, struct err *e);

// Takes the file's one place for writing, waiting for whoever has it.
bool db_begin(struct db *db, struct err *e);
// What is read until db_end() is of one moment.
bool db_begin_read(struct db *db, struct err *e);
// false: nothing of the transaction was kept.
bool db_commit(struct db *db, struct err *e);
// Ends whatever transaction there is without keeping it.
void db_end(struct db *db);

// Fills *e from the connection's last failure and notes damage; returns false.
bool db_fail(struct db *db, struct err *e);

#endif
