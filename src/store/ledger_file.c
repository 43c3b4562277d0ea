// The ledger's file: never lost without a word. Floor: store.
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/backup.h"
#include "store/disk.h"
#include "store/files.h"
#include "store/index.h"
#include "store/schema.h"
#include "store/wal.h"

static const char ledger_name[] = "ledger.db", suspect_name[] = "ledger.suspect",
                  log_name[] = "ledger.db-wal";

static void say(struct str *note, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct str *note, const char *format, ...)
{
    va_list args;

    if (note->len)
        str_add_char(note, ' ');
    va_start(args, format);
    str_vaddf(note, format, args);
    va_end(args);
}

void ledger_file_suspect(struct store *s)
{
    struct err ignored;

    (void)disk_make(s, suspect_name, &ignored);
}

// Where the ledger cannot even begin: an empty one that goes with the process.
static bool open_memory(struct store *s, struct str *note, struct err *e)
{
    say(note, "Nothing can be kept in %s, so nothing can be bought.", s->folder);
    db_close(&s->ledger);
    return db_open(&s->ledger, ledger_name, schema_ledger.what, DB_MEMORY, e) &&
           schema_raise(&s->ledger, &schema_ledger, e);
}

static bool open_newer(struct store *s, struct str *note, struct err *e)
{
    char *path = disk_path(s, ledger_name);
    bool ok;

    s->can_spend = false;
    say(note,
        "The ledger %s was written by a newer lode: it can be read here, but nothing can be "
        "bought until this one is updated.",
        path);
    db_close(&s->ledger);
    ok = db_open(&s->ledger, path, schema_ledger.what, DB_READ, e);
    free(path);
    return ok;
}

// After damage met in use, every page is read once.
static bool check_suspect(struct store *s, struct err *e)
{
    enum disk_state mark;
    struct rows r;
    bool sound;

    if (!disk_look(s, suspect_name, &mark, e))
        return false;
    if (mark == DISK_ABSENT)
        return true;
    r = rows_open(&s->ledger, "PRAGMA quick_check(1)", NO_VALUES);
    sound = rows_next(&r) && str_eq(rows_text(&r, 0), "ok");
    if (!rows_close(&r, e) || (sound && !schema_sums(&s->ledger, &schema_ledger, e)))
        return false;
    if (sound) {
        disk_remove(s, suspect_name);
        return true;
    }
    s->ledger.damaged = true;
    return err_set(e, ERR_STORAGE, "%s is damaged", s->ledger.path);
}

static bool open_known(struct store *s, bool writable, struct str *note, struct err *e)
{
    if (!schema_probe(&s->ledger, &schema_ledger, e) || !check_suspect(s, e))
        return false;
    s->can_spend = writable;
    if (!writable)
        say(note, "The ledger %s may only be read, so nothing can be bought.", s->ledger.path);
    return true;
}

// The old file is backed up first. Whoever spends must not see the ledger change its shape.
static bool upgrade(struct store *s, struct err *e)
{
    int lock = s->lock < 0 ? disk_lock(s, e) : s->lock;
    bool ok;

    ok = lock >= 0 && backup_make(s, e) && schema_raise(&s->ledger, &schema_ledger, e);
    if (lock >= 0 && lock != s->lock)
        (void)close(lock);
    return ok || err_prefix(e, "the ledger in %s could not be brought up to date for this lode",
                            s->folder);
}

static bool open_aged(struct store *s, enum schema_age age, bool writable, struct str *note,
                      struct err *e)
{
    if (age == SCHEMA_FOREIGN)
        return err_set(e, ERR_STORAGE, "%s belongs to another program and was left alone",
                       s->ledger.path);
    if (age == SCHEMA_NEWER)
        return open_newer(s, note, e);
    if (age == SCHEMA_OLDER && !writable)
        return err_set(e, ERR_STORAGE,
                       "the ledger %s is of an older lode and cannot be brought up to date, "
                       "because it may only be read",
                       s->ledger.path);
    if (age == SCHEMA_OLDER && !upgrade(s, e))
        return false;
    return (!writable || schema_raise(&s->ledger, &schema_ledger, e)) &&
           open_known(s, writable, note, e);
}

