// One run of lode as users get it, with a clock 600 times as fast (libfaketime): the token is
// renewed each 55 minutes of that clock, unasked, and good all the time.
//   faketime-run LODE LIBRARY
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/run.h"
#include "support/server.h"
#include "support/test.h"

enum { RENEWALS = 2, MOST_MS = 60000, LOOK_MS = 100 };

static char *lode;
static const char *library;

static void become(const struct home *home, const char *url, int input)
{
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    home_enter(home);
    (void)setenv("LD_PRELOAD", library, 1);
    (void)setenv("FAKETIME", "+0 x600", 1);
    (void)dup2(input, STDIN_FILENO);
    (void)dup2(nothing, STDOUT_FILENO);
    (void)dup2(nothing, STDERR_FILENO);
    (void)execl(lode, "lode", "--linear", "--base-url", url, "--user=analyst@example.com",
                "--password-stdin", (char *)NULL);
    _exit(127);
}

static long long sign_ins(const struct server *s)
{
    return server_stat(s, "requests.POST /authenticate");
}

static int64_t now_ms(void)
{
    struct timespec t;

    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &t), 0);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void the_token_is_renewed(void **state)
{
    struct server *s = server_start(NULL);
    struct home home = home_make();
    int64_t until = now_ms() + MOST_MS, first = 0;
    int ends[2], status;
    pid_t pid;

    (void)state;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        become(&home, s->url, ends[0]);
    assert_int_equal(write(ends[1], "sandbox\n", 8), 8);
    while (sign_ins(s) < 1 + RENEWALS) {
        assert_true(now_ms() < until);
        if (!first && sign_ins(s) == 1)
            first = now_ms();
        (void)usleep(LOOK_MS * 1000);
    }
    // 55 minutes, twice, are 11 s of this clock; up to half a minute of jitter is nothing.
    print_message("%d renewals in %.1f s\n", RENEWALS, (double)(now_ms() - first) / 1000);
    assert_true(now_ms() - first >= 9000);
    assert_int_equal(server_stat(s, "answers.401"), 0);
    (void)close(ends[1]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    (void)close(ends[0]);
    assert_int_equal(server_stop(s), 0);
    home_remove(&home);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_token_is_renewed)};
    int failed;

    if (argc != 3) {
        (void)fprintf(stderr, "usage: faketime-run LODE LIBRARY\n");
        return 2;
    }
    lode = realpath(argv[1], NULL); // it starts in a folder of its own
    if (!lode) {
        perror(argv[1]);
        return 2;
    }
    library = argv[2];
    failed = cmocka_run_group_tests_name("faketime", tests, NULL, NULL);
    free(lode);
    return failed;
}
