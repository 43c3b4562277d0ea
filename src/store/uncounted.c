// What the account's meters moved by that the ledger does not count. Floor: store.
#include "store/uncounted.h"

// The look taken is the last before what may have cost something. What a doubt cost that ended
// behind it may be counted before it or behind it: then an earlier one is taken, before that doubt.
static const char credits_sql[] =
    "WITH RECURSIVE look (charge) AS (SELECT ifnull(max(charge), -1) FROM meter_mark"
    "  WHERE charge < (SELECT ifnull(min(o.charge), 9223372036854775807) FROM charge_open o"
    "   JOIN charge c ON c.id = o.charge WHERE c.quoted_max > 0) UNION"
    "  SELECT ifnull((SELECT max(charge) FROM meter_mark WHERE charge < v.charge), -1)"
    "  FROM look l JOIN meter_mark m ON m.charge = l.charge JOIN charge_event v ON v.final"
    "  AND v.state = 'reconciled' AND v.charge <= m.charge AND v.at_ms >= m.at_ms)"
    " SELECT ?1 - m.credits - (SELECT ifnull(sum(credits), 0) FROM charge_event"
    "  WHERE final AND charge > m.charge)"
    " FROM meter_mark m WHERE m.charge = (SELECT min(charge) FROM look)"
    " AND NOT EXISTS (SELECT 1 FROM (SELECT credits, lead(credits, 1, ?1) OVER"
    "  (ORDER BY charge) AS next FROM meter_mark WHERE charge >= m.charge) WHERE next < credits)";

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

bool uncounted_credits(struct db *ledger, struct meters_used now, int64_t *out, struct err *e)
{
    return db_number(ledger, credits_sql, VALUES(value_int(now.credits)), INT64_MAX, out, e);
}

bool uncounted_records(struct db *ledger, int64_t charge, struct meters_used now, int64_t *out,
                       struct err *e)
{
    return db_number(ledger, records_sql, VALUES(value_int(charge), value_int(now.records)), 0, out,
                     e);
}
