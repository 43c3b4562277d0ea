// The library, read through: a slice at a time, so that whoever reads slowly holds up nobody.
// Floor: store.
#include <stdlib.h>

#include "base/mem.h"
#include "store/owned.h"
#include "store/owner.h"
#include "store/slice.h"

#define ROW_COLUMNS                                                                                \
    "a.no, a.id, a.raw, a.match_status, r.fields, a.source, r.bought_ms, r.fetched_ms"

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

// A list of fields; there are few, and each is asked for once.
struct field_list {
    int64_t id;
    char *names;
};

struct each_task {
    struct store_task task;
    struct reading *reading;
    struct slice slice;
    VEC(struct field_list) lists; // those that the rows name
};

static const char *names_of(const struct each_task *t, int64_t id)
{
    for (size_t i = 0; i < t->lists.len; i++) {
        if (t->lists.items[i].id == id)
            return t->lists.items[i].names;
    }
    return NULL;
}

static bool read_list(struct each_task *t, struct db *db, int64_t id, struct err *e)
{
    struct rows r =
        rows_open(db, "SELECT names FROM field_list WHERE id = ?", VALUES(value_int(id)));

    if (rows_next(&r))
        vec_push(&t->lists, ((struct field_list){id, mem_strdup(rows_text(&r, 0))}));
    return rows_close(&r, e);
}

static bool read_lists(struct each_task *t, struct db *db, struct err *e)
{
    int64_t last = 0; // no list has that

    for (size_t i = 0; i < slice_rows(&t->slice); i++) {
        int64_t id = slice_int(&t->slice, i, CELL_FIELDS);

        if (id != last && !names_of(t, id) && !read_list(t, db, id, e))
            return false;
        last = id;
    }
    return true;
}

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
                      "SELECT " ROW_COLUMNS " FROM record r INDEXED BY record_by_answer"
                      " CROSS JOIN answer a ON a.no = r.answer"
                      " WHERE r.entity = ? AND r.answer > ? AND r.answer <= ? AND r.bought_ms > 0"
                      " ORDER BY r.answer",
                      VALUES(value_text(at->entity), value_int(at->after), value_int(at->until))),
            e))
        return false;
    if (slice_rows(&t->slice))
        at->after = slice_int(&t->slice, slice_rows(&t->slice) - 1, CELL_NO);
    return read_lists(t, &s->ledger, e);
}

static bool read_one(void *self, size_t i, struct err *e)
{
    struct each_task *t = self;

    return slice_append(
        &t->slice,
        rows_open(&t->reading->store->ledger,
                  "SELECT " ROW_COLUMNS " FROM record r"
                  " CROSS JOIN answer a ON a.no = r.answer"
                  " WHERE r.entity = ?1 AND r.id ="
                  " ifnull((SELECT id FROM matched WHERE entity = ?1 AND input = ?2), ?2)",
                  VALUES(value_text(t->reading->entity), value_text(t->reading->ids[i]))),
        e);
}

static bool read_ids(struct store *s, struct store_task *task, struct err *e)
{
    struct each_task *t = (struct each_task *)task;

    return slice_fill_by(&t->slice, &s->ledger, &t->reading->next, t->reading->n, read_one, t, e) &&
           read_lists(t, &s->ledger, e);
}

static struct owned_row row_at(const struct each_task *t, size_t i)
{
    const struct slice *s = &t->slice;

    return (struct owned_row){
        .id = slice_text(s, i, CELL_ID),
        .raw = slice_text(s, i, CELL_RAW),
        .match_status = slice_text(s, i, CELL_MATCH_STATUS),
        .fields = names_of(t, slice_int(s, i, CELL_FIELDS)),
        .source = slice_text(s, i, CELL_SOURCE),
        .bought_ms = slice_int(s, i, CELL_BOUGHT),
        .fetched_ms = slice_int(s, i, CELL_FETCHED),
    };
}

static bool hand_out(const struct each_task *t,
                     bool (*each)(void *arg, const struct owned_row *row), void *arg)
{
    bool more = true;

    for (size_t i = 0; more && i < slice_rows(&t->slice); i++) {
        struct owned_row row = row_at(t, i);

        more = each(arg, &row);
    }
    return more;
}

static void each_free(struct each_task *t)
{
    slice_free(&t->slice);
    for (size_t i = 0; i < t->lists.len; i++)
        free(t->lists.items[i].names);
    vec_free(&t->lists);
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
        more = ok && hand_out(&tasks[i], each, arg) && !last;
        if (!more && !last)
            (void)queue_wait(back, -1);
    }
    for (size_t i = 0; i < ARRAY_LEN(tasks); i++)
        each_free(&tasks[i]);
    queue_close(back);
    return ok;
}
