// Clocks: the system's, one of our own, and how times are written.
#include "support/test.h"

#include <limits.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

static int64_t counting(void *self)
{
    return ++*(int64_t *)self;
}

static void test_own_clock(void **state)
{
    int64_t count = 40;
    struct clock c = {.self = &count, .utc_ms = counting, .boot_ms = counting};

    (void)state;
    assert_int_equal(clock_utc_ms(&c), 41);
    assert_int_equal(clock_boot_ms(&c), 42);
}

static void test_system_clock(void **state)
{
    struct clock c = clock_system();
    int64_t before = clock_boot_ms(&c), now = (int64_t)time(NULL) * 1000;

    (void)state;
    assert_true(clock_utc_ms(&c) >= now && clock_utc_ms(&c) < now + 60000);
    for (int i = 0; i < 1000; i++) {
        int64_t next = clock_boot_ms(&c);

        assert_true(next >= before);
        before = next;
    }
}

static void check_iso(int64_t ms, const char *expected)
{
    char buf[CLOCK_ISO_MAX];

    assert_ptr_equal(clock_iso(ms, buf), buf);
    assert_string_equal(buf, expected);
}

static void test_iso(void **state)
{
    (void)state;
    check_iso(0, "1970-01-01T00:00:00Z");
    check_iso(999, "1970-01-01T00:00:00Z");
    check_iso(-1, "1969-12-31T23:59:59Z");
    check_iso(-1000, "1969-12-31T23:59:59Z");
    check_iso(-1001, "1969-12-31T23:59:58Z");
    check_iso(1795491720000, "2026-11-24T03:42:00Z");
    check_iso(951782400000, "2000-02-29T00:00:00Z");
}

static void test_iso_at_the_ends(void **state)
{
    static const int64_t odd[] = {INT64_MIN, INT64_MAX, 253402300800000, -99999999999999};
    char buf[CLOCK_ISO_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
        size_t len = strlen(clock_iso(odd[i], buf));

        assert_true(len > 0 && len < CLOCK_ISO_MAX);
    }
}

static void check_months(int64_t ms, int months, const char *expected)
{
    char buf[CLOCK_ISO_MAX];

    assert_string_equal(clock_iso(clock_months(ms, months), buf), expected);
}

static void test_months(void **state)
{
    (void)state;
    check_months(1795491720000, 1, "2026-12-24T03:42:00Z");
    check_months(1795491720000, -12, "2025-11-24T03:42:00Z");
    check_months(1795491720000, 0, "2026-11-24T03:42:00Z");
    check_months(951782400000, 12, "2001-02-28T00:00:00Z");  // from a leap day
    check_months(1774915200000, -1, "2026-02-28T00:00:00Z"); // March 31
    check_months(1774915200000, 1, "2026-04-30T00:00:00Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_own_clock), cmocka_unit_test(test_system_clock),
        cmocka_unit_test(test_iso),       cmocka_unit_test(test_iso_at_the_ends),
        cmocka_unit_test(test_months),
    };

    return cmocka_run_group_tests_name("base-clock", tests, NULL, NULL);
}
