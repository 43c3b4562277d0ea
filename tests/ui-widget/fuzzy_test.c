// How well a text fits what was typed: what fits at all, and what comes before what.
#include "ui-widget/drawing.h"

#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "ui/widget/fuzzy.h"

enum { ROUNDS = 20000 };

// Of one text alone.
static int rate(const char *text, const char *typed)
{
    struct fuzzy f = fuzzy_start(typed);

    return fuzzy_rate(&f, text);
}

static void test_what_fits(void **state)
{
    static const struct {
        const char *text, *typed;
        bool fits;
    } cases[] = {
        {"Software", "soft", true},
        {"Software", "SWR", true},
        {"Software", "tos", false},
        {"Software", "softwares", false},
        {"Software", "", true},
        {"", "", true},
        {"", "a", false},
        {"VP of Data", "vp data", true},
        {"VP of Data", "vpd ", true},
        {"San-Francisco", "san f", true},
        {"São Paulo", "sao", true},
        {"Sao Paulo", "SÃO", true},
        {"Zu\u0308rich", "zur", true},
        {"Zürich", "zu\u0308r", true},
        {"数据总监", "数监", true},
        {"数据总监", "监数", false},
        {"\xff\xffx", "x", true},
        {"caf\xe9", "e", false},
        {"ab", "\u0301", true},
        {"a b", "   ", true},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        if ((rate(cases[i].text, cases[i].typed) > 0) != cases[i].fits)
            fail_msg("\"%s\" in \"%s\"", cases[i].typed, cases[i].text);
    }
}

static void test_what_comes_first(void **state)
{
    static const struct {
        const char *typed, *first, *second;
    } cases[] = {
        {"software", "Software", "Software Development"},
        {"soft", "Software", "Microsoft"},
        {"data", "VP of Data", "Update agent"},
        {"vpd", "VP Data", "Vapid"},
        {"vd", "VP of Data", "Overdue"},
        {"jt", "jobTitle", "Subject"},
        {"abc", "abc", "a b c"},
        {"abc", "xx abc", "xaxbxc"},
        {"san", "San Jose", "Thousand Oaks"},
        {"man", "Management", "German"},
        {"e", "Energy", "Software"},
        {"数据", "数据总监", "数字证据"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        if (rate(cases[i].first, cases[i].typed) <= rate(cases[i].second, cases[i].typed))
            fail_msg("\"%s\": \"%s\" is not before \"%s\"", cases[i].typed, cases[i].first,
                     cases[i].second);
    }
}

static void test_long_texts(void **state)
{
    struct str text = {0};

    (void)state;
    for (int i = 0; i < 1000; i++)
        str_add_char(&text, 'b');
    str_add(&text, "xyz");
    assert_true(rate(str_text(&text), "bbb") > 0);
    assert_true(rate(str_text(&text), "xyz") > 0);
    assert_true(rate(str_text(&text), str_text(&text)) > 0);
    assert_int_equal(rate(str_text(&text), "zb"), 0);
    str_free(&text);
}

// A score says that the letters are there in order, as a plain search does.
static void test_fits_like_a_plain_search(void **state)
{
    struct rng r = rng_seed(4);

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        char text[12] = "", typed[5] = "";
        size_t found = 0;

        for (uint32_t k = 0, n = rng_below(&r, sizeof(text)); k < n; k++)
            text[k] = (char)('a' + rng_below(&r, 4));
        for (uint32_t k = 0, n = rng_below(&r, sizeof(typed)); k < n; k++)
            typed[k] = (char)('a' + rng_below(&r, 4));
        for (size_t k = 0; text[k]; k++)
            found += typed[found] && text[k] == typed[found];
        assert_int_equal(rate(text, typed) > 0, typed[found] == '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_fits),
        cmocka_unit_test(test_what_comes_first),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_fits_like_a_plain_search),
    };

    return cmocka_run_group_tests_name("ui-widget-fuzzy", tests, use_utf8, NULL);
}
