// A whole filter set before it is sent: what stops it, what is only remarked.
#include "support/test.h"

#include <locale.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/query.h"

enum { LINES = 4 };

static struct query query_of(const struct entity *entity, const char *const lines[LINES])
{
    struct query q = query_new(entity);
    struct err e = {0};

    for (size_t i = 0; i < LINES && lines[i]; i++) {
        if (!query_where(&q, lines[i], &e))
            fail_msg("%s: %s", lines[i], e.text);
    }
    return q;
}

static void test_sound_sets(void **state)
{
    static const char *const sets[][LINES] = {
        {NULL},
        {"Employees>=10", "Employees<=10"},
        {"Employees>=9", "Employees<=10"}, // as numbers, not as texts
        {"One-year employee growth>=-5", "One-year employee growth<=-4.5"},
        {"Funding date>=2020-01-01", "Funding date<=2020-01-01"},
        {"Employees>=10", "Revenue<=5", "Funding amount<=1"}, // other ranges
        {"zipCode=10001", "zipCodeRadiusMiles=10"},
        {"state=usa.alaska", "country=Canada"}, // only a remark
        {"phone=\"1, 2\",3"},                   // an array takes commas
        {"companyName=\"Initech, Inc.\""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
        struct query q = query_of(&entity_contact, sets[i]);
        struct err e = {0};

        if (!query_check(&q, &e))
            fail_msg("set %zu: %s", i, e.text);
        query_free(&q);
    }
}

static void test_unsound_sets(void **state)
{
    static const struct {
        const char *lines[LINES], *say;
    } sets[] = {
        {{"Employees>=11", "Employees<=10"}, "Employees: the least, 11, is above the most, 10"},
        {{"Employees<=10", "Employees>=11"}, "Employees: the least, 11, is above the most, 10"},
        {{"Employees>=100", "Employees<=20"}, "Employees: the least, 100"},
        {{"Revenue>=3", "Revenue<=2"}, "Revenue: the least, 3"},
        {{"Two-year employee growth>=0", "Two-year employee growth<=-0.5"}, "the least, 0"},
        {{"Funding date>=2020-01-02", "Funding date<=2020-01-01"}, "Funding date: the least"},
        {{"Accuracy score>=90", "Accuracy score<=80"}, "Accuracy score: the least, 90"},
        {{"zipCodeRadiusMiles=10"}, "ZIP code radius needs ZIP code as well"},
        {{"zipCodeRadiusMiles=10", "state=usa.alaska"}, "needs ZIP code"},
        {{"country=\"Congo, Democratic Republic of the\""}, "holds a comma"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
        struct query q = query_of(&entity_contact, sets[i].lines);
        struct err e = {0};

        assert_false(query_check(&q, &e));
        assert_int_equal(e.kind, ERR_INVALID);
        if (!strstr(e.text, sets[i].say))
            fail_msg("set %zu: %s", i, e.text);
        query_free(&q);
    }
}

// The text of n values "12345" with what joins them is 6n - 1 long; 500 characters go.
static void test_length(void **state)
{
    static const struct {
        size_t n;
        const char *last;
        bool ok;
    } cases[] = {{83, "12", true}, {83, "123", false}, {83, "ää", true}, {83, "äää", false}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct query q = query_new(&entity_contact);
        struct str line = {0}, wire = {0};
        struct err e = {0};

        str_add(&line, "zipCode=");
        for (size_t k = 0; k < cases[i].n; k++)
            str_add(&line, "12345,");
        str_add(&line, cases[i].last);
        assert_true(query_where(&q, str_text(&line), &e));
        filter_wire(&q.filters[0], &wire);
        assert_int_equal(wire.len - strlen(cases[i].last), 498);
        assert_int_equal(query_check(&q, &e), cases[i].ok);
        if (!cases[i].ok)
            assert_non_null(
                strstr(e.text, "ZIP code (zipCode) has 501 characters, and the API takes 500"));
        str_free(&line);
        str_free(&wire);
        query_free(&q);
    }
}

// An array has no length of its own, each of its texts has.
static void test_length_of_arrays(void **state)
{
    struct query q = query_new(&entity_contact);
    struct str line = {0};
    struct err e = {0};

    (void)state;
    str_add(&line, "companyTicker=");
    for (int i = 0; i < 200; i++)
        str_add(&line, "12345,");
    assert_true(query_where(&q, str_text(&line), &e));
    assert_true(query_check(&q, &e));
    for (int i = 0; i < 501; i++)
        str_add_char(&line, 'x');
    assert_true(query_where(&q, str_text(&line), &e));
    assert_false(query_check(&q, &e));
    str_free(&line);
    query_free(&q);
}

// Values that came later, from a list, are checked as well.
static void test_set_values(void **state)
{
    static const char *const lines[LINES] = {"industryCodes=software", "zipCode=1"};
    struct query q = query_of(&entity_contact, lines);
    struct err e = {0};

    (void)state;
    assert_true(query_check(&q, &e));
    filter_set(&q.filters[0], 0, "media,software");
    assert_false(query_check(&q, &e));
    assert_non_null(strstr(e.text, "Industry: \"media,software\" holds a comma"));
    filter_set(&q.filters[0], 0, "");
    assert_false(query_check(&q, &e));
    assert_non_null(strstr(e.text, "empty"));
    filter_set(&q.filters[0], 0, "media");
    q.sort_by = "shoeSize";
    assert_false(query_check(&q, &e));
    assert_non_null(strstr(e.text, "contacts cannot be sorted by shoeSize"));
    query_free(&q);
}

// A kind from a newer table than this code is sent as text.
static void test_unknown_kind(void **state)
{
    static const struct input strange = {.name = "strange",
                                         .label = "Strange",
                                         .wire = WIRE_STRING,
                                         .kind = (enum input_kind)77,
                                         .group = GROUP_ADVANCED};
    struct entity entity = entity_contact;
    struct query q = query_new(&entity);
    struct err e = {0};

    (void)state;
    entity.search.inputs = &strange;
    entity.search.n_inputs = 1;
    assert_true(query_where(&q, "strange=a, b", &e));
    assert_string_equal(q.filters[0].values[0], "a, b");
    assert_true(query_check(&q, &e));
    query_free(&q);
}

static void test_remarks(void **state)
{
    static const struct {
        const char *lines[LINES], *say;
    } sets[] = {
        {{"state=usa.alaska", "country=Canada"}, "joined by OR"},
        {{"companyName=Initech"}, "finds firms of that name everywhere"},
        {{"companyName=Initech, Inc."}, "\"Inc.\" is read as a value of its own"},
        {{"Revenue>=5"}, "revenueMin is taken as thousand USD"},
        {{"Revenue<=5"}, "revenueMax is taken as thousand USD"},
        {{"companyId=5", "companyName=Initech or Hooli"},
         "Company name: \"or\" is read as a word; the operator is written in capitals"},
        {{"companyId=5", "companyName=not Initech"}, "Company name: \"not\" is read as a word"},
        {{"companyId=5", "companyName=Or Foods"}, NULL}, // joins nothing where it stands
        {{"companyId=5", "companyName=not"}, NULL},
        {{"industryKeywords=bank NOT river"}, "Industry keywords knows no NOT"},
        {{"companyId=5", "companyName=Bed Bath and Beyond OR Nor"}, NULL},
        {{"companyId=5", "companyName=\"Sink or Swim\""}, NULL},
        {{"state=usa.alaska"}, NULL},
        {{"country=Canada"}, NULL},
        {{"companyName=Initech", "zipCode=10001"}, NULL},
        {{"companyName=\"Initech, Inc.\"", "companyId=5"}, NULL},
        {{"Employees>=5", "Funding amount>=3"}, NULL},
        {{NULL}, NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
        struct query q = query_of(&entity_company, sets[i].lines);
        struct str out = {0};

        query_remarks(&q, &out);
        if (!sets[i].say)
            assert_string_equal(str_text(&out), "");
        else if (!strstr(str_text(&out), sets[i].say))
            fail_msg("set %zu: %s", i, str_text(&out));
        else
            assert_true(str_ends(str_text(&out), ".\n"));
        str_free(&out);
        query_free(&q);
    }
}

static int locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound_sets), cmocka_unit_test(test_unsound_sets),
        cmocka_unit_test(test_length),     cmocka_unit_test(test_length_of_arrays),
        cmocka_unit_test(test_set_values), cmocka_unit_test(test_unknown_kind),
        cmocka_unit_test(test_remarks),
    };

    return cmocka_run_group_tests_name("model/query_check", tests, locale, NULL);
}
