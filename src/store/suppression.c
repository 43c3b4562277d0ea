// The suppression list. Floor: store.
#include "store/suppression.h"

#include "base/str.h"
#include "store/ids.h"
#include "store/listed.h"
#include "store/owner.h"
#include "store/slice.h"

static bool any(struct store *s, const char *sql)
{
    struct err ignored;
    int64_t n = 0;

    return db_number(&s->ledger, sql, NO_VALUES, 0, &n, &ignored) && n > 0;
}

void suppression_look(struct store *s)
{
    atomic_store(&s->emails, any(s, "SELECT count(*) FROM suppressed_email"));
    atomic_store(&s->ids, any(s, "SELECT count(*) FROM suppressed"));
}

bool store_suppresses_emails(const struct store *s)
{
    return atomic_load(&s->emails);
}

bool store_suppresses_records(const struct store *s)
{
    return atomic_load(&s->ids);
}

static bool may_write(const struct store *s, struct err *e)
{
    return s->lock >= 0 || err_set(e, ERR_INTERNAL, "this process has not claimed the spending");
}

struct emails_task {
    struct store_task task;
    const struct suppressed_email *emails;
    size_t n;
    int64_t added;
};

static bool add_one(struct store *s, const struct suppressed_email *m, int64_t *added,
                    struct err *e)
{
    const struct listed one = {"", m->hash}, with = {m->with_entity, m->with_id};
    int64_t n;
    bool ok = db_run(&s->ledger, "INSERT OR IGNORE INTO suppressed_email VALUES (lower(?), ?)",
                     VALUES(value_text(m->hash), value_int(clock_utc_ms(&s->clock))), e) &&
              db_number(&s->ledger, "SELECT changes()", NO_VALUES, 0, &n, e) &&
              listed_with(&s->ledger, one, m->with_entity ? with : one, e);

    *added += ok && (!m->with_entity || *m->with_entity) ? n : 0;
    return ok;
}

static bool add(struct store *s, struct store_task *task, struct err *e)
{
    struct emails_task *t = (struct emails_task *)task;
    bool ok = may_write(s, e);

    t->added = 0;
    for (size_t i = 0; ok && i < t->n; i++)
        ok = add_one(s, &t->emails[i], &t->added, e);
    atomic_store(&s->emails, atomic_load(&s->emails) || t->n > 0);
    return ok;
}

bool store_suppress_emails(struct store *s, const struct suppressed_email *emails, size_t n,
                           long long *added, struct err *e)
{
    struct emails_task t = {.task = {.kind = TASK_GROUP, .work = add}, .emails = emails, .n = n};
    bool ok = store_do(s, &t.task, e);

    *added = t.added;
    return ok;
}

struct look_task {
    struct store_task task;
    const char *entity; // NULL: of addresses
    const char *const *ids;
    size_t n;
    bool *out;
};

static bool look_up(struct store *s, struct store_task *task, struct err *e)
{
    struct look_task *t = (struct look_task *)task;
    struct str list = {0};
    struct rows r;

    ids_json(t->ids, t->n, &list);
    r = t->entity ? rows_open(&s->ledger,
                              "SELECT j.key FROM json_each(?1) j CROSS JOIN suppressed s"
                              " ON s.entity = ?2 AND s.id = j.value",
                              VALUES(value_text(list.data), value_text(t->entity)))
                  : rows_open(&s->ledger,
                              "SELECT j.key FROM json_each(?) j"
                              " CROSS JOIN suppressed_email s ON s.hash = lower(j.value)",
                              VALUES(value_text(list.data)));
    while (rows_next(&r))
        t->out[rows_int(&r, 0)] = true;
    str_free(&list);
    return rows_close(&r, e);
}

bool store_records_suppressed(struct store *s, const char *entity, const char *const *ids, size_t n,
                              bool *out, struct err *e)
{
    struct look_task t = {.task = {.kind = TASK_ALONE, .work = look_up},
                          .entity = entity,
                          .ids = ids,
                          .n = n,
                          .out = out};

    for (size_t i = 0; i < n; i++)
        out[i] = false;
    return n == 0 || store_do(s, &t.task, e);
}

bool store_emails_suppressed(struct store *s, const char *const *hashes, size_t n, bool *out,
                             struct err *e)
{
    return store_records_suppressed(s, NULL, hashes, n, out, e);
}

struct remove_task {
    struct store_task task;
    struct listed one;
    int64_t removed;
};

static bool take_off(struct store *s, struct store_task *task, struct err *e)
{
    struct remove_task *t = (struct remove_task *)task;
    bool ok = may_write(s, e) && listed_off(&s->ledger, t->one, &t->removed, e);

    suppression_look(s);
    return ok;
}

bool store_unsuppress(struct store *s, const char *entity, const char *id, long long *removed,
                      struct err *e)
{
    struct remove_task t = {.task = {.kind = TASK_GROUP, .work = take_off}, .one = {entity, id}};
    bool ok = store_do(s, &t.task, e);

    *removed = t.removed;
    return ok;
}

struct list_task {
    struct store_task task;
    const char *entity, *id; // the last one given out
    struct slice slice;
};

enum { CELL_ENTITY, CELL_ID, CELL_SINCE, CELLS };

// Addresses come under the entity "~", which is behind all others.
static bool list(struct store *s, struct store_task *task, struct err *e)
{
    struct list_task *t = (struct list_task *)task;
    struct slice old = t->slice; // entity and id stand in it
    struct rows r;
    bool ok;

    t->slice = (struct slice){.width = CELLS};
    r = rows_open(&s->ledger,
                  "SELECT entity, id, since_ms FROM suppressed WHERE (entity, id) > (?1, ?2)"
                  " UNION ALL SELECT '~', hash, since_ms FROM suppressed_email"
                  " WHERE ('~', hash) > (?1, ?2) AND NOT EXISTS (SELECT 1 FROM suppressed_with w"
                  " WHERE w.entity = '' AND w.id = hash AND w.with_entity = ''"
                  " AND w.with_id <> hash) ORDER BY 1, 2",
                  VALUES(value_text(t->entity), value_text(t->id)));
    while (!slice_full(&t->slice) && rows_next(&r))
        slice_take(&t->slice, &r);
    ok = rows_close(&r, e);
    slice_free(&old);
    return ok;
}

bool store_suppressed_each(struct store *s,
                           bool (*each)(void *arg, const struct suppressed_row *row), void *arg,
                           struct err *e)
{
    struct list_task t = {.task = {.kind = TASK_ALONE, .work = list},
                          .entity = "",
                          .id = "",
                          .slice = {.width = CELLS}};
    bool ok, more = true;

    do {
        ok = store_do(s, &t.task, e);
        for (size_t i = 0; ok && more && i < slice_rows(&t.slice); i++) {
            t.entity = slice_text(&t.slice, i, CELL_ENTITY);
            t.id = slice_text(&t.slice, i, CELL_ID);
            more = each(arg, &(struct suppressed_row){str_eq(t.entity, "~") ? "" : t.entity, t.id,
                                                      slice_int(&t.slice, i, CELL_SINCE)});
        }
    } while (ok && more && slice_full(&t.slice));
    slice_free(&t.slice);
    return ok;
}
