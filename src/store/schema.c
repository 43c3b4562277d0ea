// What stands in the files, but for the ledger. Floor: store.
#include "store/schema.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

// clang-format off
static const char cache_1[] =
    "CREATE TABLE lookup ("
    "  key TEXT PRIMARY KEY,"
    "  fetched_ms INTEGER NOT NULL,"
    "  body TEXT NOT NULL"
    ") STRICT;";

static const char cache_2[] =
    "CREATE TABLE kept_search (key TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT;"
    "CREATE TABLE kept_page ("
    "  key TEXT NOT NULL,"
    "  number INTEGER NOT NULL,"
    "  at_ms INTEGER NOT NULL,"
    "  body BLOB NOT NULL,"
    "  PRIMARY KEY (key, number)"
    ") STRICT;";

// Rows of searches have files of their own.
static const char cache_3[] = "DROP TABLE kept_page; DROP TABLE kept_search;";

static const char jobs_1[] =
    "CREATE TABLE job ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE,"
    "  entity TEXT NOT NULL,"
    "  fields TEXT NOT NULL,"
    "  made_ms INTEGER NOT NULL,"
    "  changed_ms INTEGER NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('waits', 'runs', 'paused', 'done', 'cancelled')),"
    "  wish INTEGER NOT NULL,"
    "  priority INTEGER NOT NULL,"
    "  n INTEGER NOT NULL,"
    "  max_credits INTEGER NOT NULL,"
    "  quoted_min INTEGER NOT NULL,"
    "  quoted_max INTEGER NOT NULL,"
    "  reason TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE job_record ("
    "  job INTEGER NOT NULL REFERENCES job,"
    "  place INTEGER NOT NULL,"
    "  record TEXT NOT NULL,"
    "  PRIMARY KEY (job, place)"
    ") STRICT, WITHOUT ROWID;";

static const char jobs_2[] =
    // Where its records were chosen; and of a job by lines of a file: which file, and how it is read.
    "ALTER TABLE job ADD COLUMN origin TEXT NOT NULL DEFAULT '';"
    "CREATE TABLE job_file ("
    "  job INTEGER PRIMARY KEY REFERENCES job,"
    "  path TEXT NOT NULL,"
    "  size INTEGER NOT NULL,"
    "  sha256 TEXT NOT NULL,"
    "  mapping TEXT NOT NULL,"
    "  format TEXT NOT NULL"
    ") STRICT;";

static const char jobs_3[] =
    // Whether its ids were never seen here; of those made before it is not known.
    "ALTER TABLE job ADD COLUMN outside INTEGER NOT NULL DEFAULT 1;";

static const char index_1[] =
    // The words of each answer, under the step it was read at; the words themselves are not kept as
    // text. A step that no entry names is of an answer that has changed since.
    "CREATE VIRTUAL TABLE words USING fts5(name, body, notes, content = '',"
    "  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');"
    "CREATE TABLE entry ("
    "  step INTEGER PRIMARY KEY,"
    "  answer INTEGER NOT NULL UNIQUE,"
    "  do_not_call INTEGER NOT NULL"
    ") STRICT;";
// clang-format on

static const char *const cache_steps[] = {cache_1, cache_2, cache_3};
static const char *const jobs_steps[] = {jobs_1, jobs_2, jobs_3};
static const char *const index_steps[] = {index_1};

static const char jobs_writing[] = "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;";
static const char cache_writing[] =
    "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -500;";

// Reads down the right edge of every tree.
static const char cache_probe[] =
    "SELECT (SELECT max(key) FROM lookup), (SELECT max(rowid) FROM lookup)";
static const char index_probe[] = "SELECT (SELECT max(step) FROM entry), (SELECT max(answer) FROM"
                                  " entry), (SELECT max(rowid) FROM words)";
static const char jobs_probe[] =
    "SELECT (SELECT max(id) FROM job), (SELECT max(name) FROM job),"
    " (SELECT max(record) FROM job_record), (SELECT max(path) FROM job_file)";

