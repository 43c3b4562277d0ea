// One account has one limit, whichever processes call: at once and one after another. Tests.
#include "cli/world.h"

#include <sys/wait.h>
#include <unistd.h>

static void lodes_side_by_side_keep_one_limit(void **state)
{
    struct world w = {.home = home_make(), .server = server_start(NULL)};
    pid_t beside = run_lode_start(&w.home, w.server->url,
                                  "search contact --limit 1500 --columns personId -o beside.csv");
    int status;

    (void)state;
    expect_line(&w, "search contact --limit 1500 --columns personId -o first.csv", 0, NULL, NULL);
    assert_int_equal(waitpid(beside, &status, 0), beside);
    assert_int_equal(status, 0);
    expect_line(&w, "search contact --limit 2000 --columns personId -o second.csv", 0, NULL, NULL);
    expect_line(&w, "search contact --limit 500 --columns personId -o third.csv", 0, NULL, NULL);
    assert_int_equal(server_stat(w.server, "rateLimited"), 0);
    assert_in_range(server_stat(w.server, "peakSecond"), 1, 25);
    assert_int_equal(server_stop(w.server), 0);
    home_remove(&w.home);
}

static bool is_there(const struct home *h, const char *name)
{
    char *path = str_format("%s/%s", h->path, name);
    bool there = access(path, F_OK) == 0;

    free(path);
    return there;
}

// Not in the session's folder, which a desktop has and cron has not.
static void all_count_in_one_place(void **state)
{
    struct world w = {.home = home_make(), .server = server_start(NULL)};
    pid_t pid;
    int status;

    (void)state;
    expect_line(&w, "search contact --limit 1 --columns personId -o one.csv", 0, NULL, NULL);
    assert_true(is_there(&w.home, "state/lode/rates"));
    assert_false(is_there(&w.home, "run/lode/rates"));
    pid = run_lode_start(&w.home, NULL, "--sandbox search contact --limit 1 -o two.csv");
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_true(is_there(&w.home, "state/lode/sandbox/rates"));
    assert_int_equal(server_stop(w.server), 0);
    home_remove(&w.home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lodes_side_by_side_keep_one_limit),
        cmocka_unit_test(all_count_in_one_place),
    };

    return cmocka_run_group_tests_name("rate", tests, NULL, NULL);
}
