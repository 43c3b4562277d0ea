// A store in a folder of its own, with a clock that the test sets, and SQL straight at its files.
// Main thread. Tests.
#ifndef TESTS_STORE_BOX_H
#define TESTS_STORE_BOX_H

#include "support/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "job/queue.h"
#include "store/ledger.h"
#include "store/owned.h"
#include "store/store.h"
#include "support/temp.h"

// 2026-03-01T12:00:00Z.
#define BOX_NOW_MS INT64_C(1772366400000)
#define HOUR_MS INT64_C(3600000)

enum { BOX_CALL = 25 };

struct box {
    char *folder;
    struct store *s; // NULL: closed
    char note[512];  // of the last opening
    int64_t now_ms;
};

static inline int64_t box_now(void *self)
{
    return ((struct box *)self)->now_ms;
}

static inline struct clock box_clock(struct box *b)
{
    return (struct clock){b, box_now, box_now};
}

static inline void box_make(struct box *b)
{
    *b = (struct box){.folder = temp_make(), .now_ms = BOX_NOW_MS};
}

static inline bool box_try(struct box *b, struct err *e)
{
    b->s = store_open(b->folder, box_clock(b), b->note, e);
    return b->s != NULL;
}

static inline void box_open(struct box *b)
{
    struct err e;

    if (!box_try(b, &e))
        fail_msg("store_open: %s", e.text);
}

static inline void box_close(struct box *b)
{
    if (b->s)
        store_close(b->s);
    b->s = NULL;
}

static inline void box_drop(struct box *b)
{
    box_close(b);
    temp_remove(b->folder);
    free(b->folder);
}

static inline void box_claim(struct box *b)
{
    struct err e;

    if (!store_claim_spending(b->s, &e))
        fail_msg("store_claim_spending: %s", e.text);
}

// Opened, and the one that spends.
static inline void box_start(struct box *b)
{
    box_open(b);
    assert_string_equal(b->note, "");
    box_claim(b);
}

// Set-up and tear-down of a test with a box of its own, claimed.
static inline int box_set_up(void **state)
{
    struct box *b = mem_zalloc(sizeof(*b));

    box_make(b);
    box_start(b);
    *state = b;
    return 0;
}

static inline int box_tear_down(void **state)
{
    box_drop(*state);
    free(*state);
    return 0;
}

static inline char *box_path(const struct box *b, const char *name)
{
    return str_format("%s/%s", b->folder, name);
}

static inline bool box_has(const struct box *b, const char *name)
{
    char *path = box_path(b, name);
    bool has = access(path, F_OK) == 0;

    free(path);
    return has;
}

static inline struct str box_read(const struct box *b, const char *name)
{
    char *path = box_path(b, name);
    struct str bytes = {0};
    struct err e;

    if (!file_read(path, 1 << 28, &bytes, &e))
        fail_msg("%s", e.text);
    free(path);
    return bytes;
}

