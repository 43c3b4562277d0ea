// Memory: contents, and that what cannot be had aborts.
#include "support/test.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

static void test_zeroed(void **state)
{
    unsigned char *p = mem_zalloc(64);
    int *a = mem_array(16, sizeof(*a));

    (void)state;
    for (int i = 0; i < 64; i++)
        assert_int_equal(p[i], 0);
    for (int i = 0; i < 16; i++)
        assert_int_equal(a[i], 0);
    free(p);
    free(a);
}

static void test_size_zero_is_a_block(void **state)
{
    void *p = mem_alloc(0), *q = mem_zalloc(0), *r = mem_array(0, 8), *s = mem_dup(NULL, 0);

    (void)state;
    assert_non_null(p);
    assert_non_null(q);
    assert_non_null(r);
    assert_non_null(s);
    p = mem_realloc(p, 0);
    assert_non_null(p);
    free(p);
    free(q);
    free(r);
    free(s);
}

static void test_copies(void **state)
{
    char slice[] = {'l', 'o', 'd', 'e'};
    char *a = mem_strdup("lode"), *b = mem_strndup(slice, 2), *c = mem_strndup("ab", 100);

    (void)state;
    assert_string_equal(a, "lode");
    assert_string_equal(b, "lo");
    assert_string_equal(c, "ab");
    free(a);
    free(b);
    free(c);
}

static void test_regrow_keeps(void **state)
{
    int *a = mem_regrow(NULL, 2, sizeof(*a));

    (void)state;
    a[0] = 7;
    a[1] = 8;
    a = mem_regrow(a, 1000, sizeof(*a));
    assert_int_equal(a[0], 7);
    assert_int_equal(a[1], 8);
    free(a);
}

static void array_overflow(void)
{
    free(mem_array((size_t)-1 / 2, 4));
}

static void regrow_overflow(void)
{
    free(mem_regrow(NULL, (size_t)-1 / 8 + 2, 8));
}

static bool aborts(void (*run)(void))
{
    pid_t pid = fork();
    int status;

    assert_true(pid >= 0);
    if (pid == 0) {
        (void)setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        (void)signal(SIGABRT, SIG_DFL);
        run();
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void test_overflow_aborts(void **state)
{
    (void)state;
    assert_true(aborts(array_overflow));
    assert_true(aborts(regrow_overflow));
}

static long file_kib(void)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[256];
    long kib = -1;

    assert_non_null(f);
    while (kib < 0 && fgets(line, sizeof(line), f))
        (void)sscanf(line, "RssFile: %ld", &kib);
    (void)fclose(f);
    return kib;
}

// Pages of files go, and come again as they were.
static void test_gives_back(void **state)
{
    static const char kept[] = "still here";
    static int counted = 7;
    long before = file_kib();

    (void)state;
    mem_give_back();
    assert_true(file_kib() < before);
    assert_string_equal(kept, "still here");
    assert_int_equal(counted++, 7);
    mem_give_back();
    assert_int_equal(counted, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zeroed),          cmocka_unit_test(test_size_zero_is_a_block),
        cmocka_unit_test(test_copies),          cmocka_unit_test(test_regrow_keeps),
        cmocka_unit_test(test_overflow_aborts), cmocka_unit_test(test_gives_back),
    };

    return cmocka_run_group_tests_name("base-mem", tests, NULL, NULL);
}
