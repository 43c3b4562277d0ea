// Charges in doubt, judged by what the account's meters said before and after. Floor: store.
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "model/entity.h"
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
    struct meters_used charged; // by what the ledger knows
    long long in_doubt;         // credits at the most
    long long unheard;          // records of what is in doubt
};

struct judge_task {
    struct store_task task;
    struct meters_used now;
    VEC(struct judged) out;
};

struct doubt {
    int64_t charge, began_ms;
    long long quoted, n_records;
    long long recounted; // credits, by all later charges
};

// Credits that a later charge counts for records of one in doubt: the account pays for each once.
struct recount {
    int64_t charge, later;
    long long credits;
};

struct doubts {
    VEC(struct doubt) all;
    VEC(struct recount) recounts;
};

static const char recounts_sql[] =
    "WITH doubtful AS MATERIALIZED (SELECT c.id, c.entity, r.record FROM charge_open o"
    " JOIN charge c ON c.id = o.charge JOIN charge_record r ON r.charge = c.id)"
    " SELECT d.id, l.charge, count(*), d.entity FROM charge_event e"
    " CROSS JOIN charge_record l ON l.charge = e.charge"
    " AND substr(e.outcome, l.place + 1, 1) = char(?)"
    " CROSS JOIN charge c ON c.id = l.charge"
    " CROSS JOIN doubtful d ON d.record = l.record AND d.entity = c.entity AND d.id < l.charge"
    " WHERE e.final AND e.state = 'charged' AND e.charge > (SELECT min(charge) FROM charge_open)"
    " GROUP BY d.id, l.charge";

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
        " charge <= ?2), (SELECT ifnull(sum(records), 0) FROM charge_event WHERE final AND charge >"
        " ?1 AND charge <= ?2), ifnull(sum(c.quoted_max), 0), ifnull(sum(c.n_records), 0)"
        " FROM charge_open o JOIN charge c ON c.id = o.charge"
        " WHERE o.charge > ?1 AND o.charge <= ?2",
        VALUES(value_int(st->after), value_int(st->to)));

    if (rows_next(&r)) {
        st->charged = (struct meters_used){rows_int(&r, 0), rows_int(&r, 1)};
        st->in_doubt = rows_int(&r, 2);
        st->unheard = rows_int(&r, 3);
    }
    return rows_close(&r, e);
}

// Credits of a charge in doubt that those up to a later one have counted. charge 0: of all.
static long long recounted(const struct doubts *d, int64_t charge, int64_t after, int64_t to)
{
    long long credits = 0;

    for (size_t i = 0; i < d->recounts.len; i++) {
        const struct recount *r = &d->recounts.items[i];

        if ((!charge || r->charge == charge) && r->charge > after && r->later <= to)
            credits += r->credits;
    }
    return credits;
}

static long long records_of(const struct stretch *st, const struct doubt *d)
{
    long long moved = st->until.records - st->from.records - st->charged.records;

    return moved == st->unheard ? d->n_records : d->quoted;
}

static struct judged judge_one(const struct stretch *st, const struct doubt *d)
{
    long long moved = st->until.credits - st->from.credits - st->charged.credits;
    struct judged j = {.charge = d->charge,
                       .verdict = VERDICT_UNCLEAR,
                       .moved = METER_UNTOLD,
                       .most = st->in_doubt};

    if (st->after < 0 || st->from.credits < 0 || st->until.credits < 0)
        return j;
    j.moved = moved;
    if (moved == 0) {
        j.verdict = VERDICT_NOT_CHARGED;
    } else if (moved == st->in_doubt) {
        j.verdict = VERDICT_CHARGED;
        j.recounted = d->recounted;
        j.credits = d->quoted - d->recounted;
        j.records = records_of(st, d);
    }
    return j;
}

