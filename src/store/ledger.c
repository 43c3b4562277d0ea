// The ledger, read back. Floor: store.
#include "store/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/orphans.h"
#include "store/owner.h"
#include "store/places.h"

static const char *const states[CHARGE_STATES] = {
    [CHARGE_INTENT] = "intent",     [CHARGE_RELEASED] = "released",
    [CHARGE_REJECTED] = "rejected", [CHARGE_CHARGED] = "charged",
    [CHARGE_IN_DOUBT] = "in doubt", [CHARGE_RECONCILED] = "reconciled",
};

const char *charge_state_name(enum charge_state state)
{
    return states[state];
}

enum charge_state charge_state_of(const char *name)
{
    for (int i = 0; i < CHARGE_STATES; i++) {
        if (str_eq(states[i], name))
            return (enum charge_state)i;
    }
    return CHARGE_IN_DOUBT;
}

// Records that were in doubt when it sent them: "3 new, 11 in doubt; lines 2-15" is 11.
static long long resent(const char *why)
{
    const char *found = strstr(why, " in doubt"), *from = found;

    while (from && from > why && from[-1] >= '0' && from[-1] <= '9')
        from--;
    return from ? strtoll(from, NULL, 10) : 0;
}

long long ledger_row_paid(const struct ledger_row *row)
{
    long long less = row->state != CHARGE_CHARGED || row->moved.credits == METER_UNTOLD
                         ? 0
                         : row->credits - row->moved.credits;

    return less > 0 && less <= resent(row->why) ? less : 0;
}

bool ledger_row_drifts(const struct ledger_row *row)
{
    const struct {
        int64_t moved, by_rule;
    } meters[] = {{row->moved.credits, row->credits - ledger_row_paid(row)},
                  {row->moved.records, row->records}};

    for (size_t i = 0; row->state == CHARGE_CHARGED && i < ARRAY_LEN(meters); i++) {
        if (meters[i].moved != METER_UNTOLD && meters[i].moved != meters[i].by_rule)
            return true;
    }
    return false;
}

bool ledger_row_unanswered(const struct ledger_row *row)
{
    return row->state == CHARGE_IN_DOUBT ||
           (row->state == CHARGE_RECONCILED && !str_eq(row->reason, reconciled_by_answers));
}

// A slice of the ledger: on from a charge, or those of some numbers.
struct read_task {
    struct store_task task;
    struct store *store;
    int64_t orphans, after;
    const char *state; // "": all
    bool inputs;       // are wanted
    const int64_t *ids;
    size_t n, next;
    struct slice slice;
};

enum ledger_cell {
    CELL_ID,
    CELL_BEGAN,
    CELL_SENT,
    CELL_ENDED,
    CELL_STATE,
    CELL_ENTITY,
    CELL_OPERATION,
    CELL_BASE_URL,
    CELL_REQUEST_ID,
    CELL_REASON,
    CELL_WHO,
    CELL_PROFILE,
    CELL_ORIGIN,
    CELL_WHY,
    CELL_OUTCOME,
    CELL_HTTP,
    CELL_N_RECORDS,
    CELL_QUOTED_MIN,
    CELL_QUOTED_MAX,
    CELL_CREDITS,
    CELL_RECORDS,
    CELL_REQUESTS,
    CELL_INPUTS,
    CELL_BEFORE,
    CELL_AFTER = CELL_BEFORE + 3,
    CELL_ANSWER_KEPT = CELL_AFTER + 3,
    CELLS
};

#define METERS_OF(column)                                                                          \
    " json_extract(" column ", '$.credits'), json_extract(" column ", '$.records'),"               \
    " json_extract(" column ", '$.requests'),"
// ?1: the last charge whose intent nobody is left to end; ?2: with what it asked for.
#define ORPHAN "state = 'intent' AND id <= ?1"
#define STATE_SEEN "iif(" ORPHAN ", 'in doubt', state)"
#define SELECT_ROW                                                                                 \
    "SELECT id, began_ms, sent_ms, ended_ms, " STATE_SEEN ", entity, operation, base_url,"         \
    " request_id, iif(" ORPHAN ", '" ORPHAN_REASON                                                 \
    "', reason), who, profile, (SELECT text FROM charge_origin WHERE charge = id), why, outcome,"  \
    " http, n_records, quoted_min, quoted_max, credits, records, requests,"                        \
    " iif(?2, (SELECT group_concat(record, ' ') FROM charge_record WHERE charge = id), "           \
    "'')," METERS_OF("meters_before")                                                              \
        METERS_OF("meters") " (SELECT length(bytes) FROM charge_answer"                            \
                            " WHERE charge = id) FROM charge_now"

static bool read_on(struct store *s, struct store_task *task, struct err *e)
{
    struct read_task *t = (struct read_task *)task;

    return orphans_to(s, &t->orphans, e) &&
           slice_fill(&t->slice,
                      rows_open(&s->ledger,
                                SELECT_ROW " WHERE id > ?3 AND ?4 IN ('', " STATE_SEEN
                                           ") ORDER BY id",
                                VALUES(value_int(t->orphans), value_int(t->inputs),
                                       value_int(t->after), value_text(t->state))),
                      e);
}

static bool read_one(void *self, size_t i, struct err *e)
{
    struct read_task *t = self;

    return slice_append(
        &t->slice,
        rows_open(&t->store->ledger, SELECT_ROW " WHERE id = ?3",
                  VALUES(value_int(t->orphans), value_int(t->inputs), value_int(t->ids[i]))),
        e);
}

