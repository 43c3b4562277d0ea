// One sandbox for all Lodes of a person: whoever comes finds it, as long as one uses it. Tests.
#include "support/test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/sandbox.h"
#include "support/temp.h"

enum { GONE_STEPS = 6000 };

static void *join(void *arg)
{
    struct err e;

    (void)sandbox_join(arg, &e);
    return NULL;
}

static void test_the_second_finds_the_first(void **state)
{
    struct sandbox_child first, second, third;
    const char *program = SANDBOX_BINARY;
    char *home = temp_make(),
         *folder = mem_strndup(program, (size_t)(strrchr(program, '/') - program));
    struct err e;

    (void)state;
    assert_int_equal(setenv("PATH", folder, 1), 0);
    assert_int_equal(setenv("HOME", home, 1), 0);
    assert_int_equal(unsetenv("XDG_STATE_HOME"), 0);
    assert_true(sandbox_join(&first, &e));
    assert_true(first.pid > 0);
    assert_true(sandbox_join(&second, &e));
    assert_int_equal(second.pid, -1);
    assert_string_equal(second.url, first.url);
    sandbox_stop(&first);
    assert_true(sandbox_runs(&second));
    assert_true(sandbox_join(&third, &e));
    assert_string_equal(third.url, second.url);
    sandbox_stop(&second);
    sandbox_stop(&third);
    assert_false(sandbox_runs(&third));
    temp_remove(home);
    free(home);
    free(folder);
}

// Two that begin at once, as in a pipe: one starts it, the other waits for it.
static void test_two_begin_at_once(void **state)
{
    char *home = temp_make();
    struct sandbox_child c[2] = {SANDBOX_NONE, SANDBOX_NONE};
    pthread_t threads[2];

    (void)state;
    assert_int_equal(setenv("HOME", home, 1), 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, join, &c[i]), 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_non_null(c[0].url);
    assert_non_null(c[1].url);
    assert_string_equal(c[0].url, c[1].url);
    sandbox_stop(&c[0]);
    sandbox_stop(&c[1]);
    temp_remove(home);
    free(home);
}

