// Libraries loaded by name: what is found is there, what is missing is told with its package.
// Tests.
#include <string.h>

#include "base/library.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/test.h"

struct table {
    size_t (*length)(const char *s);
    int (*nothing)(void);
};

static const struct library_symbol symbols[] = {
    {"strlen", offsetof(struct table, length)},
    {"no_such_function", offsetof(struct table, nothing)}};

static struct library library(const char *file, size_t n)
{
    return (struct library){file, "libthing", "libthing1", "nothing can be done", symbols, n};
}

static void what_is_there_is_found(void **state)
{
    struct library l = library("libc.so.6", 1);
    struct table t = {NULL, NULL};
    struct err e;

    (void)state;
    assert_true(library_load(&l, &t, &e));
    assert_int_equal(t.length("four"), 4);
}

static void what_is_missing_is_told(void **state)
{
    struct library absent = library("libnowhere.so.9", 1), old = library("libc.so.6", 2);
    struct table t = {NULL, NULL};
    struct err e;

    (void)state;
    assert_false(library_load(&absent, &t, &e));
    assert_non_null(strstr(e.text, "libthing is not here, so nothing can be done"));
    assert_non_null(strstr(e.text, "apt install libthing1"));
    assert_false(library_load(&old, &t, &e));
    assert_non_null(strstr(e.text, "libthing is too old, so nothing can be done"));
    assert_non_null(strstr(e.text, "no_such_function"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_there_is_found),
        cmocka_unit_test(what_is_missing_is_told),
    };

    return cmocka_run_group_tests_name("base-library", tests, NULL, NULL);
}
