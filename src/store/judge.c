// Charges in doubt, judged by what the account's meters said before and after. Floor: store.
#include <stdlib.h>

#include "base/vec.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/paid.h"
#include "store/reconciled.h"
#include "store/recounts.h"
#include "store/uncounted.h"

static const char mark_sql[] =
    "INSERT OR REPLACE INTO meter_mark SELECT ifnull(max(id), 0), ?, ?, ? FROM charge"
    " WHERE NOT EXISTS (SELECT 1 FROM charge_open o WHERE NOT EXISTS"
    " (SELECT 1 FROM charge_event e WHERE e.charge = o.charge))";

// The stretch between two looks at the meters, and what the ledger knows of it.
struct stretch {
    struct between charges;
    struct meters_used from, until;
    struct meters_used charged; // by what the ledger knows
    long long maybe;            // credits of those that may not have been charged
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
};

struct doubts {
    VEC(struct doubt) all;
    struct recounts recounts;
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

    *out = (struct stretch){
        .charges = {.after = -1, .to = INT64_MAX}, .from = {-1, -1}, .until = t->now};
    while (rows_next(&r)) {
        struct meters_used used = {rows_int(&r, 1), rows_int(&r, 2)};

        if (rows_int(&r, 3)) {
            out->charges.after = rows_int(&r, 0);
            out->from = used;
        } else {
            out->charges.to = rows_int(&r, 0);
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
        VALUES(value_int(st->charges.after), value_int(st->charges.to)));

    if (rows_next(&r)) {
        st->charged = (struct meters_used){rows_int(&r, 0), rows_int(&r, 1)};
        st->in_doubt = rows_int(&r, 2);
        st->unheard = rows_int(&r, 3);
    }
    return rows_close(&r, e);
}

static bool look_at(struct store *s, const struct judge_task *t, const struct doubts *d,
                    int64_t charge, struct stretch *st, struct err *e)
{
    struct twice twice;

    if (!find_stretch(s, t, charge, st, e) || !count_stretch(s, st, e))
        return false;
    twice = recounts_within(&d->recounts, st->charges);
    st->charged.credits -= twice.counted;
    st->maybe = twice.perhaps;
    st->in_doubt -= twice.doubted;
    return true;
}

const char reconciled_as_charged[] = "charged, by the account's meters; its answer is lost";

static long long records_of(const struct stretch *st, const struct doubt *d, bool charged)
{
    long long moved = st->until.records - st->from.records - st->charged.records;
    bool told = st->from.records >= 0 && st->until.records >= 0;

    if (told && moved == st->unheard)
        return d->n_records;
    if (told && st->unheard == d->n_records)
        return moved < 0 ? 0 : moved < d->n_records ? moved : d->n_records;
    return charged ? d->quoted : 0;
}

// All or nothing of what is in doubt, where the meters leave nothing else.
static enum verdict verdict_of(const struct stretch *st, long long moved)
{
    long long least = moved > 0 ? moved : 0, most = moved + st->maybe;

    if (most > st->in_doubt)
        most = st->in_doubt;
    if (least == 0 && most == 0)
        return VERDICT_NOT_CHARGED;
    return least == st->in_doubt && most == least ? VERDICT_CHARGED : VERDICT_UNCLEAR;
}

static struct judged judge_one(const struct stretch *st, const struct doubt *d)
{
    long long moved = st->until.credits - st->from.credits - st->charged.credits;
    struct judged j = {.charge = d->charge,
                       .verdict = VERDICT_UNCLEAR,
                       .moved = METER_UNTOLD,
                       .most = st->in_doubt};

    if (st->charges.after < 0 || st->from.credits < 0 || st->until.credits < 0)
        return j;
    j.moved = moved;
    j.maybe = st->maybe;
    j.verdict = verdict_of(st, moved);
    if (j.verdict != VERDICT_UNCLEAR)
        j.records = records_of(st, d, j.verdict == VERDICT_CHARGED);
    return j;
}

static bool write(struct store *s, const struct judged *j, const struct doubt *d, struct err *e)
{
    bool charged = j->verdict == VERDICT_CHARGED;

    if (j->verdict == VERDICT_UNCLEAR)
        return true;
    return reconciled_write(&s->ledger,
                            &(struct reconciled){j->charge,
                                                 charged ? reconciled_as_charged
                                                         : "not charged, by the account's meters",
                                                 j->credits, j->records, charged || j->records > 0},
                            clock_utc_ms(&s->clock), e) &&
           (!charged || paid_own(s, d->charge, d->began_ms, e));
}

static bool is_quiet(struct store *s, struct err *e)
{
    int64_t under_way;

    return calls_under_way(&s->ledger, &under_way, e) &&
           (under_way == 0 ||
            err_set(e, ERR_REFUSED, "calls are under way; ask again when they have ended"));
}

static bool list(struct store *s, struct doubts *out, struct err *e)
{
    struct rows r;

    if (!recounts_list(&s->ledger, &out->recounts, e))
        return false;
    r = rows_open(&s->ledger,
                  "SELECT c.id, c.began_ms, c.quoted_max, c.n_records FROM charge_open o"
                  " JOIN charge c ON c.id = o.charge ORDER BY c.id",
                  NO_VALUES);
    while (rows_next(&r)) {
        struct doubt d = {rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 2), rows_int(&r, 3)};

        vec_push(&out->all, d);
    }
    return rows_close(&r, e);
}

// In their order: what became of one tells what calls after it counted too much.
static bool judge_all(struct store *s, struct judge_task *t, struct doubts *d, struct err *e)
{
    for (size_t i = 0; i < d->all.len; i++) {
        const struct doubt *one = &d->all.items[i];
        struct stretch st;
        struct judged j;

        if (!look_at(s, t, d, one->charge, &st, e))
            return false;
        j = judge_one(&st, one);
        recounts_tell(&d->recounts, one->charge, j.verdict);
        vec_push(&t->out, j);
    }
    return true;
}

// What later calls count is known by the records they name, and by what the meter leaves where the
// same people were bought by lines of a file once and by their ids then.
static void price_one(struct judged *j, const struct doubts *d, const struct doubt *one,
                      int64_t left)
{
    long long most = one->quoted - recounts_of(&d->recounts, one->charge);

    if (most > left)
        most = left;
    j->credits = most > 0 ? most : 0;
    j->recounted = one->quoted - j->credits;
}

static bool price(struct store *s, struct judge_task *t, const struct doubts *d, struct err *e)
{
    int64_t left;

    if (!uncounted_credits(&s->ledger, t->now, &left, e))
        return false;
    for (size_t i = 0; i < t->out.len; i++) {
        struct judged *j = &t->out.items[i];

        if (j->verdict == VERDICT_CHARGED)
            price_one(j, d, &d->all.items[i], left);
        left -= j->credits;
    }
    return true;
}

// All are judged before any is ended: an end would count among what is known.
static bool judge(struct store *s, struct store_task *task, struct err *e)
{
    struct judge_task *t = (struct judge_task *)task;
    struct doubts doubts = {0};
    bool ok = may_write(s, e) && is_quiet(s, e) && list(s, &doubts, e);

    t->out.len = 0;
    ok = ok && judge_all(s, t, &doubts, e) && price(s, t, &doubts, e);
    for (size_t i = 0; ok && i < t->out.len; i++)
        ok = write(s, &t->out.items[i], &doubts.all.items[i], e);
    free(doubts.all.items);
    recounts_free(&doubts.recounts);
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
