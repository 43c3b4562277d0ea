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

struct each_task {
    struct store_task task;
    struct store *store;
    const char *entity;
    const char *const *ids;
    size_t n, next;       // by id: which come next
    int64_t after, until; // all: answers past this number, up to this one
    struct slice slice;
};

// Answers in the order they first came, which no refresh changes, up to the one that was last when
// the reading began.
static bool read_all(struct store *s, struct store_task *task, struct err *e)
{
    struct each_task *t = (struct each_task *)task;

    slice_clear(&t->slice);
    if (t->until < 0 &&
        !db_number(&s->ledger, "SELECT max(no) FROM answer", NO_VALUES, 0, &t->until, e))
        return false;
    return slice_fill(
        &t->slice,
        rows_open(&s->ledger,
                  "SELECT " ROW_COLUMNS " FROM answer a INDEXED BY answer_by_entity"
                  " CROSS JOIN record r ON r.entity = a.entity AND r.id = a.id"
                  " CROSS JOIN field_list f ON f.id = r.fields"
                  " WHERE a.entity = ? AND a.no > ? AND a.no <= ? AND r.bought_ms > 0"
                  " ORDER BY a.no",
                  VALUES(value_text(t->entity), value_int(t->after), value_int(t->until))),
        e);
}

static bool read_one(void *self, size_t i, struct err *e)
{
    struct each_task *t = self;

    return slice_append(
        &t->slice,
        rows_open(&t->store->ledger,
                  "SELECT " ROW_COLUMNS " FROM record r"
                  " CROSS JOIN answer a ON a.no = r.answer"
                  " CROSS JOIN field_list f ON f.id = r.fields"
                  " WHERE r.entity = ?1 AND r.id ="
                  " ifnull((SELECT id FROM matched WHERE entity = ?1 AND input = ?2), ?2)",
                  VALUES(value_text(t->entity), value_text(t->ids[i]))),
        e);
}

static bool read_ids(struct store *s, struct store_task *task, struct err *e)
{
    struct each_task *t = (struct each_task *)task;

    return slice_fill_by(&t->slice, &s->ledger, &t->next, t->n, read_one, t, e);
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

bool store_owned_each(struct store *s, const char *entity, const char *const *ids, size_t n,
                      bool (*each)(void *arg, const struct owned_row *row), void *arg,
                      struct err *e)
{
    struct each_task t = {.task = {.kind = TASK_ALONE, .work = ids ? read_ids : read_all},
                          .store = s,
                          .entity = entity,
                          .ids = ids,
                          .n = n,
                          .until = -1,
                          .slice = {.width = CELLS}};
    bool ok, more = true;

    do {
        ok = store_do(s, &t.task, e);
        for (size_t i = 0; ok && more && i < slice_rows(&t.slice); i++) {
            struct owned_row row = row_at(&t.slice, i);

            t.after = slice_int(&t.slice, i, CELL_NO);
            more = each(arg, &row);
        }
    } while (ok && more && slice_full(&t.slice));
    slice_free(&t.slice);
    return ok;
}
