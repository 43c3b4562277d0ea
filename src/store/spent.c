// What was spent of late, and by a job. Floor: store.
#include "store/ledger.h"
#include "store/orphans.h"
#include "store/owner.h"
#include "store/slice.h"

struct spent_task {
    struct store_task task;
    int64_t key;
    struct spent spent;
};

static bool take(struct rows r, struct spent *out, struct err *e)
{
    *out = (struct spent){0};
    if (rows_next(&r))
        *out = (struct spent){rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 2)};
    return rows_close(&r, e);
}

static bool since(struct store *s, struct store_task *task, struct err *e)
{
    struct spent_task *t = (struct spent_task *)task;

    return take(rows_open(&s->ledger,
                          "SELECT (SELECT ifnull(sum(e.credits), 0) FROM charge c JOIN charge_event"
                          " e ON e.charge = c.id AND e.final = 1 WHERE c.began_ms >= ?1),"
                          " (SELECT ifnull(sum(c.quoted_max), 0) FROM charge_open o JOIN charge c"
                          " ON c.id = o.charge WHERE c.began_ms >= ?1), 0",
                          VALUES(value_int(t->key))),
                &t->spent, e);
}

static bool by(struct store *s, struct store_task *task, struct err *e)
{
    struct spent_task *t = (struct spent_task *)task;
    int64_t orphans;

    return orphans_to(s, &orphans, e) &&
           take(rows_open(&s->ledger,
                          "SELECT ifnull(sum(e.credits), 0), ifnull(sum(CASE WHEN e.charge IS NULL"
                          " THEN c.quoted_max END), 0), ifnull(sum(CASE WHEN c.id > ?2 AND NOT"
                          " EXISTS (SELECT 1 FROM charge_event v WHERE v.charge = c.id)"
                          " THEN c.quoted_max END), 0) FROM charge_job j JOIN charge c"
                          " ON c.id = j.charge LEFT JOIN charge_event e ON e.charge = c.id"
                          " AND e.final = 1 WHERE j.job = ?1",
                          VALUES(value_int(t->key), value_int(orphans))),
                &t->spent, e);
}

static bool ask(struct store *s, struct spent_task *t, struct spent *out, struct err *e)
{
    bool ok = store_do(s, &t->task, e);

    *out = t->spent;
    return ok;
}

bool store_spent_since(struct store *s, int64_t since_ms, struct spent *out, struct err *e)
{
    struct spent_task t = {.task = {.kind = TASK_ALONE, .work = since}, .key = since_ms};

    return ask(s, &t, out, e);
}

bool store_spent_by(struct store *s, int64_t job, struct spent *out, struct err *e)
{
    struct spent_task t = {.task = {.kind = TASK_ALONE, .work = by}, .key = job};

    return ask(s, &t, out, e);
}

struct burnt_task {
    struct store_task task;
    int64_t now_ms;
    int days;
    struct slice slice;
};

static bool burn(struct store *s, struct store_task *task, struct err *e)
{
    struct burnt_task *t = (struct burnt_task *)task;

    slice_clear(&t->slice);
    return slice_append(&t->slice,
                        rows_open(&s->ledger,
                                  "SELECT min(c.began_ms), sum(e.credits) FROM charge c"
                                  " JOIN charge_event e ON e.charge = c.id AND e.final = 1"
                                  " AND e.state IN ('charged', 'reconciled')"
                                  " WHERE c.began_ms > ?1 - ?2 * 86400000 AND c.began_ms <= ?1"
                                  " GROUP BY (?1 - c.began_ms) / 86400000",
                                  VALUES(value_int(t->now_ms), value_int(t->days))),
                        e);
}

bool store_burnt(struct store *s, int64_t now_ms, int days,
                 bool (*each)(void *arg, const struct burnt *day), void *arg, struct err *e)
{
    struct burnt_task t = {.task = {.kind = TASK_ALONE, .work = burn},
                           .now_ms = now_ms,
                           .days = days,
                           .slice = {.width = 2}};
    bool ok = store_do(s, &t.task, e), more = true;

    for (size_t i = 0; ok && more && i < slice_rows(&t.slice); i++) {
        const struct burnt day = {slice_int(&t.slice, i, 0), slice_int(&t.slice, i, 1)};

        more = each(arg, &day);
    }
    slice_free(&t.slice);
    return ok;
}
