// Purging. Floor: store.
#include "store/purge.h"

#include <stdlib.h>

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

static bool sweep_ledger(struct store *s, struct err *e)
{
    int64_t whole;

    return db_number(&s->ledger, "SELECT max(whole) FROM purge_due", NO_VALUES, 0, &whole, e) &&
           (!whole || write_anew(s, e)) && wal_cut(s, e);
}

bool purge_finish(struct store *s, struct err *e)
{
    bool ok;

    // Where it fails, the next start tries again.
    s->purge_due = false;
    index_drop(s);
    ok = forget_origins(s, e) && clear_kept(s, e) && searches_forget(s, e) &&
         jobs_file_forget(s, e) && sweep_ledger(s, e) && backup_now(s, e) &&
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
