// One SQLite connection. Floor: store.
#include "store/db.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

// A reader of another process that is stopped (Ctrl-Z) holds up a commit for as long at most.
enum { BUSY_MS = 20 * 1000 };

static const char settings[] = "PRAGMA foreign_keys = ON;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA mmap_size = 0;"
                               "PRAGMA wal_autocheckpoint = 0;"
                               "PRAGMA cache_size = -8000;";

static const struct {
    int code; // primary or extended; the first row that fits counts
    const char *words;
} failures[] = {
    {SQLITE_FULL, "the disk is full; free some space and try again"},
    {SQLITE_READONLY_DBMOVED, "another file was put in its place; start again"},
    {SQLITE_BUSY, "another program holds the file; end it and try again"},
    {SQLITE_READONLY_ROLLBACK,
     "an interrupted write must be undone first, and the folder may only be read"},
    {SQLITE_READONLY, "it may only be read"},
    {SQLITE_CORRUPT, "the file is damaged; start again, and it will be checked and replaced"},
    {SQLITE_NOTADB, "the file is no database"},
    {SQLITE_CANTOPEN, "the file cannot be opened"},
    {SQLITE_IOERR, "the disk failed"},
};

static bool fits(int code, int row)
{
    return code == row || (code & 0xff) == row;
}

bool db_fail(struct db *db, struct err *e)
{
    int code = sqlite3_extended_errcode(db->handle);
    bool system = fits(code, SQLITE_IOERR) || fits(code, SQLITE_CANTOPEN);
    int why = system ? sqlite3_system_errno(db->handle) : 0;

    if (fits(code, SQLITE_CORRUPT) || fits(code, SQLITE_NOTADB))
        db->damaged = true;
    for (size_t i = 0; i < ARRAY_LEN(failures); i++) {
        if (!fits(code, failures[i].code))
            continue;
        return err_set(e, ERR_STORAGE, "cannot use the %s %s: %s%s%s%s", db->what, db->path,
                       failures[i].words, why ? " (" : "", why ? strerror(why) : "",
                       why ? ")" : "");
    }
    return err_set(e, ERR_INTERNAL, "cannot use the %s %s: %s", db->what, db->path,
                   sqlite3_errmsg(db->handle));
}

void db_patience(struct db *db, bool patient)
{
    (void)sqlite3_busy_timeout(db->handle, patient ? BUSY_MS : 0);
}

static bool configure(struct db *db, struct err *e)
{
    (void)sqlite3_extended_result_codes(db->handle, 1);
    db_patience(db, true);
    (void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return db_exec(db, settings, e);
}

static bool open_named(struct db *db, const char *name, int flags, const char *vfs, struct err *e)
{
    // Counting its own memory costs SQLite a lock at every turn. It listens before its first use
    // only.
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOFOLLOW;
    if (sqlite3_open_v2(name, &db->handle, flags, vfs) == SQLITE_OK && configure(db, e))
        return true;
    (void)db_fail(db, e);
    db_close(db);
    return false;
}

bool db_open(struct db *db, const char *path, const char *what, enum db_access access,
             struct err *e)
{
    const char *name = access == DB_MEMORY ? ":memory:" : path;
    int flags = access == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;

    *db = (struct db){.what = what, .path = mem_strdup(path)};
    return open_named(db, name, flags, NULL, e);
}

bool db_open_through(struct db *db, const char *vfs, const char *path, const char *what,
                     struct err *e)
{
    *db = (struct db){.what = what, .path = mem_strdup(path)};
    return open_named(db, path, SQLITE_OPEN_READWRITE, vfs, e);
}

void db_close(struct db *db)
{
    for (size_t i = 0; i < db->statements.len; i++)
        (void)sqlite3_finalize(db->statements.items[i].handle);
    vec_free(&db->statements);
    (void)sqlite3_close(db->handle);
    db->handle = NULL;
    free(db->path);
    db->path = NULL;
}

bool db_exec(struct db *db, const char *sql, struct err *e)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK || db_fail(db, e);
}

