// Records let go of. Floor: store.
#include "store/forget.h"

#include "base/str.h"
#include "store/ids.h"
#include "store/listed.h"
#include "store/paid.h"

// ?1: the entity, ?2: the ids: what calls asked for them by.
#define ASKED_FOR                                                                                  \
    " r.record IN (SELECT value FROM json_each(?2) UNION ALL SELECT m.input FROM json_each(?2) j"  \
    " CROSS JOIN matched m ON m.entity = ?1 AND m.id = j.value)"

// The same. Notes and tags first: their triggers look at the record.
static const char *const steps[] = {
    "DELETE FROM note WHERE entity = ?1 AND id IN (SELECT value FROM json_each(?2))",
    "DELETE FROM tag WHERE entity = ?1 AND id IN (SELECT value FROM json_each(?2))",
    // Few are kept, and many charges have been: from here to there, not back.
    "DELETE FROM charge_answer WHERE charge IN (SELECT a.charge FROM charge_answer a"
    " CROSS JOIN charge c ON c.id = a.charge CROSS JOIN charge_record r ON r.charge = a.charge"
    " WHERE c.entity = ?1 AND" ASKED_FOR ")",
    "DELETE FROM older WHERE entity = ?1 AND id IN (SELECT value FROM json_each(?2))",
    "DELETE FROM version WHERE no IN (SELECT v.no FROM json_each(?2) j"
    " CROSS JOIN version v ON v.entity = ?1 AND v.id = j.value)",
    "DELETE FROM answer WHERE no IN (SELECT r.answer FROM json_each(?2) j"
    " CROSS JOIN record r ON r.entity = ?1 AND r.id = j.value)",
    "DELETE FROM matched WHERE entity = ?1 AND id IN (SELECT value FROM json_each(?2))",
    "DELETE FROM record WHERE entity = ?1 AND id IN (SELECT value FROM json_each(?2))"
    " AND bought_ms = 0",
};
static const char disown_step[] =
    "DELETE FROM record WHERE entity = ?1 AND id IN (SELECT value FROM json_each(?2))";
// The account owns on what it bought, and would not be charged for it again.
static const char empty_step[] =
    "UPDATE record SET answer = NULL, fetched_ms = 0, fields = (SELECT id FROM field_list WHERE"
    " names = '') WHERE entity = ?1 AND id IN (SELECT value FROM json_each(?2))";

#define NAMES_THEM " " ORIGIN_NAMES("c.entity", "o.text")
// Whom a charge asked for is found by looking through all.
static const char origin_step[] =
    "DELETE FROM charge_origin WHERE charge IN (SELECT r.charge FROM charge_record r"
    " JOIN charge c ON c.id = r.charge JOIN charge_origin o ON o.charge = c.id"
    " WHERE c.entity = ?1 AND r.record IN (SELECT value FROM json_each(?2)) AND" NAMES_THEM ")";
static const char suppressed_step[] =
    "DELETE FROM charge_origin WHERE charge IN (SELECT c.id FROM charge_origin o"
    " CROSS JOIN charge c ON c.id = o.charge WHERE" NAMES_THEM " AND EXISTS"
    " (SELECT 1 FROM charge_record r JOIN suppressed s ON s.entity = c.entity AND s.id = r.record"
    " WHERE r.charge = c.id))";

static bool suppress(struct store *s, const char *entity, const char *const *ids, size_t n,
                     const struct forgetting *how, const char *list, struct err *e)
{
    bool ok =
        db_run(&s->ledger, "INSERT OR IGNORE INTO suppressed SELECT ?, value, ? FROM json_each(?)",
               VALUES(value_text(entity), value_int(clock_utc_ms(&s->clock)), value_text(list)), e);

    for (size_t i = 0; ok && i < n; i++) {
        const struct listed one = {entity, ids[i]},
                            with = {how->with_entity, how->with_ids ? how->with_ids[i] : NULL};

        ok = listed_with(&s->ledger, one, how->with_entity ? with : one, e);
    }
    atomic_store(&s->ids, true);
    return ok;
}

static bool run(struct store *s, const char *sql, const char *entity, const char *list,
                struct err *e)
{
    return db_run(&s->ledger, sql, VALUES(value_text(entity), value_text(list)), e);
}

static bool leave_word(struct store *s, enum purge_depth depth, struct err *e)
{
    return db_run(&s->ledger, "INSERT INTO purge_due VALUES (?)", VALUES(value_int(depth)), e);
}

bool forget(struct store *s, const char *entity, const char *const *ids, size_t n,
            const struct forgetting *how, struct err *e)
{
    struct str list = {0};
    enum purge_depth depth;
    int64_t before;
    bool ok;

    ids_json(ids, n, &list);
    ok = paid_ready(s, e);
    before = db_changes(&s->ledger);
    for (size_t i = 0; ok && i < ARRAY_LEN(steps); i++)
        ok = run(s, steps[i], entity, list.data, e);
    ok = ok && run(s, how->bought ? disown_step : empty_step, entity, list.data, e);
    ok = ok && (how->later || run(s, origin_step, entity, list.data, e));
    depth = how->whole ? PURGE_WHOLE : db_changes(&s->ledger) > before ? PURGE_HELD : PURGE_NAMED;
    ok = ok && (!how->suppress || suppress(s, entity, ids, n, how, list.data, e)) &&
         leave_word(s, depth, e);
    s->purge_due = true;
    str_free(&list);
    return ok;
}

bool forget_answers(struct store *s, const char *entity, const char *const *ids, size_t n,
                    struct purge_answers *out, struct err *e)
{
    struct str list = {0};
    struct rows r;

    *out = (struct purge_answers){0};
    ids_json(ids, n, &list);
    r = rows_open(&s->ledger,
                  "SELECT count(*), min(charge), ifnull(sum(others), 0) FROM (SELECT a.charge,"
                  " c.n_records - count(*) AS others FROM charge_answer a"
                  " CROSS JOIN charge c ON c.id = a.charge"
                  " CROSS JOIN charge_record r ON r.charge = a.charge"
                  " WHERE c.entity = ?1 AND" ASKED_FOR " GROUP BY a.charge)",
                  VALUES(value_text(entity), value_text(list.data)));
    if (rows_next(&r))
        *out = (struct purge_answers){rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 2)};
    str_free(&list);
    return rows_close(&r, e);
}

bool forget_origins(struct store *s, struct err *e)
{
    int64_t before = db_changes(&s->ledger);
    bool ok;

    if (!db_begin(&s->ledger, e))
        return false;
    ok = db_run(&s->ledger, suppressed_step, NO_VALUES, e) &&
         (db_changes(&s->ledger) == before || leave_word(s, PURGE_HELD, e)) &&
         db_commit(&s->ledger, e);
    db_end(&s->ledger);
    return ok;
}
