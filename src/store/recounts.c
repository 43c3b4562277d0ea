// Credits that are counted more than once while charges are in doubt. Floor: store.
#include "store/recounts.h"

#include <stdlib.h>

#include "base/str.h"
#include "model/entity.h"

// A doubt that had ended before the later call began was known of there. One that ended by later
// answers costs nothing itself, so it hides none before it; yet it may have been what paid. The
// first charge looked at is the one behind the last look at the meters before the oldest doubt.
static const char recounts_sql[] =
    "WITH floor AS MATERIALIZED (SELECT ifnull(max(charge), -1) AS id FROM meter_mark"
    "  WHERE charge < (SELECT min(charge) FROM charge_open)),"
    " doubtful AS MATERIALIZED (SELECT c.id, c.entity, r.record, e.at_ms AS ended_ms,"
    "  ifnull(e.reason = ?, 0) AS answered FROM charge c LEFT JOIN charge_event e ON e.charge = "
    "c.id AND e.final"
    "  JOIN charge_record r ON r.charge = c.id"
    "  WHERE c.id IN (SELECT charge FROM charge_open UNION ALL SELECT charge FROM charge_event"
    "   WHERE final AND state = 'reconciled' AND at_ms >= (SELECT min(began_ms) FROM charge"
    "    WHERE id > (SELECT id FROM floor)))),"
    " counted AS (SELECT max(d.id) AS charge, l.charge AS later FROM charge_event e"
    "  CROSS JOIN charge_record l ON l.charge = e.charge"
    "   AND substr(e.outcome, l.place + 1, 1) IN (char(?), char(?))"
    "  CROSS JOIN charge c ON c.id = l.charge"
    "  CROSS JOIN doubtful d ON d.record = l.record AND d.entity = c.entity AND d.id < l.charge"
    "   AND ifnull(d.ended_ms >= c.began_ms, 1)"
    "  WHERE e.final AND e.state = 'charged' AND e.charge > (SELECT id FROM floor)"
    "  GROUP BY l.charge, l.place, d.answered),"
    " doubted AS (SELECT lag(id) OVER (PARTITION BY entity, record ORDER BY id) AS charge,"
    "  id AS later, ended_ms FROM doubtful WHERE NOT answered)"
    " SELECT k.charge, k.later, k.n, k.counted, c.entity,"
    "  c.n_records, c.quoted_max, l.n_records, l.quoted_max, e.charge IS NULL,"
    "  ifnull(e.reason, '')"
    " FROM (SELECT charge, later, count(*) AS n, 1 AS counted FROM counted GROUP BY charge, later"
    "  UNION ALL SELECT charge, later, count(*), 0 FROM doubted"
    "  WHERE charge < later AND ended_ms IS NULL GROUP BY charge, later) k"
    " JOIN charge c ON c.id = k.charge JOIN charge l ON l.id = k.later"
    " LEFT JOIN charge_event e ON e.charge = c.id AND e.final";

enum {
    CHARGE,
    LATER,
    RECORDS,
    COUNTED,
    ENTITY,
    CHARGE_RECORDS,
    CHARGE_QUOTED,
    LATER_RECORDS,
    LATER_QUOTED,
    OPEN,
    END_REASON
};

// What its end says of it.
static enum verdict told(struct rows *r)
{
    const char *reason = rows_text(r, END_REASON);

    if (rows_int(r, OPEN) || str_eq(reason, reconciled_by_answers))
        return VERDICT_UNCLEAR;
    return str_eq(reason, reconciled_as_charged) ? VERDICT_CHARGED : VERDICT_NOT_CHARGED;
}

static struct recount read_one(struct rows *r)
{
    const struct entity *entity = entity_find(rows_text(r, ENTITY));
    long long each = entity ? entity->charging.credits_new : 0;
    bool all_new = rows_int(r, CHARGE_QUOTED) == rows_int(r, CHARGE_RECORDS) * each &&
                   rows_int(r, LATER_QUOTED) == rows_int(r, LATER_RECORDS) * each;

    return (struct recount){.charge = rows_int(r, CHARGE),
                            .later = rows_int(r, LATER),
                            .credits = rows_int(r, RECORDS) * each,
                            .open = rows_int(r, OPEN),
                            .counted = rows_int(r, COUNTED),
                            .sure = rows_int(r, COUNTED) || all_new,
                            .told = told(r)};
}

bool recounts_list(struct db *ledger, struct recounts *out, struct err *e)
{
    struct rows r = rows_open(ledger, recounts_sql,
                              VALUES(value_text(reconciled_by_answers), value_int(FATE_CHARGED),
                                     value_int(FATE_WITHHELD)));

    while (rows_next(&r))
        vec_push(&out->all, read_one(&r));
    return rows_close(&r, e);
}

void recounts_free(struct recounts *r)
{
    free(r->all.items);
    *r = (struct recounts){0};
}

bool recounts_joins(const struct recounts *r, int64_t charge, int64_t later)
{
    for (size_t i = 0; i < r->all.len; i++) {
        const struct recount *one = &r->all.items[i];

        if (one->charge == charge && one->later == later && !one->counted)
            return true;
    }
    return false;
}

void recounts_tell(struct recounts *r, int64_t charge, enum verdict v)
{
    for (size_t i = 0; i < r->all.len; i++) {
        if (r->all.items[i].charge == charge)
            r->all.items[i].told = v;
    }
}

static bool has(struct between b, int64_t charge)
{
    return charge > b.after && charge <= b.to;
}

// The charge is in doubt together with the later one, or with what is in doubt where that counts.
static bool is_shared(const struct recount *r, struct between b)
{
    return r->open && has(b, r->charge) && has(b, r->later) && r->sure;
}

// The later one is in doubt, and the charge has paid for its records.
static bool is_paid(const struct recount *r, struct between b)
{
    return !r->counted && r->told == VERDICT_CHARGED && !has(b, r->charge) && has(b, r->later) &&
           r->sure;
}

long long recounts_within(const struct recounts *r, struct between b)
{
    long long credits = 0;

    for (size_t i = 0; i < r->all.len; i++) {
        const struct recount *one = &r->all.items[i];

        if (is_shared(one, b) || is_paid(one, b))
            credits += one->credits;
    }
    return credits;
}

long long recounts_before(const struct recounts *r, struct between b, long long *at_most)
{
    long long credits = 0;

    *at_most = 0;
    for (size_t i = 0; i < r->all.len; i++) {
        const struct recount *one = &r->all.items[i];

        if (!one->counted || has(b, one->charge) || !has(b, one->later))
            continue;
        credits += one->told == VERDICT_CHARGED ? one->credits : 0;
        *at_most += one->told != VERDICT_NOT_CHARGED ? one->credits : 0;
    }
    return credits;
}

long long recounts_of(const struct recounts *r, int64_t charge, struct between b)
{
    long long credits = 0;

    for (size_t i = 0; i < r->all.len; i++) {
        const struct recount *one = &r->all.items[i];
        bool counted = one->charge == charge && (one->counted || is_shared(one, b));

        if (counted || (one->later == charge && is_paid(one, b)))
            credits += one->credits;
    }
    return credits;
}