static inline void box_write(const struct box *b, const char *name, const char *bytes, size_t len)
{
    char *path = box_path(b, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    assert_true(file_write_all(fd, bytes, len));
    assert_int_equal(close(fd), 0);
    free(path);
}

static inline void box_remove(const struct box *b, const char *name)
{
    char *path = box_path(b, name);

    assert_int_equal(unlink(path), 0);
    free(path);
}

// The first column of the first row of SQL run on one of the box's files, as a number; -1: no row.
static inline long long box_sql(const struct box *b, const char *name, const char *sql)
{
    char *path = box_path(b, name);
    long long number = -1;
    sqlite3_stmt *statement;
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (const char *rest = sql; *rest;) {
        if (sqlite3_prepare_v2(db, rest, -1, &statement, &rest) != SQLITE_OK)
            fail_msg("%s: %s", sql, sqlite3_errmsg(db));
        if (!statement)
            continue;
        if (sqlite3_step(statement) == SQLITE_ROW)
            number = sqlite3_column_int64(statement, 0);
        if (sqlite3_finalize(statement) != SQLITE_OK)
            fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(path);
    return number;
}

// One call's worth of records "first", "first + 1", ... as they are named.
struct call {
    struct charge_task t;
    char names[BOX_CALL][24], raws[BOX_CALL][64];
    const char *ids[BOX_CALL];
    struct bought bought[BOX_CALL];
};

static inline void call_make(struct call *c, long long first, size_t n)
{
    *c = (struct call){.t = {.charge = {.entity = "contact",
                                        .operation = "POST /enrich/contact",
                                        .base_url = "https://api.example.com",
                                        .records = c->ids,
                                        .n_records = n,
                                        .quoted_max = (long long)n},
                             .how = {.state = CHARGE_CHARGED,
                                     .http = 200,
                                     .request_id = "request",
                                     .credits = -1,
                                     .records = -1,
                                     .requests = -1,
                                     .bought = c->bought,
                                     .n_bought = n}}};
    for (size_t i = 0; i < n; i++) {
        (void)snprintf(c->names[i], sizeof(c->names[i]), "%lld", first + (long long)i);
        (void)snprintf(c->raws[i], sizeof(c->raws[i]), "{\"id\":%lld}", first + (long long)i);
        c->ids[i] = c->names[i];
        c->bought[i] = (struct bought){.id = c->names[i],
                                       .match_status = "FULL_MATCH",
                                       .raw = c->raws[i],
                                       .fields = "email,id",
                                       .found = true};
    }
}

static inline void call_end(struct call *c, enum charge_state state)
{
    c->t.how.state = state;
    c->t.how.http = 0;
    c->t.how.reason = "it was not answered";
    c->t.how.n_bought = 0;
}

// Gives it to the store and waits.
static inline bool call_do(struct box *b, struct call *c,
                           void (*what)(struct store *s, struct charge_task *t), struct err *e)
{
    struct queue *reply = queue_open();

    c->t.task.job.reply = reply;
    what(b->s, &c->t);
    assert_ptr_equal(queue_wait(reply, -1), &c->t.task.job);
    queue_close(reply);
    *e = c->t.task.err;
    return c->t.task.ok;
}

static inline bool box_try_intend(struct box *b, struct call *c, struct err *e)
{
    return call_do(b, c, store_charge_begin, e);
}

static inline bool box_try_settle(struct box *b, struct call *c, struct err *e)
{
    return call_do(b, c, store_charge_end, e);
}

static inline void box_intend(struct box *b, struct call *c)
{
    struct err e;

    if (!box_try_intend(b, c, &e))
        fail_msg("store_charge_begin: %s", e.text);
}

// The credits that the charge came to.
static inline long long box_settle(struct box *b, struct call *c)
{
    struct err e;

    if (!box_try_settle(b, c, &e))
        fail_msg("store_charge_end: %s", e.text);
    return c->t.credits;
}

// Buys n records from first on; the credits they cost.
static inline long long box_buy(struct box *b, long long first, size_t n)
{
    struct call c;

    call_make(&c, first, n);
    box_intend(b, &c);
    return box_settle(b, &c);
}

// The ledger's rows of a state, -1: all.
struct box_seen {
    int n;
    struct ledger_row last;
    char text[4096]; // its states in order
};

static inline bool box_see(void *arg, const struct ledger_row *row)
{
    struct box_seen *s = arg;

    s->n++;
    s->last = *row;
    (void)strcat(strcat(s->text, s->n > 1 ? "," : ""), charge_state_name(row->state));
    return true;
}

static inline struct box_seen box_ledger(struct box *b, int state)
{
    struct box_seen seen = {0};
    struct err e;

    assert_true(store_ledger_each(b->s, state, true, box_see, &seen, &e));
    return seen;
}

static inline struct ledger_totals box_totals(struct box *b)
{
    struct ledger_totals t;
    struct err e;

    if (!store_ledger_totals(b->s, &t, &e))
        fail_msg("store_ledger_totals: %s", e.text);
    return t;
}

// Where one record stands.
static inline struct owned box_find(struct box *b, const char *id)
{
    struct owned owned;
    bool covered;
    struct err e;

    if (!store_owned_find(b->s, "contact", &id, 1, "id", &owned, &covered, &e))
        fail_msg("store_owned_find: %s", e.text);
    return owned;
}

static inline bool box_count_owned(void *arg, const struct owned_row *row)
{
    (void)row;
    ++*(long long *)arg;
    return true;
}

static inline long long box_owned(struct box *b)
{
    long long n = 0;
    struct err e;

    if (!store_owned_each(b->s, "contact", NULL, 0, box_count_owned, &n, &e))
        fail_msg("store_owned_each: %s", e.text);
    return n;
}

// Runs body(arg) in a child of its own, as another process would; how it ended, as waitpid() has
// it.
static inline int box_child(void (*body)(void *arg), void *arg)
{
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        body(arg);
        _exit(0);
    }
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

#endif
