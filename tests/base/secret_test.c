// Secrets: where they lie, that they go, and how they are typed.
#include "support/test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/secret.h"

// The sanitizers make mlock() succeed and do nothing, so only a plain build sees the lock itself.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LOCK_IS_FAKED true
#else
#define LOCK_IS_FAKED false
#endif

static void test_copies(void **state)
{
    char source[] = "s3cret";
    struct secret *a = secret_new(source, 6), *b = secret_new("", 0), *c = secret_new(NULL, 0);

    (void)state;
    source[0] = 'x';
    assert_string_equal(secret_text(a), "s3cret");
    assert_int_equal(secret_len(a), 6);
    assert_string_equal(secret_text(b), "");
    assert_int_equal(secret_len(c), 0);
    secret_free(a);
    secret_free(b);
    secret_free(c);
    secret_free(NULL);
}

static void test_every_size(void **state)
{
    char bytes[10000];

    (void)state;
    memset(bytes, 'x', sizeof(bytes));
    for (size_t len = 1; len < sizeof(bytes); len += 37) {
        struct secret *s = secret_new(bytes, len);

        assert_int_equal(strlen(secret_text(s)), len);
        secret_free(s);
    }
}

static void test_wipe(void **state)
{
    char bytes[64];

    (void)state;
    memset(bytes, 'x', sizeof(bytes));
    secret_wipe(bytes + 1, 62);
    assert_int_equal(bytes[0], 'x');
    assert_int_equal(bytes[63], 'x');
    for (int i = 1; i < 63; i++)
        assert_int_equal(bytes[i], 0);
}

// Can the kernel read a byte there? It says so without a signal.
static bool is_readable(const char *p)
{
    int pipe_fd[2];
    bool ok;

    assert_int_equal(pipe(pipe_fd), 0);
    ok = syscall(SYS_write, pipe_fd[1], p, (size_t)1) == 1;
    (void)close(pipe_fd[0]);
    (void)close(pipe_fd[1]);
    return ok;
}

static void test_guards_on_both_sides(void **state)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct secret *s = secret_new("s3cret", 6);
    const char *text = secret_text(s), *first = (const char *)s;

    (void)state;
    assert_true(is_readable(text + 6));
    assert_false(is_readable(text + 7));
    assert_true(is_readable(first));
    assert_false(is_readable(first - 1));
    secret_free(s);
    assert_false(is_readable(text));
    assert_false(is_readable(text + page));
}

// The line of /proc/self/smaps that starts with name, for the mapping that holds p.
static void find_mapping(const void *p, const char *name, char line[256])
{
    FILE *f = fopen("/proc/self/smaps", "re");
    unsigned long from, to, at = (unsigned long)p;
    bool inside = false;

    assert_non_null(f);
    while (fgets(line, 256, f)) {
        if (sscanf(line, "%lx-%lx ", &from, &to) == 2)
            inside = from <= at && at < to;
        else if (inside && str_starts(line, name))
            break;
    }
    (void)fclose(f);
    assert_true(str_starts(line, name));
}

static void test_never_in_a_core_dump(void **state)
{
    struct secret *s = secret_new("s3cret", 6);
    char line[256];

    (void)state;
    find_mapping(s, "VmFlags:", line);
    assert_non_null(strstr(line, " dd"));
    assert_non_null(strstr(line, " wf"));
    secret_free(s);
}

static void test_locked(void **state)
{
    struct secret *s = secret_new("s3cret", 6);
    char line[256];

    (void)state;
    find_mapping(s, "VmFlags:", line);
    assert_true(LOCK_IS_FAKED || strstr(line, " lo"));
    secret_free(s);
}

// Runs in a child and gives back its exit status.
static int in_child(int (*run)(const void *), const void *data)
{
    pid_t pid = fork();
    int status;

    assert_true(pid >= 0);
    if (pid == 0)
        _exit(run(data));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int count_letters(const void *text)
{
    const char *p = text;
    int n = 0;

    for (int i = 0; i < 6; i++)
        n += p[i] != 0;
    return n;
}

static void test_a_child_sees_nothing(void **state)
{
    struct secret *s = secret_new("s3cret", 6);

    (void)state;
    assert_int_equal(in_child(count_letters, secret_text(s)), 0);
    assert_int_equal(count_letters(secret_text(s)), 6);
    secret_free(s);
}

static int lock_nothing(const void *data)
{
    struct secret *s;
    bool ok;

    (void)data;
    (void)setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){0, 0});
    if (geteuid() == 0 && seteuid(65534) != 0) // the limit does not hold for root
        return 2;
    s = secret_new("s3cret", 6);
    ok = str_eq(secret_text(s), "s3cret");
    secret_free(s);
    return ok ? 0 : 1;
}

static void test_goes_on_without_the_lock(void **state)
{
    (void)state;
    assert_int_equal(in_child(lock_nothing, NULL), 0);
}

static int harden(const void *data)
{
    struct rlimit core;

    (void)data;
    secret_harden_process();
    (void)getrlimit(RLIMIT_CORE, &core);
#ifdef NDEBUG
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 && core.rlim_max == 0 ? 0 : 1;
#else
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1 ? 0 : 1;
#endif
}

static void test_harden(void **state)
{
    (void)state;
    assert_int_equal(in_child(harden, NULL), 0);
}

