// Files read with a ceiling, bytes written, folders made.
#include "base/place.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>

static void test_name(void **state)
{
    (void)state;
    assert_string_equal(file_name("/home/ana/in.csv"), "in.csv");
    assert_string_equal(file_name("in.csv"), "in.csv");
    assert_string_equal(file_name("/home/"), "");
}

static void test_read(void **state)
{
    const struct place *p = *state;
    struct str s = {0};
    struct err e;

    put(p->path, "12345");
    assert_true(file_read(p->path, 5, &s, &e));
    assert_true(file_read(p->path, 5, &s, &e));
    assert_string_equal(str_text(&s), "1234512345");
    assert_false(file_read(p->path, 4, &s, &e));
    assert_int_equal(e.kind, ERR_INVALID);
    assert_non_null(strstr(e.text, p->path));
    str_free(&s);
    put(p->path, "");
    check_holds(p->path, "");
}

static void test_read_large(void **state)
{
    enum { LEN = 1000000 };
    const struct place *p = *state;
    char *bytes = mem_alloc(LEN + 1);
    struct str s = {0};
    struct err e;

    for (int i = 0; i < LEN; i++)
        bytes[i] = (char)('a' + i % 23);
    bytes[LEN] = '\0';
    put(p->path, bytes);
    assert_true(file_read(p->path, LEN, &s, &e));
    assert_int_equal(s.len, LEN);
    assert_memory_equal(s.data, bytes, LEN);
    str_free(&s);
    free(bytes);
}

static void test_read_failures(void **state)
{
    const struct place *p = *state;
    struct str s = {0};
    struct err e;

    assert_false(file_read(p->path, 5, &s, &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    assert_false(file_read(p->folder, 5, &s, &e));
    assert_int_equal(e.kind, ERR_STORAGE);
    str_free(&s);
}

static void test_read_standard_input(void **state)
{
    int fd[2], saved = dup(STDIN_FILENO);
    struct str s = {0};
    struct err e;

    (void)state;
    assert_int_equal(pipe(fd), 0);
    assert_true(file_write_all(fd[1], "from a pipe", 11));
    (void)close(fd[1]);
    assert_int_equal(dup2(fd[0], STDIN_FILENO), STDIN_FILENO);
    assert_true(file_read("-", 100, &s, &e));
    assert_string_equal(str_text(&s), "from a pipe");
    str_free(&s);
    if (saved >= 0)
        (void)dup2(saved, STDIN_FILENO);
    (void)close(saved);
    (void)close(fd[0]);
}

static void test_write_all_in_pieces(void **state)
{
    enum { LEN = 300000 }; // more than a pipe holds
    char *bytes = mem_zalloc(LEN);
    size_t got = 0;
    int fd[2];
    pid_t pid;

    (void)state;
    assert_int_equal(pipe(fd), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(file_write_all(fd[1], bytes, LEN) ? 0 : 1);
    (void)close(fd[1]);
    for (ssize_t n = 1; n > 0; got += (size_t)n) {
        n = read(fd[0], bytes, 1000);
        assert_true(n >= 0);
    }
    assert_int_equal(got, LEN);
    (void)waitpid(pid, NULL, 0);
    (void)close(fd[0]);
    free(bytes);
    assert_false(file_write_all(-1, "x", 1));
    assert_int_equal(errno, EBADF);
    assert_true(file_write_all(-1, "", 0));
}

static void test_make_dir(void **state)
{
    const struct place *p = *state;
    char *deep = str_format("%s/a//b/c", p->folder), *top = str_format("%s/a", p->folder);
    char *slash = str_format("%s/d/", p->folder);
    mode_t before = umask(0);
    struct err e;

    assert_true(file_make_dir(deep, &e));
    (void)umask(before);
    assert_int_equal(mode_of(top), 0700);
    assert_int_equal(mode_of(deep), 0700);
    assert_int_equal(chmod(deep, 0755) + chmod(top, 0755), 0);
    assert_true(file_make_dir(deep, &e));
    assert_int_equal(mode_of(deep), 0700);
    assert_int_equal(mode_of(top), 0755);
    assert_true(file_make_dir(slash, &e));
    assert_int_equal(mode_of(slash), 0700);
    free(deep);
    free(top);
    free(slash);
}

static void test_make_dir_refusals(void **state)
{
    const struct place *p = *state;
    char *below = str_format("%s/x", p->path), *link = str_format("%s/link", p->folder);
    char *target = str_format("%s/target", p->folder);
    struct err e = {0};

    put(p->path, "a file");
    assert_false(file_make_dir(p->path, &e));
    assert_int_equal(e.kind, ERR_STORAGE);
    assert_false(file_make_dir(below, &e));
    assert_int_equal(mkdir(target, 0755), 0);
    assert_int_equal(symlink(target, link), 0);
    assert_false(file_make_dir(link, &e));
    assert_int_equal(mode_of(target), 0755);
    assert_false(file_make_dir("", &e));
    free(below);
    free(link);
    free(target);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_name),
        IN_FOLDER(test_read),
        IN_FOLDER(test_read_large),
        IN_FOLDER(test_read_failures),
        IN_FOLDER(test_read_standard_input),
        IN_FOLDER(test_write_all_in_pieces),
        IN_FOLDER(test_make_dir),
        IN_FOLDER(test_make_dir_refusals),
    };

    return cmocka_run_group_tests_name("base-file", tests, NULL, NULL);
}