// A log that a killed process left is in the way of those who can only read, and of a copy.
static void settle_log(struct store *s, enum disk_state log, struct str *note)
{
    if (log == DISK_ABSENT && wal_is_on(s) && disk_marked(s))
        say(note,
            "The ledger %s is as it is in the middle of buying, without its ledger.db-wal: if that "
            "was deleted, what was bought last is not in the ledger; compare it with lode usage.",
            s->ledger.path);
    wal_end(s);
}

// false with s->ledger.damaged: the file is no good, or gone where there once was one.
static bool open_once(struct store *s, struct str *note, struct err *e)
{
    enum disk_state state, backup, log;
    enum schema_age age;
    struct err ignored;
    bool writable, ok;
    char *path;

    db_close(&s->ledger);
    if (!disk_look(s, ledger_name, &state, e) || !disk_look(s, backup_name, &backup, e) ||
        !disk_look(s, log_name, &log, e))
        return false;
    s->ledger.damaged = state != DISK_FILLED && backup == DISK_FILLED;
    if (s->ledger.damaged)
        return err_set(e, ERR_STORAGE, "%s/%s is gone", s->folder, ledger_name);
    writable = disk_make(s, ledger_name, &ignored) && disk_writable(s, ledger_name);
    if (state != DISK_FILLED && !writable)
        return open_memory(s, note, e);
    path = disk_path(s, ledger_name);
    ok = db_open(&s->ledger, path, schema_ledger.what, writable ? DB_WRITE : DB_READ, e) &&
         schema_look(&s->ledger, &schema_ledger, &age, e) && open_aged(s, age, writable, note, e);
    free(path);
    if (ok)
        settle_log(s, log, note);
    else if (!writable && log == DISK_FILLED)
        (void)err_set(
            e, ERR_STORAGE,
            "the ledger in %s was left in the middle of buying, and the folder may only be "
            "read; start lode once where it may be written",
            s->folder);
    return ok;
}

// Puts the backup, or nothing where there is none, in the place of what is there.
static bool put_back(struct store *s, struct str *note, struct err *e)
{
    char *aside, when[CLOCK_ISO_MAX];
    struct backup_state backup;
    enum disk_state state;
    bool ok;

    db_close(&s->ledger);
    if (!disk_look(s, ledger_name, &state, e) || !(aside = disk_set_aside(s, ledger_name, e)))
        return false;
    ok = backup_read(s, &backup);
    if (ok && !disk_copy(s, backup_name, ledger_name, e)) {
        free(aside);
        return false;
    }
    if (!ok)
        free(disk_set_aside(s, backup_name, e));
    say(note, "In %s the ledger was %s%s, and ", s->folder,
        state != DISK_ABSENT ? "damaged and is kept as " : "missing",
        state != DISK_ABSENT ? aside : "");
    if (ok)
        str_addf(note, "its backup of %s took its place: what was bought later is not in it.",
                 clock_iso(backup.made_ms, when));
    else
        str_add(note,
                "there was no sound backup: a new one was begun, which knows of no purchase.");
    disk_remove(s, suspect_name);
    index_drop(s);
    free(aside);
    return true;
}

// Whoever spends has the lock, and must not lose the file from under it.
static bool restore(struct store *s, struct str *note, struct err *e)
{
    bool ok;

    s->lock = disk_lock(s, e);
    if (s->lock < 0)
        return err_prefix(e, "the ledger in %s is damaged or gone and could not be put right",
                          s->folder);
    // Another process may have done it meanwhile.
    ok = open_once(s, note, e) ||
         (s->ledger.damaged && put_back(s, note, e) && open_once(s, note, e));
    (void)close(s->lock);
    s->lock = -1;
    return ok;
}

bool ledger_file_open(struct store *s, struct str *note, struct err *e)
{
    return open_once(s, note, e) || (s->ledger.damaged && restore(s, note, e));
}
