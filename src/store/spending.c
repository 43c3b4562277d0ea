// What charges came to, summed up. Floor: store.
#include "store/ledger.h"
#include "store/owner.h"
#include "store/slice.h"

struct spending_task {
    struct store_task task;
    enum spending_by by;
    struct slice slice;
};

enum { CELL_KEY, CELL_CHARGES, CELL_CREDITS, CELL_RECORDS, CELL_REQUESTS, CELLS };

// What the meters cleared up was paid for as well.
#define SUMS                                                                                       \
    " count(*), sum(e.credits) AS credits, sum(e.records), sum(e.requests) FROM charge c"          \
    " JOIN charge_event e ON e.charge = c.id AND e.final AND (e.state = 'charged'"                 \
    " OR (e.state = 'reconciled' AND e.credits > 0))"

static const char *const statements[] = {
    [SPENDING_DAY] = "SELECT date(c.began_ms / 1000, 'unixepoch', 'localtime') AS key," SUMS
                     " GROUP BY key ORDER BY key DESC LIMIT ?",
    [SPENDING_ORIGIN] =
        "SELECT ifnull(o.text, '') AS key," SUMS " LEFT JOIN charge_origin o ON o.charge = c.id"
        " GROUP BY key ORDER BY credits DESC, key LIMIT ?",
};

static bool sum(struct store *s, struct store_task *task, struct err *e)
{
    struct spending_task *t = (struct spending_task *)task;
    struct rows r = rows_open(&s->ledger, statements[t->by], VALUES(value_int(SPENDING_MAX)));

    slice_clear(&t->slice);
    while (rows_next(&r))
        slice_take(&t->slice, &r);
    return rows_close(&r, e);
}

bool store_spending(struct store *s, enum spending_by by,
                    bool (*each)(void *arg, const struct spending_sum *sum), void *arg,
                    struct err *e)
{
    struct spending_task t = {
        .task = {.kind = TASK_ALONE, .work = sum}, .by = by, .slice = {.width = CELLS}};
    bool ok = store_do(s, &t.task, e), more = true;

    for (size_t i = 0; ok && more && i < slice_rows(&t.slice); i++) {
        const struct spending_sum one = {
            slice_text(&t.slice, i, CELL_KEY), slice_int(&t.slice, i, CELL_CHARGES),
            slice_int(&t.slice, i, CELL_CREDITS), slice_int(&t.slice, i, CELL_RECORDS),
            slice_int(&t.slice, i, CELL_REQUESTS)};

        more = each(arg, &one);
    }
    slice_free(&t.slice);
    return ok;
}
