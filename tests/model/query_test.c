// Filter sets: lines read, merged, written again; what a person reads where a line is wrong.
#include "support/test.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "model/query.h"
#include "model/random_query.h"

static const struct filter *filter_named(const struct query *q, const char *name)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (str_eq(q->filters[i].input->name, name))
            return &q->filters[i];
    }
    return NULL;
}

// The values as they would go on the wire, '|' between.
static char *joined(const struct filter *f)
{
    struct str out = {0};

    for (size_t i = 0; i < f->n_values; i++)
        str_addf(&out, "%s%s", i ? "|" : "", f->values[i]);
    return str_take(&out);
}

static void assert_line(const struct entity *entity, const char *line, const char *name,
                        const char *values)
{
    struct query q = query_new(entity);
    struct err e = {0};
    char *got;

    if (!query_where(&q, line, &e))
        fail_msg("%s: %s", line, e.text);
    assert_int_equal(q.n_filters, 1);
    assert_string_equal(q.filters[0].input->name, name);
    got = joined(&q.filters[0]);
    assert_string_equal(got, values);
    free(got);
    query_free(&q);
}

static void test_lines(void **state)
{
    static const struct {
        const char *line, *name, *values;
    } cases[] = {
        {"managementLevel=VP Level Exec", "managementLevel", "VP Level Exec"},
        {"  MANAGEMENT level = VP Level Exec ,Director ", "managementLevel",
         "VP Level Exec|Director"},
        {"industryCodes=software", "industryCodes", "software"},
        {"Industry=Software,Retail,,", "industryCodes", "Software|Retail"},
        {"companyName=\"Initech, Inc.\",Hooli", "companyName", "Initech, Inc.|Hooli"},
        {"companyName=\"The \"\"Big\"\" One\"", "companyName", "The \"Big\" One"},
        {"companyName=Initech NOT Hooli", "companyName", "Initech NOT Hooli"},
        {"companyName=\"Sink OR Swim\"", "companyName", "\"Sink OR Swim\""}, // a phrase stays one
        {"companyName=\"Sink, Swim\"", "companyName", "Sink, Swim"},
        {"jobTitle=\"VP, Sales\" OR Head", "jobTitle", "\"VP, Sales\" OR Head"},
        {"jobTitle=Monitor 5\" panels, Chef", "jobTitle", "Monitor 5\" panels|Chef"},
        {"school=Trinity College, Dublin", "school", "Trinity College, Dublin"},
        {"school=\"Trinity College, Dublin\"", "school", "Trinity College, Dublin"},
        {"school=\"Trinity", "school", "\"Trinity"},
        {"lastName=李", "lastName", "李"},
        {"firstName=a=b", "firstName", "a=b"},
        {"companyWebsite=http://example.com/?a=b&c>=d", "companyWebsite",
         "http://example.com/?a=b&c>=d"},
        {"Employees>=100", "employeeRangeMin", "100"},
        {"Employees <= 100", "employeeRangeMax", "100"},
        {"employeeRangeMax=100", "employeeRangeMax", "100"},
        {"employeeRangeMin >= 100", "employeeRangeMin", "100"},
        {"revenue >= 5", "revenueMin", "5"},
        {"revenue = 1mto5m", "revenue", "1mto5m"},
        {"accuracy score>=70", "contactAccuracyScoreMin", "70"},
        {"One-year employee growth >= -12.5", "oneYearEmployeeGrowthRateMin", "-12.5"},
        {"Last updated >= 2024-02-29", "lastUpdatedDateAfter", "2024-02-29"},
        {"managementLevel!=Director", "excludeManagementLevel", "Director"},
        {"Job title != Intern, Trainee", "excludeJobTitle", "Intern|Trainee"},
        {"Metro area!=usa.newyork", "excludedRegions", "usa.newyork"},
        {"executivesOnly=yes", "executivesOnly", "true"},
        {"executivesOnly=0", "executivesOnly", "false"},
        {"executivesOnly=TRUE", "executivesOnly", "true"},
        {"zipCodeRadiusMiles=25", "zipCodeRadiusMiles", "25"},
        {"companyPastOrPresent=PASTANDPRESENT", "companyPastOrPresent", "pastAndPresent"},
        {"personId=-1766367996, 7076615179", "personId", "-1766367996|7076615179"},
        {"phone=\"+1 555 0100\",555-0101", "phone", "+1 555 0100|555-0101"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_line(&entity_contact, cases[i].line, cases[i].name, cases[i].values);
    assert_line(&entity_company, "certified=yes", "certified", "1");
    assert_line(&entity_company, "certified=false", "certified", "0");
    assert_line(&entity_company, "businessModel=b2b,B2C", "businessModel", "B2B|B2C");
    assert_line(&entity_company, "IT budget>=5", "itDepartmentBudgetMin", "5");
}

static const struct refusal {
    const char *line, *say;
} refusals[] = {
    {"", "FIELD=VALUE"},
    {"managementLevel", "FIELD=VALUE"},
    {"Employees > 100", "FIELD=VALUE"},
    {"Employees ! 100", "FIELD=VALUE"},
    {"managmentLevel=Director", "did you mean \"managementLevel\"?"},
    {"Job titel=Chef", "did you mean \"Job title\"?"},
    {"zzzzzzzzzz=1", "named as in the API"},
    {"=Director", "no field \"\""},
    {"managementLevel=", "Management level has no value"},
    {"managementLevel=,,", "Management level has no value"},
    {"managementLevel=\"\"", "Management level has no value"},
    {"school=", "is an empty value"},
    {"school=\"\"", "is an empty value"},
    {"companyName=\"Initech, Hooli", "double quote that is not closed"},
    {"industryCodes!=software", "only these can: Job title, Management level, Metro area"},
    {"industryCodes>=software", "Industry takes =, not >="},
    {"Employees=100", "Employees takes >= and <=, not ="},
    {"Employees!=100", "Employees takes >= and <=, not !="},
    {"Last updated<=2024-01-01", "Last updated takes >=, not <="},
    {"Employees>=1,000", "holds a comma; write the number's digits only"},
    {"Employees>=10k", "\"10k\" is no whole number; write all its digits"},
    {"Employees>=10.5", "is no whole number"},
    {"Employees>=-1", "is less than 0"},
    {"Employees>=99999999999999999999", "is no whole number"},
    {"One-year employee growth>=fast", "is no number"},
    {"Accuracy score>=69", "does not lie between 70 and 99"},
    {"Accuracy score<=100", "does not lie between 70 and 99"},
    {"Last updated>=2024-02-30", "is no day written as YYYY-MM-DD"},
    {"Last updated>=1/2/2024", "is no day written as YYYY-MM-DD"},
    {"executivesOnly=maybe", "is neither true nor false"},
    {"zipCodeRadiusMiles=30", "is none of 10, 25, 50, 100, 250"},
    {"hasBeenNotified=never", "is none of exclude, include, only"},
    {"personId=12a", "is no id"},
    {"companyId=1,two", "\"two\" is no id"},
    {"jobTitle=Chef OR", "operator without a phrase"},
    {"jobTitle=OR Chef", "operator without a phrase"},
    {"jobTitle=Chef OR OR Cook", "operator without a phrase"},
    {"companyName=NOT", "operator without a phrase"},
    {"lastName=a\tb", "holds a control character"},
    {"lastName=a\x1b[31mb", "holds a control character"},
    {"lastName=\xff\xfe", "is not UTF-8"},
    {"sortBy=lastName", "--sort"},
    {"rpp=10", "--limit"},
    {"page=2", "is no filter"},
};

static void test_refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        struct query q = query_new(&entity_contact);
        struct err e = {0};

        if (query_where(&q, refusals[i].line, &e))
            fail_msg("%s was taken", refusals[i].line);
        assert_int_equal(e.kind, ERR_INVALID);
        if (!strstr(e.text, refusals[i].say))
            fail_msg("%s: %s", refusals[i].line, e.text);
        assert_null(strpbrk(e.text, "\x1b\t\n\xff"));
        assert_int_equal(q.n_filters, 0);
        query_free(&q);
    }
}

