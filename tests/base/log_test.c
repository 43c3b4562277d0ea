// The log: what gets in, what is masked, how large it grows.
#include "support/test.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "support/temp.h"

enum { HALF = 2 * 1024 * 1024, WHOLE = 2 * HALF };

struct place {
    char *folder, *path, *older;
};

static int setup(void **state)
{
    struct place *p = mem_zalloc(sizeof(*p));

    p->folder = temp_make();
    p->path = str_format("%s/lode.log", p->folder);
    p->older = str_format("%s.1", p->path);
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;

    temp_remove(p->folder);
    free(p->folder);
    free(p->path);
    free(p->older);
    free(p);
    return 0;
}

static int64_t noon(void *self)
{
    (void)self;
    return 1795521600000;
}

static struct log *open_log(const char *path, enum log_level level)
{
    struct err e = {0};
    struct log *l = log_open(path, level, (struct clock){.utc_ms = noon, .boot_ms = noon}, &e);

    assert_non_null(l);
    return l;
}

static char *contents(const char *path)
{
    struct str s = {0};
    struct err e;

    assert_true(file_read(path, WHOLE, &s, &e));
    return str_take(&s);
}

static void check_line(const struct place *p, const char *message, const char *expected)
{
    struct log *l = open_log(p->path, LOG_DEBUG);
    char *text, *line;

    log_write(l, LOG_INFO, "%s", message);
    log_close(l);
    text = contents(p->path);
    line = str_format("2026-11-24T12:00:00Z info %s\n", expected);
    assert_string_equal(text, line);
    free(text);
    free(line);
    (void)unlink(p->path);
}

static void test_levels(void **state)
{
    const struct place *p = *state;
    struct log *l = open_log(p->path, LOG_WARNING);
    char *text;

    errno = ENOSPC;
    log_write(l, LOG_ERROR, "%d", 1);
    log_write(l, LOG_WARNING, "two");
    log_write(l, LOG_INFO, "three");
    log_write(l, LOG_DEBUG, "four");
    log_write(NULL, LOG_ERROR, "nowhere");
    assert_int_equal(errno, ENOSPC);
    log_close(l);
    log_close(NULL);
    text = contents(p->path);
    assert_string_equal(text, "2026-11-24T12:00:00Z error 1\n2026-11-24T12:00:00Z warning two\n");
    free(text);
}

