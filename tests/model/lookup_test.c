// Lookup lists by their names, values by what is typed.
#include "support/test.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/lookup.h"

static void test_plain_names(void **state)
{
    static const struct {
        const char *name, *path;
    } cases[] = {
        {"industry", "industry"},
        {"industries", "industry"},
        {"Industries", "industry"},
        {"management level", "managementLevel"},
        {"management-levels", "managementLevel"},
        {"managementLevel", "managementLevel"},
        {"sic", "siccode"},
        {"SIC codes", "siccode"},
        {"naics", "naicscode"},
        {"tech vendor", "tech/vendor"},
        {"tech/vendor", "tech/vendor"},
        {"TECH/VENDOR", "tech/vendor"},
        {"technology vendors", "tech/vendor"},
        {"tech product", "tech/product"},
        {"tech skills", "tech-skills"},
        {"metro", "metroarea"},
        {"country", "country"},
        {"countries", "country"},
        {"state", "state"},
        {"news", "news/categories"},
        {"intent topics", "intent/topics"},
        {"topics intent", "intent/topics"},
        {"years of experience", "years-of-experience"},
        {"years", "years-of-experience"},
        {"employee count", "employeecount"},
        {"board member", "boardMember"},
        {"buying group", "buyinggroups"},
        {"sub-unit types", "subunittypes"},
        {"/lookup/tech/vendor", "tech/vendor"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct lookup_def *def = lookup_find(cases[i].name);

        if (!def)
            fail_msg("no list is called %s", cases[i].name);
        assert_string_equal(def->path, cases[i].path);
    }
}

// Every list answers to its path and its label, however they are written.
static void test_every_list(void **state)
{
    (void)state;
    for (const struct lookup_def *d = lookup_all(); d->path; d++) {
        assert_ptr_equal(lookup_find(d->path), d);
        assert_ptr_equal(lookup_find(d->label), d);
        assert_string_equal(lookup_nearest(d->path), d->path);
    }
}

// What names several lists, or none, names no list.
static void test_unclear_names(void **state)
{
    static const char *const names[] = {"",     " ",   "tech", "company", "scoop",
                                        "code", "zzz", "/",    "s"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (lookup_find(names[i]))
            fail_msg("\"%s\" is taken for %s", names[i], lookup_find(names[i])->path);
    }
    assert_string_equal(lookup_nearest("industri"), "industry");
    assert_null(lookup_nearest("qqqqqqqqqq"));
}

static void test_parameters(void **state)
{
    (void)state;
    assert_string_equal(lookup_find("tech/product")->query, "vendor|parentCategory|category");
    assert_null(lookup_find("hashtag")->query);
    assert_null(lookup_find("industry")->query);
}

static struct lookup_list list_of(void)
{
    struct lookup_list l = {0};

    lookup_add(&l, "software", "Software", NULL, "{}");
    lookup_add(&l, "software.security", "Security Software", "software", "{\"Id\":1}");
    lookup_add(&l, "usa.california.sanfrancisco", "CA - San Francisco", NULL, "{}");
    lookup_add(&l, "5", "Information Technology", NULL, "{}");
    lookup_add(&l, "media.data", "", NULL, "{}");
    lookup_add(&l, "bahamas", "Bahamas", NULL, "{}");
    lookup_add(&l, "7", "5", NULL, "{}");
    return l;
}

static void test_find_value(void **state)
{
    struct lookup_list l = list_of();

    (void)state;
    assert_string_equal(lookup_value_find(&l, "SOFTWARE")->id, "software");
    assert_string_equal(lookup_value_find(&l, "security software")->id, "software.security");
    assert_string_equal(lookup_value_find(&l, "security software")->parent, "software");
    assert_string_equal(lookup_value_find(&l, "security software")->raw, "{\"Id\":1}");
    assert_string_equal(lookup_value_find(&l, "5")->name, "Information Technology"); // id first
    assert_null(lookup_value_find(&l, "soft"));
    assert_null(lookup_value_find(&l, ""));
    assert_string_equal(lookup_value_nearest(&l, "bahmas")->id, "bahamas");
    assert_string_equal(lookup_value_nearest(&l, "Infomation Technology")->id, "5");
    assert_null(lookup_value_nearest(&l, "qqqqqqqqqqqqqq"));
    lookup_free(&l);
    assert_null(lookup_value_find(&l, "software"));
    lookup_free(&l);
}

static void test_match_value(void **state)
{
    struct lookup_list l = list_of();
    const struct lookup_value *software = &l.values[0], *security = &l.values[1],
                              *city = &l.values[2];

    (void)state;
    assert_true(lookup_match(software, "soft") > lookup_match(security, "ware"));
    assert_true(lookup_match(software, "software") > lookup_match(security, "software"));
    assert_true(lookup_match(security, "secur") > lookup_match(security, "curity"));
    assert_true(lookup_match(city, "fran") > lookup_match(city, "ranc"));
    assert_true(lookup_match(security, "soft sec") > 0);
    assert_true(lookup_match(security, "sec soft") > 0);
    assert_true(lookup_match(security, "  SEC\tSOFT ") > 0);
    assert_int_equal(lookup_match(security, "soft hard"), 0);
    assert_int_equal(lookup_match(software, "security"), 0);
    assert_true(lookup_match(software, "") > 0);
    assert_true(lookup_match(&l.values[4], "data") > 0);
    assert_true(lookup_match_text("tech/vendor", "Technology vendors", "tech ven") > 0);
    lookup_free(&l);
}

static void test_long_list(void **state)
{
    struct lookup_list l = {0};
    char id[16];

    (void)state;
    for (int i = 0; i < 3000; i++) {
        (void)snprintf(id, sizeof(id), "id%d", i);
        lookup_add(&l, id, "", i ? "id0" : NULL, "{}");
    }
    assert_int_equal(l.n, 3000);
    assert_string_equal(lookup_value_find(&l, "ID2999")->parent, "id0");
    assert_null(l.values[0].parent);
    lookup_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_names),   cmocka_unit_test(test_every_list),
        cmocka_unit_test(test_unclear_names), cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_find_value),    cmocka_unit_test(test_match_value),
        cmocka_unit_test(test_long_list),
    };

    return cmocka_run_group_tests_name("model/lookup", tests, NULL, NULL);
}
