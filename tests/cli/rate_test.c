// One account has one limit, whichever processes call: at once and one after another. Tests.
#include "cli/world.h"

#include <fcntl.h>
#include <sys/stat.h>
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

// A file stands where each of the two folders is wanted: calls go on, and a person is told.
static void where_none_can_be_had_the_doctor_says_so(void **state)
{
    static const char *const folders[] = {"state", "state/lode", "run", "run/lode"};
    static const char *const files[] = {"state/lode/rates", "run/lode/rates"};
    struct world w = {.home = home_make(), .server = server_start(NULL)};
    struct run r;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        char *path = str_format("%s/%s", w.home.path, folders[i]);

        assert_int_equal(mkdir(path, 0700), 0);
        free(path);
    }
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        char *path = str_format("%s/%s", w.home.path, files[i]);

        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

        assert_true(fd >= 0);
        (void)close(fd);
        free(path);
    }
    r = lode(&w, "doctor --format csv");
    expect(&r, 0, NULL);
    expect_in(&r.out, "limits,warning,\"other Lodes of yours are not counted with this one");
    expect_in(&r.out, "$XDG_STATE_HOME/lode/rates and $XDG_RUNTIME_DIR/lode/rates: neither can");
    run_free(&r);
    assert_int_equal(server_stop(w.server), 0);
    home_remove(&w.home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lodes_side_by_side_keep_one_limit),
        cmocka_unit_test(all_count_in_one_place),
        cmocka_unit_test(where_none_can_be_had_the_doctor_says_so),
    };

    return cmocka_run_group_tests_name("rate", tests, NULL, NULL);
}