// A pipe with bytes in it and its writing end closed.
static int pipe_of(const char *bytes, size_t len)
{
    int fd[2];

    assert_int_equal(pipe(fd), 0);
    assert_true(file_write_all(fd[1], bytes, len));
    (void)close(fd[1]);
    return fd[0];
}

static void test_lines_from_a_pipe(void **state)
{
    int fd = pipe_of("first\r\nsec ond\nthird", 20);
    static const char *const lines[] = {"first", "sec ond", "third"};
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        struct secret *s = secret_read(fd, "never shown", &e);

        assert_non_null(s);
        assert_string_equal(secret_text(s), lines[i]);
        secret_free(s);
    }
    assert_null(secret_read(fd, "", &e));
    assert_int_equal(e.kind, ERR_INVALID);
    (void)close(fd);
}

static void check_refused(const char *bytes, size_t len, const char *why)
{
    int fd = pipe_of(bytes, len);
    struct err e;

    assert_null(secret_read(fd, "", &e));
    assert_int_equal(e.kind, ERR_INVALID);
    assert_string_equal(e.text, why);
    (void)close(fd);
}

static void test_refusals(void **state)
{
    char line[SECRET_LINE_MAX + 2];
    struct secret *s;
    struct err e;
    int fd;

    (void)state;
    check_refused("", 0, "the secret is empty");
    check_refused("\n", 1, "the secret is empty");
    check_refused("\r\n", 2, "the secret is empty");
    check_refused("a\tb\n", 4, "the secret holds a control character");
    check_refused("a\0b\n", 4, "the secret holds a control character");
    memset(line, 'x', sizeof(line));
    check_refused(line, SECRET_LINE_MAX + 1, "the secret is longer than 4096 bytes");
    line[SECRET_LINE_MAX] = '\n';
    fd = pipe_of(line, SECRET_LINE_MAX + 1);
    s = secret_read(fd, "", &e);
    assert_int_equal(secret_len(s), SECRET_LINE_MAX);
    secret_free(s);
    (void)close(fd);
    assert_null(secret_read(-1, "", &e));
    assert_int_equal(e.kind, ERR_STORAGE);
}

struct terminal {
    int master, slave;
};

static struct terminal terminal_open(void)
{
    struct terminal t = {.master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)};

    assert_true(t.master >= 0);
    assert_int_equal(grantpt(t.master), 0);
    assert_int_equal(unlockpt(t.master), 0);
    t.slave = open(ptsname(t.master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(t.slave >= 0);
    return t;
}

static bool echoes(const struct terminal *t)
{
    struct termios now;

    assert_int_equal(tcgetattr(t->slave, &now), 0);
    return (now.c_lflag & ECHO) && (now.c_lflag & ISIG);
}

// Appends what the terminal shows until it ends with text.
static void wait_for(const struct terminal *t, const char *text, struct str *shown)
{
    (void)alarm(60);
    while (!str_ends(str_text(shown), text)) {
        char c;

        assert_int_equal(read(t->master, &c, 1), 1);
        str_add_char(shown, c);
    }
    (void)alarm(0);
}

// Types keys at the prompt of a child that expects the secret, or the failure where that is NULL.
static void type(const char *keys, const char *expected, enum err_kind failure)
{
    struct terminal t = terminal_open();
    struct str shown = {0};
    struct err e = {0};
    pid_t pid;
    int status;

    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct secret *s = secret_read(t.slave, "Password: ", &e);
        bool ok = s ? expected && str_eq(secret_text(s), expected) : !expected && e.kind == failure;

        secret_free(s);
        _exit(ok ? 0 : 1);
    }
    wait_for(&t, "Password: ", &shown);
    assert_false(echoes(&t));
    assert_true(file_write_all(t.master, keys, strlen(keys)));
    wait_for(&t, "\n", &shown);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_string_equal(str_text(&shown), "Password: \r\n");
    assert_true(echoes(&t));
    str_free(&shown);
    (void)close(t.master);
    (void)close(t.slave);
}

static void test_typing(void **state)
{
    (void)state;
    type("s3cret\n", "s3cret", ERR_NONE);
    type("s3cx\x7fret\n", "s3cret", ERR_NONE);
    type("\xc3\xa9t\xc3\xa9\n", "\xc3\xa9t\xc3\xa9", ERR_NONE);
    type("\n", NULL, ERR_INVALID);
    type("\x04", NULL, ERR_INVALID);
}

static void test_ctrl_c_cancels(void **state)
{
    (void)state;
    type("s3c\x03", NULL, ERR_CANCELLED);
    type("\x03", NULL, ERR_CANCELLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_every_size),
        cmocka_unit_test(test_wipe),
        cmocka_unit_test(test_guards_on_both_sides),
        cmocka_unit_test(test_never_in_a_core_dump),
        cmocka_unit_test(test_locked),
        cmocka_unit_test(test_a_child_sees_nothing),
        cmocka_unit_test(test_goes_on_without_the_lock),
        cmocka_unit_test(test_harden),
        cmocka_unit_test(test_lines_from_a_pipe),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_typing),
        cmocka_unit_test(test_ctrl_c_cancels),
    };

    return cmocka_run_group_tests_name("base-secret", tests, NULL, NULL);
}
