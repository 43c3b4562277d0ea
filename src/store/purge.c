// Purging. Floor: store.
#include "store/purge.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/backup.h"
#include "store/disk.h"
#include "store/files.h"
#include "store/forget.h"
#include "store/index.h"
#include "store/jobs_file.h"
#include "store/rows_file.h"
#include "store/wal.h"

void purge_watch(struct store *s)
{
    struct err ignored;
    int64_t n = 0;

    s->purge_due =
        db_number(&s->ledger, "SELECT count(*) FROM purge_due", NO_VALUES, 0, &n, &ignored) &&
        n > 0;
}

// Rows of searches may name whom the library does not any more. They are cheap to fetch again.
static bool clear_kept(struct store *s, struct err *e)
{
    char *folder = disk_path(s, "rows");
    bool ok = rows_files_remove(folder, e);

    free(folder);
    return ok;
}

static void quote(const char *text, struct str *out)
{
    str_add_char(out, '\'');
    for (; *text; text++) {
        str_add_char(out, *text);
        if (*text == '\'')
            str_add_char(out, '\'');
    }
    str_add_char(out, '\'');
}

// SQLite overwrites what is deleted, but not what moved from page to page before that: only a file
// that is written anew has no trace. It is put together in the ledger's own folder, and not in
// memory.
static bool write_anew(struct store *s, struct err *e)
{
    struct str before = {0};
    struct err ignored;
    bool ok;

    str_add(&before, "PRAGMA temp_store = FILE; PRAGMA temp_store_directory = ");
    quote(s->folder, &before);
    ok = db_exec(&s->ledger, str_text(&before), e) && db_exec(&s->ledger, "VACUUM", e);
    (void)db_exec(&s->ledger, "PRAGMA temp_store_directory = ''; PRAGMA temp_store = MEMORY",
                  &ignored);
    str_free(&before);
    return ok;
}

// What held something of them. A backup is the whole ledger copied, an index made anew the whole
// library read: not for those of whom nothing was held.
static bool sweep_held(struct store *s, enum purge_depth depth, struct err *e)
{
    index_drop(s);
    return (depth < PURGE_WHOLE || write_anew(s, e)) && wal_cut(s, e) && backup_now(s, e);
}

bool purge_finish(struct store *s, struct err *e)
{
    int64_t depth;
    bool ok;

    // Where it fails, the next start tries again.
    s->purge_due = false;
    ok = forget_origins(s, e) && clear_kept(s, e) && searches_forget(s, e) &&
         jobs_file_forget(s, e) &&
         db_number(&s->ledger, "SELECT max(whole) FROM purge_due", NO_VALUES, PURGE_WHOLE, &depth,
                   e) &&
         (depth == PURGE_NAMED || sweep_held(s, (enum purge_depth)depth, e)) &&
         db_run(&s->ledger, "DELETE FROM purge_due", NO_VALUES, e);
    return ok || err_prefix(e, "what was purged may still stand in a file; closing Lode, and its "
                               "next start, try again");
}

struct purge_task {
    struct store_task task;
    const struct purging *what;
};

static bool let_go(struct store *s, struct store_task *task, struct err *e)
{
    const struct purging *p = ((struct purge_task *)task)->what;
    const struct forgetting how = {.suppress = p->suppress,
                                   .with_entity = p->hashes ? "" : NULL,
                                   .with_ids = p->hashes,
                                   .whole = true};

    if (s->lock < 0)
        return err_set(e, ERR_INTERNAL, "this process has not claimed the spending");
    return forget(s, p->entity, p->ids, p->n, &how, e);
}

static bool sweep(struct store *s, struct store_task *task, struct err *e)
{
    (void)task;
    return !s->purge_due || purge_finish(s, e);
}

bool store_purge(struct store *s, const struct purging *p, bool *done, struct err *e)
{
    struct purge_task t = {.task = {.kind = TASK_GROUP, .work = let_go}, .what = p};
    struct store_task then = {.kind = TASK_ALONE, .work = sweep};

    *done = store_do(s, &t.task, e);
    return *done && store_do(s, &then, e);
}

struct past_task {
    struct store_task task;
    const char *entity;
    int64_t before_ms;
    struct purge_past *out;
    int64_t n;
};

