// Becoming the one process that spends. Floor: store.
#include <time.h>
#include <unistd.h>

#include "store/backup.h"
#include "store/disk.h"
#include "store/jobs_file.h"
#include "store/orphans.h"
#include "store/owner.h"
#include "store/purge.h"
#include "store/schema.h"
#include "store/store.h"
#include "store/wal.h"

static const char doubt_sql[] =
    "INSERT INTO charge_event (charge, final, state, at_ms, http, request_id, reason, credits,"
    " records, requests)"
    " SELECT o.charge, 0, 'in doubt', ?, 0, '', '" ORPHAN_REASON
    "', 0, 0, 0 FROM charge_open o WHERE NOT EXISTS"
    " (SELECT 1 FROM charge_event e WHERE e.charge = o.charge)";

// What an earlier spender left open was sent, for all that is known.
static bool doubt_open(struct store *s, struct err *e)
{
    if (!db_begin(&s->ledger, e))
        return false;
    if (db_run(&s->ledger, doubt_sql, VALUES(value_int(clock_utc_ms(&s->clock))), e))
        return db_commit(&s->ledger, e);
    db_end(&s->ledger);
    return false;
}

enum { TRIES = 20, NAP_NS = 10000000 };

// Whoever opens or closes the ledger may have the lock for a moment to put its log away.
static int lock_soon(struct store *s, struct err *e)
{
    const struct timespec nap = {.tv_nsec = NAP_NS};
    int lock = disk_lock(s, e);

    for (int i = 0; i < TRIES && lock < 0 && e->kind == ERR_REFUSED; i++) {
        (void)nanosleep(&nap, NULL);
        lock = disk_lock(s, e);
    }
    return lock;
}

static bool claim(struct store *s, struct store_task *t, struct err *e)
{
    int lock;

    (void)t;
    if (s->lock >= 0)
        return true;
    if (!s->can_spend)
        return err_set(e, ERR_REFUSED,
                       "the ledger in %s cannot be written, so nothing may be spent", s->folder);
    lock = lock_soon(s, e);
    if (lock < 0)
        return false;
    wal_begin(s, lock);
    // Whoever buys must know of everything that was bought.
    if (!schema_sums(&s->ledger, &schema_ledger, e) || !doubt_open(s, e)) {
        (void)close(lock);
        return false;
    }
    s->lock = lock;
    jobs_file_claimed(s);
    backup_watch(s);
    purge_watch(s);
    return true;
}

bool store_claim_spending(struct store *s, struct err *e)
{
    struct store_task t = {.kind = TASK_ALONE, .work = claim};

    return store_do(s, &t, e);
}
