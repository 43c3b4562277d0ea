// Lists of values as people paste or keep them: what is read, what is left out and why.
#include "support/test.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "flow/value_list.h"

static const struct input *input(const char *name)
{
    return entity_input(&entity_contact, name, BOUND_NONE);
}

// The values, '|' between; those that cannot be sent in brackets.
static char *read(const char *name, const char *text, const char *column)
{
    struct value_list l;
    struct str out = {0};
    struct err e;

    if (!value_list_parse(&l, input(name), text, strlen(text), column, &e))
        return str_format("! %s", e.text);
    for (size_t i = 0; i < l.values.len; i++)
        str_addf(&out, l.values.items[i].why ? "%s[%s]" : "%s%s", i ? "|" : "",
                 l.values.items[i].text);
    value_list_free(&l);
    return str_take(&out);
}

static void test_forms(void **state)
{
    static const struct {
        const char *input, *text, *column, *values;
    } cases[] = {
        {"zipCode", "10001\n10002\n", NULL, "10001|10002"},
        {"zipCode", "\xef\xbb\xbf 10001 \r\n\r\n10002\r\n10001", NULL, "10001|10002"},
        {"zipCode", "ZIP code\n10001\n", NULL, "10001"},
        {"zipCode", "zip_code\n10001\n", NULL, "10001"},
        {"companyName", "Initech, Inc.\n\"Hooli\"\nINITECH, INC.\n", NULL, "Initech, Inc.|Hooli"},
        {"companyName", "Company Name,City\n\"Initech, Inc.\",Austin\nHooli,Boston\n,x\n", NULL,
         "Initech, Inc.|Hooli"},
        {"companyName", "City;companyName\nAustin;Initech\n", NULL, "Initech"},
        {"companyName", "Account,City\nInitech,Austin\n", "account", "Initech"},
        {"companyName", "Account\tCity\nInitech\tAustin\n", "Account", "Initech"},
        {"companyName", "Research AND Development\nBarnes and Noble\nOR Labs\n", NULL,
         "Research AND Development|Barnes and Noble|\"OR Labs\""},
        {"personId", "5\nfive\n-7\n", NULL, "5|[five]|-7"},
        {"companyWebsite", "a.com\nb,c.com\n", NULL, "a.com|[b,c.com]"},
        {"lastName", "\xff\nLi\n", NULL, "[\xff]|Li"},
        {"lastName", "Müller\nMÜLLER\n", NULL, "Müller"},
        {"companyName", "He said \"no\"\n", NULL, "He said \"no\""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *got = read(cases[i].input, cases[i].text, cases[i].column);

        if (!str_eq(got, cases[i].values))
            fail_msg("%s: %s is not %s", cases[i].text, got, cases[i].values);
        free(got);
    }
}

static void test_refusals(void **state)
{
    static const struct {
        const char *text, *column, *said;
    } cases[] = {
        {"", NULL, "it holds no values"},
        {"\n \r\n", NULL, "it holds no values"},
        {"companyName\n", NULL, "it holds no values"},
        {"Account,City\nInitech,Austin\n", "name",
         "it has no column \"name\"; its columns are: "
         "Account, City"},
        {"a,b,c\nd,e,f\ng,h,i\n", NULL, "say which column to take: FILE:COLUMN"},
        {"a\tb\nc\td\n", NULL, "it looks like a table"},
        {"companyName,x\n\"Initech,Austin\n", NULL, "quote that is never closed"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *got = read("companyName", cases[i].text, cases[i].column);

        if (!str_starts(got, "! ") || !strstr(got, cases[i].said))
            fail_msg("%s: %s", cases[i].text, got);
        free(got);
    }
}

static void test_what_is_counted(void **state)
{
    static const char text[] = "1\n2\n1\nx\n\n x \n";
    struct value_list l;
    struct query q = query_new(&entity_contact);
    struct err e;

    (void)state;
    assert_true(value_list_parse(&l, input("companyId"), text, sizeof(text) - 1, NULL, &e));
    assert_int_equal(l.values.len, 3);
    assert_int_equal(l.repeated, 2);
    assert_int_equal(l.refused, 1);
    assert_int_equal(l.values.items[2].line, 4);
    assert_non_null(strstr(l.values.items[2].why, "is no id"));
    assert_true(query_where(&q, "companyId=7", &e));
    value_list_put(&l, &q);
    assert_int_equal(q.filters[0].n_values, 3);
    assert_string_equal(q.filters[0].text, "7, 1, 2");
    query_free(&q);
    value_list_free(&l);
    assert_false(value_list_parse(&l, input("companyId"), "1\n\0002\n", 4, NULL, &e));
    assert_non_null(strstr(e.text, "NUL"));
}

static void test_the_most(void **state)
{
    struct value_list l;
    struct str text = {0};
    struct err e;

    (void)state;
    for (int i = 0; i < VALUE_LIST_MAX; i++)
        str_addf(&text, "%d\n", i);
    assert_true(value_list_parse(&l, input("zipCode"), text.data, text.len, NULL, &e));
    assert_int_equal(l.values.len, VALUE_LIST_MAX);
    value_list_free(&l);
    str_add(&text, "0\n1\nx\n");
    assert_false(value_list_parse(&l, input("zipCode"), text.data, text.len, NULL, &e));
    assert_non_null(strstr(e.text, "more than 10000 values"));
    str_free(&text);
}

static int locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_what_is_counted),
        cmocka_unit_test(test_the_most),
    };

    return cmocka_run_group_tests_name("flow/value_list", tests, locale, NULL);
}
