// The library's rows, their earlier versions, and what people wrote about them. On the owner
// thread, but for the calls. Floor: store.
#include "store/library.h"

#include "base/str.h"
#include "store/owner.h"
#include "store/slice.h"

enum row_cell {
    CELL_NUMBER,
    CELL_ID,
    CELL_RAW,
    CELL_MATCH_STATUS,
    CELL_FIELDS,
    CELL_SOURCE,
    CELL_BOUGHT,
    CELL_FETCHED,
    CELL_TAGS,
    CELL_NOTE,
    CELL_NOTE_AT,
    CELL_EARLIER,
    CELL_OLDER,
    ROW_CELLS
};

struct rows_task {
    struct store_task task;
    struct store *store;
    const int64_t *numbers;
    size_t n, next;
    struct slice slice;
};

static const char row_sql[] =
    "SELECT a.no, a.id, a.raw, a.match_status, f.names, a.source, r.bought_ms, r.fetched_ms,"
    " (SELECT group_concat(name, ',') FROM tag t WHERE t.entity = a.entity AND t.id = a.id),"
    " n.text, n.at_ms,"
    " (SELECT count(*) FROM version v WHERE v.entity = a.entity AND v.id = a.id),"
    " (SELECT group_concat(o.fetched_ms || ':' || o.fields, ';') FROM older o"
    "   WHERE o.entity = a.entity AND o.id = a.id)"
    " FROM answer a CROSS JOIN record r ON r.entity = a.entity AND r.id = a.id"
    " CROSS JOIN field_list f ON f.id = r.fields"
    " LEFT JOIN note n ON n.entity = a.entity AND n.id = a.id WHERE a.no = ?";

static bool read_row(void *self, size_t i, struct err *e)
{
    struct rows_task *t = self;

    return slice_append(&t->slice,
                        rows_open(&t->store->ledger, row_sql, VALUES(value_int(t->numbers[i]))), e);
}

static bool read_rows(struct store *s, struct store_task *task, struct err *e)
{
    struct rows_task *t = (struct rows_task *)task;

    return slice_fill_by(&t->slice, &s->ledger, &t->next, t->n, read_row, t, e);
}

static struct library_row row_at(const struct slice *s, size_t i)
{
    return (struct library_row){
        .owned = {.id = slice_text(s, i, CELL_ID),
                  .raw = slice_text(s, i, CELL_RAW),
                  .match_status = slice_text(s, i, CELL_MATCH_STATUS),
                  .fields = slice_text(s, i, CELL_FIELDS),
                  .source = slice_text(s, i, CELL_SOURCE),
                  .bought_ms = slice_int(s, i, CELL_BOUGHT),
                  .fetched_ms = slice_int(s, i, CELL_FETCHED)},
        .number = slice_int(s, i, CELL_NUMBER),
        .tags = slice_text(s, i, CELL_TAGS),
        .note = slice_text(s, i, CELL_NOTE),
        .note_ms = slice_int(s, i, CELL_NOTE_AT),
        .earlier = slice_int(s, i, CELL_EARLIER),
        .older = slice_text(s, i, CELL_OLDER),
    };
}

bool store_library_rows(struct store *s, const int64_t *numbers, size_t n,
                        bool (*each)(void *arg, const struct library_row *row), void *arg,
                        struct err *e)
{
    struct rows_task t = {.task = {.kind = TASK_ALONE, .work = read_rows},
                          .store = s,
                          .numbers = numbers,
                          .n = n,
                          .slice = {.width = ROW_CELLS}};
    bool ok = true, more = true;

    while (ok && more && t.next < n) {
        ok = store_do(s, &t.task, e);
        for (size_t i = 0; ok && more && i < slice_rows(&t.slice); i++) {
            struct library_row row = row_at(&t.slice, i);

            more = each(arg, &row);
        }
    }
    slice_free(&t.slice);
    return ok;
}

