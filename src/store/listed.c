// For whose sake somebody stands on the suppression list. Floor: store.
#include "store/listed.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

struct child {
    char *entity, *id; // owned
};

struct children {
    VEC(struct child) all;
};

bool listed_with(struct db *db, struct listed one, struct listed with, struct err *e)
{
    return db_run(db, "INSERT OR IGNORE INTO suppressed_with VALUES (?, lower(?), ?, lower(?))",
                  VALUES(value_text(one.entity), value_text(one.id), value_text(with.entity),
                         value_text(with.id)),
                  e);
}

static bool erase(struct db *db, struct listed one, int64_t *n, struct err *e)
{
    bool ok = *one.entity ? db_run(db, "DELETE FROM suppressed WHERE entity = ? AND id = ?",
                                   VALUES(value_text(one.entity), value_text(one.id)), e)
                          : db_run(db, "DELETE FROM suppressed_email WHERE hash = lower(?)",
                                   VALUES(value_text(one.id)), e);

    return ok && db_number(db, "SELECT changes()", NO_VALUES, 0, n, e) &&
           db_run(db, "DELETE FROM suppressed_with WHERE entity = ? AND id = lower(?)",
                  VALUES(value_text(one.entity), value_text(one.id)), e);
}

// Those that came with it, which do so no more.
static bool part(struct db *db, struct listed one, struct children *out, struct err *e)
{
    struct rows r = rows_open(db,
                              "SELECT entity, id FROM suppressed_with"
                              " WHERE with_entity = ? AND with_id = lower(?)",
                              VALUES(value_text(one.entity), value_text(one.id)));

    while (rows_next(&r))
        vec_push(&out->all,
                 ((struct child){mem_strdup(rows_text(&r, 0)), mem_strdup(rows_text(&r, 1))}));
    return rows_close(&r, e) &&
           db_run(db, "DELETE FROM suppressed_with WHERE with_entity = ? AND with_id = lower(?)",
                  VALUES(value_text(one.entity), value_text(one.id)), e);
}

static bool is_alone(struct db *db, struct listed one, bool *out, struct err *e)
{
    int64_t n;
    bool ok = db_number(db, "SELECT count(*) FROM suppressed_with WHERE entity = ? AND id = ?",
                        VALUES(value_text(one.entity), value_text(one.id)), 0, &n, e);

    *out = ok && n == 0;
    return ok;
}

bool listed_off(struct db *db, struct listed one, int64_t *n, struct err *e)
{
    struct children came = {0};
    bool ok = erase(db, one, n, e) && part(db, one, &came, e), alone;

    for (size_t i = 0; i < came.all.len; i++) {
        struct child *c = &came.all.items[i];
        const struct listed it = {c->entity, c->id};
        int64_t more = 0;

        ok = ok && is_alone(db, it, &alone, e) && (!alone || listed_off(db, it, &more, e));
        *n += *one.entity || *it.entity ? more : 0; // of one address each kind of hash
        free(c->entity);
        free(c->id);
    }
    vec_free(&came.all);
    return ok;
}
