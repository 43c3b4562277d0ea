// The ledger's backup: made in a quiet moment, at the end, when due; never instead of a good one.
// Tests.
#include "store/box.h"

#include <signal.h>
#include <time.h>

#include "store/library.h"

enum { PATIENCE_S = 60, NAP_NS = 10000000 };

static long long backed_up(const struct box *b)
{
    return box_sql(b, "ledger.backup", "SELECT count(*) FROM charge");
}

static ino_t inode(const struct box *b)
{
    char *path = box_path(b, "ledger.backup");
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    free(path);
    return st.st_ino;
}

static void await_backup(const struct box *b)
{
    time_t until = time(NULL) + PATIENCE_S;

    while (!box_has(b, "ledger.backup")) {
        assert_true(time(NULL) < until);
        (void)nanosleep(&(struct timespec){.tv_nsec = NAP_NS}, NULL);
    }
}

static void a_quiet_moment_makes_one(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    box_start(&b);
    (void)box_buy(&b, 1, 3);
    await_backup(&b);
    assert_int_equal(backed_up(&b), 1);
    // The next is due a day later, or when the ledger has grown much.
    (void)box_buy(&b, 4, 3);
    box_close(&b);
    assert_int_equal(backed_up(&b), 1);
    box_drop(&b);
}

static void the_end_makes_the_first_one(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    box_start(&b);
    box_close(&b);
    // Nothing was bought.
    assert_false(box_has(&b, "ledger.backup"));
    box_start(&b);
    (void)box_buy(&b, 1, 3);
    box_close(&b);
    assert_int_equal(backed_up(&b), 1);
    box_drop(&b);
}

// A ledger of one purchase, closed: it has its first backup.
static void bought_once(struct box *b)
{
    box_make(b);
    b->now_ms = (int64_t)time(NULL) * 1000;
    box_start(b);
    (void)box_buy(b, 1, 3);
    box_close(b);
}

static void a_day_makes_the_next_one(void **state)
{
    struct box b;

    (void)state;
    bought_once(&b);
    b.now_ms += 23 * HOUR_MS;
    box_start(&b);
    (void)box_buy(&b, 10, 3);
    box_close(&b);
    assert_int_equal(backed_up(&b), 1);
    box_start(&b); // which makes one of 2
    b.now_ms += 25 * HOUR_MS;
    (void)box_buy(&b, 20, 3);
    box_close(&b);
    assert_int_equal(backed_up(&b), 3);
    box_drop(&b);
}

// Of what changed since the last one, before anything more is written.
static void a_start_makes_one(void **state)
{
    struct box b;
    ino_t made;

    (void)state;
    box_make(&b);
    box_start(&b);
    (void)box_buy(&b, 1, 3);
    box_close(&b);
    box_start(&b);
    (void)box_buy(&b, 10, 3);
    box_close(&b);
    assert_int_equal(backed_up(&b), 1);
    box_start(&b);
    assert_int_equal(backed_up(&b), 2);
    made = inode(&b);
    box_close(&b);
    // Nothing has changed: nothing is copied.
    box_start(&b);
    assert_int_equal(inode(&b), made);
    // One that is gone is made anew.
    box_close(&b);
    box_remove(&b, "ledger.backup");
    box_start(&b);
    assert_int_equal(backed_up(&b), 2);
    box_drop(&b);
}

// The answer of a call says of one record that it opted out.
static void opts_out(struct box *b, long long id)
{
    struct call c;

    call_make(&c, id, 1);
    c.bought[0] = (struct bought){c.names[0], NULL, "OPT_OUT", NULL, "id", false, true, NULL};
    box_intend(b, &c);
    (void)box_settle(b, &c);
}

// Nobody who is not held needs all of the ledger copied and the index made anew, as long as they
// may be; kept searches may name them all the same.
static void an_opt_out_makes_one_only_of_who_was_held(void **state)
{
    long long left;
    struct err e;
    struct box b;
    ino_t made;

    (void)state;
    bought_once(&b);
    box_start(&b);
    made = inode(&b);
    assert_true(store_library_index(b.s, &left, &e));
    assert_true(box_has(&b, "index.db"));
    opts_out(&b, 77);
    box_close(&b);
    assert_int_equal(inode(&b), made);
    assert_true(box_has(&b, "index.db"));
    assert_int_equal(box_sql(&b, "ledger.db", "SELECT count(*) FROM purge_due"), 0);
    box_start(&b);
    made = inode(&b);
    opts_out(&b, 2);
    box_close(&b);
    assert_int_not_equal(inode(&b), made);
    assert_false(box_has(&b, "index.db"));
    assert_int_equal(box_sql(&b, "ledger.backup", "SELECT count(*) FROM answer"), 2);
    box_drop(&b);
}

static bool names_doe(const struct box *b, const char *name)
{
    struct str bytes = box_read(b, name);
    bool is = memmem(bytes.data, bytes.len, "lastName = Doe", 14) != NULL;

    str_free(&bytes);
    return is;
}

