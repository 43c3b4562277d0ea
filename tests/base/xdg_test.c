// Where files belong, with every state of the environment.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/xdg.h"
#include "support/temp.h"

static const struct {
    enum xdg_kind kind;
    const char *variable, *fallback;
} places[] = {
    // Before the one whose place it takes.
    {XDG_RUNTIME, "XDG_RUNTIME_DIR", "/home/jo/.local/state/lode"},
    {XDG_CONFIG, "XDG_CONFIG_HOME", "/home/jo/.config/lode"},
    {XDG_DATA, "XDG_DATA_HOME", "/home/jo/.local/share/lode"},
    {XDG_STATE, "XDG_STATE_HOME", "/home/jo/.local/state/lode"},
    {XDG_CACHE, "XDG_CACHE_HOME", "/home/jo/.cache/lode"},
};

static int setup(void **state)
{
    *state = temp_make();
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        (void)unsetenv(places[i].variable);
    return setenv("HOME", "/home/jo", 1);
}

static int teardown(void **state)
{
    temp_remove(*state);
    free(*state);
    return 0;
}

static void check_folder(enum xdg_kind kind, const char *expected)
{
    struct err e;
    char *folder = xdg_folder(kind, &e);

    assert_string_equal(folder, expected);
    free(folder);
}

static void test_folders(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        check_folder(places[i].kind, places[i].fallback);
        (void)setenv(places[i].variable, "", 1);
        check_folder(places[i].kind, places[i].fallback);
        (void)setenv(places[i].variable, "relative/path", 1);
        check_folder(places[i].kind, places[i].fallback);
        (void)setenv(places[i].variable, "/abs", 1);
        check_folder(places[i].kind, "/abs/lode");
    }
}

static void test_without_home(void **state)
{
    static const char *const homes[] = {NULL, "", "relative"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(homes); i++) {
        struct err e = {0};

        if (homes[i])
            (void)setenv("HOME", homes[i], 1);
        else
            (void)unsetenv("HOME");
        (void)unsetenv("XDG_STATE_HOME");
        assert_null(xdg_folder(XDG_STATE, &e));
        assert_int_equal(e.kind, ERR_STORAGE);
        assert_non_null(strstr(e.text, "XDG_STATE_HOME"));
        assert_null(xdg_make(XDG_STATE, "x", &e));
        (void)setenv("XDG_STATE_HOME", "/abs", 1);
        check_folder(XDG_STATE, "/abs/lode");
    }
}

static void check_private(const char *path)
{
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    assert_true(S_ISDIR(st.st_mode));
    assert_int_equal(st.st_mode & 07777, 0700);
}

static void test_make(void **state)
{
    char *root = *state, *data = str_format("%s/a/b", root), *lode = str_format("%s/lode", data);
    char *path, *again;
    struct err e;

    (void)setenv("XDG_DATA_HOME", data, 1);
    path = xdg_make(XDG_DATA, "main", &e);
    assert_true(str_starts(path, lode) && str_ends(path, "/main"));
    check_private(path);
    check_private(lode);
    check_private(data);
    assert_int_equal(chmod(path, 0755) + chmod(lode, 0777), 0);
    again = xdg_make(XDG_DATA, "main", &e);
    assert_string_equal(again, path);
    check_private(path);
    check_private(lode);
    free(again);
    again = xdg_make(XDG_DATA, NULL, &e);
    assert_string_equal(again, lode);
    free(again);
    free(path);
    free(data);
    free(lode);
}

static void test_odd_names(void **state)
{
    static const char *const names[] = {"", ".", "..", "../x", "a/b", "/abs", ".hidden"};
    char *root = *state, *lode = str_format("%s/lode", root);

    (void)setenv("XDG_DATA_HOME", root, 1);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct err e = {0};

        assert_null(xdg_make(XDG_DATA, names[i], &e));
        assert_int_equal(e.kind, ERR_INVALID);
    }
    assert_int_not_equal(access(lode, F_OK), 0);
    free(lode);
}

static void check_typed(const char *typed, const char *expected)
{
    char *path = xdg_home_path(typed);

    assert_string_equal(path, expected);
    free(path);
}

static void test_home_as_it_is_typed(void **state)
{
    (void)state;
    check_typed("~/a/b.csv", "/home/jo/a/b.csv");
    check_typed("~", "~");
    check_typed("~jo/b.csv", "~jo/b.csv");
    check_typed("a/~/b.csv", "a/~/b.csv");
    (void)unsetenv("HOME");
    check_typed("~/b.csv", "~/b.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_folders, setup, teardown),
        cmocka_unit_test_setup_teardown(test_home_as_it_is_typed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_without_home, setup, teardown),
        cmocka_unit_test_setup_teardown(test_make, setup, teardown),
        cmocka_unit_test_setup_teardown(test_odd_names, setup, teardown),
    };

    return cmocka_run_group_tests_name("base-xdg", tests, NULL, NULL);
}
