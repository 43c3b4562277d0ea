// The library, read. Floor: store.
#include "store/owned.h"

#include "base/map.h"
#include "model/entity.h"
#include "store/ids.h"
#include "store/names.h"
#include "store/owner.h"
#include "store/slice.h"

void store_set_free_months(struct store *s, int months)
{
    atomic_store(&s->free_months, months);
}

int64_t store_free_until(const struct store *s, const char *entity, int64_t bought_ms)
{
    const struct entity *def = entity_find(entity);
    int months = atomic_load(&s->free_months);

    if (!def)
        return bought_ms;
    return clock_months(bought_ms, months ? months : def->charging.free_months);
}

struct find_task {
    struct store_task task;
    const char *entity;
    const char *const *ids;
    size_t n;
    const char *fields;
    struct owned *out;
    bool *covered;
    struct map doubtful; // ids that a charge without an end names
};

static bool find_doubtful(struct store *s, struct find_task *t, struct err *e)
{
    struct rows r = rows_open(&s->ledger,
                              "SELECT r.record FROM charge_open o JOIN charge c ON c.id = o.charge"
                              " JOIN charge_record r ON r.charge = o.charge WHERE c.entity = ?",
                              VALUES(value_text(t->entity)));

    while (rows_next(&r))
        (void)map_put(&t->doubtful, rows_text(&r, 0), t);
    return rows_close(&r, e);
}

static void take(const struct store *s, struct find_task *t, const struct rows *r)
{
    size_t i = (size_t)rows_int(r, 0);
    int64_t bought_ms = rows_int(r, 2);

    t->out[i] = (struct owned){
        .held = rows_int(r, 1),
        .bought_ms = bought_ms,
        .free_until = bought_ms ? store_free_until(s, t->entity, bought_ms) : 0,
        .fetched_ms = rows_int(r, 3),
        .suppressed = rows_int(r, 5),
        .in_doubt = map_has(&t->doubtful, t->ids[i]),
    };
    t->covered[i] = t->out[i].held && names_cover(rows_text(r, 4), t->fields);
}

static bool find_all(struct store *s, struct find_task *t, struct err *e)
{
    struct str list = {0};
    struct rows r;

    ids_json(t->ids, t->n, &list);
    r = rows_open(&s->ledger,
                  "SELECT j.key, r.answer IS NOT NULL, r.bought_ms, r.fetched_ms, f.names,"
                  " s.id IS NOT NULL FROM json_each(?2) j"
                  " LEFT JOIN matched m ON m.entity = ?1 AND m.input = j.value"
                  " LEFT JOIN record r ON r.entity = ?1 AND r.id = ifnull(m.id, j.value)"
                  " LEFT JOIN field_list f ON f.id = r.fields"
                  " LEFT JOIN suppressed s ON s.entity = ?1 AND s.id = j.value",
                  VALUES(value_text(t->entity), value_text(str_text(&list))));
    while (rows_next(&r))
        take(s, t, &r);
    str_free(&list);
    return rows_close(&r, e);
}

static bool find(struct store *s, struct store_task *task, struct err *e)
{
    struct find_task *t = (struct find_task *)task;
    bool ok;

    if (!db_begin_read(&s->ledger, e))
        return false;
    ok = find_doubtful(s, t, e) && find_all(s, t, e);
    db_end(&s->ledger);
    map_free(&t->doubtful, NULL);
    return ok;
}

bool store_owned_find(struct store *s, const char *entity, const char *const *ids, size_t n,
                      const char *fields, struct owned *out, bool *covered, struct err *e)
{
    struct find_task t = {.task = {.kind = TASK_ALONE, .work = find},
                          .entity = entity,
                          .ids = ids,
                          .n = n,
                          .fields = fields,
                          .out = out,
                          .covered = covered};

    return store_do(s, &t.task, e);
}
