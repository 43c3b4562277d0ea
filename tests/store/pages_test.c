// Pages of searches kept in the cache: renewed by page 1, in order, the newest searches only.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/pages.h"
#include "support/temp.h"

static int set_up(void **state)
{
    *state = temp_make();
    return 0;
}

static int tear_down(void **state)
{
    temp_remove(*state);
    free(*state);
    return 0;
}

static struct store *open_store(void **state)
{
    char note[512];
    struct err e;
    struct store *s = store_open(*state, clock_system(), note, &e);

    if (!s)
        fail_msg("%s", e.text);
    return s;
}

static void put(struct store *s, const char *key, int number, const char *bytes, size_t len)
{
    struct err e;

    if (!store_put_page(s, key, number, bytes, len, &e))
        fail_msg("%s", e.text);
}

struct seen {
    int n, numbers[8];
    char bytes[8];
    size_t lens[8];
};

static bool see(void *arg, const struct kept_page *page)
{
    struct seen *seen = arg;

    assert_true(page->at_ms > 0);
    seen->numbers[seen->n] = page->number;
    seen->lens[seen->n] = page->len;
    seen->bytes[seen->n++] = page->len ? page->bytes[0] : '-';
    return seen->n < 8;
}

static struct seen pages(struct store *s, const char *key)
{
    struct seen seen = {0};
    struct err e;

    assert_true(store_pages_each(s, key, see, &seen, &e));
    return seen;
}

static void test_pages_in_order(void **state)
{
    struct store *s = open_store(state);
    struct seen seen;

    put(s, "a", 1, "one", 3);
    put(s, "a", 12, "x\0y", 3);
    put(s, "a", 3, "z", 1);
    put(s, "b", 1, "", 0);
    store_close(s);
    s = open_store(state);
    seen = pages(s, "a");
    assert_int_equal(seen.n, 3);
    assert_int_equal(seen.numbers[1], 3);
    assert_int_equal(seen.numbers[2], 12);
    assert_int_equal(seen.lens[2], 3);
    assert_int_equal(pages(s, "b").n, 1);
    assert_int_equal(pages(s, "c").n, 0);
    put(s, "a", 12, "w", 1); // in its own place
    assert_int_equal(pages(s, "a").bytes[2], 'w');
    put(s, "a", 1, "new", 3);
    assert_int_equal(pages(s, "a").n, 1);
    store_close(s);
}

static void test_only_the_last_searches_stay(void **state)
{
    struct store *s = open_store(state);
    char key[16];

    for (int i = 0; i < SEARCHES_KEPT + 5; i++) {
        (void)snprintf(key, sizeof(key), "s%d", i);
        put(s, key, 1, "x", 1);
        if (i == 10)
            put(s, "s0", 2, "used again", 10);
    }
    for (int i = 0; i < SEARCHES_KEPT + 5; i++) {
        (void)snprintf(key, sizeof(key), "s%d", i);
        assert_int_equal(pages(s, key).n > 0, i == 0 || i > 5);
    }
    assert_int_equal(pages(s, "s0").n, 2);
    store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pages_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_only_the_last_searches_stay, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
