// Pages of the last searches. Floor: store.
#include "store/pages.h"

#include "base/str.h"
#include "store/owner.h"

struct put_task {
    struct store_task task;
    const char *key;
    int number;
    const char *bytes;
    size_t len;
};

// The searches that are too many, as a part of a statement.
#define TOO_MANY "(SELECT key FROM kept_search ORDER BY used DESC LIMIT -1 OFFSET ?)"

static bool put_parts(struct store *s, const struct put_task *t, struct err *e)
{
    struct db *db = &s->cache;

    if (t->number == 1 &&
        !db_run(db, "DELETE FROM kept_page WHERE key = ?", VALUES(value_text(t->key)), e))
        return false;
    return db_run(db,
                  "INSERT INTO kept_search VALUES (?, (SELECT ifnull(max(used), 0) + 1 FROM"
                  " kept_search)) ON CONFLICT (key) DO UPDATE SET used = excluded.used",
                  VALUES(value_text(t->key)), e) &&
           db_run(db, "INSERT OR REPLACE INTO kept_page VALUES (?, ?, ?, ?)",
                  VALUES(value_text(t->key), value_int(t->number),
                         value_int(clock_utc_ms(&s->clock)), value_blob(t->bytes, t->len)),
                  e) &&
           db_run(db, "DELETE FROM kept_page WHERE key IN " TOO_MANY,
                  VALUES(value_int(SEARCHES_KEPT)), e) &&
           db_run(db, "DELETE FROM kept_search WHERE key IN " TOO_MANY,
                  VALUES(value_int(SEARCHES_KEPT)), e);
}

static bool put(struct store *s, struct store_task *task, struct err *e)
{
    if (!db_begin(&s->cache, e))
        return false;
    if (put_parts(s, (const struct put_task *)task, e))
        return db_commit(&s->cache, e);
    db_end(&s->cache);
    return false;
}

bool store_put_page(struct store *s, const char *key, int number, const char *bytes, size_t len,
                    struct err *e)
{
    struct put_task t = {.task = {.kind = TASK_CACHE, .work = put},
                         .key = key,
                         .number = number,
                         .bytes = bytes,
                         .len = len};

    return store_do(s, &t.task, e);
}

struct get_task {
    struct store_task task;
    const char *key;
    int after;
    bool found;
    int number;
    int64_t at_ms;
    struct str bytes;
};

// The next page after the last one.
static bool get(struct store *s, struct store_task *task, struct err *e)
{
    struct get_task *t = (struct get_task *)task;
    struct rows r = rows_open(&s->cache,
                              "SELECT number, at_ms, body FROM kept_page"
                              " WHERE key = ? AND number > ? ORDER BY number LIMIT 1",
                              VALUES(value_text(t->key), value_int(t->after)));

    str_clear(&t->bytes);
    t->found = rows_next(&r);
    if (t->found) {
        size_t len;
        const char *bytes = rows_blob(&r, 2, &len);

        t->number = (int)rows_int(&r, 0);
        t->at_ms = rows_int(&r, 1);
        str_add_len(&t->bytes, bytes, len);
    }
    return rows_close(&r, e);
}

bool store_pages_each(struct store *s, const char *key,
                      bool (*each)(void *arg, const struct kept_page *page), void *arg,
                      struct err *e)
{
    struct get_task t = {.task = {.kind = TASK_CACHE, .work = get}, .key = key};
    bool ok, more = true;

    while ((ok = store_do(s, &t.task, e)) && t.found && more) {
        const struct kept_page page = {t.number, t.at_ms, str_text(&t.bytes), t.bytes.len};

        more = each(arg, &page);
        t.after = t.number;
    }
    str_free(&t.bytes);
    return ok;
}
