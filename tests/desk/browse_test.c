// An address is shown by xdg-open itself: no shell sees it, and nothing but https goes there.
#include "support/test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "desk/desk.h"
#include "support/temp.h"

enum { DEADLINE_MS = 20000, STEP_MS = 10 };

struct world {
    char *folder, *path, *seen;
};

static void write_program(const char *folder, const char *seen)
{
    char *program = str_format("%s/xdg-open", folder);
    FILE *f = fopen(program, "w");

    assert_non_null(f);
    (void)fprintf(f,
                  "#!/bin/sh\necho noise; echo noise >&2\n"
                  "{ echo \"$#\"; printf '%%s\\n' \"$1\"; } > '%s.part'\nmv '%s.part' '%s'\n",
                  seen, seen, seen);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(program, 0700), 0);
    free(program);
}

static int set_up(void **state)
{
    struct world *w = mem_zalloc(sizeof(*w));
    const char *old = getenv("PATH");
    char *path;

    w->folder = temp_make();
    w->path = mem_strdup(old ? old : "");
    w->seen = str_format("%s/seen", w->folder);
    path = str_format("%s:%s", w->folder, w->path);
    (void)setenv("PATH", path, 1);
    free(path);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;

    (void)setenv("PATH", w->path, 1);
    temp_remove(w->folder);
    free(w->folder);
    free(w->path);
    free(w->seen);
    free(w);
    return 0;
}

static void wait_for(const char *path)
{
    const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
    struct stat st;

    for (int ms = 0; stat(path, &st) != 0; ms += STEP_MS) {
        if (ms > DEADLINE_MS)
            fail_msg("%s did not come", path);
        (void)nanosleep(&step, NULL);
    }
}

static void test_no_shell(void **state)
{
    const struct world *w = *state;
    const char *url = "https://example.com/$(id)?a=1&b=`id`;'\"*#x";
    char *wanted = str_format("1\n%s\n", url);
    struct str got = {0};
    struct err e;

    write_program(w->folder, w->seen);
    assert_true(desk_browse(url, &e));
    wait_for(w->seen);
    assert_true(file_read(w->seen, 4096, &got, &e));
    assert_string_equal(str_text(&got), wanted);
    str_free(&got);
    free(wanted);
}

static void test_only_https(void **state)
{
    static const char *const bad[] = {
        "",       "http://a.example", "file:///etc/passwd", "https://", "javascript:x",
        "--help", "https://a b",      "https://a\nb",       "HTTPS//x"};
    const struct world *w = *state;
    struct err e;

    write_program(w->folder, w->seen);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_false(desk_browse(bad[i], &e));
        assert_int_equal(e.kind, ERR_INVALID);
    }
}

static void test_none_there(void **state)
{
    const struct world *w = *state;
    struct err e;

    (void)setenv("PATH", w->folder, 1);
    assert_false(desk_browse("https://example.com/", &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_no_shell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_only_https, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_none_there, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("desk/browse", tests, NULL, NULL);
}
