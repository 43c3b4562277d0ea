// What the account's meters moved by that the ledger does not count. Floor: store.
#include "store/uncounted.h"

static const char behind_sql[] =
    "SELECT m.charge, NOT EXISTS (SELECT 1 FROM (SELECT credits, lead(credits, 1, ?2) OVER"
    "  (ORDER BY charge) AS next FROM meter_mark WHERE charge >= m.charge) WHERE next < credits),"
    " ?2 - m.credits - (SELECT ifnull(sum(credits), 0) FROM charge_event"
    "  WHERE final AND charge > m.charge)"
    " + (SELECT ifnull(sum(c.quoted_max - v.credits), 0) FROM charge_event v"
    "  JOIN charge c ON c.id = v.charge WHERE v.final AND v.state = 'reconciled'"
    "  AND v.reason IN (?3, ?4) AND v.charge <= m.charge AND v.at_ms >= m.at_ms)"
    " + (SELECT ifnull(sum(c.quoted_max), 0) FROM charge_open o JOIN charge c ON c.id = o.charge"
    "  WHERE o.charge <= m.charge)"
    " FROM meter_mark m WHERE m.charge = (SELECT max(charge) FROM meter_mark WHERE charge < ?1)";

static const char records_sql[] =
    "SELECT u.records - m.records - (SELECT ifnull(sum(records), 0) FROM charge_event"
    "  WHERE final AND charge > m.charge AND charge <= u.charge)"
    " FROM meter_mark m JOIN (SELECT charge, records FROM meter_mark WHERE charge >= ?1"
    "  UNION ALL SELECT 9223372036854775807, ?2 ORDER BY charge LIMIT 1) u"
    " WHERE m.charge = (SELECT max(charge) FROM meter_mark WHERE charge < ?1)"
    " AND m.records >= 0 AND u.records >= m.records";

bool calls_under_way(struct db *ledger, int64_t *n, struct err *e)
{
    return db_number(ledger,
                     "SELECT count(*) FROM charge_open o WHERE NOT EXISTS (SELECT 1 FROM"
                     " charge_event e WHERE e.charge = o.charge)",
                     NO_VALUES, 0, n, e);
}

bool uncounted_behind(struct db *ledger, int64_t charge, struct meters_used now,
                      struct uncounted *out, struct err *e)
{
    struct rows r =
        rows_open(ledger, behind_sql,
                  VALUES(value_int(charge), value_int(now.credits),
                         value_text(reconciled_by_answers), value_text(reconciled_as_charged)));

    *out = (struct uncounted){.look = -1};
    if (rows_next(&r))
        *out = (struct uncounted){rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 2)};
    return rows_close(&r, e);
}

bool uncounted_records(struct db *ledger, int64_t charge, struct meters_used now, int64_t *out,
                       struct err *e)
{
    return db_number(ledger, records_sql, VALUES(value_int(charge), value_int(now.records)), 0, out,
                     e);
}