static void where(struct query *q, const char *line)
{
    struct err e = {0};

    if (!query_where(q, line, &e))
        fail_msg("%s: %s", line, e.text);
}

static void assert_values(const struct query *q, const char *name, const char *values)
{
    const struct filter *f = filter_named(q, name);
    char *got;

    assert_non_null(f);
    got = joined(f);
    assert_string_equal(got, values);
    free(got);
}

// Fields of several values take more; others are replaced; a bad line changes nothing.
static void test_merging(void **state)
{
    struct query q = query_new(&entity_contact);
    struct str out = {0};
    struct err e = {0};

    (void)state;
    where(&q, "managementLevel=Director");
    where(&q, "Management level=Manager,\"VP Level Exec\"");
    where(&q, "school=First");
    where(&q, "School=Second");
    where(&q, "Employees>=1");
    where(&q, "employeeRangeMin=2");
    where(&q, "Employees<=3");
    assert_false(query_where(&q, "Employees<=x", &e));
    assert_false(query_where(&q, "school=\xff", &e));
    assert_int_equal(q.n_filters, 4);
    assert_values(&q, "managementLevel", "Director|Manager|VP Level Exec");
    assert_values(&q, "school", "Second");
    assert_values(&q, "employeeRangeMin", "2");
    assert_values(&q, "employeeRangeMax", "3");
    query_print(&q, &out);
    assert_string_equal(str_text(&out),
                        "managementLevel = Director, Manager,\"VP Level Exec\"\n"
                        "school = Second\nemployeeRangeMin = 2\nemployeeRangeMax = 3\n");
    str_free(&out);
    query_free(&q);
    assert_int_equal(q.n_filters, 0);
}

