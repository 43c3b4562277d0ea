// What was paid for and whose answer was lost, into the library. Floor: store.
#include "store/paid.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "model/entity.h"
#include "store/owned.h"
#include "store/owner.h"

struct paid {
    char *id; // owned
    int64_t bought_ms;
};

struct paid_list {
    VEC(struct paid) all;
};

static void paid_free(struct paid_list *p)
{
    for (size_t i = 0; i < p->all.len; i++)
        free(p->all.items[i].id);
    free(p->all.items);
}

// The records of a charge as the library has them: what an input named is known by that input
// until it is answered.
static bool list_paid(struct store *s, int64_t charge, const char **entity, struct paid_list *out,
                      struct err *e)
{
    struct rows r = rows_open(
        &s->ledger,
        "SELECT k.id, ifnull(h.bought_ms, 0), k.entity FROM (SELECT c.entity,"
        " ifnull(m.id, r.record) AS id FROM charge c JOIN charge_record r ON r.charge = c.id"
        " LEFT JOIN matched m ON m.entity = c.entity AND m.input = r.record WHERE c.id = ?1) k"
        " LEFT JOIN record h ON h.entity = k.entity AND h.id = k.id"
        " WHERE NOT EXISTS (SELECT 1 FROM suppressed s WHERE s.entity = k.entity AND s.id = k.id)",
        VALUES(value_int(charge)));

    while (rows_next(&r)) {
        struct paid one = {mem_strdup(rows_text(&r, 0)), rows_int(&r, 1)};
        const struct entity *known = entity_find(rows_text(&r, 2));

        *entity = known ? known->name : *entity;
        vec_push(&out->all, one);
    }
    return rows_close(&r, e);
}

bool paid_ready(struct store *s, struct err *e)
{
    return db_run(&s->ledger, "INSERT OR IGNORE INTO field_list (names) VALUES ('')", NO_VALUES, e);
}

bool paid_keep(struct store *s, const char *entity, const char *id, int64_t bought_ms,
               struct err *e)
{
    return paid_ready(s, e) &&
           db_run(&s->ledger,
                  "INSERT INTO record (entity, id, bought_ms, fetched_ms, fields, answer)"
                  " VALUES (?, ?, ?, 0, (SELECT id FROM field_list WHERE names = ''), NULL)"
                  " ON CONFLICT (entity, id) DO UPDATE SET bought_ms = excluded.bought_ms",
                  VALUES(value_text(entity), value_text(id), value_int(bought_ms)), e);
}

bool paid_own(struct store *s, int64_t charge, int64_t began_ms, struct err *e)
{
    struct paid_list paid = {0};
    const char *entity = "";
    bool ok = list_paid(s, charge, &entity, &paid, e);

    for (size_t i = 0; ok && i < paid.all.len; i++) {
        const struct paid *p = &paid.all.items[i];

        if (!p->bought_ms || store_free_until(s, entity, p->bought_ms) <= began_ms)
            ok = paid_keep(s, entity, p->id, began_ms, e);
    }
    paid_free(&paid);
    return ok;
}
