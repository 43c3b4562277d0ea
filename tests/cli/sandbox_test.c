// The sandbox lives as long as one real Lode uses it, in whatever order and way they end, and
// leaves no process, no port and no file of its users behind. Tests.
#include "cli/world.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lock.h"

enum { GONE_MS = 60000, STEP_MS = 10 };

struct serving {
    pid_t pid;
    char url[100];
};

// A Lode that stays, and says which sandbox it uses.
static struct serving serve(const struct home *h)
{
    struct serving s = {0};
    size_t n = 0;
    int out[2];

    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    s.pid = fork();
    if (s.pid == 0) {
        home_enter(h);
        (void)dup2(out[1], STDOUT_FILENO);
        (void)execl(LODE_BINARY, "lode", "sandbox", "serve", "--quiet", (char *)NULL);
        _exit(127);
    }
    (void)close(out[1]);
    while (n < sizeof(s.url) - 1 && read(out[0], s.url + n, 1) == 1 && s.url[n] != '\n')
        n++;
    s.url[n] = '\0';
    (void)close(out[0]);
    if (!str_starts(s.url, "http://127.0.0.1:"))
        fail_msg("lode sandbox serve said \"%s\"", s.url);
    return s;
}

static int ended(const struct serving *s, int signal)
{
    int status;

    assert_int_equal(kill(s->pid, signal), 0);
    assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
    return status;
}

static bool answers(const char *url)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)atoi(strrchr(url, ':') + 1)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0;

    (void)close(fd);
    return ok;
}

static bool is_left(const struct home *h, const char *url)
{
    char *users = str_format("%s/state/lode/sandbox/users", h->path);
    bool left = answers(url) || access(users, F_OK) == 0;

    free(users);
    return left;
}

static void expect_gone(const struct home *h, const char *url, int ms)
{
    const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};

    for (; ms > 0 && is_left(h, url); ms -= STEP_MS)
        (void)nanosleep(&step, NULL);
    assert_false(is_left(h, url));
}

static void expect_search(const struct home *h)
{
    struct run r = run_lode_bare(h, "--sandbox search company --limit 1 --columns companyId", NULL);

    expect(&r, 0, NULL);
    run_free(&r);
}

static void the_first_may_quit_before_the_second(void **state)
{
    struct home home = home_make();
    struct serving first = serve(&home), second = serve(&home);

    (void)state;
    assert_string_equal(second.url, first.url);
    assert_int_equal(ended(&first, SIGTERM), 0);
    assert_true(answers(second.url));
    expect_search(&home);
    assert_true(answers(second.url)); // the one that searched was not the last either
    assert_int_equal(ended(&second, SIGINT), 0);
    expect_gone(&home, second.url, GONE_MS);
    home_remove(&home);
}

static void expect_reset(const struct home *h, int status, const char *says)
{
    struct run r = run_lode_bare(h, "sandbox reset", NULL);

    expect(&r, status, NULL);
    expect_in(&r.err, says);
    run_free(&r);
}

static void the_last_sees_its_own_sandbox_end(void **state)
{
    struct home home = home_make();
    struct serving first = serve(&home), second = serve(&home);

    (void)state;
    assert_int_equal(ended(&second, SIGTERM), 0);
    assert_true(answers(first.url));
    expect_reset(&home, 1, "the sandbox is in use");
    assert_true(is_left(&home, first.url));
    assert_int_equal(ended(&first, SIGTERM), 0);
    assert_false(is_left(&home, first.url));
    expect_reset(&home, 0, "starts afresh");
    home_remove(&home);
}

// Between the start of a Lode and that of its sandbox nobody has the account yet.
static void one_that_only_starts_uses_it_too(void **state)
{
    struct home home = home_make();
    char *folder = str_format("%s/state/lode/sandbox", home.path),
         *account = str_format("%s/account", folder), *users = str_format("%s/users", folder);
    struct err e;
    int user;

    (void)state;
    assert_true(file_make_dir(folder, &e));
    assert_int_equal(close(open(account, O_WRONLY | O_CREAT | O_CLOEXEC, 0600)), 0);
    user = open(users, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(lock_byte(user, F_RDLCK, 0));
    expect_reset(&home, 1, "the sandbox is in use");
    assert_int_equal(access(account, F_OK), 0);
    (void)close(user);
    expect_reset(&home, 0, "starts afresh");
    assert_int_not_equal(access(account, F_OK), 0);
    assert_int_not_equal(access(users, F_OK), 0);
    free(users);
    free(account);
    free(folder);
    home_remove(&home);
}

static void nothing_is_left_of_the_killed(void **state)
{
    struct home home = home_make();
    struct serving first = serve(&home), second = serve(&home);

    (void)state;
    (void)ended(&first, SIGKILL);
    expect_search(&home);
    assert_true(answers(second.url));
    (void)ended(&second, SIGKILL);
    expect_gone(&home, second.url, GONE_MS);
    expect_search(&home); // and the next one starts its own
    home_remove(&home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_may_quit_before_the_second),
        cmocka_unit_test(the_last_sees_its_own_sandbox_end),
        cmocka_unit_test(one_that_only_starts_uses_it_too),
        cmocka_unit_test(nothing_is_left_of_the_killed),
    };

    return cmocka_run_group_tests_name("sandbox", tests, NULL, NULL);
}
