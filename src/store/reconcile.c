// Charges in doubt whose doubt has gone. Floor: store.
#include "base/str.h"
#include "model/match.h"
#include "store/ledger.h"
#include "store/owner.h"

const char reconciled_by_answers[] = "its records were answered by later calls";

// What later calls answered is gathered once and looked up: an index on all records ever sent would
// cost every intent. Answers of before outcomes were kept are taken to settle.
static const char answered_sql[] =
    "WITH answered AS MATERIALIZED ("
    "  SELECT c.entity, r.record, max(c.id) AS charge FROM charge_event e"
    "  JOIN charge c ON c.id = e.charge JOIN charge_record r ON r.charge = e.charge"
    "  WHERE e.state = 'charged' AND e.charge > (SELECT min(charge) FROM charge_open)"
    "   AND (ifnull(e.outcome, '') = '' OR instr(?, substr(e.outcome, r.place + 1, 1)) = 0)"
    "  GROUP BY c.entity, r.record)"
    "INSERT INTO charge_event (charge, final, state, at_ms, http, request_id, reason, credits,"
    " records, requests)"
    " SELECT o.charge, 1, 'reconciled', ?, 0, '', ?, 0, 0, 0"
    " FROM charge_open o JOIN charge_event d ON d.charge = o.charge AND d.final = 0"
    " WHERE o.charge NOT IN (SELECT c.id FROM charge_open u JOIN charge c ON c.id = u.charge"
    "  JOIN charge_record r ON r.charge = c.id LEFT JOIN answered a"
    "  ON a.record = r.record AND a.entity = c.entity AND a.charge > c.id"
    "  WHERE a.charge IS NULL)";

struct reconcile_task {
    struct store_task task;
    int64_t ended;
};

static bool count_open(struct store *s, int64_t *n, struct err *e)
{
    return db_number(&s->ledger, "SELECT count(*) FROM charge_open", NO_VALUES, 0, n, e);
}

// The letters of what a record may be answered with and have been charged before.
static void add_unsettling(struct str *out)
{
    for (size_t i = 0; i < MATCH_STATUSES; i++) {
        const struct match_status *status = match_status_at(i);

        if (!status->settles)
            str_add_char(out, status->letter);
    }
}

static bool end_answered(struct store *s, struct err *e)
{
    struct str unsettling = {0};
    bool ok;

    add_unsettling(&unsettling);
    ok = db_run(&s->ledger, answered_sql,
                VALUES(value_text(str_text(&unsettling)), value_int(clock_utc_ms(&s->clock)),
                       value_text(reconciled_by_answers)),
                e);
    str_free(&unsettling);
    return ok;
}

static bool reconcile(struct store *s, struct store_task *task, struct err *e)
{
    struct reconcile_task *t = (struct reconcile_task *)task;
    int64_t before, after;

    if (s->lock < 0)
        return err_set(e, ERR_INTERNAL, "this process has not claimed the spending");
    if (!count_open(s, &before, e) || !end_answered(s, e) || !count_open(s, &after, e))
        return false;
    t->ended = before - after;
    return true;
}

bool store_reconcile_answered(struct store *s, long long *ended, struct err *e)
{
    struct reconcile_task t = {.task = {.kind = TASK_GROUP, .work = reconcile}};

    if (!store_do(s, &t.task, e))
        return false;
    *ended = t.ended;
    return true;
}
