// The lookup cache. Floor: store.
#include "store/lookups.h"

#include "store/owner.h"

struct lookup_task {
    struct store_task task;
    const char *key;
    const char *put;  // to store; NULL: get
    struct str *body; // to fill
    int64_t fetched_ms;
};

static bool put(struct store *s, struct store_task *task, struct err *e)
{
    const struct lookup_task *t = (const struct lookup_task *)task;

    return db_run(&s->cache,
                  "INSERT INTO lookup VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE"
                  " SET fetched_ms = excluded.fetched_ms, body = excluded.body",
                  VALUES(value_text(t->key), value_int(t->fetched_ms), value_text(t->put)), e);
}

static bool get(struct store *s, struct store_task *task, struct err *e)
{
    struct lookup_task *t = (struct lookup_task *)task;
    struct rows r = rows_open(&s->cache, "SELECT fetched_ms, body FROM lookup WHERE key = ?",
                              VALUES(value_text(t->key)));
    bool found = rows_next(&r);

    if (found) {
        t->fetched_ms = rows_int(&r, 0);
        str_clear(t->body);
        str_add(t->body, rows_text(&r, 1));
    }
    if (!rows_close(&r, e))
        return false;
    return found || err_set(e, ERR_NOT_FOUND, "%s is not in the lookup cache", t->key);
}

bool store_put_lookup(struct store *s, const char *key, const char *body, int64_t fetched_ms,
                      struct err *e)
{
    struct lookup_task t = {.task = {.kind = TASK_CACHE, .work = put},
                            .key = key,
                            .put = body,
                            .fetched_ms = fetched_ms};

    return store_do(s, &t.task, e);
}

bool store_get_lookup(struct store *s, const char *key, struct str *body, int64_t *fetched_ms,
                      struct err *e)
{
    struct lookup_task t = {.task = {.kind = TASK_CACHE, .work = get}, .key = key, .body = body};

    if (!store_do(s, &t.task, e))
        return false;
    *fetched_ms = t.fetched_ms;
    return true;
}
