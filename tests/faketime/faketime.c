// One run of lode as users get it, with a clock 300 times as fast (libfaketime): the token is
// renewed each 55 minutes of that clock, unasked, and good all the time. Its patience with the
// server runs out as much faster: on a busy machine a sign-in may take several tries.
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

enum { RENEWALS = 2, APART_MS = 8000, MOST_MS = 180000, LOOK_MS = 100 };

static char *lode;
static const char *library;

static void become(const struct home *home, const char *url, int input)
{
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    home_enter(home);
    (void)setenv("LD_PRELOAD", library, 1);
    (void)setenv("FAKETIME", "+0 x300", 1);
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

// 55 minutes are 11 s of this clock; up to half a minute of jitter is nothing. What comes sooner
// after the last one is another try.
static void await_renewals(const struct server *s)
{
    int64_t until = now_ms() + MOST_MS, last = 0;
    long long seen = 0;

    for (int renewals = 0; renewals < RENEWALS;) {
        long long n = sign_ins(s);

        assert_true(now_ms() < until);
        if (n > seen) {
            renewals += seen && now_ms() - last >= APART_MS;
            last = now_ms();
            seen = n;
        }
        (void)usleep(LOOK_MS * 1000);
    }
    print_message("%d renewals, %lld sign-ins\n", RENEWALS, seen);
}

static void the_token_is_renewed(void **state)
{
    struct server *s = server_start((const char *[]){"--unlimited", NULL});
    struct home home = home_make();
    int ends[2], status;
    pid_t pid;

    (void)state;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        become(&home, s->url, ends[0]);
    assert_int_equal(write(ends[1], "sandbox\n", 8), 8);
    await_renewals(s);
    assert_int_equal(server_stat(s, "statuses.401"), 0);
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
