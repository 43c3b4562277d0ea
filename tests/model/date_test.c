// The wire's dates in one form, and the days people type.
#include "support/test.h"

#include <stdio.h>

#include "base/mem.h"
#include "model/date.h"

static const struct {
    const char *wire, *normal;
} good[] = {
    {"7/14/2020 3:05 PM", "2020-07-14 15:05"},
    {"12/1/2021 12:00 AM", "2021-12-01 00:00"},
    {"12/1/2021 12:30 pm", "2021-12-01 12:30"},
    {"1/2/2003 1:05 AM", "2003-01-02 01:05"},
    {"06/27/2020", "2020-06-27"},
    {"2/29/2024", "2024-02-29"},
    {"2/29/2000", "2000-02-29"},
    {"8/11/16 14:14", "2016-08-11 14:14"},
    {"8/11/99 0:14", "1999-08-11 00:14"},
    {"02-15-2021T11:56:11.000Z", "2021-02-15 11:56"},
    {"2021-02-15T11:56:11.000Z", "2021-02-15 11:56"},
    {"2021-02-15T11:56:11Z", "2021-02-15 11:56"},
    {"2021-02-15T11:56:11+00:00", "2021-02-15 11:56"},
    {"2021-02-15", "2021-02-15"},
    {"2021-02-15 11:56", "2021-02-15 11:56"},
    {"0001-01-01", "0001-01-01"},
    {"9999-12-31T23:59:60Z", "9999-12-31 23:59"},
};

static const char *const bad[] = {
    "",
    " ",
    "Notice not required",
    "none",
    "0",
    "2/29/2023",
    "2/29/1900",
    "13/1/2020",
    "0/1/2020",
    "4/31/2020",
    "1/0/2020",
    "1/1/0000",
    "1/1/202",
    "1/1/20201",
    "7/14/2020 3:05 PM ",
    "7/14/2020 13:05 PM",
    "7/14/2020 0:05 AM",
    "7/14/2020 24:00",
    "7/14/2020 3:60 PM",
    "7/14/2020 3",
    "7/14/2020 PM",
    "2021-02-15T",
    "2021-02-15T11:56:11+02:00",
    "2021-2-15",
    "2021-02-15T11:56:1Z",
    "2021-02-15T11:56:11.Z",
    "2021-13-15",
    "15-02-2021",
    "2021/02/15",
    "20210215",
    "-021-02-15",
    "2021-02-15Z",
    "2021-02-15T11:56:11ZZ",
    "99999999999999999999",
};

static void test_normal(void **state)
{
    char out[DATE_MAX], again[DATE_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        assert_true(date_normal(good[i].wire, out));
        assert_string_equal(out, good[i].normal);
        assert_true(date_normal(out, again));
        assert_string_equal(again, out);
    }
}

static void test_no_date(void **state)
{
    char out[DATE_MAX] = "untouched";

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        if (date_normal(bad[i], out))
            fail_msg("\"%s\" became %s", bad[i], out);
        assert_string_equal(out, "untouched");
    }
}

static void test_every_day_of_four_centuries(void **state)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    size_t real = 0;

    (void)state;
    for (int y = 1801; y <= 2200; y++) {
        for (int m = 1; m <= 12; m++) {
            int n = days[m - 1];

            n += m == 2 && ((y % 4 == 0 && y % 100 != 0) || y % 400 == 0);
            for (int d = 0; d <= 32; d++) {
                char text[32];

                (void)snprintf(text, sizeof(text), "%04d-%02d-%02d", y, m, d);
                assert_int_equal(date_valid(text), d >= 1 && d <= n);
                real += d >= 1 && d <= n;
            }
        }
    }
    assert_int_equal(real, 146097);
}

static void test_typed_days(void **state)
{
    static const char *const wrong[] = {"",
                                        "2024-1-01",
                                        "2024-01-1",
                                        "24-01-01",
                                        "2024-01-01 ",
                                        " 2024-01-01",
                                        "2024-01-01 10:00",
                                        "1/2/2024",
                                        "today",
                                        "2024-01-01Z",
                                        "2024/01/01",
                                        "0000-01-01"};

    (void)state;
    assert_true(date_valid("2024-02-29"));
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_false(date_valid(wrong[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal),
        cmocka_unit_test(test_no_date),
        cmocka_unit_test(test_every_day_of_four_centuries),
        cmocka_unit_test(test_typed_days),
    };

    return cmocka_run_group_tests_name("model/date", tests, NULL, NULL);
}