// Left to another Lode, it is nothing that this process keeps once it has ended.
static void test_one_left_to_others_is_no_zombie(void **state)
{
    char *home = temp_make();
    struct sandbox_child first, second;
    const struct timespec step = {.tv_nsec = 10000000};
    siginfo_t dead = {0};
    struct err e;
    pid_t pid;
    int left;

    (void)state;
    assert_int_equal(setenv("HOME", home, 1), 0);
    assert_true(sandbox_join(&first, &e));
    assert_true(sandbox_join(&second, &e));
    pid = first.pid;
    sandbox_stop(&first);
    assert_int_equal(kill(pid, 0), 0);
    sandbox_stop(&second);
    for (left = GONE_STEPS; left > 0 && kill(pid, 0) == 0; left--)
        (void)nanosleep(&step, NULL);
    assert_true(left > 0);
    assert_int_equal(waitid(P_PID, (id_t)pid, &dead, WEXITED | WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    temp_remove(home);
    free(home);
}

// Killed under its users: the next one starts another, in the same place.
static void test_a_killed_one_is_started_anew(void **state)
{
    char *home = temp_make();
    struct sandbox_child first, second, third;
    siginfo_t dead;
    struct err e;

    (void)state;
    assert_int_equal(setenv("HOME", home, 1), 0);
    assert_true(sandbox_join(&first, &e));
    assert_int_equal(kill(first.pid, SIGKILL), 0);
    assert_int_equal(waitid(P_PID, (id_t)first.pid, &dead, WEXITED | WNOWAIT), 0);
    assert_true(sandbox_join(&second, &e));
    assert_true(second.pid > 0);
    assert_true(sandbox_join(&third, &e));
    assert_string_equal(third.url, second.url);
    sandbox_stop(&first);
    sandbox_stop(&third);
    assert_true(sandbox_runs(&second));
    sandbox_stop(&second);
    temp_remove(home);
    free(home);
}

static char *state_folder(const char *home)
{
    char *folder = str_format("%s/.local/state/lode/sandbox", home);
    struct err e;

    assert_true(file_make_dir(folder, &e));
    return folder;
}

// What a Lode leaves that is killed while it starts one for which another waits.
static pid_t start_as_if_killed(const char *home, int *hold)
{
    char *folder = state_folder(home), *users = str_format("%s/users", folder),
         *state = str_format("--state=%s/account", folder),
         *locked = str_format("--while-locked=%s", users);
    pid_t pid;

    *hold = open(users, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(lock_byte(*hold, F_RDLCK, 0));
    pid = fork();
    if (pid == 0) {
        (void)close(STDOUT_FILENO);
        (void)execl(SANDBOX_BINARY, "lode-sandbox", "--port=0", state, locked, (char *)NULL);
        _exit(127);
    }
    free(locked);
    free(state);
    free(users);
    free(folder);
    return pid;
}

static void test_one_whose_starter_was_killed_is_found(void **state)
{
    char *home = temp_make();
    struct sandbox_child c;
    struct err e;
    int hold, status;
    pid_t pid;

    (void)state;
    assert_int_equal(setenv("HOME", home, 1), 0);
    pid = start_as_if_killed(home, &hold);
    assert_true(sandbox_join(&c, &e));
    assert_true(sandbox_runs(&c));
    (void)close(hold);
    sandbox_stop(&c);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_false(sandbox_runs(&c));
    temp_remove(home);
    free(home);
}

// By hand, on the account's file; it listens.
static pid_t start_by_hand(const char *home)
{
    char *folder = state_folder(home), *state = str_format("--state=%s/account", folder), first;
    int out[2];
    pid_t pid;

    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    pid = fork();
    if (pid == 0) {
        (void)dup2(out[1], STDOUT_FILENO);
        (void)execl(SANDBOX_BINARY, "lode-sandbox", "--port=0", state, (char *)NULL);
        _exit(127);
    }
    (void)close(out[1]);
    assert_int_equal(read(out[0], &first, 1), 1);
    (void)close(out[0]);
    free(state);
    free(folder);
    return pid;
}

static void test_one_started_by_hand_is_told_at_once(void **state)
{
    char *home = temp_make();
    struct timespec began, ended;
    struct sandbox_child c;
    struct err e;
    pid_t pid;

    (void)state;
    assert_int_equal(setenv("HOME", home, 1), 0);
    pid = start_by_hand(home);
    (void)clock_gettime(CLOCK_MONOTONIC, &began);
    assert_false(sandbox_join(&c, &e));
    (void)clock_gettime(CLOCK_MONOTONIC, &ended);
    assert_int_equal(e.kind, ERR_STORAGE);
    assert_non_null(strstr(e.text, "/lode/sandbox/account: end it"));
    assert_in_range(ended.tv_sec - began.tv_sec, 0, 60); // half of what a start is given
    assert_int_equal(kill(pid, SIGTERM), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_true(sandbox_join(&c, &e));
    sandbox_stop(&c);
    temp_remove(home);
    free(home);
}

// Another Lode is starting it, and does not come to an end.
static void test_waiting_ends_with_a_signal(void **state)
{
    char *home = temp_make(), *folder = state_folder(home), *users = str_format("%s/users", folder);
    int other = open(users, O_RDWR | O_CREAT | O_CLOEXEC, 0600), taken;
    struct sandbox_child c;
    struct err e;
    sigset_t set;

    (void)state;
    assert_int_equal(setenv("HOME", home, 1), 0);
    assert_true(lock_byte(other, F_WRLCK, 65536));
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGINT);
    assert_int_equal(sigprocmask(SIG_BLOCK, &set, NULL), 0);
    assert_int_equal(raise(SIGINT), 0);
    assert_false(sandbox_join(&c, &e));
    assert_int_equal(e.kind, ERR_CANCELLED);
    assert_int_equal(sigwait(&set, &taken), 0);
    assert_int_equal(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
    (void)close(other);
    temp_remove(home);
    free(users);
    free(folder);
    free(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_second_finds_the_first),
                                       cmocka_unit_test(test_two_begin_at_once),
                                       cmocka_unit_test(test_one_left_to_others_is_no_zombie),
                                       cmocka_unit_test(test_a_killed_one_is_started_anew),
                                       cmocka_unit_test(test_one_whose_starter_was_killed_is_found),
                                       cmocka_unit_test(test_one_started_by_hand_is_told_at_once),
                                       cmocka_unit_test(test_waiting_ends_with_a_signal)};

    return cmocka_run_group_tests_name("flow-sandbox_child", tests, NULL, NULL);
}
