// The account's journal and its lines by themselves, a full disk included. Tests.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "sandbox/account.h"
#include "sandbox/journal.h"
#include "support/temp.h"
#include "support/test.h"

static bool collect(char *line, void *self, struct err *e)
{
    (void)e;
    str_add(self, line);
    str_add(self, "|");
    return true;
}

static void append(struct journal *j, const char *text)
{
    struct str line = {0};
    struct err e;

    str_add(&line, text);
    assert_true(journal_append(j, &line, &e));
    str_free(&line);
}

static void test_lines_come_back(void **state)
{
    char *folder = temp_make(), *path = str_format("%s/j", folder);
    const char *const paths[] = {path, NULL};
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct str seen = {0};
        struct journal *j = journal_open(paths[i], collect, &seen, &e);

        assert_non_null(j);
        append(j, "one\n");
        append(j, "two\n");
        assert_true(journal_each(j, collect, &seen, &e));
        assert_string_equal(seen.data, "one|two|");
        assert_true(journal_clear(j, &e));
        append(j, "three\n");
        str_clear(&seen);
        assert_true(journal_each(j, collect, &seen, &e));
        assert_string_equal(seen.data, "three|");
        str_free(&seen);
        journal_close(j);
    }
    temp_remove(folder);
    free(path);
    free(folder);
}

// More than one block, with lines across its border.
static void test_many_lines(void **state)
{
    enum { N = 20000 };

    char *folder = temp_make(), *path = str_format("%s/j", folder);
    struct str seen = {0}, right = {0};
    struct err e;
    struct journal *j = journal_open(path, collect, &seen, &e);
    struct stat st;

    (void)state;
    assert_non_null(j);
    for (int i = 0; i < N; i++) {
        char *line = str_format("%0*d\n", i % 40 + 1, i);

        append(j, line);
        line[strlen(line) - 1] = '|';
        str_add(&right, line);
        free(line);
    }
    journal_close(j);
    j = journal_open(path, collect, &seen, &e);
    assert_non_null(j);
    assert_string_equal(seen.data, right.data);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    journal_close(j);
    str_free(&seen);
    str_free(&right);
    temp_remove(folder);
    free(path);
    free(folder);
}

static void test_only_plain_files(void **state)
{
    char *folder = temp_make(), *path = str_format("%s/link", folder);
    struct str seen = {0};
    struct err e;

    (void)state;
    assert_int_equal(symlink("/dev/null", path), 0);
    assert_null(journal_open(path, collect, &seen, &e));
    assert_null(journal_open("/dev/null", collect, &seen, &e));
    assert_null(journal_open(folder, collect, &seen, &e));
    str_free(&seen);
    temp_remove(folder);
    free(path);
    free(folder);
}

static void test_charges_are_written_and_read(void **state)
{
    static const char *const wrong[] = {
        "",
        "x",
        "1",
        "0 5 enrich contact id",
        "1 5 enrich contact",
        "1 5 enrich contact id x",
        "1 5 enrich contact id +",
        "1 5 enrich contact id 1 ",
        "1 5 enrich a-name-that-is-too-long id 1",
        "1 5 enrich contact id 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6",
    };
    struct charge c = {.sequence = 7,
                       .time_ms = 1795495085697,
                       .verb = "enrich",
                       .entity = "contact",
                       .request_id = "aba9bcdc-acb8-451c-9665-98ec8cf37c18",
                       .n_rows = 3,
                       .rows = {{-1766367996, true}, {7076615179, false}, {5, true}}},
                  again;
    struct str line = {0};

    (void)state;
    charge_write(&c, &line);
    assert_string_equal(line.data, "7 1795495085697 enrich contact "
                                   "aba9bcdc-acb8-451c-9665-98ec8cf37c18 +-1766367996 7076615179 "
                                   "+5\n");
    str_cut(&line, line.len - 1);
    assert_true(charge_read(line.data, &again));
    assert_int_equal(charge_credits(&again), 2);
    str_clear(&line);
    charge_write(&again, &line);
    assert_non_null(strstr(line.data, " +-1766367996 7076615179 +5\n"));
    str_free(&line);
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        char *copy = mem_strdup(wrong[i]);

        if (charge_read(copy, &again))
            fail_msg("taken: %s", wrong[i]);
        free(copy);
    }
}

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

// A charge that the disk takes only half of was none.
static void test_full_disk(void **state)
{
    char *folder = temp_make(), *path = str_format("%s/account", folder);
    const struct account_meters limits = {100, 100, 100};
    struct account_record records[] = {{.id = 1}, {.id = 2}};
    struct err e;
    struct account *a = account_open(path, limits, &e);
    struct stat st;

    (void)state;
    assert_non_null(a);
    assert_int_equal(account_enrich(a, "contact", "id", 0, records, 1), ACCOUNT_DONE);
    assert_int_equal(stat(path, &st), 0);
    (void)signal(SIGXFSZ, SIG_IGN);
    limit_files((rlim_t)st.st_size + 10);
    assert_int_equal(account_enrich(a, "contact", "id", 0, records, 2), ACCOUNT_NO_STORAGE);
    assert_int_equal(account_search(a, "contact", "id", 0), ACCOUNT_NO_STORAGE);
    limit_files(RLIM_INFINITY);
    assert_int_equal(account_used(a).credits, 1);
    assert_int_equal(account_enrich(a, "contact", "id", 0, records, 2), ACCOUNT_DONE);
    account_close(a);
    a = account_open(path, limits, &e);
    assert_non_null(a);
    assert_int_equal(account_used(a).credits, 2);
    assert_int_equal(account_used(a).records, 3);
    assert_int_equal(account_used(a).requests, 2);
    account_close(a);
    temp_remove(folder);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_come_back),
        cmocka_unit_test(test_many_lines),
        cmocka_unit_test(test_only_plain_files),
        cmocka_unit_test(test_charges_are_written_and_read),
        cmocka_unit_test(test_full_disk),
    };

    return cmocka_run_group_tests_name("sandbox-journal", tests, NULL, NULL);
}