static void test_masks(void **state)
{
    static const char jwt[] = "eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjE3fQ.c2ln-_x";
    static const struct {
        const char *format, *expected;
    } cases[] = {
        {"token %s got", "token [masked] got"},
        {"\"jwt\":\"%s\"}", "\"jwt\":\"[masked]\"}"},
        {"?t=%s&u=1", "?t=[masked]&u=1"},
        {"x%s", "x[masked]"},
        {"%s", "[masked]"},
        {"https://api.example.com/a?b=%s", "https://api.example.com/a?b=[masked]"},
        {"Authorization: Bearer %s;", "Authorization: Bearer [masked];"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str s = {0};
        const char *at = strstr(cases[i].format, "%s");

        str_add_len(&s, cases[i].format, (size_t)(at - cases[i].format));
        str_add(&s, jwt);
        str_add(&s, at + 2);
        check_line(*state, s.data, cases[i].expected);
        str_free(&s);
    }
    check_line(*state, "Bearer abc/def+ghi== end", "Bearer [masked] end");
    check_line(*state, "bearer:\tabc", "bearer: [masked]");
    check_line(*state, "BEARER=\"abc\" x", "BEARER=\"[masked]\" x");
    check_line(*state, "bearer of news", "bearer [masked] news");
    check_line(*state, "eyJ is short", "eyJ is short");
}

static void test_addresses_are_masked(void **state)
{
    check_line(*state, "sent to jo.doe+x@mail.example.com now", "sent to [masked] now");
    check_line(*state, "<jo@example.com>,ann@localhost", "<[masked]>,[masked]");
    check_line(*state, "email=jo%40example.com&x", "email=[masked]&x");
    check_line(*state, "j\xc3\xb6@example.com", "[masked]");
    check_line(*state, "at @ sign, @handle, trailing@", "at @ sign, @handle, trailing@");
}

static void test_one_event_is_one_line(void **state)
{
    check_line(*state, "a\nb\r\nc", "a\\nb\\r\\nc");
    check_line(*state, "\x1b[31m\x7f\ttab", "<U+001B>[31m<U+007F> tab");
    check_line(*state, "", "");
}

static void test_long_text_is_cut(void **state)
{
    const struct place *p = *state;
    struct log *l = open_log(p->path, LOG_DEBUG);
    char *text;

    log_write(l, LOG_INFO, "%10000s", "x");
    log_close(l);
    text = contents(p->path);
    assert_int_equal(strlen(text), 2048);
    assert_int_equal(text[2047], '\n');
    free(text);
}

static mode_t mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

static void test_private(void **state)
{
    const struct place *p = *state;
    mode_t before = umask(0);
    struct log *l = open_log(p->path, LOG_INFO);

    log_close(l);
    (void)umask(before);
    assert_int_equal(mode_of(p->path), 0600);
    assert_int_equal(chmod(p->path, 0644), 0);
    log_close(open_log(p->path, LOG_INFO));
    assert_int_equal(mode_of(p->path), 0600);
}

static void check_refused(const char *path)
{
    struct err e = {0};

    assert_null(log_open(path, LOG_INFO, clock_system(), &e));
    assert_int_equal(e.kind, ERR_STORAGE);
    assert_non_null(strstr(e.text, path));
}

static void test_only_an_ordinary_file(void **state)
{
    const struct place *p = *state;
    char *link = str_format("%s/link", p->folder), *pipe = str_format("%s/pipe", p->folder);

    assert_int_equal(symlink(p->path, link), 0);
    check_refused(link);
    assert_int_not_equal(access(p->path, F_OK), 0);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    check_refused(pipe);
    check_refused(p->folder);
    free(link);
    free(pipe);
}

static off_t size_of(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? st.st_size : -1;
}

static void fill(struct log *l, int lines)
{
    for (int i = 0; i < lines; i++)
        log_write(l, LOG_INFO, "%6d %1000s", i, "");
}

static void test_stays_small(void **state)
{
    const struct place *p = *state;
    struct log *l = open_log(p->path, LOG_INFO);

    fill(l, 1500);
    assert_int_equal(size_of(p->older), -1);
    fill(l, 8000);
    log_write(l, LOG_INFO, "the last");
    log_close(l);
    assert_in_range(size_of(p->older), HALF - 3000, HALF);
    assert_in_range(size_of(p->path), 1, HALF);
    {
        char *text = contents(p->path);

        assert_true(str_ends(text, "info the last\n"));
        free(text);
    }
}

// Two processes write to one log: both rotate, neither loses the other's half or fills an old file.
static void test_two_writers_rotate(void **state)
{
    const struct place *p = *state;
    struct log *a = open_log(p->path, LOG_INFO), *b = open_log(p->path, LOG_INFO);

    for (int i = 0; i < 6000; i++) {
        fill(a, 1);
        fill(b, 1);
        assert_true(size_of(p->older) <= HALF);
        assert_true(size_of(p->path) <= HALF);
    }
    assert_true(size_of(p->older) > HALF - 3000);
    log_close(a);
    log_close(b);
}

enum { THREADS = 4, LINES = 2000 };

static void *write_lines(void *l)
{
    for (int i = 0; i < LINES; i++)
        log_write(l, LOG_INFO, "begin %d end", i);
    return NULL;
}

static void test_threads_write_whole_lines(void **state)
{
    const struct place *p = *state;
    struct log *l = open_log(p->path, LOG_INFO);
    pthread_t threads[THREADS];
    char *text, *save = NULL;
    int n = 0;

    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_lines, l), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    log_close(l);
    text = contents(p->path);
    for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        assert_true(str_starts(line, "2026-11-24T12:00:00Z info begin ") && str_ends(line, " end"));
        n++;
    }
    assert_int_equal(n, THREADS * LINES);
    free(text);
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_levels),
        IN_FOLDER(test_masks),
        IN_FOLDER(test_addresses_are_masked),
        IN_FOLDER(test_one_event_is_one_line),
        IN_FOLDER(test_long_text_is_cut),
        IN_FOLDER(test_private),
        IN_FOLDER(test_only_an_ordinary_file),
        IN_FOLDER(test_stays_small),
        IN_FOLDER(test_two_writers_rotate),
        IN_FOLDER(test_threads_write_whole_lines),
    };

    return cmocka_run_group_tests_name("base-log", tests, NULL, NULL);
}