static void test_wire(void **state)
{
    struct query q = query_new(&entity_contact);
    struct str out = {0};

    (void)state;
    where(&q, "jobTitle=Chef, Cook");
    where(&q, "zipCode=10001, 10002");
    where(&q, "school=One, Two");
    for (size_t i = 0; i < q.n_filters; i++) {
        filter_wire(&q.filters[i], &out);
        str_add_char(&out, '/');
    }
    assert_string_equal(str_text(&out), "Chef OR Cook/10001,10002/One, Two/");
    str_free(&out);
    query_free(&q);
}

// A resolved value goes on the wire; the text stays as it was given.
static void test_set(void **state)
{
    struct query q = query_new(&entity_contact);
    struct str out = {0};

    (void)state;
    where(&q, "department=Information Technology,Sales");
    filter_set(&q.filters[0], 0, "5");
    filter_set(&q.filters[0], 0, q.filters[0].values[0]); // by itself
    filter_wire(&q.filters[0], &out);
    assert_string_equal(str_text(&out), "5,Sales");
    str_clear(&out);
    query_print(&q, &out);
    assert_string_equal(str_text(&out), "department = Information Technology,Sales\n");
    str_free(&out);
    query_free(&q);
}

static void test_sort(void **state)
{
    static const struct {
        const char *text, *by;
        bool ascending;
    } good[] = {{"lastName", "lastName", false},
                {"LASTNAME:asc", "lastName", true},
                {" lastName : ascending ", "lastName", true},
                {"contactAccuracyScore:desc", "contactAccuracyScore", false},
                {"relevance:DESCENDING", "relevance", false}};
    static const struct {
        const char *text, *say;
    } bad[] = {{"lastNam", "did you mean lastName?"},
               {"", "contacts cannot be sorted"},
               {"employeeCount", "only by contactAccuracyScore, lastName"},
               {"lastName:up", "asc or desc"},
               {"lastName:", "asc or desc"}};
    struct query q = query_new(&entity_contact);
    struct err e = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        assert_true(query_sort(&q, good[i].text, &e));
        assert_string_equal(q.sort_by, good[i].by);
        assert_int_equal(q.ascending, good[i].ascending);
    }
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_false(query_sort(&q, bad[i].text, &e));
        assert_non_null(strstr(e.text, bad[i].say));
        assert_string_equal(q.sort_by, "relevance");
    }
    query_free(&q);
}

