// Growing arrays.
#include "support/test.h"

#include "base/vec.h"

static void test_push_many(void **state)
{
    VEC(int) v = {0};

    (void)state;
    for (int i = 0; i < 10000; i++)
        vec_push(&v, i);
    assert_int_equal(v.len, 10000);
    assert_true(v.cap >= v.len);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(v.items[i], i);
    vec_free(&v);
    assert_null(v.items);
    assert_int_equal(v.len + v.cap, 0);
}

static void test_push_own_item_while_growing(void **state)
{
    VEC(int) v = {0};

    (void)state;
    vec_push(&v, 42);
    for (int i = 0; i < 100; i++)
        vec_push(&v, v.items[0]);
    assert_int_equal(v.items[100], 42);
    vec_free(&v);
}

static void test_reserve(void **state)
{
    VEC(const char *) v = {0};
    const char **items;

    (void)state;
    vec_reserve(&v, 100);
    items = v.items;
    assert_int_equal(v.cap, 100);
    vec_reserve(&v, 10);
    assert_int_equal(v.cap, 100);
    for (int i = 0; i < 100; i++)
        vec_push(&v, "x");
    assert_ptr_equal(v.items, items);
    vec_free(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_push_many),
        cmocka_unit_test(test_push_own_item_while_growing),
        cmocka_unit_test(test_reserve),
    };

    return cmocka_run_group_tests_name("base-vec", tests, NULL, NULL);
}
