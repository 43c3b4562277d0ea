// By which inputs a search may be parted, and what a part asks for.
#include "support/test.h"

#include <stdlib.h>

#include "base/str.h"
#include "model/query_part.h"

static struct query made(const struct entity *entity, const char *a, const char *b)
{
    struct query q = query_new(entity);
    struct err e;

    assert_true(!a || query_where(&q, a, &e));
    assert_true(!b || query_where(&q, b, &e));
    return q;
}

// Names of the ways of a search, '|' between; it is freed.
static char *ways(struct query q)
{
    const struct input *inputs[PART_WAYS_MAX];
    size_t n = query_part_ways(&q, inputs);
    struct str out = {0};

    for (size_t i = 0; i < n; i++)
        str_addf(&out, "%s%s", i ? "|" : "", inputs[i]->name);
    query_free(&q);
    return str_take(&out);
}

static void expect_ways(struct query q, const char *names)
{
    char *got = ways(q);

    assert_string_equal(got, names);
    free(got);
}

static void test_ways(void **state)
{
    (void)state;
    expect_ways(made(&entity_contact, NULL, NULL), "employeeCount|revenue|state|managementLevel");
    expect_ways(made(&entity_company, NULL, NULL), "employeeCount|revenue|state");
    expect_ways(made(&entity_company, "employeeCount=1to4", NULL), "revenue|state");
    expect_ways(made(&entity_company, "employeeCount=1to4,5to9", NULL),
                "employeeCount|revenue|state");
    expect_ways(made(&entity_company, "country=usa", NULL), "employeeCount|revenue");
    expect_ways(made(&entity_contact, "metroRegion!=x", "locationSearchType=HQ"),
                "employeeCount|revenue|state|managementLevel");
}

static void expect_part(struct query q, const char *by, const char *value, const char *text)
{
    struct query part = query_part(&q, entity_input(q.entity, by, BOUND_NONE), value);
    struct str out = {0};

    query_print(&part, &out);
    assert_string_equal(str_text(&out), text);
    str_free(&out);
    query_free(&part);
    query_free(&q);
}

static void test_parts(void **state)
{
    (void)state;
    expect_part(made(&entity_company, "revenue=1mto5m,5gplus", NULL), "revenue", "5gplus",
                "revenue = 5gplus\n");
    // Where a record could have a state of its own and its firm's, only one of them counts.
    expect_part(made(&entity_contact, NULL, NULL), "state", "usa.ohio",
                "state = usa.ohio\nlocationSearchType = PersonThenHQ\n");
    expect_part(made(&entity_contact, "locationSearchType=HQ", NULL), "state", "usa.ohio",
                "locationSearchType = HQ\nstate = usa.ohio\n");
    expect_part(made(&entity_contact, "state=ohio,texas", NULL), "state", "ohio", "state = ohio\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ways), cmocka_unit_test(test_parts)};

    return cmocka_run_group_tests_name("query_part", tests, NULL, NULL);
}
