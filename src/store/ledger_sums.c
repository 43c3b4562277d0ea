// The ledger summed up, and the answers kept beside it. Floor: store.
#include "store/ledger.h"
#include "store/orphans.h"
#include "store/owner.h"
#include "store/recounts.h"

struct answer_task {
    struct store_task task;
    int64_t charge;
    struct str *out;
};

static bool read_answer(struct store *s, struct store_task *task, struct err *e)
{
    struct answer_task *t = (struct answer_task *)task;
    struct rows r = rows_open(&s->ledger, "SELECT bytes FROM charge_answer WHERE charge = ?",
                              VALUES(value_int(t->charge)));
    bool found = rows_next(&r);
    size_t len = 0;

    if (found) {
        const char *bytes = rows_blob(&r, 0, &len);

        str_add_len(t->out, bytes, len);
    }
    if (!rows_close(&r, e))
        return false;
    return found || err_set(e, ERR_NOT_FOUND, "the ledger keeps no answer of charge %lld",
                            (long long)t->charge);
}

bool store_charge_answer(struct store *s, int64_t id, struct str *out, struct err *e)
{
    struct answer_task t = {
        .task = {.kind = TASK_ALONE, .work = read_answer}, .charge = id, .out = out};

    return store_do(s, &t.task, e);
}

struct count_task {
    struct store_task task;
    int64_t charge, n;
};

static bool read_job(struct store *s, struct store_task *task, struct err *e)
{
    struct count_task *t = (struct count_task *)task;

    return db_number(&s->ledger, "SELECT job FROM charge_job WHERE charge = ?",
                     VALUES(value_int(t->charge)), 0, &t->n, e);
}

bool store_charge_job(struct store *s, int64_t charge, int64_t *job, struct err *e)
{
    struct count_task t = {.task = {.kind = TASK_ALONE, .work = read_job}, .charge = charge};
    bool ok = store_do(s, &t.task, e);

    *job = t.n;
    return ok;
}

static bool count(struct store *s, struct store_task *task, struct err *e)
{
    return db_number(&s->ledger, "SELECT max(id) FROM charge", NO_VALUES, 0,
                     &((struct count_task *)task)->n, e);
}

bool store_ledger_count(struct store *s, int64_t *out, struct err *e)
{
    struct count_task t = {.task = {.kind = TASK_ALONE, .work = count}};
    bool ok = store_do(s, &t.task, e);

    *out = t.n;
    return ok;
}

struct totals_task {
    struct store_task task;
    struct ledger_totals totals;
};

static bool add_ended(struct store *s, struct ledger_totals *out, struct err *e)
{
    struct rows r = rows_open(&s->ledger,
                              "SELECT state, count(*), sum(credits), sum(records), sum(requests)"
                              " FROM charge_event WHERE final GROUP BY state",
                              NO_VALUES);

    while (rows_next(&r)) {
        enum charge_state state = charge_state_of(rows_text(&r, 0));

        out->charges[state] = rows_int(&r, 1);
        if (state != CHARGE_CHARGED && state != CHARGE_RECONCILED)
            continue;
        out->credits += rows_int(&r, 2);
        out->records += rows_int(&r, 3);
        out->requests += rows_int(&r, 4);
    }
    return rows_close(&r, e);
}

static bool add_open(struct store *s, int64_t orphans, struct ledger_totals *out, struct err *e)
{
    struct rows r = rows_open(
        &s->ledger,
        "SELECT iif(n.state = 'intent' AND n.id <= ?, 'in doubt', n.state) AS seen, count(*),"
        " sum(n.quoted_max) FROM charge_open o JOIN charge_now n ON n.id = o.charge GROUP BY seen",
        VALUES(value_int(orphans)));

    while (rows_next(&r)) {
        enum charge_state state = charge_state_of(rows_text(&r, 0));

        out->charges[state] = rows_int(&r, 1);
        if (state == CHARGE_IN_DOUBT)
            out->in_doubt_max = rows_int(&r, 2);
    }
    return rows_close(&r, e);
}

// Calls in doubt for the same records cost once. While a call is under way, what it will count is
// not known.
static bool count_once(struct store *s, struct ledger_totals *out, struct err *e)
{
    struct recounts recounts = {0};

    if (out->charges[CHARGE_INTENT] || !out->charges[CHARGE_IN_DOUBT])
        return true;
    if (!recounts_list(&s->ledger, &recounts, e))
        return false;
    out->in_doubt_max -=
        recounts_within(&recounts, (struct between){.after = -1, .to = INT64_MAX}).doubted;
    recounts_free(&recounts);
    return true;
}

static bool add_up(struct store *s, struct store_task *task, struct err *e)
{
    struct totals_task *t = (struct totals_task *)task;
    int64_t orphans;
    bool ok;

    t->totals = (struct ledger_totals){0};
    if (!orphans_to(s, &orphans, e) || !db_begin_read(&s->ledger, e))
        return false;
    ok = add_ended(s, &t->totals, e) && add_open(s, orphans, &t->totals, e) &&
         count_once(s, &t->totals, e);
    db_end(&s->ledger);
    return ok;
}

bool store_ledger_totals(struct store *s, struct ledger_totals *out, struct err *e)
{
    struct totals_task t = {.task = {.kind = TASK_ALONE, .work = add_up}};
    bool ok = store_do(s, &t.task, e);

    *out = t.totals;
    return ok;
}