// --- any filter set survives being written and read

static void assert_survives(const struct query *q)
{
    struct query again = query_new(q->entity);
    struct str text = {0}, text_again = {0};
    char *copy, *rest;

    query_print(q, &text);
    copy = mem_strdup(str_text(&text));
    rest = copy;
    for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n"))
        where(&again, line);
    assert_same(q, &again);
    query_print(&again, &text_again);
    assert_string_equal(str_text(&text), str_text(&text_again));
    free(copy);
    str_free(&text);
    str_free(&text_again);
    query_free(&again);
}

// Every input, one after the other and all together, some of them twice.
static void round_trip(struct rng *r, const struct entity *entity)
{
    struct query all = query_new(entity);

    for (size_t i = 0; i < entity->search.n_inputs; i++) {
        const struct input *in = &entity->search.inputs[i];
        struct query one = query_new(entity);
        char *line;

        if (in->kind == INPUT_PAGING)
            continue;
        line = odd_line(r, in);
        where(&one, line);
        where(&all, line);
        if (rng_below(r, 3) == 0)
            where(&all, line);
        assert_survives(&one);
        query_free(&one);
        free(line);
    }
    assert_survives(&all);
    query_free(&all);
}

static void test_round_trip(void **state)
{
    struct rng r = rng_seed(20);

    (void)state;
    for (int i = 0; i < 60; i++) {
        round_trip(&r, &entity_contact);
        round_trip(&r, &entity_company);
    }
}

// What was quoted comes out as it was before quoting.
static void test_odd_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        struct str line = {0};

        str_add(&line, "companyTicker=\"");
        for (const char *p = odd[i]; *p; p++)
            str_addf(&line, *p == '"' ? "\"\"" : "%c", *p);
        str_add_char(&line, '"');
        if (odd[i][0] != ' ')
            assert_line(&entity_contact, str_text(&line), "companyTicker", odd[i]);
        str_free(&line);
    }
}

// No line at all harms: bytes at random, and fragments put together.
static void test_any_bytes(void **state)
{
    static const char *const parts[] = {
        "jobTitle", "Employees", "=",   "!=",   ">=",   "<=", "\"",         ",",
        " ",        "OR",        "NOT", "\xff", "\x01", "7",  "companyName"};
    struct query q = query_new(&entity_contact);
    struct rng r = rng_seed(7);

    (void)state;
    for (int i = 0; i < 30000; i++) {
        struct str line = {0};
        struct err e = {0};

        for (unsigned n = rng_below(&r, 9); n > 0; n--) {
            if (rng_below(&r, 4))
                str_add(&line, parts[rng_below(&r, ARRAY_LEN(parts))]);
            else
                str_add_char(&line, (char)(1 + rng_below(&r, 255)));
        }
        if (!query_where(&q, str_text(&line), &e))
            assert_int_equal(e.kind, ERR_INVALID);
        str_free(&line);
        if (i % 100 == 0) {
            assert_survives(&q);
            query_free(&q);
            q = query_new(&entity_contact);
        }
    }
    query_free(&q);
}

static int locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),      cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_merging),    cmocka_unit_test(test_wire),
        cmocka_unit_test(test_set),        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_odd_values),
        cmocka_unit_test(test_any_bytes),
    };

    return cmocka_run_group_tests_name("model/query", tests, locale, NULL);
}