static bool read_some(struct store *s, struct store_task *task, struct err *e)
{
    struct read_task *t = (struct read_task *)task;

    return orphans_to(s, &t->orphans, e) &&
           slice_fill_by(&t->slice, &s->ledger, &t->next, t->n, read_one, t, e);
}

static int64_t meter(const struct slice *s, size_t i, size_t cell)
{
    return slice_is_null(s, i, cell) ? METER_UNTOLD : slice_int(s, i, cell);
}

static struct ledger_meters meters(const struct slice *s, size_t i, enum ledger_cell first)
{
    return (struct ledger_meters){meter(s, i, first), meter(s, i, first + 1),
                                  meter(s, i, first + 2)};
}

static int64_t moved(int64_t before, int64_t after)
{
    return before == METER_UNTOLD || after == METER_UNTOLD ? METER_UNTOLD : before - after;
}

static void count_moved(struct ledger_row *row)
{
    row->moved = (struct ledger_meters){moved(row->before.credits, row->after.credits),
                                        moved(row->before.records, row->after.records),
                                        moved(row->before.requests, row->after.requests)};
}

static const char *text_or_empty(const struct slice *s, size_t i, enum ledger_cell cell)
{
    const char *text = slice_text(s, i, cell);

    return text ? text : "";
}

static struct ledger_row ledger_row(const struct slice *s, size_t i)
{
    return (struct ledger_row){
        .id = slice_int(s, i, CELL_ID),
        .began_ms = slice_int(s, i, CELL_BEGAN),
        .sent_ms = slice_int(s, i, CELL_SENT),
        .ended_ms = slice_int(s, i, CELL_ENDED),
        .state = charge_state_of(slice_text(s, i, CELL_STATE)),
        .entity = slice_text(s, i, CELL_ENTITY),
        .operation = slice_text(s, i, CELL_OPERATION),
        .base_url = slice_text(s, i, CELL_BASE_URL),
        .request_id = slice_text(s, i, CELL_REQUEST_ID),
        .reason = slice_text(s, i, CELL_REASON),
        .who = slice_text(s, i, CELL_WHO),
        .profile = slice_text(s, i, CELL_PROFILE),
        .origin = text_or_empty(s, i, CELL_ORIGIN),
        .why = slice_text(s, i, CELL_WHY),
        .outcome = slice_text(s, i, CELL_OUTCOME),
        .http = (int)slice_int(s, i, CELL_HTTP),
        .n_records = slice_int(s, i, CELL_N_RECORDS),
        .quoted_min = slice_int(s, i, CELL_QUOTED_MIN),
        .quoted_max = slice_int(s, i, CELL_QUOTED_MAX),
        .credits = slice_int(s, i, CELL_CREDITS),
        .records = slice_int(s, i, CELL_RECORDS),
        .requests = slice_int(s, i, CELL_REQUESTS),
        .inputs = text_or_empty(s, i, CELL_INPUTS),
        .before = meters(s, i, CELL_BEFORE),
        .after = meters(s, i, CELL_AFTER),
        .answer_kept = slice_int(s, i, CELL_ANSWER_KEPT),
    };
}

// Hands out slices until there are no more.
static bool hand_out(struct store *s, struct read_task *t,
                     bool (*each)(void *arg, const struct ledger_row *row), void *arg,
                     struct err *e)
{
    bool ok, more = true;

    do {
        ok = store_do(s, &t->task, e);
        for (size_t i = 0; ok && more && i < slice_rows(&t->slice); i++) {
            struct ledger_row row = ledger_row(&t->slice, i);

            count_moved(&row);
            t->after = row.id;
            more = each(arg, &row);
        }
    } while (ok && more && slice_full(&t->slice));
    slice_free(&t->slice);
    return ok;
}

bool store_ledger_each(struct store *s, int state, bool inputs,
                       bool (*each)(void *arg, const struct ledger_row *row), void *arg,
                       struct err *e)
{
    struct read_task t = {.task = {.kind = TASK_ALONE, .work = read_on},
                          .state = state < 0 ? "" : states[state],
                          .inputs = inputs,
                          .slice = {.width = CELLS}};

    return hand_out(s, &t, each, arg, e);
}

bool store_ledger_rows(struct store *s, const int64_t *ids, size_t n,
                       bool (*each)(void *arg, const struct ledger_row *row), void *arg,
                       struct err *e)
{
    struct read_task t = {.task = {.kind = TASK_ALONE, .work = read_some},
                          .store = s,
                          .inputs = true,
                          .ids = ids,
                          .n = n,
                          .slice = {.width = CELLS}};

    return hand_out(s, &t, each, arg, e);
}

static bool read_records(struct store *s, struct store_task *task, struct err *e)
{
    struct places *p = (struct places *)task;

    return slice_fill(&p->slice,
                      rows_open(&s->ledger,
                                "SELECT record, place FROM charge_record"
                                " WHERE charge = ? AND place > ? ORDER BY place",
                                VALUES(value_int(p->of), value_int(p->after))),
                      e);
}

bool store_charge_records(struct store *s, int64_t id, bool (*each)(void *arg, const char *record),
                          void *arg, struct err *e)
{
    return places_each(s, read_records, id, each, arg, e);
}
