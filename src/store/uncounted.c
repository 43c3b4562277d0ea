// What the account's meters moved by that the ledger does not count. Floor: store.
#include "store/uncounted.h"

// Whether a meter was ever below what it had said at the look or behind it. ?2, ?3: now.
#define FELL(meter, now)                                                                           \
    "EXISTS (SELECT 1 FROM (SELECT " meter " AS used, lead(" meter ", 1, " now ") OVER"            \
    " (ORDER BY charge) AS next FROM meter_mark WHERE charge >= m.charge)"                         \
    " WHERE used < 0 OR next < used)"

static const char behind_sql[] = "SELECT m.charge, NOT " FELL("credits", "?2") ", NOT " FELL(
    "records", "?3") ","
                     " ?2 - m.credits - (SELECT ifnull(sum(credits), 0) FROM charge_event"
                     "  WHERE final AND charge > m.charge)"
                     " + (SELECT ifnull(sum(c.quoted_max - v.credits), 0) FROM charge_event v"
                     "  JOIN charge c ON c.id = v.charge WHERE v.final AND v.state = 'reconciled'"
                     "  AND v.reason IN (?4, ?5) AND v.charge <= m.charge AND v.at_ms >= m.at_ms)"
                     " + (SELECT ifnull(sum(c.quoted_max), 0) FROM charge_open o JOIN charge c ON "
                     "c.id = o.charge"
                     "  WHERE o.charge <= m.charge),"
                     " ?3 - m.records - (SELECT ifnull(sum(records), 0) FROM charge_event"
                     "  WHERE final AND charge > m.charge)"
                     " FROM meter_mark m WHERE m.charge = (SELECT max(charge) FROM meter_mark "
                     "WHERE charge < ?1)";

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
                  VALUES(value_int(charge), value_int(now.credits), value_int(now.records),
                         value_text(reconciled_by_answers), value_text(reconciled_as_charged)));

    *out = (struct uncounted){.look = -1};
    if (rows_next(&r))
        *out = (struct uncounted){.look = rows_int(&r, 0),
                                  .told_credits = rows_int(&r, 1),
                                  .told_records = rows_int(&r, 2),
                                  .credits = rows_int(&r, 3),
                                  .records = rows_int(&r, 4)};
    return rows_close(&r, e);
}
