// Folders and files that may only be read: read, said, and nothing bought. As somebody who is not
// root. Tests.
#include "store/box.h"

#include <signal.h>

enum { NOBODY = 65534 };

// Gives folder and files to somebody who may only read them.
static void lock_up(struct box *b)
{
    char *command =
        str_format("%s chmod 0400 '%s'/* 2>/dev/null; chmod 0500 '%s'",
                   geteuid() == 0 ? "chown -R 65534 \"$BOX\";" : "", b->folder, b->folder);

    (void)setenv("BOX", b->folder, 1);
    assert_int_equal(system(command), 0);
    free(command);
}

static void unlock(struct box *b)
{
    assert_int_equal(chmod(b->folder, 0700), 0);
    box_drop(b);
}

// Runs body in a child that is not root; it exits with 0 where all is as it should be.
static void as_reader(struct box *b, bool (*body)(struct box *b))
{
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        if (geteuid() == 0 && setuid(NOBODY) != 0)
            _exit(2);
        _exit(body(b) ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static bool says(const char *text, const char *what)
{
    if (strstr(text, what))
        return true;
    (void)fprintf(stderr, "\"%s\" does not say \"%s\"\n", text, what);
    return false;
}

static bool may_not_buy(struct box *b)
{
    struct err e;

    return !store_can_spend(b->s) && !store_claim_spending(b->s, &e) && e.kind == ERR_REFUSED &&
           says(e.text, "cannot be written");
}

static bool read_it(struct box *b)
{
    struct err e;
    bool ok = box_try(b, &e) && says(b->note, "may only be read, so nothing can be bought") &&
              box_totals(b).credits == 3 && box_find(b, "2").held && may_not_buy(b);

    box_close(b);
    return ok;
}

static void a_ledger_that_may_only_be_read_is_read(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    box_start(&b);
    (void)box_buy(&b, 1, 3);
    box_close(&b);
    lock_up(&b);
    as_reader(&b, read_it);
    unlock(&b);
}

static bool live_in_memory(struct box *b)
{
    struct err e;
    bool ok = box_try(b, &e) && says(b->note, "Nothing can be kept") &&
              box_totals(b).credits == 0 && may_not_buy(b);

    box_close(b);
    return ok;
}

static void an_empty_folder_that_may_only_be_read_is_lived_without(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    lock_up(&b);
    as_reader(&b, live_in_memory);
    unlock(&b);
}

static bool refuse_the_old(struct box *b)
{
    struct err e;

    return !box_try(b, &e) && e.kind == ERR_STORAGE && says(e.text, "of an older lode");
}

static void an_older_ledger_that_may_only_be_read_is_left(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    box_start(&b);
    box_close(&b);
    (void)box_sql(&b, "ledger.db", "PRAGMA user_version = 1");
    lock_up(&b);
    as_reader(&b, refuse_the_old);
    unlock(&b);
}

static bool refuse_the_ruined(struct box *b)
{
    struct err e;

    return !box_try(b, &e) && e.kind == ERR_STORAGE && says(e.text, b->folder);
}

static void a_ruined_ledger_that_may_only_be_read_is_left(void **state)
{
    struct box b;
    struct str before, after;

    (void)state;
    box_make(&b);
    box_start(&b);
    (void)box_buy(&b, 1, 3);
    box_close(&b);
    box_write(&b, "ledger.db", "hello", 5);
    before = box_read(&b, "ledger.db");
    lock_up(&b);
    as_reader(&b, refuse_the_ruined);
    after = box_read(&b, "ledger.db");
    assert_string_equal(before.data, after.data);
    str_free(&before);
    str_free(&after);
    unlock(&b);
}

static void buy_and_die(void *arg)
{
    struct box *b = arg;

    box_start(b);
    (void)box_buy(b, 500000, 5);
    (void)kill(getpid(), SIGKILL);
}

static bool read_the_interrupted(struct box *b)
{
    struct err e;
    bool ok;

    if (!box_try(b, &e))
        return e.kind == ERR_STORAGE && says(e.text, "the folder may only be read; start");
    ok = says(b->note, "may only be read") && box_totals(b).credits == 8;
    box_close(b);
    return ok;
}

// What a killed process left needs a folder that can be written, or is read all the same.
static void what_was_interrupted_is_read_or_said(void **state)
{
    (void)state;
    for (int without_index = 0; without_index < 2; without_index++) {
        struct box b;

        box_make(&b);
        box_start(&b);
        (void)box_buy(&b, 1, 3);
        box_close(&b);
        (void)box_child(buy_and_die, &b);
        if (without_index)
            box_remove(&b, "ledger.db-shm");
        lock_up(&b);
        as_reader(&b, read_the_interrupted);
        unlock(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ledger_that_may_only_be_read_is_read),
        cmocka_unit_test(an_empty_folder_that_may_only_be_read_is_lived_without),
        cmocka_unit_test(an_older_ledger_that_may_only_be_read_is_left),
        cmocka_unit_test(what_was_interrupted_is_read_or_said),
        cmocka_unit_test(a_ruined_ledger_that_may_only_be_read_is_left),
    };

    return cmocka_run_group_tests_name("readonly", tests, NULL, NULL);
}
