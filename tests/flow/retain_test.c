// How many are past retention, in words; and whether a clock is to be trusted with it.
#include "support/test.h"

#include <string.h>

#include "flow/retain.h"

static const int64_t DAY_MS = (int64_t)24 * 3600 * 1000;

static void expect(struct retain_count past, const struct entity *only, int months,
                   const char *expected)
{
    struct str text = {0};

    retain_say(&past, only, months, &text);
    assert_string_equal(str_text(&text), expected);
    str_free(&text);
}

static void test_in_words(void **state)
{
    const struct entity *company = entity_find("company");

    (void)state;
    expect((struct retain_count){{0}, 0}, NULL, 18, "");
    expect((struct retain_count){{1, 0}, 1}, NULL, 1,
           "1 contact was fetched more than 1 month ago");
    expect((struct retain_count){{1200, 1}, 1201}, NULL, 18,
           "1,200 contacts and 1 company were fetched more than 18 months ago");
    expect((struct retain_count){{1200, 1}, 1201}, company, 18,
           "1 company was fetched more than 18 months ago");
    expect((struct retain_count){{1200, 0}, 1200}, company, 18, "");
    assert_int_equal(retain_of(&(struct retain_count){{1200, 7}, 1207}, company), 7);
}

static int64_t never(void *self)
{
    (void)self;
    return 1795491720000; // 2026-11-24T03:42:00Z
}

static void test_before_when(void **state)
{
    struct app a = {.clock = {NULL, never, never}};

    (void)state;
    assert_int_equal(retain_before(&a), 0);
    a.config.limits.retain_months = 12;
    assert_int_equal(retain_before(&a), 1763955720000); // 2025-11-24T03:42:00Z
}

// By a clock ten years fast everything would be old.
static void test_clocks_must_agree(void **state)
{
    struct app nobody = {.view = true};
    struct err e;

    (void)state;
    assert_true(retain_trusts(true, 0, &e));
    assert_true(retain_trusts(true, DAY_MS - 1, &e));
    assert_true(retain_trusts(true, 1 - DAY_MS, &e));
    assert_false(retain_trusts(true, -3650 * DAY_MS, &e));
    assert_non_null(strstr(e.text, "set the clock"));
    assert_false(retain_trusts(true, DAY_MS, &e));
    assert_false(retain_trusts(false, 0, &e));
    assert_false(retain_may(&nobody, &e));
    assert_non_null(strstr(e.text, "has not told the time yet"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_words),
        cmocka_unit_test(test_before_when),
        cmocka_unit_test(test_clocks_must_agree),
    };

    return cmocka_run_group_tests_name("flow-retain", tests, NULL, NULL);
}
