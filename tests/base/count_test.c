// Numbers with thousands separated.
#include "support/test.h"

#include <limits.h>

#include "base/count.h"

static void test_thousands(void **state)
{
    static const struct {
        long long n;
        const char *text;
    } cases[] = {
        {0, "0"},
        {7, "7"},
        {999, "999"},
        {1000, "1,000"},
        {-999, "-999"},
        {-1000, "-1,000"},
        {12500, "12,500"},
        {1234567, "1,234,567"},
        {-100000, "-100,000"},
        {LLONG_MAX, "9,223,372,036,854,775,807"},
        {LLONG_MIN, "-9,223,372,036,854,775,808"},
    };
    char buf[COUNT_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(count_text(cases[i].n, buf), cases[i].text);
}

static void test_words(void **state)
{
    char buf[COUNT_WORDS_MAX];

    (void)state;
    assert_string_equal(count_words(0, "row", buf), "0 rows");
    assert_string_equal(count_words(1, "row", buf), "1 row");
    assert_string_equal(count_words(12500, "request", buf), "12,500 requests");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thousands),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