const struct schema schema_cache = {.what = "lookup cache",
                                    .application_id = 0x4c6f6443,
                                    .steps = cache_steps,
                                    .n_steps = ARRAY_LEN(cache_steps),
                                    .probe = cache_probe,
                                    .writing = cache_writing};
const struct schema schema_jobs = {.what = "jobs",
                                   .application_id = 0x4c6f644a,
                                   .steps = jobs_steps,
                                   .n_steps = ARRAY_LEN(jobs_steps),
                                   .probe = jobs_probe,
                                   .writing = jobs_writing};
const struct schema schema_index = {.what = "library's index",
                                    .application_id = 0x4c6f6449,
                                    .steps = index_steps,
                                    .n_steps = ARRAY_LEN(index_steps),
                                    .probe = index_probe,
                                    .writing = cache_writing};

// What the first page and the list of tables say.
struct look {
    int64_t id, version, tables;
};

static bool look(struct db *db, struct look *out, struct err *e)
{
    return db_number(db, "PRAGMA application_id", NO_VALUES, 0, &out->id, e) &&
           db_number(db, "PRAGMA user_version", NO_VALUES, 0, &out->version, e) &&
           db_number(db, "SELECT count(*) FROM sqlite_schema", NO_VALUES, 0, &out->tables, e);
}

static enum schema_age age(const struct schema *schema, const struct look *l)
{
    if (l->id == 0 && l->version == 0 && l->tables == 0)
        return SCHEMA_EMPTY;
    if (l->id != schema->application_id || l->version < 1)
        return SCHEMA_FOREIGN;
    if (l->version == schema->n_steps)
        return SCHEMA_CURRENT;
    return l->version < schema->n_steps ? SCHEMA_OLDER : SCHEMA_NEWER;
}

bool schema_look(struct db *db, const struct schema *schema, enum schema_age *out, struct err *e)
{
    struct look l;
    bool ok;

    // Another process may be making the file right now.
    if (!db_begin_read(db, e))
        return false;
    ok = look(db, &l, e);
    db_end(db);
    *out = ok ? age(schema, &l) : SCHEMA_FOREIGN;
    return ok;
}

static bool holds(struct db *db, const char *sql, struct err *e)
{
    int64_t whole;

    if (!sql)
        return true;
    if (!db_number(db, sql, NO_VALUES, 0, &whole, e))
        return false;
    if (whole)
        return true;
    db->damaged = true;
    return err_set(
        e, ERR_STORAGE,
        "rows are missing in the %s %s; start again, and it will be checked and replaced", db->what,
        db->path);
}

bool schema_probe(struct db *db, const struct schema *schema, struct err *e)
{
    int64_t ignored;

    if (db_number(db, schema->probe, NO_VALUES, 0, &ignored, e))
        return holds(db, schema->counts, e);
    // A table that this version must have is not there.
    db->damaged = db->damaged || e->kind == ERR_INTERNAL;
    return false;
}

bool schema_sums(struct db *db, const struct schema *schema, struct err *e)
{
    return holds(db, schema->sums, e);
}

static bool climb(struct db *db, const struct schema *schema, int64_t version, struct err *e)
{
    char *stamp = str_format("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                             schema->application_id, schema->n_steps);
    bool ok = true;

    for (int64_t i = version; ok && i < schema->n_steps; i++)
        ok = db_exec(db, schema->steps[i], e);
    ok = ok && (!schema->raised || schema->raised(db, version, e)) && db_exec(db, stamp, e);
    free(stamp);
    return ok;
}

bool schema_raise(struct db *db, const struct schema *schema, struct err *e)
{
    struct look l;
    bool ok;

    if (!db_exec(db, schema->writing, e) || !look(db, &l, e))
        return false;
    if (age(schema, &l) == SCHEMA_CURRENT)
        return true;
    if (!db_begin(db, e))
        return false;
    // Another process may have done it meanwhile.
    ok = look(db, &l, e) && (age(schema, &l) > SCHEMA_OLDER || climb(db, schema, l.version, e));
    if (ok)
        return db_commit(db, e);
    db_end(db);
    return false;
}
