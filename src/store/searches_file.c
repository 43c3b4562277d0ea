// The saved searches' file: made and raised, set aside and replaced by its backup where it is
// damaged. On the owner thread. Floor: store.
#include <stdlib.h>

#include "store/backup.h"
#include "store/disk.h"
#include "store/files.h"
#include "store/schema.h"

static const char file_name[] = "searches.db", backup_file[] = "searches.backup",
                  beside[] = "searches.backup-new";

// clang-format off
static const char searches_1[] =
    "CREATE TABLE saved ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL,"
    "  note TEXT NOT NULL,"
    "  entity TEXT NOT NULL,"
    "  text TEXT NOT NULL,"
    "  saved_ms INTEGER NOT NULL,"
    "  ran_ms INTEGER NOT NULL,"
    "  hits INTEGER NOT NULL,"
    "  deleted INTEGER" // in which order they went; null: it is there
    ") STRICT;"
    "CREATE UNIQUE INDEX saved_name ON saved (name COLLATE NOCASE) WHERE deleted IS NULL;"
    // What the last run found, to compare the next one with.
    "CREATE TABLE run ("
    "  saved INTEGER PRIMARY KEY REFERENCES saved,"
    "  n INTEGER NOT NULL,"
    "  rows BLOB NOT NULL"
    ") STRICT;"
    "CREATE TABLE history ("
    "  text TEXT PRIMARY KEY,"
    "  entity TEXT NOT NULL,"
    "  place INTEGER NOT NULL," // the order of searching; clocks may jump
    "  at_ms INTEGER NOT NULL,"
    "  hits INTEGER NOT NULL,"
    "  times INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX history_place ON history (place);";
// What names the rows of a run goes by itself. Before this it stood among them.
static const char searches_2[] =
    "DELETE FROM run;"
    "ALTER TABLE run ADD COLUMN names BLOB NOT NULL DEFAULT x'';";
// clang-format on

static const char *const steps[] = {searches_1, searches_2};

static const struct schema schema_searches = {
    .what = "file of saved searches",
    .application_id = 0x4c6f6453,
    .steps = steps,
    .n_steps = ARRAY_LEN(steps),
    .probe = "SELECT (SELECT max(id) FROM saved), (SELECT max(name) FROM saved WHERE deleted IS"
             " NULL), (SELECT max(saved) FROM run), (SELECT max(text) FROM history),"
             " (SELECT max(place) FROM history)",
    .writing = "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;"
               " PRAGMA cache_size = -500;"};

static bool refuse(struct store *s, enum schema_age age, struct err *e)
{
    return err_set(e, ERR_STORAGE, "%s/%s %s; saved searches and history cannot be had", s->folder,
                   file_name,
                   age == SCHEMA_NEWER ? "was made by a newer Lode than this"
                                       : "is not a file of this program");
}

// false with s->searches.db.damaged where the file is none that can be read.
static bool open_file(struct store *s, struct err *e)
{
    struct db *db = &s->searches.db;
    bool writable = disk_make(s, file_name, e) && disk_writable(s, file_name);
    char *path = disk_path(s, file_name);
    enum schema_age age;
    bool ok = db_open(db, path, schema_searches.what, writable ? DB_WRITE : DB_READ, e) &&
              schema_look(db, &schema_searches, &age, e);

    free(path);
    if (ok && age > SCHEMA_CURRENT)
        ok = refuse(s, age, e);
    ok = ok && (!writable || schema_raise(db, &schema_searches, e)) &&
         schema_probe(db, &schema_searches, e);
    if (!ok)
        db_close(db);
    return ok;
}

bool searches_file_renew(struct store *s, struct err *e)
{
    enum disk_state state;
    struct err ignored;
    bool restored;
    char *aside;

    db_close(&s->searches.db);
    aside = disk_set_aside(s, file_name, e);
    if (!aside)
        return false;
    restored = disk_look(s, backup_file, &state, &ignored) && state == DISK_FILLED &&
               disk_copy(s, backup_file, file_name, &ignored) && open_file(s, &ignored);
    if (!restored)
        disk_remove(s, file_name);
    str_addf(&s->searches.note, "The file of saved searches was damaged and is kept as %s/%s; %s.",
             s->folder, aside, restored ? "its backup took its place" : "a new one was begun");
    free(aside);
    return restored || open_file(s, e);
}

bool searches_file_open(struct store *s, struct err *e)
{
    enum disk_state state;

    if (s->searches.db.handle)
        return true;
    if (!disk_look(s, file_name, &state, e))
        return false;
    s->searches.db.damaged = false;
    return open_file(s, e) || (s->searches.db.damaged && searches_file_renew(s, e));
}

static bool back_up(struct store *s, struct err *e)
{
    return backup_copy(s, &s->searches.db, beside, backup_file, e);
}

bool searches_forget(struct store *s, struct err *e)
{
    enum disk_state state;

    if (!disk_look(s, file_name, &state, e))
        return false;
    return state == DISK_ABSENT ||
           (searches_file_open(s, e) &&
            db_exec(&s->searches.db, "UPDATE run SET names = x''; VACUUM;", e) && back_up(s, e));
}

void searches_file_close(struct store *s)
{
    struct err ignored;

    if (s->searches.db.handle && s->searches.changed)
        (void)back_up(s, &ignored);
    db_close(&s->searches.db);
}