// ?1: the entity, ?2: before when.
#define PAST "r.entity = ?1 AND r.answer IS NOT NULL AND r.fetched_ms < ?2"

// With each, whether a charge names it whose end or whose answer is not sound.
static const char past_sql[] =
    "WITH unsound(charge) AS (SELECT charge FROM charge_open"
    " UNION SELECT charge FROM charge_answer),"
    " asked(id) AS (SELECT c.record FROM unsound u CROSS JOIN charge g ON g.id = u.charge"
    " CROSS JOIN charge_record c ON c.charge = u.charge WHERE g.entity = ?1),"
    " named(id) AS (SELECT id FROM asked UNION SELECT m.id FROM asked a"
    " CROSS JOIN matched m ON m.entity = ?1 AND m.input = a.id)"
    " SELECT r.id, r.id IN named FROM record r WHERE " PAST;

static bool find_past(struct store *s, const struct past_task *t, struct err *e)
{
    struct purge_past *out = t->out;
    struct rows r =
        rows_open(&s->ledger, past_sql, VALUES(value_text(t->entity), value_int(t->before_ms)));
    size_t cap = 0;

    purge_past_free(out);
    while (rows_next(&r)) {
        if (rows_int(&r, 1)) {
            out->left++;
            continue;
        }
        if (out->n == cap) {
            cap = cap ? cap * 2 : 16;
            out->ids = mem_regrow(out->ids, cap, sizeof(*out->ids));
        }
        out->ids[out->n++] = mem_strdup(rows_text(&r, 0));
    }
    return rows_close(&r, e);
}

static bool let_go_past(struct store *s, struct store_task *task, struct err *e)
{
    const struct past_task *t = (const struct past_task *)task;
    const struct forgetting how = {.whole = true};

    if (s->lock < 0)
        return err_set(e, ERR_INTERNAL, "this process has not claimed the spending");
    return find_past(s, t, e) &&
           (!t->out->n ||
            forget(s, t->entity, (const char *const *)t->out->ids, t->out->n, &how, e));
}

bool store_purge_past(struct store *s, const char *entity, int64_t before_ms,
                      struct purge_past *out, bool *done, struct err *e)
{
    struct past_task t = {.task = {.kind = TASK_GROUP, .work = let_go_past},
                          .entity = entity,
                          .before_ms = before_ms,
                          .out = out};
    struct store_task then = {.kind = TASK_ALONE, .work = sweep};

    *out = (struct purge_past){0};
    *done = store_do(s, &t.task, e);
    return *done && (!out->n || store_do(s, &then, e));
}

void purge_past_free(struct purge_past *p)
{
    for (size_t i = 0; i < p->n; i++)
        free(p->ids[i]);
    free(p->ids);
    *p = (struct purge_past){0};
}

static bool count_past(struct store *s, struct store_task *task, struct err *e)
{
    struct past_task *t = (struct past_task *)task;

    return db_number(&s->ledger, "SELECT count(*) FROM record r WHERE " PAST,
                     VALUES(value_text(t->entity), value_int(t->before_ms)), 0, &t->n, e);
}

bool store_past_count(struct store *s, const char *entity, int64_t before_ms, long long *n,
                      struct err *e)
{
    struct past_task t = {
        .task = {.kind = TASK_ALONE, .work = count_past}, .entity = entity, .before_ms = before_ms};
    bool ok = store_do(s, &t.task, e);

    *n = t.n;
    return ok;
}

struct answers_task {
    struct store_task task;
    const char *entity;
    const char *const *ids;
    size_t n;
    struct purge_answers *out;
};

static bool find_answers(struct store *s, struct store_task *task, struct err *e)
{
    struct answers_task *t = (struct answers_task *)task;

    return forget_answers(s, t->entity, t->ids, t->n, t->out, e);
}

bool store_purge_answers(struct store *s, const char *entity, const char *const *ids, size_t n,
                         struct purge_answers *out, struct err *e)
{
    struct answers_task t = {.task = {.kind = TASK_ALONE, .work = find_answers},
                             .entity = entity,
                             .ids = ids,
                             .n = n,
                             .out = out};

    return store_do(s, &t.task, e);
}