// Nothing is held of who was asked for by name and not found; the search that named them is.
static void an_opt_out_takes_what_named_them_out_of_it(void **state)
{
    struct call c;
    struct box b;

    (void)state;
    bought_once(&b);
    box_start(&b);
    call_make(&c, 77, 1);
    c.t.charge.origin = "state = Ohio; lastName = Doe";
    c.bought[0] = (struct bought){c.names[0], NULL, "NO_MATCH", NULL, "id", false, false, NULL};
    box_intend(&b, &c);
    (void)box_settle(&b, &c);
    box_close(&b);
    box_start(&b); // which makes a backup
    assert_true(names_doe(&b, "ledger.backup"));
    opts_out(&b, 77);
    box_close(&b);
    assert_false(names_doe(&b, "ledger.backup"));
    assert_false(names_doe(&b, "ledger.db"));
    box_drop(&b);
}

static void kill_after_buying(void *arg)
{
    struct box *b = arg;

    box_start(b);
    (void)box_buy(b, 1000, 3);
    (void)kill(getpid(), SIGKILL);
}

// What a killed process bought is backed up by the next one, though that buys nothing.
static void what_a_killed_process_bought_is_not_forgotten(void **state)
{
    struct box b;

    (void)state;
    bought_once(&b);
    (void)box_child(kill_after_buying, &b);
    box_start(&b);
    box_close(&b);
    assert_int_equal(backed_up(&b), 2);
    box_drop(&b);
}

static void growth_makes_the_next_one(void **state)
{
    enum { CHARGES = 1100 };

    struct box b;
    struct call *calls = mem_array(CHARGES, sizeof(*calls));
    struct queue *reply = queue_open();

    (void)state;
    box_make(&b);
    box_start(&b);
    (void)box_buy(&b, 1, 1);
    box_close(&b);
    box_start(&b);
    for (int i = 0; i < CHARGES; i++) {
        call_make(&calls[i], i, 1);
        calls[i].t.task.job.reply = reply;
        store_charge_begin(b.s, &calls[i].t);
    }
    for (int i = 0; i < CHARGES; i++)
        assert_non_null(queue_wait(reply, -1));
    (void)box_settle(&b, &calls[0]);
    box_close(&b);
    assert_int_equal(backed_up(&b), CHARGES + 1);
    queue_close(reply);
    free(calls);
    box_drop(&b);
}

// The new one cannot be written: the old one stays and the purchase is none the worse.
static void a_failure_leaves_the_old_one(void **state)
{
    struct box b;
    struct str before, after;
    char *path;

    (void)state;
    bought_once(&b);
    before = box_read(&b, "ledger.backup");
    path = box_path(&b, "ledger.backup.new");
    assert_int_equal(mkdir(path, 0700), 0);
    b.now_ms += 48 * HOUR_MS;
    box_start(&b);
    assert_int_equal(box_buy(&b, 10, 3), 3);
    box_close(&b);
    after = box_read(&b, "ledger.backup");
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.data, after.data, before.len);
    assert_int_equal(rmdir(path), 0);
    free(path);
    str_free(&before);
    str_free(&after);
    box_drop(&b);
}

static void what_a_killed_backup_left_is_swept(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    box_write(&b, "ledger.backup.new", "half", 4);
    box_start(&b);
    assert_false(box_has(&b, "ledger.backup.new"));
    box_drop(&b);
}

static void who_only_looks_makes_none(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    box_start(&b);
    (void)box_buy(&b, 1, 3);
    box_close(&b);
    box_remove(&b, "ledger.backup");
    box_open(&b);
    (void)box_totals(&b);
    box_close(&b);
    assert_false(box_has(&b, "ledger.backup"));
    box_drop(&b);
}

static void a_backup_is_private(void **state)
{
    struct box b;
    struct stat st;
    char *path;

    (void)state;
    box_make(&b);
    box_start(&b);
    (void)box_buy(&b, 1, 3);
    box_close(&b);
    path = box_path(&b, "ledger.backup");
    assert_int_equal(lstat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    free(path);
    box_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quiet_moment_makes_one),
        cmocka_unit_test(the_end_makes_the_first_one),
        cmocka_unit_test(a_day_makes_the_next_one),
        cmocka_unit_test(a_start_makes_one),
        cmocka_unit_test(an_opt_out_makes_one_only_of_who_was_held),
        cmocka_unit_test(an_opt_out_takes_what_named_them_out_of_it),
        cmocka_unit_test(what_a_killed_process_bought_is_not_forgotten),
        cmocka_unit_test(growth_makes_the_next_one),
        cmocka_unit_test(a_failure_leaves_the_old_one),
        cmocka_unit_test(what_a_killed_backup_left_is_swept),
        cmocka_unit_test(who_only_looks_makes_none),
        cmocka_unit_test(a_backup_is_private),
    };

    return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
