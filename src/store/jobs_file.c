// The file of the jobs. Floor: store.
#include "store/jobs_file.h"

#include <stdlib.h>

#include "store/disk.h"
#include "store/forget.h"
#include "store/schema.h"

static const char jobs_name[] = "jobs.db";

static bool open_file(struct store *s, struct err *e)
{
    bool writable = disk_writable(s, jobs_name);
    char *path = disk_path(s, jobs_name);
    enum schema_age age = SCHEMA_FOREIGN;
    bool ok = db_open(&s->jobs, path, schema_jobs.what, writable ? DB_WRITE : DB_READ, e) &&
              schema_look(&s->jobs, &schema_jobs, &age, e);

    if (ok && age > SCHEMA_CURRENT)
        ok = err_set(e, ERR_REFUSED, "%s is of a newer lode or another program, and was left alone",
                     path);
    ok = ok && (!writable || schema_raise(&s->jobs, &schema_jobs, e)) &&
         schema_probe(&s->jobs, &schema_jobs, e);
    free(path);
    return ok;
}

// Nothing in it was paid for: it makes way for a new one, and is kept.
static bool set_aside(struct store *s, struct err *e)
{
    struct err why;
    char *aside;

    db_close(&s->jobs);
    s->jobs.damaged = false;
    aside = disk_set_aside(s, jobs_name, &why);
    if (!aside) {
        *e = why;
        return false;
    }
    (void)err_set(e, ERR_STORAGE,
                  "the jobs in %s were damaged and are kept as %s; what they bought is in the "
                  "ledger and the library",
                  s->folder, aside);
    free(aside);
    return false;
}

bool jobs_file_open(struct store *s, bool make, bool *there, struct err *e)
{
    enum disk_state state;

    *there = true;
    if (s->jobs.handle && !s->jobs.damaged)
        return true;
    if (s->jobs.damaged)
        return set_aside(s, e);
    if (!disk_look(s, jobs_name, &state, e))
        return false;
    *there = state == DISK_FILLED;
    if (!*there && !make)
        return true;
    if (!*there && !disk_make(s, jobs_name, e))
        return false;
    *there = true;
    if (open_file(s, e))
        return true;
    if (s->jobs.damaged)
        return set_aside(s, e);
    db_close(&s->jobs);
    return false;
}

void jobs_file_claimed(struct store *s)
{
    struct err ignored;
    bool there;

    if (jobs_file_open(s, false, &there, &ignored) && there)
        (void)db_run(&s->jobs,
                     "UPDATE job SET state = 'paused', wish = 0, changed_ms = ?,"
                     " reason = 'the program ended in the middle' WHERE state = 'runs'",
                     VALUES(value_int(clock_utc_ms(&s->clock))), &ignored);
}

bool jobs_file_forget(struct store *s, struct err *e)
{
    bool there;

    return jobs_file_open(s, false, &there, e) &&
           (!there ||
            db_exec(&s->jobs,
                    "UPDATE job SET origin = '' WHERE id NOT IN (SELECT job FROM job_file)"
                    " AND " ORIGIN_NAMES("entity", "origin") "; VACUUM;",
                    e));
}
