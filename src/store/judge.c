// Charges in doubt, judged by what the account's meters said before and after. Floor: store.
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "store/ledger.h"
#include "store/owner.h"

static const char mark_sql[] =
    "INSERT OR REPLACE INTO meter_mark SELECT ifnull(max(id), 0), ?, ?, ? FROM charge"
    " WHERE NOT EXISTS (SELECT 1 FROM charge_open o WHERE NOT EXISTS"
    " (SELECT 1 FROM charge_event e WHERE e.charge = o.charge))";

// The stretch between two looks at the meters, and what the ledger knows of it.
struct stretch {
    int64_t after, to; // charges
    struct meters_used from, until;
    long long charged;  // credits
    long long in_doubt; // credits at the most
};

struct judge_task {
    struct store_task task;
    struct meters_used now;
    VEC(struct judged) out;
};

struct doubt {
    int64_t charge, began_ms;
    long long quoted;
};

static bool may_write(const struct store *s, struct err *e)
{
    return s->lock >= 0 || err_set(e, ERR_INTERNAL, "this process has not claimed the spending");
}

static bool mark(struct store *s, struct store_task *task, struct err *e)
{
    const struct judge_task *t = (const struct judge_task *)task;

    return may_write(s, e) && db_run(&s->ledger, mark_sql,
                                     VALUES(value_int(clock_utc_ms(&s->clock)),
                                            value_int(t->now.credits), value_int(t->now.records)),
                                     e);
}

bool store_meters_mark(struct store *s, struct meters_used used, struct err *e)
{
    struct judge_task t = {.task = {.kind = TASK_GROUP, .work = mark}, .now = used};

    return used.credits < 0 || store_do(s, &t.task, e);
}

// The last look before the charge and the first behind it.
static bool find_stretch(struct store *s, const struct judge_task *t, int64_t charge,
                         struct stretch *out, struct err *e)
{
    struct rows r = rows_open(&s->ledger,
                              "SELECT charge, credits, records, charge < ?1 FROM meter_mark"
                              " WHERE charge = (SELECT max(charge) FROM meter_mark WHERE charge <"
                              " ?1) OR charge = (SELECT min(charge) FROM meter_mark WHERE charge >="
                              " ?1)",
                              VALUES(value_int(charge)));

    *out = (struct stretch){.after = -1, .to = INT64_MAX, .from = {-1, -1}, .until = t->now};
    while (rows_next(&r)) {
        struct meters_used used = {rows_int(&r, 1), rows_int(&r, 2)};

        if (rows_int(&r, 3)) {
            out->after = rows_int(&r, 0);
            out->from = used;
        } else {
            out->to = rows_int(&r, 0);
            out->until = used;
        }
    }
    return rows_close(&r, e);
}

static bool count_stretch(struct store *s, struct stretch *st, struct err *e)
{
    struct rows r = rows_open(
        &s->ledger,
        "SELECT (SELECT ifnull(sum(credits), 0) FROM charge_event WHERE final AND charge > ?1 AND"
        " charge <= ?2), ifnull(sum(c.quoted_max), 0) FROM charge_open o JOIN charge c"
        " ON c.id = o.charge WHERE o.charge > ?1 AND o.charge <= ?2",
        VALUES(value_int(st->after), value_int(st->to)));

    if (rows_next(&r)) {
        st->charged = rows_int(&r, 0);
        st->in_doubt = rows_int(&r, 1);
    }
    return rows_close(&r, e);
}

static struct judged judge_one(const struct stretch *st, const struct doubt *d)
{
    long long moved = st->until.credits - st->from.credits - st->charged;
    struct judged j = {d->charge, VERDICT_UNCLEAR, 0, METER_UNTOLD, st->in_doubt};

    if (st->after < 0 || st->from.credits < 0 || st->until.credits < 0)
        return j;
    j.moved = moved;
    if (moved == 0) {
        j.verdict = VERDICT_NOT_CHARGED;
    } else if (moved == st->in_doubt) {
        j.verdict = VERDICT_CHARGED;
        j.credits = d->quoted;
    }
    return j;
}