// What was paid for and whose answer was lost can be had again for nothing; what an input named is
// known by that input until it is answered.
static bool own(struct store *s, const struct doubt *d, struct err *e)
{
    return db_run(&s->ledger, "INSERT OR IGNORE INTO field_list (names) VALUES ('')", NO_VALUES,
                  e) &&
           db_run(&s->ledger,
                  "INSERT INTO record (entity, id, bought_ms, fetched_ms, fields, answer)"
                  " SELECT c.entity, r.record, ?2, 0, (SELECT id FROM field_list WHERE names = ''),"
                  " NULL FROM charge c JOIN charge_record r ON r.charge = c.id WHERE c.id = ?1"
                  " AND NOT EXISTS (SELECT 1 FROM suppressed s WHERE s.entity = c.entity"
                  " AND s.id = r.record) AND NOT EXISTS (SELECT 1 FROM matched m"
                  " WHERE m.entity = c.entity AND m.input = r.record) ON CONFLICT DO NOTHING",
                  VALUES(value_int(d->charge), value_int(d->began_ms)), e);
}

static bool write(struct store *s, const struct judged *j, const struct doubt *d, struct err *e)
{
    bool charged = j->verdict == VERDICT_CHARGED;

    if (j->verdict == VERDICT_UNCLEAR)
        return true;
    return db_run(&s->ledger,
                  "INSERT INTO charge_event (charge, final, state, at_ms, http, request_id, reason,"
                  " credits, records, requests) VALUES (?, 1, 'reconciled', ?, 0, '', ?, ?, ?, ?)",
                  VALUES(value_int(j->charge), value_int(clock_utc_ms(&s->clock)),
                         value_text(charged ? "charged, by the account's meters; its answer is lost"
                                            : "not charged, by the account's meters"),
                         value_int(j->credits), value_int(j->records), value_int(charged)),
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

static bool list_recounts(struct store *s, struct doubts *out, struct err *e)
{
    struct rows r = rows_open(&s->ledger, recounts_sql, VALUES(value_int(FATE_CHARGED)));

    while (rows_next(&r)) {
        const struct entity *entity = entity_find(rows_text(&r, 3));
        struct recount one = {rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 2)};

        one.credits *= entity ? entity->charging.credits_new : 0;
        vec_push(&out->recounts, one);
    }
    return rows_close(&r, e);
}

static bool list(struct store *s, struct doubts *out, struct err *e)
{
    struct rows r;

    if (!list_recounts(s, out, e))
        return false;
    r = rows_open(&s->ledger,
                  "SELECT c.id, c.began_ms, c.quoted_max, c.n_records FROM charge_open o"
                  " JOIN charge c ON c.id = o.charge ORDER BY c.id",
                  NO_VALUES);
    while (rows_next(&r)) {
        struct doubt d = {rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 2), rows_int(&r, 3), 0};

        d.recounted = recounted(out, d.charge, 0, INT64_MAX);
        vec_push(&out->all, d);
    }
    return rows_close(&r, e);
}

static bool judge_all(struct store *s, struct judge_task *t, const struct doubts *d, struct err *e)
{
    struct stretch st;
    bool ok = true;

    for (size_t i = 0; ok && i < d->all.len; i++) {
        ok = find_stretch(s, t, d->all.items[i].charge, &st, e) && count_stretch(s, &st, e);
        if (!ok)
            break;
        st.in_doubt -= recounted(d, 0, st.after, st.to);
        vec_push(&t->out, judge_one(&st, &d->all.items[i]));
    }
    return ok;
}

// All are judged before any is ended: an end would count among what is known.
static bool judge(struct store *s, struct store_task *task, struct err *e)
{
    struct judge_task *t = (struct judge_task *)task;
    struct doubts doubts = {0};
    bool ok = may_write(s, e) && is_quiet(s, e) && list(s, &doubts, e);

    t->out.len = 0;
    ok = ok && judge_all(s, t, &doubts, e);
    for (size_t i = 0; ok && i < t->out.len; i++)
        ok = write(s, &t->out.items[i], &doubts.all.items[i], e);
    free(doubts.all.items);
    free(doubts.recounts.items);
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
