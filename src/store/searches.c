// Saved searches: put, listed, deleted, restored, and what their last runs found. Floor: store.
#include "store/searches.h"

#include "base/mem.h"
#include "store/files.h"
#include "store/searches_inside.h"
#include "store/slice.h"

static bool attempt(struct store *s, struct searches_task *t, struct err *e)
{
    struct db *db = &s->searches.db;

    if (!t->writes)
        return t->inner(s, t, e);
    if (!db_begin(db, e))
        return false;
    if (t->inner(s, t, e))
        return db_commit(db, e);
    db_end(db);
    return false;
}

static bool work(struct store *s, struct store_task *task, struct err *e)
{
    struct searches_task *t = (struct searches_task *)task;

    if (!searches_file_open(s, e))
        return false;
    return attempt(s, t, e) ||
           (s->searches.db.damaged && searches_file_renew(s, e) && attempt(s, t, e));
}

bool searches_do(struct store *s, struct searches_task *t, struct err *e)
{
    t->task.kind = TASK_ALONE;
    t->task.work = work;
    return store_do(s, &t->task, e);
}

enum {
    CELL_ID,
    CELL_NAME,
    CELL_NOTE,
    CELL_ENTITY,
    CELL_TEXT,
    CELL_SAVED,
    CELL_RAN,
    CELL_HITS,
    CELL_ROWS,
    CELLS
};

struct rows_task {
    struct searches_task task;
    const char *sql;
    struct slice *out;
};

static bool read_rows(struct store *s, struct searches_task *task, struct err *e)
{
    const struct rows_task *t = (const struct rows_task *)task;
    struct rows r = rows_open(&s->searches.db, t->sql, NO_VALUES);

    slice_clear(t->out);
    while (rows_next(&r))
        slice_take(t->out, &r);
    return rows_close(&r, e);
}

bool searches_rows(struct store *s, const char *sql, struct slice *out, struct err *e)
{
    struct rows_task t = {{.inner = read_rows}, sql, out};

    return searches_do(s, &t.task, e);
}

bool store_searches_each(struct store *s, bool (*each)(void *arg, const struct saved_search *one),
                         void *arg, struct err *e)
{
    static const char sql[] = "SELECT id, name, note, entity, text, saved_ms, ran_ms, hits,"
                              " ifnull((SELECT n FROM run WHERE saved = id), 0) FROM saved"
                              " WHERE deleted IS NULL ORDER BY name COLLATE NOCASE";
    struct slice slice = {.width = CELLS};
    bool ok = searches_rows(s, sql, &slice, e), more = ok;

    for (size_t i = 0; more && i < slice_rows(&slice); i++) {
        const struct saved_search one = {.id = slice_int(&slice, i, CELL_ID),
                                         .name = slice_text(&slice, i, CELL_NAME),
                                         .note = slice_text(&slice, i, CELL_NOTE),
                                         .entity = slice_text(&slice, i, CELL_ENTITY),
                                         .text = slice_text(&slice, i, CELL_TEXT),
                                         .saved_ms = slice_int(&slice, i, CELL_SAVED),
                                         .ran_ms = slice_int(&slice, i, CELL_RAN),
                                         .hits = slice_int(&slice, i, CELL_HITS),
                                         .rows = slice_int(&slice, i, CELL_ROWS)};

        more = each(arg, &one);
    }
    slice_free(&slice);
    return ok;
}

struct note_task {
    struct searches_task task;
    struct str *note;
};

static bool take_note(struct store *s, struct searches_task *task, struct err *e)
{
    (void)e;
    str_add(((struct note_task *)task)->note, str_text(&s->searches.note));
    str_clear(&s->searches.note);
    return true;
}

bool store_searches_note(struct store *s, struct str *note, struct err *e)
{
    struct note_task t = {{.inner = take_note}, note};

    return searches_do(s, &t.task, e);
}

struct put_task {
    struct searches_task task;
    struct saved_search *one;
};

