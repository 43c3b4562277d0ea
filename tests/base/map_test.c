// The hash map against what was put in, and the hash against published values.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"

static void test_empty(void **state)
{
    struct map m = {0};

    (void)state;
    assert_null(map_get(&m, "x"));
    assert_false(map_has(&m, "x"));
    map_free(&m, free);
}

static void test_put_returns_the_former(void **state)
{
    struct map m = {0};
    char key[] = "key";
    int a, b;

    (void)state;
    assert_null(map_put(&m, key, &a));
    key[0] = 'K';
    assert_ptr_equal(map_get(&m, "key"), &a);
    assert_ptr_equal(map_put(&m, "key", &b), &a);
    assert_ptr_equal(map_get(&m, "key"), &b);
    assert_int_equal(m.len, 1);
    assert_ptr_equal(map_put(&m, "key", NULL), &b);
    assert_null(map_get(&m, "key"));
    assert_true(map_has(&m, "key"));
    assert_false(map_has(&m, "Key"));
    assert_null(map_put(&m, "", &a));
    assert_ptr_equal(map_get(&m, ""), &a);
    map_free(&m, NULL);
    assert_int_equal(m.len + m.cap, 0);
}

static void test_many(void **state)
{
    enum { N = 20000 };
    struct map m = {0};
    char key[32];

    (void)state;
    for (int i = 0; i < N; i++) {
        (void)snprintf(key, sizeof(key), "company-%d", i);
        assert_null(map_put(&m, key, mem_dup(&i, sizeof(i))));
        assert_true(m.len * 4 <= m.cap * 3);
    }
    assert_int_equal(m.len, N);
    for (int i = 0; i < 2 * N; i++) {
        const int *value;

        (void)snprintf(key, sizeof(key), "company-%d", i);
        value = map_get(&m, key);
        assert_true((value != NULL) == (i < N));
        if (value)
            assert_int_equal(*value, i);
    }
    map_free(&m, free);
}

static void test_hash(void **state)
{
    (void)state;
    assert_true(hash_bytes("", 0) == 0xcbf29ce484222325u);
    assert_true(hash_bytes("a", 1) == 0xaf63dc4c8601ec8cu);
    assert_true(hash_bytes("foobar", 6) == 0x85944171f73967e8u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_put_returns_the_former),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_hash),
    };

    return cmocka_run_group_tests_name("base-map", tests, NULL, NULL);
}
