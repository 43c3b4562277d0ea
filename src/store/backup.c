// The ledger's backup. Floor: store.
#include "store/backup.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/str.h"
#include "store/disk.h"
#include "store/schema.h"

// Copying takes a second for each 200 MB (measured), and whoever calls meanwhile waits. So it is
// made in a quiet moment or at the end, and is due after the first settled charge, then after a
// day, and when the ledger has grown by half: all copies together cost no more than three times the
// file.
static const int64_t DAY_MS = (int64_t)24 * 3600 * 1000;
enum { CHARGES_MIN = 1000 };

const char backup_name[] = "ledger.backup";
static const char new_name[] = "ledger.backup.new";

static int64_t modified_ns(const struct store *s, const char *name)
{
    char *path = disk_path(s, name);
    struct stat st;
    int64_t ns =
        lstat(path, &st) == 0 ? (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec : 0;

    free(path);
    return ns;
}

static bool last_charge(struct db *db, int64_t *out, struct err *e)
{
    return db_number(db, "SELECT max(id) FROM charge", NO_VALUES, 0, out, e);
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

    db_close(&db);
    free(path);
    out->made_ms = modified_ns(s, backup_name) / 1000000;
    return ok;
}

bool backup_make(struct store *s, struct err *e)
{
    char *path = disk_path(s, new_name);
    bool ok;

    disk_remove(s, new_name);
    ok = disk_make(s, new_name, e) &&
         db_run(&s->ledger, "VACUUM INTO ?", VALUES(value_text(path)), e) &&
         disk_rename_synced(s, new_name, backup_name, e);
    if (!ok)
        disk_remove(s, new_name);
    free(path);
    return ok;
}

void backup_watch(struct store *s)
{
    struct backup_state state = {0};
    bool there = backup_read(s, &state);

    // What a killed process may have left.
    disk_remove(s, new_name);
    s->backup.tried_ms = there ? state.made_ms : 0;
    s->backup.charges = there ? state.charges : 0;
    s->backup.wanted = there && (modified_ns(s, "ledger.db") > modified_ns(s, backup_name) ||
                                 modified_ns(s, "ledger.db-wal") > modified_ns(s, backup_name));
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
