// One sandbox for all Lodes of a person: the second one finds the first one's, and starts its own
// once that has gone. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "flow/sandbox.h"
#include "support/temp.h"

static void test_the_second_finds_the_first(void **state)
{
    struct sandbox_child first, second, third;
    const char *program = SANDBOX_BINARY;
    char *home = temp_make(),
         *folder = mem_strndup(program, (size_t)(strrchr(program, '/') - program));
    struct err e;

    (void)state;
    assert_int_equal(setenv("PATH", folder, 1), 0);
    assert_int_equal(setenv("HOME", home, 1), 0);
    assert_int_equal(unsetenv("XDG_STATE_HOME"), 0);
    assert_true(sandbox_join(&first, &e));
    assert_true(first.pid > 0);
    assert_true(sandbox_join(&second, &e));
    assert_int_equal(second.pid, -1);
    assert_string_equal(second.url, first.url);
    sandbox_stop(&first);
    // Its address is left behind, and nobody answers there.
    assert_true(sandbox_join(&third, &e));
    assert_true(third.pid > 0);
    assert_string_not_equal(third.url, second.url);
    sandbox_stop(&second);
    sandbox_stop(&third);
    temp_remove(home);
    free(home);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_second_finds_the_first)};

    return cmocka_run_group_tests_name("flow-sandbox_child", tests, NULL, NULL);
}
