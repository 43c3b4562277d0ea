// How search inputs spell texts, lists, dates and tags.
#include "support/test.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "sandbox/search/filter_text.h"
#include "sandbox/search/filter_value.h"

static bool holds(const char *query, unsigned operators, const char *text)
{
    struct text_query q;
    char *folded = text_fold_quick(text);
    bool found;

    assert_true(text_query_parse(query, operators, &q));
    found = text_query_holds(&q, text_query_found(&q, folded, text_has_words));
    text_query_free(&q);
    free(folded);
    return found;
}

static void test_phrases_are_whole_words(void **state)
{
    (void)state;
    assert_true(holds("vp sales", TEXT_OR, "Senior VP Sales, EMEA"));
    assert_false(holds("vp", TEXT_OR, "MVP Coordinator"));
    assert_false(holds("sales", TEXT_OR, "Salesman"));
    assert_true(holds("sales", TEXT_OR, "Salesman, Sales"));
    assert_true(holds("\"vp sales\"", TEXT_OR, "vp sales"));
    assert_true(holds("élan", TEXT_OR, "ÉLAN Vital"));
    assert_false(holds("caf", TEXT_OR, "Café Nord"));
    assert_true(holds("山田", TEXT_OR, "株式会社山田商店"));
}

static void test_operators(void **state)
{
    const unsigned all = TEXT_OR | TEXT_AND | TEXT_NOT;

    (void)state;
    assert_true(holds("cfo OR vp finance", TEXT_OR, "VP Finance"));
    assert_false(holds("cfo OR vp finance", TEXT_OR, "VP Sales"));
    assert_true(holds("a AND b OR c", all, "c"));
    assert_true(holds("a AND b OR c", all, "b a"));
    assert_false(holds("a AND b OR c", all, "a"));
    assert_true(holds("c OR a AND b", all, "a b"));
    assert_false(holds("c OR a AND b", all, "b"));
    assert_true(holds("acme OR beta NOT gamma", all, "acme"));
    assert_false(holds("acme OR beta NOT gamma", all, "acme gamma"));
    assert_true(holds("NOT gamma", all, "beta"));
    assert_false(holds(" NOT gamma", all, "gamma"));
    assert_false(holds("beta AND NOT gamma", all, "beta gamma"));
}

static void test_operators_an_input_lacks_are_words(void **state)
{
    (void)state;
    assert_true(holds("search AND rescue", TEXT_OR, "Search and Rescue"));
    assert_false(holds("search AND rescue", TEXT_OR, "search rescue"));
    assert_true(holds("head or tail", TEXT_OR, "head or tail"));
}

static void test_texts_without_a_phrase_are_refused(void **state)
{
    static const char *const bad[] = {"", "  ", "a OR", "OR a", "a OR OR b", "\"\"", "NOT"};
    struct text_query q;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(text_query_parse(bad[i], TEXT_OR | TEXT_NOT, &q));
}

static void test_whole_texts(void **state)
{
    (void)state;
    assert_true(text_is("vp sales", "vp sales"));
    assert_false(text_is("vp sales emea", "vp sales"));
}

static void test_lists(void **state)
{
    struct value_list l = value_split(" a,, b c ,d", ',');

    (void)state;
    assert_int_equal(l.n, 3);
    assert_string_equal(l.items[0], "a");
    assert_string_equal(l.items[1], "b c");
    assert_string_equal(l.items[2], "d");
    value_list_free(&l);
    l = value_split(" , ", ',');
    assert_int_equal(l.n, 0);
    value_list_free(&l);
}

static void test_dates(void **state)
{
    static const char *const bad[] = {"",           "2021-2-03",  "2021-02-29", "2021-13-01",
                                      "2021-00-01", "02/03/2021", "2021-02-031"};
    int32_t days = -1;
    char buf[VALUE_DATE_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(value_date(bad[i], &days));
    assert_true(value_date("1970-01-01", &days));
    assert_int_equal(days, 0);
    assert_true(value_date("2020-02-29", &days));
    assert_int_equal(days, 18321);
    for (int32_t d = -1000; d < 40000; d += 13) {
        assert_true(value_date(value_date_text(d, buf), &days));
        assert_int_equal(days, d);
    }
}

static void check_months(const char *from, int32_t months, const char *to)
{
    int32_t days = 0;
    char buf[VALUE_DATE_MAX];

    assert_true(value_date(from, &days));
    assert_string_equal(value_date_text(value_months_before(days, months), buf), to);
}

static void test_months_before(void **state)
{
    (void)state;
    check_months("2024-05-31", 3, "2024-02-29");
    check_months("2024-01-15", 1, "2023-12-15");
    check_months("2024-01-15", 0, "2024-01-15");
    check_months("2024-01-15", 25, "2021-12-15");
    assert_int_equal(value_months_before(0, INT32_MAX), INT32_MIN);
}

static void test_tags(void **state)
{
    static const char *const bad[] = {"", ".", "1.", "1..2", "a.b", "1.2.3.4.5", "-1.2", "1.2*"};
    struct tag_pattern p;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(tag_pattern_parse(bad[i], &p));
    assert_true(tag_pattern_parse("333.202.*", &p));
    assert_int_equal(p.parts[0], 333);
    assert_int_equal(p.parts[1], 202);
    assert_int_equal(p.parts[2], -1);
    assert_int_equal(p.parts[3], -1);
    assert_true(tag_pattern_parse("333.202.28.24617", &p));
    assert_int_equal(p.parts[3], 24617);
}

static void test_miles(void **state)
{
    (void)state;
    assert_true(fabs(value_miles(40.7128, -74.0060, 34.0522, -118.2437) - 2445.6) < 5);
    assert_true(value_miles(10, 20, 10, 20) < 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phrases_are_whole_words),
        cmocka_unit_test(test_operators),
        cmocka_unit_test(test_operators_an_input_lacks_are_words),
        cmocka_unit_test(test_texts_without_a_phrase_are_refused),
        cmocka_unit_test(test_whole_texts),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_months_before),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_miles),
    };

    return cmocka_run_group_tests_name("sandbox-filter", tests, NULL, NULL);
}
