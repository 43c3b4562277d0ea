// The ledger's write-ahead log. Floor: store.
#include "store/wal.h"

#include <string.h>
#include <unistd.h>

#include "store/disk.h"

// SQLite 3.40.1 has the WAL-reset bug: a connection that checkpoints while another one writes may
// lose pages. Here one connection does both, the spender's, under the kernel's lock: no other one
// writes once the file is made, and none but the spender's checkpoints, not even when it is the
// last to close. Whoever only looks reads through the log.
// With synchronous=FULL each commit is synced into the log before it is answered. A kill or a power
// cut leaves the log, and whoever opens the ledger next puts it away; a log that was deleted is
// missed by the mark in the lock's file. The backup is read through the log, at one moment, by the
// same connection.

// Pages of 4 KiB after which a commit also copies the log into the file: a page that is written
// often is copied once, and the end of a purchase has little left to copy.
static const char limit_sql[] = "PRAGMA wal_autocheckpoint = 2000";

bool wal_is_on(struct store *s)
{
    struct rows r = rows_open(&s->ledger, "PRAGMA journal_mode", NO_VALUES);
    bool on = rows_next(&r) && strcmp(rows_text(&r, 0), "wal") == 0;
    struct err ignored;

    (void)rows_close(&r, &ignored);
    return on;
}

void wal_begin(struct store *s, int lock)
{
    struct err ignored;

    (void)db_exec(&s->ledger, "PRAGMA journal_mode = WAL", &ignored);
    (void)db_exec(&s->ledger, limit_sql, &ignored);
    disk_mark(lock, wal_is_on(s));
}

bool wal_cut(struct store *s, struct err *e)
{
    int64_t held_up = 0;

    if (!wal_is_on(s))
        return true;
    if (!db_number(&s->ledger, "PRAGMA wal_checkpoint(TRUNCATE)", NO_VALUES, 0, &held_up, e))
        return false;
    return !held_up || err_set(e, ERR_STORAGE, "another program reads the ledger in %s", s->folder);
}

// First all of the log into the file; then the log may go. Nobody is waited for.
static void put_away(struct store *s, int lock)
{
    struct err ignored;
    int64_t held_up;

    db_patience(&s->ledger, false);
    if (db_number(&s->ledger, "PRAGMA wal_checkpoint(TRUNCATE)", NO_VALUES, 1, &held_up,
                  &ignored) &&
        !held_up) {
        disk_mark(lock, false);
        (void)db_exec(&s->ledger, "PRAGMA journal_mode = DELETE", &ignored);
    }
    db_patience(&s->ledger, true);
}

void wal_end(struct store *s)
{
    struct err ignored;
    int lock = s->lock;

    if (!s->can_spend || !wal_is_on(s))
        return;
    if (lock < 0)
        lock = disk_lock(s, &ignored);
    if (lock >= 0)
        put_away(s, lock);
    if (lock >= 0 && lock != s->lock)
        (void)close(lock);
}