static bool name_free(struct db *db, const char *name, int64_t but, bool *is, struct err *e)
{
    int64_t taken;

    if (!db_number(db,
                   "SELECT count(*) FROM saved WHERE name = ? COLLATE NOCASE AND deleted IS NULL"
                   " AND id <> ?",
                   VALUES(value_text(name), value_int(but)), 0, &taken, e))
        return false;
    *is = taken == 0;
    return true;
}

static bool there(struct db *db, int64_t id, struct err *e)
{
    int64_t n;

    if (!db_number(db, "SELECT count(*) FROM saved WHERE id = ? AND deleted IS NULL",
                   VALUES(value_int(id)), 0, &n, e))
        return false;
    return n > 0 || err_set(e, ERR_NOT_FOUND, "that saved search is no longer there");
}

static bool insert(struct store *s, struct saved_search *one, struct err *e)
{
    struct db *db = &s->searches.db;

    if (!db_run(db,
                "INSERT INTO saved (name, note, entity, text, saved_ms, ran_ms, hits)"
                " VALUES (?, ?, ?, ?, ?, 0, -1)",
                VALUES(value_text(one->name), value_text(one->note), value_text(one->entity),
                       value_text(one->text), value_int(clock_utc_ms(&s->clock))),
                e))
        return false;
    one->id = db_last_id(db);
    return true;
}

// The same text found what it found; another one found nothing yet.
static bool replace(struct store *s, const struct saved_search *one, struct err *e)
{
    struct db *db = &s->searches.db;

    return there(db, one->id, e) &&
           db_run(db,
                  "DELETE FROM run WHERE saved = (SELECT id FROM saved WHERE id = ? AND text <> ?)",
                  VALUES(value_int(one->id), value_text(one->text)), e) &&
           db_run(db, "UPDATE saved SET ran_ms = 0, hits = -1 WHERE id = ? AND text <> ?",
                  VALUES(value_int(one->id), value_text(one->text)), e) &&
           db_run(db,
                  "UPDATE saved SET name = ?, note = ?, entity = ?, text = ?, saved_ms = ?"
                  " WHERE id = ?",
                  VALUES(value_text(one->name), value_text(one->note), value_text(one->entity),
                         value_text(one->text), value_int(clock_utc_ms(&s->clock)),
                         value_int(one->id)),
                  e);
}

static bool put(struct store *s, struct searches_task *task, struct err *e)
{
    struct saved_search *one = ((struct put_task *)task)->one;
    bool is_free;

    if (!name_free(&s->searches.db, one->name, one->id, &is_free, e))
        return false;
    if (!is_free)
        return err_set(e, ERR_REFUSED, "there is a saved search of that name already");
    s->searches.changed = true;
    return one->id ? replace(s, one, e) : insert(s, one, e);
}

bool store_search_put(struct store *s, struct saved_search *one, struct err *e)
{
    struct put_task t = {{.inner = put, .writes = true}, one};

    return searches_do(s, &t.task, e);
}

struct id_task {
    struct searches_task task;
    int64_t id;
};

#define TOO_OLD                                                                                    \
    "(SELECT id FROM saved WHERE deleted IS NOT NULL ORDER BY deleted DESC LIMIT -1 OFFSET ?)"

static bool take_away(struct store *s, struct searches_task *task, struct err *e)
{
    int64_t id = ((struct id_task *)task)->id;
    struct db *db = &s->searches.db;

    s->searches.changed = true;
    return there(db, id, e) &&
           db_run(db,
                  "UPDATE saved SET deleted = (SELECT ifnull(max(deleted), 0) + 1 FROM saved)"
                  " WHERE id = ?",
                  VALUES(value_int(id)), e) &&
           db_run(db, "DELETE FROM run WHERE saved IN " TOO_OLD,
                  VALUES(value_int(SEARCH_DELETED_KEPT)), e) &&
           db_run(db, "DELETE FROM saved WHERE id IN " TOO_OLD,
                  VALUES(value_int(SEARCH_DELETED_KEPT)), e);
}