// What was paid for and whose answer was lost can be had again for nothing.
static bool own(struct store *s, const struct doubt *d, struct err *e)
{
    return db_run(&s->ledger, "INSERT OR IGNORE INTO field_list (names) VALUES ('')", NO_VALUES,
                  e) &&
           db_run(&s->ledger,
                  "INSERT INTO record (entity, id, bought_ms, fetched_ms, fields, answer)"
                  " SELECT c.entity, r.record, ?2, 0, (SELECT id FROM field_list WHERE names = ''),"
                  " NULL FROM charge c JOIN charge_record r ON r.charge = c.id WHERE c.id = ?1"
                  " AND CAST(CAST(r.record AS INTEGER) AS TEXT) = r.record"
                  " AND NOT EXISTS (SELECT 1 FROM suppressed s WHERE s.entity = c.entity"
                  " AND s.id = r.record) ON CONFLICT DO NOTHING",
                  VALUES(value_int(d->charge), value_int(d->began_ms)), e);
}

static bool write(struct store *s, const struct judged *j, const struct doubt *d, struct err *e)
{
    bool charged = j->verdict == VERDICT_CHARGED;

    if (j->verdict == VERDICT_UNCLEAR)
        return true;
    return db_run(&s->ledger,
                  "INSERT INTO charge_event (charge, final, state, at_ms, http, request_id, reason,"
                  " credits, records, requests) VALUES (?, 1, 'reconciled', ?, 0, '', ?, ?, 0, 0)",
                  VALUES(value_int(j->charge), value_int(clock_utc_ms(&s->clock)),
                         value_text(charged ? "charged, by the account's meters; its answer is lost"
                                            : "not charged, by the account's meters"),
                         value_int(j->credits)),
                  e) &&
           (!charged || own(s, d, e));
}

static bool is_quiet(struct store *s, struct err *e)
{
    int64_t under_way;

    return db_number(&s->ledger,
                     "SELECT count(*) FROM charge_open o WHERE NOT EXISTS (SELECT 1 FROM"
                     " charge_event e WHERE e.charge = o.charge)",
                     NO_VALUES, 0, &under_way, e) &&
           (under_way == 0 ||
            err_set(e, ERR_REFUSED, "calls are under way; ask again when they have ended"));
}

static bool list(struct store *s, struct doubt **out, size_t *n, struct err *e)
{
    VEC(struct doubt) all = {0};
    struct rows r = rows_open(&s->ledger,
                              "SELECT c.id, c.began_ms, c.quoted_max FROM charge_open o"
                              " JOIN charge c ON c.id = o.charge ORDER BY c.id",
                              NO_VALUES);

    while (rows_next(&r)) {
        struct doubt d = {rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 2)};

        vec_push(&all, d);
    }
    *out = all.items;
    *n = all.len;
    return rows_close(&r, e);
}

// All are judged before any is ended: an end would count among what is known.
static bool judge(struct store *s, struct store_task *task, struct err *e)
{
    struct judge_task *t = (struct judge_task *)task;
    struct doubt *doubts = NULL;
    size_t n = 0;
    bool ok = may_write(s, e) && is_quiet(s, e) && list(s, &doubts, &n, e);

    t->out.len = 0;
    for (size_t i = 0; ok && i < n; i++) {
        struct stretch st;

        ok = find_stretch(s, t, doubts[i].charge, &st, e) && count_stretch(s, &st, e);
        vec_push(&t->out, judge_one(&st, &doubts[i]));
    }
    for (size_t i = 0; ok && i < n; i++)
        ok = write(s, &t->out.items[i], &doubts[i], e);
    free(doubts);
    return ok;
}

bool store_reconcile_meters(struct store *s, struct meters_used now, struct judged **out, size_t *n,
                            struct err *e)
{
    struct judge_task t = {.task = {.kind = TASK_GROUP, .work = judge}, .now = now};
    bool ok = store_do(s, &t.task, e);

    *out = t.out.items;
    *n = t.out.len;
    if (ok)
        return true;
    free(t.out.items);
    *out = NULL;
    *n = 0;
    return false;
}
