// The lookup cache: kept, replaced, and never missed where it cannot be kept. Tests.
#include "store/box.h"

#include "store/lookups.h"

static void put(struct box *b, const char *key, const char *body)
{
    struct err e;

    if (!store_put_lookup(b->s, key, body, b->now_ms, &e))
        fail_msg("%s", e.text);
}

static void expect(struct box *b, const char *key, const char *body, int64_t fetched_ms)
{
    struct str got = {0};
    int64_t when;
    struct err e;

    str_add(&got, "what was there before");
    if (!store_get_lookup(b->s, key, &got, &when, &e))
        fail_msg("%s", e.text);
    assert_string_equal(str_text(&got), body);
    assert_int_equal(when, fetched_ms);
    str_free(&got);
}

static void a_list_is_kept_with_its_date(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    box_open(&b);
    put(&b, "industry", "[1]");
    put(&b, "tech/product?vendor=a b", "[2]");
    b.now_ms += HOUR_MS;
    put(&b, "industry", "[3]");
    box_close(&b);
    box_open(&b);
    expect(&b, "industry", "[3]", BOX_NOW_MS + HOUR_MS);
    expect(&b, "tech/product?vendor=a b", "[2]", BOX_NOW_MS);
    box_drop(&b);
}

static void an_unknown_list_is_not_found(void **state)
{
    struct str got = {0};
    struct box b;
    int64_t when;
    struct err e;

    (void)state;
    box_make(&b);
    box_open(&b);
    assert_false(store_get_lookup(b.s, "industry", &got, &when, &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    box_drop(&b);
}

static void a_cache_that_cannot_be_kept_lives_in_memory(void **state)
{
    struct box b;
    char *path;

    (void)state;
    box_make(&b);
    path = box_path(&b, "cache.db");
    assert_int_equal(mkdir(path, 0700), 0);
    box_open(&b);
    put(&b, "industry", "[1]");
    expect(&b, "industry", "[1]", BOX_NOW_MS);
    box_claim(&b);
    assert_int_equal(box_buy(&b, 1, 1), 1);
    box_close(&b);
    // What has the name is left alone.
    assert_int_equal(rmdir(path), 0);
    free(path);
    box_drop(&b);
}

static void a_newer_cache_is_left_alone(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    box_open(&b);
    put(&b, "industry", "[1]");
    box_close(&b);
    (void)box_sql(&b, "cache.db", "PRAGMA user_version = 99");
    box_open(&b);
    put(&b, "industry", "[2]");
    expect(&b, "industry", "[2]", BOX_NOW_MS);
    box_close(&b);
    assert_int_equal(box_sql(&b, "cache.db", "SELECT body = '[1]' FROM lookup"), 1);
    assert_int_equal(box_sql(&b, "cache.db", "PRAGMA user_version"), 99);
    box_drop(&b);
}

// A page goes bad while the program runs: the cache is made anew and the call succeeds.
static void a_cache_that_breaks_in_use_is_made_anew(void **state)
{
    struct box b;
    struct str bytes;
    char *big = mem_alloc(200001);

    (void)state;
    memset(big, 'x', 200000);
    big[200000] = '\0';
    box_make(&b);
    box_open(&b);
    put(&b, "big", big);
    box_close(&b);
    box_open(&b);
    bytes = box_read(&b, "cache.db");
    memset(bytes.data + 4096, 0xff, bytes.len - 4096);
    box_write(&b, "cache.db", bytes.data, bytes.len);
    put(&b, "industry", "[1]");
    expect(&b, "industry", "[1]", BOX_NOW_MS);
    str_free(&bytes);
    free(big);
    box_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_is_kept_with_its_date),
        cmocka_unit_test(an_unknown_list_is_not_found),
        cmocka_unit_test(a_cache_that_cannot_be_kept_lives_in_memory),
        cmocka_unit_test(a_newer_cache_is_left_alone),
        cmocka_unit_test(a_cache_that_breaks_in_use_is_made_anew),
    };

    return cmocka_run_group_tests_name("lookups", tests, NULL, NULL);
}