// One record, for what follows.
struct record_task {
    struct store_task task;
    const char *entity, *id, *text;
    bool on;
    int64_t number;
    int64_t after; // versions below this one have been read; 0: none
    struct slice slice;
};

static bool find_number(struct store *s, struct store_task *task, struct err *e)
{
    struct record_task *t = (struct record_task *)task;

    return db_number(&s->ledger, "SELECT answer FROM record WHERE entity = ? AND id = ?",
                     VALUES(value_text(t->entity), value_text(t->id)), 0, &t->number, e);
}

bool store_library_number(struct store *s, const char *entity, const char *id, int64_t *out,
                          struct err *e)
{
    struct record_task t = {
        .task = {.kind = TASK_ALONE, .work = find_number}, .entity = entity, .id = id};
    bool ok = store_do(s, &t.task, e);

    *out = t.number;
    return ok;
}

enum version_cell {
    VERSION_NUMBER,
    VERSION_RAW,
    VERSION_STATUS,
    VERSION_SOURCE,
    VERSION_FIELDS,
    VERSION_FETCHED,
    VERSION_UNTIL,
    VERSION_CELLS
};

// The one that holds has a number above all others.
static const char version_sql[] =
    "SELECT 9223372036854775807 AS number, a.raw, a.match_status, a.source, f.names, r.fetched_ms,"
    " 0 FROM record r CROSS JOIN answer a ON a.no = r.answer"
    " CROSS JOIN field_list f ON f.id = r.fields"
    " WHERE r.entity = ?1 AND r.id = ?2 AND ?3 = 0"
    " UNION ALL SELECT v.no, v.raw, v.match_status, v.source, f.names, v.fetched_ms, v.until_ms"
    " FROM version v CROSS JOIN field_list f ON f.id = v.fields"
    " WHERE v.entity = ?1 AND v.id = ?2 AND (?3 = 0 OR v.no < ?3) ORDER BY number DESC";

static bool read_versions(struct store *s, struct store_task *task, struct err *e)
{
    struct record_task *t = (struct record_task *)task;
    struct rows r =
        rows_open(&s->ledger, version_sql,
                  VALUES(value_text(t->entity), value_text(t->id), value_int(t->after)));

    slice_clear(&t->slice);
    while (!slice_full(&t->slice) && rows_next(&r))
        slice_take(&t->slice, &r);
    return rows_close(&r, e);
}

bool store_library_versions(struct store *s, const char *entity, const char *id,
                            bool (*each)(void *arg, const struct library_version *v), void *arg,
                            struct err *e)
{
    struct record_task t = {.task = {.kind = TASK_ALONE, .work = read_versions},
                            .entity = entity,
                            .id = id,
                            .slice = {.width = VERSION_CELLS}};
    bool ok, more = true;

    do {
        ok = store_do(s, &t.task, e);
        for (size_t i = 0; ok && more && i < slice_rows(&t.slice); i++) {
            const struct library_version v = {
                slice_text(&t.slice, i, VERSION_RAW),    slice_text(&t.slice, i, VERSION_STATUS),
                slice_text(&t.slice, i, VERSION_SOURCE), slice_text(&t.slice, i, VERSION_FIELDS),
                slice_int(&t.slice, i, VERSION_FETCHED), slice_int(&t.slice, i, VERSION_UNTIL)};

            t.after = slice_int(&t.slice, i, VERSION_NUMBER);
            more = each(arg, &v);
        }
    } while (ok && more && slice_full(&t.slice));
    slice_free(&t.slice);
    return ok;
}

static bool check_claim(const struct store *s, struct err *e)
{
    return s->lock >= 0 || err_set(e, ERR_INTERNAL, "this process has not claimed the spending");
}

static bool may_write(struct store *s, struct record_task *t, struct err *e)
{
    return check_claim(s, e) && find_number(s, &t->task, e) &&
           (t->number || err_set(e, ERR_NOT_FOUND, "the library has no %s %s", t->entity, t->id));
}

