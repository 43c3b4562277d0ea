// The library, read through: a slice at a time, so that whoever reads slowly holds up nobody.
// Floor: store.
#include "base/mem.h"
#include "store/owned.h"
#include "store/owner.h"
#include "store/slice.h"

#define ROW_COLUMNS                                                                                \
    "a.no, a.id, a.raw, a.match_status, f.names, a.source, r.bought_ms, r.fetched_ms"

enum cell {
    CELL_NO,
    CELL_ID,
    CELL_RAW,
    CELL_MATCH_STATUS,
    CELL_FIELDS,
    CELL_SOURCE,
    CELL_BOUGHT,
    CELL_FETCHED,
    CELLS
};

// Where the reading stands. Whoever has a task has this too; at most one is on its way.
struct reading {
    struct store *store;
    const char *entity;
    const char *const *ids;
    size_t n, next;       // by id: which come next
    int64_t after, until; // all: answers past this number, up to this one
};

struct each_task {
    struct store_task task;
    struct reading *reading;
    struct slice slice;
};

// Answers in the order they first came, which no refresh changes, up to the one that was last when
// the reading began.
static bool read_all(struct store *s, struct store_task *task, struct err *e)
{
    struct each_task *t = (struct each_task *)task;
    struct reading *at = t->reading;

    slice_clear(&t->slice);
    if (at->until < 0 &&
        !db_number(&s->ledger, "SELECT max(no) FROM answer", NO_VALUES, 0, &at->until, e))
        return false;
    if (!slice_fill(
            &t->slice,
            rows_open(&s->ledger,
                      "SELECT " ROW_COLUMNS " FROM answer a INDEXED BY answer_by_entity"
                      " CROSS JOIN record r ON r.entity = a.entity AND r.id = a.id"
                      " CROSS JOIN field_list f ON f.id = r.fields"
                      " WHERE a.entity = ? AND a.no > ? AND a.no <= ? AND r.bought_ms > 0"
                      " ORDER BY a.no",
                      VALUES(value_text(at->entity), value_int(at->after), value_int(at->until))),
            e))
        return false;
    if (slice_rows(&t->slice))
        at->after = slice_int(&t->slice, slice_rows(&t->slice) - 1, CELL_NO);
    return true;
}

static bool read_one(void *self, size_t i, struct err *e)
{
    struct each_task *t = self;

    return slice_append(
        &t->slice,
        rows_open(&t->reading->store->ledger,
                  "SELECT " ROW_COLUMNS " FROM record r"
                  " CROSS JOIN answer a ON a.no = r.answer"
                  " CROSS JOIN field_list f ON f.id = r.fields"
                  " WHERE r.entity = ?1 AND r.id ="
                  " ifnull((SELECT id FROM matched WHERE entity = ?1 AND input = ?2), ?2)",
                  VALUES(value_text(t->reading->entity), value_text(t->reading->ids[i]))),
        e);
}

static bool read_ids(struct store *s, struct store_task *task, struct err *e)
{
    struct each_task *t = (struct each_task *)task;

    return slice_fill_by(&t->slice, &s->ledger, &t->reading->next, t->reading->n, read_one, t, e);
}

static struct owned_row row_at(const struct slice *s, size_t i)
{
    return (struct owned_row){
        .id = slice_text(s, i, CELL_ID),
        .raw = slice_text(s, i, CELL_RAW),
        .match_status = slice_text(s, i, CELL_MATCH_STATUS),
        .fields = slice_text(s, i, CELL_FIELDS),
        .source = slice_text(s, i, CELL_SOURCE),
        .bought_ms = slice_int(s, i, CELL_BOUGHT),
        .fetched_ms = slice_int(s, i, CELL_FETCHED),
    };
}

static bool hand_out(const struct slice *s, bool (*each)(void *arg, const struct owned_row *row),
                     void *arg)
{
    bool more = true;

    for (size_t i = 0; more && i < slice_rows(s); i++) {
        struct owned_row row = row_at(s, i);

        more = each(arg, &row);
    }
    return more;
}

// While one slice is handed out, the owner thread reads the next.
bool store_owned_each(struct store *s, const char *entity, const char *const *ids, size_t n,
                      bool (*each)(void *arg, const struct owned_row *row), void *arg,
                      struct err *e)
{
    struct reading at = {.store = s, .entity = entity, .ids = ids, .n = n, .until = -1};
    struct queue *back = queue_open();
    struct each_task tasks[2];
    bool ok = true, more = true;

    for (size_t i = 0; i < ARRAY_LEN(tasks); i++)
        tasks[i] = (struct each_task){
            .task = {.job.reply = back, .kind = TASK_ALONE, .work = ids ? read_ids : read_all},
            .reading = &at,
            .slice = {.width = CELLS}};
    store_give(s, &tasks[0].task);
    for (size_t i = 0; more; i = !i) {
        bool last;

        (void)queue_wait(back, -1);
        ok = tasks[i].task.ok;
        if (!ok)
            *e = tasks[i].task.err;
        last = !ok || !slice_full(&tasks[i].slice);
        if (!last)
            store_give(s, &tasks[!i].task);
        more = ok && hand_out(&tasks[i].slice, each, arg) && !last;
        if (!more && !last)
            (void)queue_wait(back, -1);
    }
    for (size_t i = 0; i < ARRAY_LEN(tasks); i++)
        slice_free(&tasks[i].slice);
    queue_close(back);
    return ok;
}
