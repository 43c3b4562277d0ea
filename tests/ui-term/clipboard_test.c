// The clipboard's order as it goes through tmux and screen, and programs of the desktop. Tests.
#include "support/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "support/temp.h"
#include "ui/term/clipboard.h"

static void test_directly(void **state)
{
    struct str out = {0};

    (void)state;
    clipboard_order(CLIPBOARD_DIRECT, "ab", 2, &out);
    assert_string_equal(str_text(&out), "\033]52;c;YWI=\007");
    str_free(&out);
}

static void test_through_tmux(void **state)
{
    struct str out = {0};

    (void)state;
    clipboard_order(CLIPBOARD_TMUX, "ab", 2, &out);
    assert_string_equal(str_text(&out), "\033]52;c;YWI=\007"
                                        "\033Ptmux;\033\033]52;c;YWI=\007\033\\");
    str_free(&out);
}

// The parts hold no more than screen takes, and together they are the order.
static void test_through_screen(void **state)
{
    struct str out = {0}, order = {0}, whole = {0};
    char *text = mem_alloc(5001);

    (void)state;
    memset(text, 'x', 5000);
    clipboard_order(CLIPBOARD_DIRECT, text, 5000, &order);
    clipboard_order(CLIPBOARD_SCREEN, text, 5000, &out);
    for (const char *p = str_text(&out); *p;) {
        const char *end = strstr(p, "\033\\");

        assert_true(str_starts(p, "\033P"));
        assert_non_null(end);
        assert_true(end - p < 512);
        str_add_len(&whole, p + 2, (size_t)(end - p) - 2);
        p = end + 2;
    }
    assert_string_equal(str_text(&whole), str_text(&order));
    str_free(&out);
    str_free(&order);
    str_free(&whole);
    free(text);
}

static void test_what_stands_between(void **state)
{
    (void)state;
    (void)unsetenv("TMUX");
    (void)unsetenv("STY");
    assert_int_equal(clipboard_via(), CLIPBOARD_DIRECT);
    (void)setenv("STY", "1.pts", 1);
    assert_int_equal(clipboard_via(), CLIPBOARD_SCREEN);
    (void)setenv("TMUX", "/tmp/x,1,0", 1);
    assert_int_equal(clipboard_via(), CLIPBOARD_TMUX);
}

static bool holds(const char *path, const char *text)
{
    struct str bytes = {0};
    struct err e;
    bool ok = file_read(path, 1 << 20, &bytes, &e) && str_eq(str_text(&bytes), text);

    str_free(&bytes);
    return ok;
}

static void test_a_program_of_the_desktop(void **state)
{
    char *folder = temp_make(), *program = str_format("%s/xclip", folder);
    char *script, *out = str_format("%s/out", folder);
    char *path = str_format("%s:/usr/bin:/bin", folder);
    const struct timespec nap = {.tv_nsec = 2000000};
    int fd;

    (void)state;
    (void)unsetenv("WAYLAND_DISPLAY");
    (void)unsetenv("DISPLAY");
    assert_false(clipboard_give("text", 4)); // no display
    (void)setenv("DISPLAY", ":7", 1);
    (void)setenv("PATH", folder, 1);
    assert_false(clipboard_give("text", 4)); // no program
    (void)setenv("PATH", path, 1);
    script =
        str_format("#!/bin/sh\n{ echo \"$@\"; cat; } > %s.part; mv %s.part %s\n", out, out, out);
    fd = open(program, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
    assert_true(fd >= 0 && file_write_all(fd, script, strlen(script)) && close(fd) == 0);
    assert_true(clipboard_give("caf\303\251\n1", 7));
    for (int i = 0; i < 5000 && !holds(out, "-selection clipboard\ncaf\303\251\n1"); i++)
        (void)nanosleep(&nap, NULL);
    assert_true(holds(out, "-selection clipboard\ncaf\303\251\n1"));
    free(script);
    free(program);
    free(out);
    free(path);
    temp_remove(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_directly),
        cmocka_unit_test(test_through_tmux),
        cmocka_unit_test(test_through_screen),
        cmocka_unit_test(test_what_stands_between),
        cmocka_unit_test(test_a_program_of_the_desktop),
    };

    return cmocka_run_group_tests_name("clipboard", tests, NULL, NULL);
}