static bool write_note(struct store *s, struct store_task *task, struct err *e)
{
    struct record_task *t = (struct record_task *)task;

    if (!may_write(s, t, e))
        return false;
    if (!*t->text)
        return db_run(&s->ledger, "DELETE FROM note WHERE entity = ? AND id = ?",
                      VALUES(value_text(t->entity), value_text(t->id)), e);
    return db_run(&s->ledger,
                  "INSERT INTO note VALUES (?, ?, ?, ?) ON CONFLICT (entity, id)"
                  " DO UPDATE SET at_ms = excluded.at_ms, text = excluded.text",
                  VALUES(value_text(t->entity), value_text(t->id),
                         value_int(clock_utc_ms(&s->clock)), value_text(t->text)),
                  e);
}

bool store_note(struct store *s, const char *entity, const char *id, const char *text,
                struct err *e)
{
    struct record_task t = {
        .task = {.kind = TASK_GROUP, .work = write_note}, .entity = entity, .id = id, .text = text};

    return store_do(s, &t.task, e);
}

struct tags_task {
    struct store_task task;
    const char *entity, *tag;
    const char *const *ids;
    size_t n;
    bool on;
    struct tagged done;
};

static bool write_tag(struct store *s, struct tags_task *t, const char *id, struct err *e)
{
    const char *sql = t->on ? "INSERT OR IGNORE INTO tag VALUES (?, ?, ?)"
                            : "DELETE FROM tag WHERE entity = ? AND name = ? AND id = ?";
    int64_t n = 0;
    bool ok =
        db_run(&s->ledger, sql,
               VALUES(value_text(t->entity), value_text(t->tag), value_text(id)), e) &&
        db_number(&s->ledger, "SELECT changes()", NO_VALUES, 0, &n, e);

    t->done.here++;
    t->done.changed += (size_t)n;
    return ok;
}

static bool write_tags(struct store *s, struct store_task *task, struct err *e)
{
    struct tags_task *t = (struct tags_task *)task;
    bool ok = check_claim(s, e);

    t->done = (struct tagged){0};
    for (size_t i = 0; ok && i < t->n; i++) {
        struct record_task one = {.entity = t->entity, .id = t->ids[i]};

        ok = find_number(s, &one.task, e) && (!one.number || write_tag(s, t, t->ids[i], e));
    }
    return ok;
}

bool store_tag(struct store *s, const char *entity, const char *const *ids, size_t n,
               const char *tag, bool on, struct tagged *out, struct err *e)
{
    struct tags_task t = {.task = {.kind = TASK_GROUP, .work = write_tags},
                          .entity = entity,
                          .tag = tag,
                          .ids = ids,
                          .n = n,
                          .on = on};
    bool ok = store_do(s, &t.task, e);

    *out = t.done;
    return ok;
}

static bool read_tags(struct store *s, struct store_task *task, struct err *e)
{
    struct record_task *t = (struct record_task *)task;
    struct rows r = rows_open(&s->ledger,
                              "SELECT name, count(*) FROM tag WHERE entity = ? GROUP BY name"
                              " ORDER BY name LIMIT 1000",
                              VALUES(value_text(t->entity)));

    slice_clear(&t->slice);
    while (rows_next(&r))
        slice_take(&t->slice, &r);
    return rows_close(&r, e);
}

bool store_tags_each(struct store *s, const char *entity,
                     bool (*each)(void *arg, const char *tag, long long n), void *arg,
                     struct err *e)
{
    struct record_task t = {
        .task = {.kind = TASK_ALONE, .work = read_tags}, .entity = entity, .slice = {.width = 2}};
    bool ok = store_do(s, &t.task, e);

    for (size_t i = 0; ok && i < slice_rows(&t.slice); i++) {
        if (!each(arg, slice_text(&t.slice, i, 0), slice_int(&t.slice, i, 1)))
            break;
    }
    slice_free(&t.slice);
    return ok;
}
