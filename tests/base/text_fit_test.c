// Clean text measured and cut to a width, walked by what a person sees as one letter, found and
// compared. Tests.
#include "base/odd_text.h"

static void test_width(void **state)
{
    (void)state;
    use_utf8();
    assert_int_equal(text_width(""), 0);
    assert_int_equal(text_width("plain"), 5);
    assert_int_equal(text_width("\xe6\x97\xa5\xe6\x9c\xac"), 4);
    assert_int_equal(text_width("e\xcc\x81"), 1);
    assert_int_equal(text_width("\xf0\x9f\x91\x8d"), 2);
}

static void check_fit(const char *s, int width, bool pad, const char *expected)
{
    struct str out = {0};

    text_fit(s, width, pad, &out);
    assert_string_equal(str_text(&out), expected);
    str_free(&out);
}

static void test_fit(void **state)
{
    (void)state;
    use_utf8();
    check_fit("plain", 5, false, "plain");
    check_fit("plain", 4, false, "pla\xe2\x80\xa6");
    check_fit("plain", 1, false, "\xe2\x80\xa6");
    check_fit("plain", 0, true, "");
    check_fit("plain", -3, true, "");
    check_fit("ab", 4, true, "ab  ");
    check_fit("ab", 4, false, "ab");
    check_fit("", 2, true, "  ");
    check_fit("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 5, true,
              "\xe6\x97\xa5\xe6\x9c\xac\xe2\x80\xa6");
    check_fit("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 4, true, "\xe6\x97\xa5\xe2\x80\xa6 ");
    check_fit("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 4, false, "\xe6\x97\xa5\xe2\x80\xa6");
    check_fit("\xe6\x97\xa5", 1, true, "\xe2\x80\xa6");
    check_fit("e\xcc\x81tude", 2, false, "e\xcc\x81\xe2\x80\xa6");
    check_fit("xe\xcc\x81", 2, true, "xe\xcc\x81");
    // A flag is two code points; half of one is another thing.
    check_fit("\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa!", 2, true, "\xe2\x80\xa6 ");
    assert_non_null(setlocale(LC_ALL, "C"));
    check_fit("plain", 4, false, "pla~");
    use_utf8();
}

static void test_fit_random(void **state)
{
    struct rng r = rng_seed(7);
    struct str in = {0}, clean = {0}, out = {0};

    (void)state;
    use_utf8();
    for (int i = 0; i < RANDOM_ROUNDS; i++) {
        int width = 1 + (int)rng_below(&r, 30), whole;

        random_text(&r, &in);
        str_clear(&clean);
        text_clean(str_text(&in), in.len, &clean);
        whole = text_width(str_text(&clean));
        str_clear(&out);
        text_fit(str_text(&clean), width, true, &out);
        check_clean(&out);
        assert_int_equal(text_width(str_text(&out)), width);
        if (whole <= width)
            assert_true(str_starts(str_text(&out), str_text(&clean)));
        else
            assert_non_null(strstr(str_text(&out), "\xe2\x80\xa6"));
        str_clear(&out);
        text_fit(str_text(&clean), width, false, &out);
        assert_true(text_width(str_text(&out)) <= width);
    }
    str_free(&in);
    str_free(&clean);
    str_free(&out);
}

static void check_same_fold(const char *a, const char *b, bool same)
{
    char *x = text_fold(a), *y = text_fold(b);

    assert_int_equal(strcmp(x, y) == 0, same);
    free(x);
    free(y);
}

static void test_fold(void **state)
{
    (void)state;
    check_same_fold("INDUSTRY", "industry", true);
    check_same_fold("", "", true);
    check_same_fold("STRASSE",
                    "stra\xc3\x9f"
                    "e",
                    true);
    check_same_fold("\xc3\x89", "e\xcc\x81", true);
    check_same_fold("\xc3\x89", "e", false);
    check_same_fold("\xce\xa3", "\xcf\x82", true);
    check_same_fold("\xd0\x90", "\xd0\xb0", true);
    check_same_fold("a\xff", "A\xff", true);
    check_same_fold("a\xff", "A", false);
}

static void test_grapheme_steps(void **state)
{
    // a, e with an acute accent apart, two flags, a family, CR LF, x
    static const char s[] = "ae\xcc\x81"
                            "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa\xf0\x9f\x87\xab\xf0\x9f\x87\xb7"
                            "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7\r\nx";
    static const size_t borders[] = {0, 1, 4, 12, 20, 31, 33, 34};
    size_t len = strlen(s);

    (void)state;
    assert_int_equal(len, 34);
    for (size_t i = 0; i + 1 < ARRAY_LEN(borders); i++) {
        assert_int_equal(text_next(s, len, borders[i]), borders[i + 1]);
        assert_int_equal(text_prev(s, len, borders[i + 1]), borders[i]);
    }
    assert_int_equal(text_next(s, len, len), len);
    assert_int_equal(text_prev(s, len, 0), 0);
    assert_int_equal(text_next("\xff\xff", 2, 0), 1);
    assert_int_equal(text_prev("\xff\xff", 2, 2), 1);
}

static void test_grapheme_steps_agree(void **state)
{
    struct rng rng = rng_seed(11);
    struct str s = {0};

    (void)state;
    for (int i = 0; i < RANDOM_ROUNDS / 4; i++) {
        size_t before = 0;

        str_clear(&s);
        random_text(&rng, &s);
        for (size_t at = 0; at < s.len; before = at) {
            at = text_next(s.data, s.len, at);
            assert_true(at > before);
            assert_int_equal(text_prev(s.data, s.len, at), before);
        }
    }
    str_free(&s);
}

static void test_plain_letters(void **state)
{
    static const uint32_t cases[][2] = {
        {'A', 'a'},       {'z', 'z'},       {'-', '-'},       {0xc9, 'e'},       {0x160, 's'},
        {0x301, 0},       {0x410, 0x430},   {0x3a3, 0x3c3},   {0xdf, 's'},       {0x304c, 0x304c},
        {0xd55c, 0xd55c}, {0x674e, 0x674e}, {0xff21, 0xff41}, {0x1f600, 0x1f600}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(text_plain(cases[i][0]), cases[i][1]);
}

static void check_found(const char *hay, const char *needle, int at, size_t len)
{
    size_t n = 0;
    const char *p = text_find(hay, needle, &n);

    if (at < 0) {
        assert_null(p);
        return;
    }
    assert_ptr_equal(p, hay + at);
    assert_int_equal(n, len);
}

static void test_find(void **state)
{
    (void)state;
    check_found("VP of Software", "soft", 6, 4);
    check_found("S\xc3\xa3o Paulo", "sao p", 0, 6);
    check_found("in Sa\xcc\x83o", "sao", 3, 5);
    check_found("sao", "S\xc3\x83O", 0, 3);
    check_found("aab", "ab", 1, 2);
    check_found("\xe6\x9d\x8e\xe6\x98\x8e", "\xe6\x98\x8e", 3, 3);
    check_found("\xff\xffx", "x", 2, 1);
    check_found("sof", "soft", -1, 0);
    check_found("soft", "", -1, 0);
    check_found("soft", "\xcc\x81", -1, 0);
    check_found("", "x", -1, 0);
}

static size_t fitting(const char *s, int width, int *used)
{
    return text_fitting(s, strlen(s), width, used);
}

static void test_fitting(void **state)
{
    int used = -1;

    (void)state;
    assert_int_equal(fitting("abc", 2, &used), 2);
    assert_int_equal(used, 2);
    assert_int_equal(fitting("a\xe6\x9d\x8e", 2, &used), 1);
    assert_int_equal(used, 1);
    assert_int_equal(fitting("ae\xcc\x81z", 2, &used), 4);
    assert_int_equal(used, 2);
    assert_int_equal(fitting("abc", 0, &used), 0);
    assert_int_equal(used, 0);
    assert_int_equal(text_fitting("abc", 1, 5, &used), 1);
    assert_int_equal(used, 1);
    assert_int_equal(fitting("", 5, &used), 0);
    assert_int_equal(used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_fit),
        cmocka_unit_test(test_fit_random),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_fitting),
        cmocka_unit_test(test_grapheme_steps),
        cmocka_unit_test(test_grapheme_steps_agree),
        cmocka_unit_test(test_plain_letters),
        cmocka_unit_test(test_find),
    };

    return cmocka_run_group_tests_name("base-text_fit", tests, NULL, NULL);
}