static sqlite3_stmt *prepare(struct db *db, const char *sql)
{
    struct statement made = {.sql = sql};

    for (size_t i = 0; i < db->statements.len; i++) {
        if (db->statements.items[i].sql == sql)
            return db->statements.items[i].handle;
    }
    if (!db->handle || sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                          &made.handle, NULL) != SQLITE_OK)
        return NULL;
    vec_push(&db->statements, made);
    return made.handle;
}

static int bind(sqlite3_stmt *statement, int place, const struct value *v)
{
    if (v->is_blob)
        return sqlite3_bind_blob64(statement, place, v->text, v->len, SQLITE_STATIC);
    if (v->is_text)
        return sqlite3_bind_text(statement, place, v->text, -1, SQLITE_STATIC);
    return sqlite3_bind_int64(statement, place, v->number);
}

struct rows rows_open(struct db *db, const char *sql, const struct value *values, size_t n)
{
    struct rows r = {.db = db, .handle = prepare(db, sql), .code = SQLITE_OK};

    for (size_t i = 0; r.handle && i < n && r.code == SQLITE_OK; i++)
        r.code = bind(r.handle, (int)i + 1, &values[i]);
    return r;
}

bool rows_next(struct rows *r)
{
    if (!r->handle || (r->code != SQLITE_OK && r->code != SQLITE_ROW))
        return false;
    r->code = sqlite3_step(r->handle);
    return r->code == SQLITE_ROW;
}

int64_t rows_int(const struct rows *r, int column)
{
    return sqlite3_column_int64(r->handle, column);
}

enum rows_kind rows_kind(const struct rows *r, int column)
{
    int type = sqlite3_column_type(r->handle, column);

    if (type == SQLITE_NULL)
        return ROWS_NULL;
    return type == SQLITE_INTEGER ? ROWS_INT : ROWS_BYTES;
}

const char *rows_text(const struct rows *r, int column)
{
    return (const char *)sqlite3_column_text(r->handle, column);
}

const char *rows_blob(const struct rows *r, int column, size_t *len)
{
    const char *bytes = sqlite3_column_blob(r->handle, column);

    *len = (size_t)sqlite3_column_bytes(r->handle, column);
    return bytes;
}

bool rows_close(struct rows *r, struct err *e)
{
    bool ok =
        r->handle && (r->code == SQLITE_OK || r->code == SQLITE_ROW || r->code == SQLITE_DONE);

    if (!ok)
        (void)db_fail(r->db, e);
    if (r->handle) {
        (void)sqlite3_reset(r->handle);
        (void)sqlite3_clear_bindings(r->handle);
    }
    return ok;
}

bool db_run(struct db *db, const char *sql, const struct value *values, size_t n, struct err *e)
{
    struct rows r = rows_open(db, sql, values, n);

    (void)rows_next(&r);
    return rows_close(&r, e);
}

int64_t db_changes(const struct db *db)
{
    return sqlite3_total_changes64(db->handle);
}

int64_t db_last_id(const struct db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

bool db_number(struct db *db, const char *sql, const struct value *values, size_t n,
               int64_t fallback, int64_t *out, struct err *e)
{
    struct rows r = rows_open(db, sql, values, n);

    *out = fallback;
    if (rows_next(&r) && sqlite3_column_type(r.handle, 0) != SQLITE_NULL)
        *out = rows_int(&r, 0);
    return rows_close(&r, e);
}

bool db_begin(struct db *db, struct err *e)
{
    return db_run(db, "BEGIN IMMEDIATE", NO_VALUES, e);
}

bool db_begin_read(struct db *db, struct err *e)
{
    return db_run(db, "BEGIN", NO_VALUES, e);
}

bool db_commit(struct db *db, struct err *e)
{
    if (db_run(db, "COMMIT", NO_VALUES, e))
        return true;
    db_end(db);
    return false;
}

void db_end(struct db *db)
{
    struct err ignored;

    // Some failures have ended it already.
    if (!sqlite3_get_autocommit(db->handle))
        (void)db_run(db, "ROLLBACK", NO_VALUES, &ignored);
}
