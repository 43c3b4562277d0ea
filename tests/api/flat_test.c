// What is nested in a row as the text of a cell. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "api/flat.h"

static void expect(const char *json, const char *text)
{
    struct str out = {0};

    flat_nested(json, "a", &out);
    assert_string_equal(str_text(&out), text);
    str_free(&out);
}

static void paths_have_their_values_in_the_order_of_the_list(void **state)
{
    (void)state;
    expect("{\"a\":[{\"x\":\"1\",\"c\":{\"n\":\"A\"}},{\"x\":2,\"c\":{\"n\":null},\"t\":true},"
           "{\"c\":{\"n\":\"C\"}}]}",
           "x: 1; 2 | c.n: A; ; C | t: ; true");
    expect("{\"a\":[{\"l\":[\"p\",\"q\"]},{\"l\":[{\"m\":1},{\"m\":2}]}]}",
           "l: p, q | l.m: ; 1, 2");
    expect("{\"a\":{\"x\":{\"y\":-1}}}", "x.y: -1");
    expect("{\"a\":[\"s\",{\"x\":1}]}", "s | x: ; 1");
}

static void what_is_not_there_gives_nothing(void **state)
{
    (void)state;
    expect("{\"a\":[]}", "");
    expect("{\"b\":1}", "");
    expect("[1]", "");
    expect("no JSON", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_have_their_values_in_the_order_of_the_list),
        cmocka_unit_test(what_is_not_there_gives_nothing),
    };

    return cmocka_run_group_tests_name("api/flat", tests, NULL, NULL);
}
