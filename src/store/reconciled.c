// The end of a charge that was in doubt. The store's thread. Floor: store.
#include "store/reconciled.h"

bool reconciled_write(struct db *ledger, const struct reconciled *r, int64_t now_ms, struct err *e)
{
    return db_run(ledger,
                  "INSERT INTO charge_event (charge, final, state, at_ms, http, request_id, reason,"
                  " credits, records, requests, sent_ms) SELECT ?1, 1, 'reconciled', ?2,"
                  " ifnull(e.http, 0), ifnull(e.request_id, ''), ?3, ?4, ?5, ?6,"
                  " ifnull(e.sent_ms, 0) FROM (SELECT 1) LEFT JOIN charge_event e"
                  " ON e.charge = ?1 AND NOT e.final",
                  VALUES(value_int(r->charge), value_int(now_ms), value_text(r->reason),
                         value_int(r->credits), value_int(r->records), value_int(r->requests)),
                  e);
}
