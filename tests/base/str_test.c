// Growing strings and plain comparisons.
#include "support/test.h"

#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static void test_empty(void **state)
{
    struct str s = {0};
    char *taken;

    (void)state;
    assert_string_equal(str_text(&s), "");
    str_clear(&s);
    str_add_len(&s, NULL, 0);
    assert_string_equal(str_text(&s), "");
    taken = str_take(&s);
    assert_string_equal(taken, "");
    free(taken);
    taken = str_take(&s);
    assert_string_equal(taken, "");
    free(taken);
    str_free(&s);
}

static void test_building(void **state)
{
    struct str s = {0};
    char *taken;

    (void)state;
    str_add(&s, "one ");
    str_add_len(&s, "two!", 3);
    str_add_char(&s, ' ');
    str_addf(&s, "%d %s", 3, "three");
    str_addf(&s, "%s", "");
    assert_string_equal(str_text(&s), "one two 3 three");
    assert_int_equal(s.len, strlen(s.data));
    str_cut(&s, 7);
    assert_string_equal(str_text(&s), "one two");
    str_add_len(&s, "\0x", 2);
    assert_int_equal(s.len, 9);
    str_cut(&s, 3);
    taken = str_take(&s);
    assert_string_equal(taken, "one");
    assert_null(s.data);
    assert_int_equal(s.len + s.cap, 0);
    free(taken);
}

static void test_reserved_is_still_a_string(void **state)
{
    struct str s = {0};

    (void)state;
    str_reserve(&s, 100);
    assert_string_equal(str_text(&s), "");
    str_add(&s, "x");
    str_reserve(&s, 10000);
    assert_string_equal(str_text(&s), "x");
    str_free(&s);
}

static void test_long_format(void **state)
{
    char *blanks = str_format("%5000s|", "x");

    (void)state;
    assert_int_equal(strlen(blanks), 5001);
    assert_int_equal(blanks[4999], 'x');
    free(blanks);
}

static void test_growth_is_amortised(void **state)
{
    struct str s = {0};
    size_t grown = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        size_t cap = s.cap;

        str_add_char(&s, 'x');
        grown += s.cap != cap;
    }
    assert_int_equal(s.len, 100000);
    assert_true(grown < 20);
    str_free(&s);
}

static void test_comparing(void **state)
{
    (void)state;
    assert_true(str_eq("a", "a"));
    assert_false(str_eq("a", "A"));
    assert_true(str_eq_case("Industry", "iNDUSTRY"));
    assert_false(str_eq_case("ab", "abc"));
    assert_false(str_eq_case("abc", "ab"));
    assert_false(str_eq_case("[", "{"));
    assert_false(str_eq_case("\xc3\x84", "\xc3\xa4"));
    assert_true(str_starts("lookup", "look"));
    assert_true(str_starts("x", ""));
    assert_false(str_starts("lo", "look"));
    assert_true(str_ends("a.csv", ".csv"));
    assert_true(str_ends("a", ""));
    assert_false(str_ends("sv", "csv"));
}

static void test_finding(void **state)
{
    const char *hay = "Vice President";

    (void)state;
    assert_ptr_equal(str_find_case(hay, "PRES"), hay + 5);
    assert_ptr_equal(str_find_case(hay, "vice"), hay);
    assert_ptr_equal(str_find_case(hay, "ent"), hay + 11);
    assert_ptr_equal(str_find_case(hay, ""), hay);
    assert_string_equal(str_find_case("", ""), "");
    assert_null(str_find_case(hay, "dents"));
    assert_null(str_find_case("", "x"));
}

// tr_TR folds I elsewhere; where that locale is not installed the plain one must hold all the same.
static void test_case_ignores_the_locale(void **state)
{
    static const char *const locales[] = {"tr_TR.UTF-8", "C.UTF-8", "C"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(locales); i++) {
        (void)setlocale(LC_ALL, locales[i]);
        assert_true(str_eq_case("INDUSTRY ID", "industry id"));
        assert_non_null(str_find_case("the ID", "id"));
        for (int c = 0; c < 256; c++) {
            bool capital = c >= 'A' && c <= 'Z';

            assert_int_equal(str_lower((char)c), (char)(capital ? c + 32 : c));
        }
    }
    (void)setlocale(LC_ALL, "C");
}

static void test_integers(void **state)
{
    static const char *const bad[] = {"",
                                      "-",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1.0",
                                      "0x10",
                                      "--1",
                                      "1e3",
                                      "9223372036854775808",
                                      "-9223372036854775809"};
    long long v;

    (void)state;
    assert_true(str_int64("0", &v) && v == 0);
    assert_true(str_int64("-17", &v) && v == -17);
    assert_true(str_int64("007", &v) && v == 7);
    assert_true(str_int64("9223372036854775807", &v) && v == LLONG_MAX);
    assert_true(str_int64("-9223372036854775808", &v) && v == LLONG_MIN);
    v = 99;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(str_int64(bad[i], &v));
    assert_true(v == 99);
}

static void check_double(const char *text, double expected)
{
    double v = -1;

    assert_true(str_double(text, &v));
    assert_true(v == expected);
}

static void test_decimals(void **state)
{
    static const char *const bad[] = {"",    "-",  ".5", "5.", "1,5", "1e3", "nan",
                                      "inf", "+1", " 1", "1 ", "0x1", "1.-5"};
    char nines[400];
    double v = 99;

    (void)state;
    check_double("0", 0);
    check_double("3", 3);
    check_double("-2.5", -2.5);
    check_double("0.1", 0.1);
    check_double("123456.789", 123456.789);
    check_double("40.7128", 40.7128);
    check_double("-122.419415678", -122.419415678);
    check_double("0.00000000000000000001", 1e-20);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(str_double(bad[i], &v));
    memset(nines, '9', sizeof(nines) - 1);
    nines[sizeof(nines) - 1] = '\0';
    assert_false(str_double(nines, &v));
    assert_true(v == 99);
    nines[1] = '.';
    assert_true(str_double(nines, &v));
    assert_true(v > 9.99 && v <= 10);
}

static void test_trim(void **state)
{
    char a[] = " \t\r\n two words \v\f", b[] = "   ", c[] = "";

    (void)state;
    assert_string_equal(str_trim(a), "two words");
    assert_string_equal(str_trim(b), "");
    assert_string_equal(str_trim(c), "");
}

static void test_splicing(void **state)
{
    struct str s = {0};

    (void)state;
    str_splice(&s, 0, 0, "", 0);
    assert_string_equal(s.data, "");
    str_splice(&s, 0, 0, "bd", 2);
    str_splice(&s, 1, 0, "c", 1);
    str_splice(&s, 0, 0, "a", 1);
    str_splice(&s, 4, 0, "e", 1);
    assert_string_equal(s.data, "abcde");
    str_splice(&s, 1, 3, "-", 1);
    assert_string_equal(s.data, "a-e");
    str_splice(&s, 1, 1, "a text that needs more room than there was", 42);
    assert_string_equal(s.data, "aa text that needs more room than there wase");
    str_splice(&s, 0, s.len, NULL, 0);
    assert_string_equal(s.data, "");
    assert_int_equal(s.len, 0);
    str_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_building),
        cmocka_unit_test(test_reserved_is_still_a_string),
        cmocka_unit_test(test_long_format),
        cmocka_unit_test(test_growth_is_amortised),
        cmocka_unit_test(test_comparing),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_case_ignores_the_locale),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_decimals),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_splicing),
    };

    return cmocka_run_group_tests_name("base-str", tests, NULL, NULL);
}
