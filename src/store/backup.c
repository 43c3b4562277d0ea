// The ledger's backup. Floor: store.
#include "store/backup.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/str.h"
#include "store/disk.h"
#include "store/schema.h"

// Copying takes a second for each 200 MB (measured), and whoever calls meanwhile waits. So whoever
// begins to spend copies a small ledger that has changed, before anything is written. Otherwise it
// is made in a quiet moment or at the end, and is due after the first settled charge, then after a
// day, and when the ledger has grown by half: all copies together cost no more than three times the
// file.
static const int64_t DAY_MS = (int64_t)24 * 3600 * 1000;
enum { CHARGES_MIN = 1000, SMALL_MAX = 16 << 20 };

const char backup_name[] = "ledger.backup";
static const char new_name[] = "ledger.backup.new";

static int64_t modified_ms(const struct store *s, const char *name)
{
    char *path = disk_path(s, name);
    struct stat st;
    int64_t ms = lstat(path, &st) == 0
                     ? (int64_t)st.st_mtim.tv_sec * 1000 + st.st_mtim.tv_nsec / 1000000
                     : 0;

    free(path);
    return ms;
}

static bool last_charge(struct db *db, int64_t *out, struct err *e)
{
    return db_number(db, "SELECT max(id) FROM charge", NO_VALUES, 0, out, e);
}

// Charges, their ends, and steps of the library: what moves whenever something is written.
static const char steps_sql[] =
    "SELECT ifnull((SELECT max(id) FROM charge), 0) || ' ' || (SELECT count(*) FROM charge_event)"
    " || ' ' || (SELECT count(*) FROM suppressed)"
    " || ' ' || ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'change'), 0)";

// Nothing where it cannot be told.
static void read_steps(struct db *db, char out[static BACKUP_STEPS_MAX])
{
    struct rows r = rows_open(db, steps_sql, NO_VALUES);
    struct err ignored;

    *out = '\0';
    if (rows_next(&r))
        (void)snprintf(out, BACKUP_STEPS_MAX, "%s", rows_text(&r, 0));
    (void)rows_close(&r, &ignored);
}

bool backup_read(const struct store *s, struct backup_state *out)
{
    char *path = disk_path(s, backup_name);
    enum schema_age age;
    struct err ignored;
    struct db db;
    bool ok = db_open(&db, path, "ledger's backup", DB_READ, &ignored) &&
              schema_look(&db, &schema_ledger, &age, &ignored) &&
              (age == SCHEMA_OLDER || age == SCHEMA_CURRENT) &&
              (age == SCHEMA_OLDER || schema_probe(&db, &schema_ledger, &ignored)) &&
              last_charge(&db, &out->charges, &ignored);

    *out->steps = '\0';
    if (ok)
        read_steps(&db, out->steps);
    db_close(&db);
    free(path);
    out->made_ms = modified_ms(s, backup_name);
    return ok;
}

bool backup_copy(struct store *s, struct db *from, const char *beside, const char *to,
                 struct err *e)
{
    char *path = disk_path(s, beside);
    bool ok;

    disk_remove(s, beside);
    ok = disk_make(s, beside, e) && db_run(from, "VACUUM INTO ?", VALUES(value_text(path)), e) &&
         disk_rename_synced(s, beside, to, e);
    if (!ok)
        disk_remove(s, beside);
    free(path);
    return ok;
}

bool backup_make(struct store *s, struct err *e)
{
    return backup_copy(s, &s->ledger, new_name, backup_name, e);
}

static bool has_changed(struct store *s, const struct backup_state *backup)
{
    char now[BACKUP_STEPS_MAX];

    read_steps(&s->ledger, now);
    return !*now || !str_eq(now, backup->steps);
}

static bool is_small(const struct store *s)
{
    char *path = disk_path(s, "ledger.db");
    struct stat st;
    bool small = lstat(path, &st) == 0 && st.st_size <= SMALL_MAX;

    free(path);
    return small;
}

static bool is_empty(struct store *s)
{
    struct err ignored;
    int64_t charges;

    return last_charge(&s->ledger, &charges, &ignored) && charges == 0;
}

void backup_watch(struct store *s)
{
    struct backup_state state = {0};
    bool there = backup_read(s, &state);
    struct err ignored;

    // What a killed process may have left.
    disk_remove(s, new_name);
    s->backup.tried_ms = there ? state.made_ms : 0;
    s->backup.charges = there ? state.charges : 0;
    s->backup.wanted = there ? has_changed(s, &state) : !is_empty(s);
    if (s->backup.wanted && is_small(s))
        (void)backup_now(s, &ignored);
}

static bool has_grown(struct store *s)
{
    int64_t step = s->backup.charges / 2 > CHARGES_MIN ? s->backup.charges / 2 : CHARGES_MIN;
    struct err ignored;
    int64_t charges;

    return last_charge(&s->ledger, &charges, &ignored) && charges - s->backup.charges >= step;
}

bool backup_due(struct store *s)
{
    if (s->lock < 0 || !s->backup.wanted)
        return false;
    return s->backup.tried_ms == 0 || clock_utc_ms(&s->clock) - s->backup.tried_ms >= DAY_MS ||
           has_grown(s);
}

bool backup_now(struct store *s, struct err *e)
{
    struct err ignored;

    // Where it fails, the old one stays, and the next is due as if this one had been made.
    s->backup.wanted = false;
    s->backup.tried_ms = clock_utc_ms(&s->clock);
    (void)last_charge(&s->ledger, &s->backup.charges, &ignored);
    return backup_make(s, e);
}
