// The owner thread: takes the tasks that wait, writes the ledger for all of them in one
// transaction, answers. Floor: store.
#include "store/store.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "job/thread.h"
#include "store/backup.h"
#include "store/disk.h"
#include "store/files.h"
#include "store/purge.h"
#include "store/suppression.h"
#include "store/wal.h"

enum {
    NOTE_MAX = 512,
    QUIET_MS = 1000,
    LATE_MS = 6, // what came late waits so long for others: each transaction costs pages and a sync
    LATE_MAX = TASKS_MAX / 2
};

void store_give(struct store *s, struct store_task *t)
{
    queue_put(s->tasks, &t->job);
}

bool store_do(struct store *s, struct store_task *t, struct err *e)
{
    struct queue *reply = queue_open();

    t->job.reply = reply;
    store_give(s, t);
    (void)queue_wait(reply, -1);
    queue_close(reply);
    if (!t->ok)
        *e = t->err;
    return t->ok;
}

static void answer(struct store_task *t)
{
    queue_put(t->job.reply, &t->job);
}

// One transaction for n tasks. false: one of them failed and all was undone, so that each must be
// tried by itself.
static bool run_together(struct store *s, struct store_task **tasks, size_t n)
{
    struct err e;
    bool begun = db_begin(&s->ledger, &e), worked = begun, ok;

    for (size_t i = 0; worked && i < n; i++)
        worked = tasks[i]->work(s, tasks[i], &e);
    if (begun && !worked)
        db_end(&s->ledger);
    ok = worked && db_commit(&s->ledger, &e);
    if (!ok)
        s->ended.first = 0; // what it adds up may have been undone
    if (begun && !worked && n > 1)
        return false;
    for (size_t i = 0; i < n; i++) {
        tasks[i]->ok = ok;
        if (!ok)
            tasks[i]->err = e;
    }
    return true;
}

static void run_group(struct store *s, struct store_task **tasks, size_t n)
{
    if (n > 0 && !run_together(s, tasks, n)) {
        for (size_t i = 0; i < n; i++)
            (void)run_together(s, &tasks[i], 1);
    }
    for (size_t i = 0; i < n; i++)
        answer(tasks[i]);
}

static void run_alone(struct store *s, struct store_task *t)
{
    t->ok = t->work(s, t, &t->err);
    if (!t->ok && t->kind == TASK_CACHE && s->cache.damaged)
        t->ok = cache_file_renew(s, &t->err) && t->work(s, t, &t->err);
    answer(t);
}

static void run_late(struct store *s)
{
    size_t n = s->late.n;

    s->late.n = 0;
    run_group(s, s->late.tasks, n);
}

static void add_late(struct store *s, struct store_task *t)
{
    if (!s->late.n)
        s->late.since_ms = clock_boot_ms(&s->clock);
    s->late.tasks[s->late.n++] = t;
}

// first, and what waits behind it: what holds up calls is written first.
static void serve(struct store *s, struct job *first)
{
    struct store_task *group[TASKS_MAX], *alone[TASKS_MAX];
    size_t n_group = 0, n_alone = 0;

    for (struct job *j = first; j; j = queue_take(s->tasks)) {
        struct store_task *t = (struct store_task *)j;

        if (t->kind == TASK_GROUP)
            group[n_group++] = t;
        else if (t->kind == TASK_LATE)
            add_late(s, t);
        else
            alone[n_alone++] = t;
        if (n_group == TASKS_MAX || n_alone == TASKS_MAX || s->late.n == TASKS_MAX)
            break;
    }
    run_group(s, group, n_group);
    if (s->late.n >= LATE_MAX || clock_boot_ms(&s->clock) - s->late.since_ms >= LATE_MS)
        run_late(s);
    for (size_t i = 0; i < n_alone; i++)
        run_alone(s, alone[i]);
}

// Where a file was found damaged in the midst, the next start says so.
static void look_for_damage(struct store *s)
{
    if (s->ledger.damaged)
        ledger_file_suspect(s);
    s->ledger.damaged = false;
}

static void tidy(struct store *s)
{
    struct err ignored;

    if (s->purge_due)
        (void)purge_finish(s, &ignored);
    if (backup_due(s))
        (void)backup_now(s, &ignored);
}

// Backing up, and sweeping behind a purge, wait until nobody wants anything.
static void *own(void *arg)
{
    struct store *s = arg;

    for (;;) {
        bool due = s->purge_due || backup_due(s);
        struct job *j = queue_wait(s->tasks, s->late.n ? LATE_MS : due ? QUIET_MS : -1);

        if (j)
            serve(s, j);
        else if (s->late.n)
            run_late(s);
        else if (due)
            tidy(s);
        else
            break;
        look_for_damage(s);
    }
    tidy(s);
    wal_end(s);
    searches_file_close(s);
    return NULL;
}

// The folder, private and without links on the way. One that cannot be made so but is there will
// do for reading.
static bool open_folder(struct store *s, const char *folder, struct err *e)
{
    struct stat st;

    if (!file_make_dir(folder, e) &&
        (lstat(folder, &st) != 0 || !S_ISDIR(st.st_mode) || access(folder, W_OK) == 0))
        return false;
    s->folder = realpath(folder, NULL);
    return s->folder || err_errno(e, ERR_STORAGE, "cannot find the folder %s", folder);
}

static void release(struct store *s)
{
    db_close(&s->ledger);
    db_close(&s->cache);
    db_close(&s->index);
    db_close(&s->jobs);
    str_free(&s->searches.note);
    if (s->lock >= 0)
        (void)close(s->lock);
    free(s->folder);
    free(s);
}

struct store *store_open(const char *folder, struct clock clock, char note[static 512],
                         struct err *e)
{
    struct store *s = mem_zalloc(sizeof(*s));
    struct str text = {0};
    bool ok;

    s->clock = clock;
    s->lock = -1;
    ok = open_folder(s, folder, e) && ledger_file_open(s, &text, e) && cache_file_open(s, &text, e);
    if (ok)
        suppression_look(s);
    (void)snprintf(note, NOTE_MAX, "%s", str_text(&text));
    str_free(&text);
    if (!ok) {
        release(s);
        return NULL;
    }
    s->tasks = queue_open();
    if (thread_start(&s->thread, own, s))
        return s;
    (void)err_set(e, ERR_STORAGE, "the system gives no thread for the ledger in %s", s->folder);
    queue_close(s->tasks);
    release(s);
    return NULL;
}

void store_close(struct store *s)
{
    queue_stop(s->tasks);
    (void)pthread_join(s->thread, NULL);
    queue_close(s->tasks);
    release(s);
}

bool store_can_spend(const struct store *s)
{
    return s->can_spend;
}