bool store_search_delete(struct store *s, int64_t id, struct err *e)
{
    struct id_task t = {{.inner = take_away, .writes = true}, id};

    return searches_do(s, &t.task, e);
}

// A name like it that is free.
static bool number_name(struct db *db, int64_t id, struct err *e)
{
    int64_t taken = 1;

    for (int n = 2; taken; n++) {
        if (!db_number(db,
                       "SELECT count(*) FROM saved a, saved b WHERE b.id = ? AND a.deleted IS NULL"
                       " AND a.name = b.name || iif(?2 = 2, '', ' (' || (?2 - 1) || ')')"
                       " COLLATE NOCASE",
                       VALUES(value_int(id), value_int(n)), 0, &taken, e))
            return false;
        if (!taken)
            return n == 2 ||
                   db_run(db, "UPDATE saved SET name = name || ' (' || ? || ')' WHERE id = ?",
                          VALUES(value_int(n - 1), value_int(id)), e);
    }
    return true;
}

static bool bring_back(struct store *s, struct searches_task *task, struct err *e)
{
    struct id_task *t = (struct id_task *)task;
    struct db *db = &s->searches.db;
    int64_t id;

    if (!db_number(db,
                   "SELECT id FROM saved WHERE deleted IS NOT NULL AND (?1 = 0 OR id = ?1)"
                   " ORDER BY deleted DESC LIMIT 1",
                   VALUES(value_int(t->id)), 0, &id, e))
        return false;
    if (id == 0)
        return err_set(e, ERR_NOT_FOUND, "no deleted search is kept that could come back");
    t->id = id;
    s->searches.changed = true;
    return number_name(db, id, e) &&
           db_run(db, "UPDATE saved SET deleted = NULL WHERE id = ?", VALUES(value_int(id)), e);
}

bool store_search_restore(struct store *s, int64_t *id, struct err *e)
{
    struct id_task t = {{.inner = bring_back, .writes = true}, *id};
    bool ok = searches_do(s, &t.task, e);

    *id = t.id;
    return ok;
}

struct ran_task {
    struct searches_task task;
    const struct search_ran *ran;
};

static bool note_run(struct store *s, struct searches_task *task, struct err *e)
{
    const struct search_ran *ran = ((struct ran_task *)task)->ran;
    struct db *db = &s->searches.db;

    return there(db, ran->id, e) &&
           db_run(
               db, "UPDATE saved SET ran_ms = ?, hits = ? WHERE id = ?",
               VALUES(value_int(clock_utc_ms(&s->clock)), value_int(ran->hits), value_int(ran->id)),
               e) &&
           (!ran->rows || db_run(db, "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?)",
                                 VALUES(value_int(ran->id), value_int(ran->n),
                                        value_blob(str_text(ran->rows), ran->rows->len),
                                        value_blob(str_text(ran->names), ran->names->len)),
                                 e));
}

bool store_search_ran(struct store *s, const struct search_ran *ran, struct err *e)
{
    struct ran_task t = {{.inner = note_run, .writes = true}, ran};

    return searches_do(s, &t.task, e);
}

struct last_task {
    struct searches_task task;
    int64_t id;
    struct str *rows, *names;
};

static void take_blob(const struct rows *r, int column, struct str *out)
{
    size_t len;
    const char *bytes = rows_blob(r, column, &len);

    str_add_len(out, bytes, len);
}

static bool read_last(struct store *s, struct searches_task *task, struct err *e)
{
    const struct last_task *t = (const struct last_task *)task;
    struct rows r = rows_open(&s->searches.db, "SELECT rows, names FROM run WHERE saved = ?",
                              VALUES(value_int(t->id)));

    str_clear(t->rows);
    str_clear(t->names);
    if (rows_next(&r)) {
        take_blob(&r, 0, t->rows);
        take_blob(&r, 1, t->names);
    }
    return rows_close(&r, e);
}

bool store_search_last(struct store *s, int64_t id, struct str *rows, struct str *names,
                       struct err *e)
{
    struct last_task t = {{.inner = read_last}, id, rows, names};

    return searches_do(s, &t.task, e);
}
