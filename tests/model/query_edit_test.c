// Filters set one by one, taken away, copied.
#include "support/test.h"

#include <string.h>

#include "model/query.h"

static const struct input *input(const char *name)
{
    return entity_input(&entity_contact, name, BOUND_NONE);
}

static void set(struct query *q, const char *name, const char *values)
{
    struct err e;

    if (!query_set(q, input(name), values, &e))
        fail_msg("%s", e.text);
}

static void expect(const struct query *q, const char *text)
{
    struct str out = {0};

    query_print(q, &out);
    assert_string_equal(str_text(&out), text);
    str_free(&out);
}

static void test_set_and_take_away(void **state)
{
    struct query q = query_new(&entity_contact);
    struct err e;

    (void)state;
    set(&q, "firstName", "Ana");
    set(&q, "companyName", " \"A, B\", C ");
    set(&q, "lastName", "Ruiz");
    set(&q, "companyName", "D");
    expect(&q, "firstName = Ana\ncompanyName = D\nlastName = Ruiz\n");
    assert_string_equal(query_get(&q, input("companyName")), "D");
    assert_string_equal(query_get(&q, input("phone")), "");
    assert_false(query_set(&q, input("personId"), "x", &e));
    assert_int_equal(e.kind, ERR_INVALID);
    assert_false(query_set(&q, input("companyName"), "\"open", &e));
    set(&q, "firstName", "  ");
    set(&q, "phone", "");
    expect(&q, "companyName = D\nlastName = Ruiz\n");
    set(&q, "lastName", "");
    set(&q, "companyName", "");
    expect(&q, "");
    query_free(&q);
}

static void test_a_copy_is_its_own(void **state)
{
    struct query q = query_new(&entity_contact), copy;
    struct err e;

    (void)state;
    set(&q, "companyName", "\"A, B\", C");
    assert_true(query_sort(&q, "lastName:asc", &e));
    copy = query_copy(&q);
    set(&q, "companyName", "");
    query_free(&q);
    expect(&copy, "companyName = \"A, B\", C\n");
    assert_int_equal(copy.filters[0].n_values, 2);
    assert_string_equal(copy.filters[0].values[0], "A, B");
    assert_string_equal(copy.sort_by, "lastName");
    assert_true(copy.ascending);
    query_free(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set_and_take_away),
        cmocka_unit_test(test_a_copy_is_its_own),
    };

    return cmocka_run_group_tests_name("query edit", tests, NULL, NULL);
}
