// The ledger, read back. Floor: store.
#include "store/ledger.h"

#include "store/owner.h"
#include "store/slice.h"

static const char *const states[CHARGE_STATES] = {
    [CHARGE_INTENT] = "intent",     [CHARGE_RELEASED] = "released",
    [CHARGE_REJECTED] = "rejected", [CHARGE_CHARGED] = "charged",
    [CHARGE_IN_DOUBT] = "in doubt", [CHARGE_RECONCILED] = "reconciled",
};

const char *charge_state_name(enum charge_state state)
{
    return states[state];
}

// What a newer program may have added counts as in doubt.
static enum charge_state state_of(const char *name)
{
    for (int i = 0; i < CHARGE_STATES; i++) {
        if (str_eq(states[i], name))
            return (enum charge_state)i;
    }
    return CHARGE_IN_DOUBT;
}

// A slice of the ledger or of one charge's records.
struct read_task {
    struct store_task task;
    int64_t charge, after;
    const char *state; // "": all
    struct slice slice;
};

static bool read_slice(struct read_task *t, struct rows r, struct err *e)
{
    slice_clear(&t->slice);
    while (!slice_full(&t->slice) && rows_next(&r))
        slice_take(&t->slice, &r);
    return rows_close(&r, e);
}

enum ledger_cell {
    CELL_ID,
    CELL_BEGAN,
    CELL_ENDED,
    CELL_STATE,
    CELL_ENTITY,
    CELL_OPERATION,
    CELL_BASE_URL,
    CELL_REQUEST_ID,
    CELL_REASON,
    CELL_HTTP,
    CELL_N_RECORDS,
    CELL_QUOTED_MAX,
    CELL_CREDITS,
    CELL_RECORDS,
    CELL_REQUESTS,
    CELL_ANSWER_KEPT,
    CELLS
};

static bool read_ledger(struct store *s, struct store_task *task, struct err *e)
{
    struct read_task *t = (struct read_task *)task;

    return read_slice(t,
                      rows_open(&s->ledger,
                                "SELECT id, began_ms, ended_ms, state, entity, operation, base_url,"
                                " request_id, reason, http, n_records, quoted_max, credits,"
                                " records, requests,"
                                " (SELECT length(bytes) FROM charge_answer WHERE charge = id)"
                                " FROM charge_now WHERE id > ?1 AND ?2 IN ('', state) ORDER BY id",
                                VALUES(value_int(t->after), value_text(t->state))),
                      e);
}

static struct ledger_row ledger_row(const struct slice *s, size_t i)
{
    return (struct ledger_row){
        .id = slice_int(s, i, CELL_ID),
        .began_ms = slice_int(s, i, CELL_BEGAN),
        .ended_ms = slice_int(s, i, CELL_ENDED),
        .state = state_of(slice_text(s, i, CELL_STATE)),
        .entity = slice_text(s, i, CELL_ENTITY),
        .operation = slice_text(s, i, CELL_OPERATION),
        .base_url = slice_text(s, i, CELL_BASE_URL),
        .request_id = slice_text(s, i, CELL_REQUEST_ID),
        .reason = slice_text(s, i, CELL_REASON),
        .http = (int)slice_int(s, i, CELL_HTTP),
        .n_records = slice_int(s, i, CELL_N_RECORDS),
        .quoted_max = slice_int(s, i, CELL_QUOTED_MAX),
        .credits = slice_int(s, i, CELL_CREDITS),
        .records = slice_int(s, i, CELL_RECORDS),
        .requests = slice_int(s, i, CELL_REQUESTS),
        .answer_kept = slice_int(s, i, CELL_ANSWER_KEPT),
    };
}

bool store_ledger_each(struct store *s, int state,
                       bool (*each)(void *arg, const struct ledger_row *row), void *arg,
                       struct err *e)
{
    struct read_task t = {.task = {.kind = TASK_ALONE, .work = read_ledger},
                          .state = state < 0 ? "" : states[state],
                          .slice = {.width = CELLS}};
    bool ok, more = true;

    do {
        ok = store_do(s, &t.task, e);
        for (size_t i = 0; ok && more && i < slice_rows(&t.slice); i++) {
            struct ledger_row row = ledger_row(&t.slice, i);

            t.after = row.id;
            more = each(arg, &row);
        }
    } while (ok && more && slice_full(&t.slice));
    slice_free(&t.slice);
    return ok;
}

static bool read_records(struct store *s, struct store_task *task, struct err *e)
{
    struct read_task *t = (struct read_task *)task;

    return read_slice(t,
                      rows_open(&s->ledger,
                                "SELECT record, place FROM charge_record"
                                " WHERE charge = ? AND place > ? ORDER BY place",
                                VALUES(value_int(t->charge), value_int(t->after))),
                      e);
}

bool store_charge_records(struct store *s, int64_t id, bool (*each)(void *arg, const char *record),
                          void *arg, struct err *e)
{
    struct read_task t = {.task = {.kind = TASK_ALONE, .work = read_records},
                          .charge = id,
                          .after = -1,
                          .slice = {.width = 2}};
    bool ok, more = true;

    do {
        ok = store_do(s, &t.task, e);
        for (size_t i = 0; ok && more && i < slice_rows(&t.slice); i++) {
            t.after = slice_int(&t.slice, i, 1);
            more = each(arg, slice_text(&t.slice, i, 0));
        }
    } while (ok && more && slice_full(&t.slice));
    slice_free(&t.slice);
    return ok;
}

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
        enum charge_state state = state_of(rows_text(&r, 0));

        out->charges[state] = rows_int(&r, 1);
        if (state != CHARGE_CHARGED && state != CHARGE_RECONCILED)
            continue;
        out->credits += rows_int(&r, 2);
        out->records += rows_int(&r, 3);
        out->requests += rows_int(&r, 4);
    }
    return rows_close(&r, e);
}

static bool add_open(struct store *s, struct ledger_totals *out, struct err *e)
{
    struct rows r = rows_open(&s->ledger,
                              "SELECT n.state, count(*), sum(n.quoted_max) FROM charge_open o"
                              " JOIN charge_now n ON n.id = o.charge GROUP BY n.state",
                              NO_VALUES);

    while (rows_next(&r)) {
        enum charge_state state = state_of(rows_text(&r, 0));

        out->charges[state] = rows_int(&r, 1);
        if (state == CHARGE_IN_DOUBT)
            out->in_doubt_max = rows_int(&r, 2);
    }
    return rows_close(&r, e);
}

static bool add_up(struct store *s, struct store_task *task, struct err *e)
{
    struct totals_task *t = (struct totals_task *)task;
    bool ok;

    t->totals = (struct ledger_totals){0};
    if (!db_begin_read(&s->ledger, e))
        return false;
    ok = add_ended(s, &t->totals, e) && add_open(s, &t->totals, e);
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
