// GET /lookup/... and what tests ask of the sandbox, over real sockets. Tests.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/http.h"
#include "support/server.h"
#include "support/test.h"

static int start(void **state)
{
    *state = server_start((const char *[]){"--unlimited", NULL});
    return 0;
}

static int stop(void **state)
{
    return server_stop(*state);
}

static json_t *get(const struct server *s, const char *token, const char *path, long status)
{
    char *url = server_at(s, "%s", path);
    json_t *json = http_get_json(url, token, status);

    free(url);
    return json;
}

static void test_every_documented_list_is_served(void **state)
{
    const struct server *s = *state;
    char *token = server_token(s);
    json_t *contract = json_load_file(TEST_DIR "/contract/enterprise-api.json", 0, NULL), *endpoint;
    size_t i, served = 0;

    assert_non_null(contract);
    json_array_foreach(json_object_get(contract, "endpoints"), i, endpoint)
    {
        const char *path = json_string_value(json_object_get(endpoint, "path"));
        char *url;
        json_t *list;

        if (!str_starts(path, "/lookup/") || str_eq(path, "/lookup/tech/product"))
            continue;
        url = server_at(s, "%s", path);
        list = http_get_json(url, token, 200);
        if (str_eq(path, "/lookup/usage"))
            assert_true(json_is_object(list));
        else if (json_array_size(list) == 0)
            fail_msg("%s is empty", path);
        served++;
        json_decref(list);
        free(url);
    }
    assert_int_equal(served, 32 + 34);
    json_decref(contract);
    free(token);
}

static void test_fields_say_what_is_granted(void **state)
{
    const struct server *s = *state;
    char *token = server_token(s);
    json_t *fields = get(s, token, "/lookup/outputfields/contact/enrich", 200), *field;
    size_t i, granted = 0;

    json_array_foreach(fields, i, field)
    {
        const char *access = json_string_value(json_object_get(field, "accessGranted"));

        assert_non_null(access);
        granted += str_eq(access, "true");
    }
    assert_in_range(granted, 1, json_array_size(fields) - 1);
    json_decref(fields);
    free(token);
}

static void test_products_need_three_values(void **state)
{
    static const char *const missing[] = {
        "/lookup/tech/product",
        "/lookup/tech/product?vendor=x&category=y",
        "/lookup/tech/product?vendor=x&parentCategory=y",
        "/lookup/tech/product?category=x&parentCategory=y",
    };
    const struct server *s = *state;
    char *token = server_token(s);
    json_t *json;

    for (size_t i = 0; i < ARRAY_LEN(missing); i++) {
        json = get(s, token, missing[i], 400);
        assert_non_null(strstr(json_string_value(json_object_get(json, "error")),
                               "Missing required parameters"));
        json_decref(json);
    }
    json = get(s, token, "/lookup/tech/product?vendor=no+such&category=x&parentCategory=y", 200);
    assert_int_equal(json_array_size(json), 0);
    json_decref(json);
    free(token);
}

static void test_why(void **state)
{
    const struct server *s = *state;
    char *url, *in_query, *nobody = server_at(s, "/_sandbox/why?entity=contact&id=1&body=%%7B%%7D");
    long long id;
    json_t *posted, *got;

    server_ids(s, "contact", 1, &id);
    url = server_at(s, "/_sandbox/why?entity=contact&id=%lld", id);
    in_query = server_at(
        s, "/_sandbox/why?entity=contact&id=%lld&body=%%7B%%22firstName%%22%%3A%%22x%%22%%7D", id);
    posted = http_post_json(url, NULL, "{\"firstName\":\"x\"}", 200);
    got = http_get_json(in_query, NULL, 200);
    assert_true(json_equal(posted, got));
    assert_int_equal(json_integer_value(json_object_get(posted, "id")), id);
    assert_int_equal(json_array_size(json_object_get(posted, "inputs")), 1);
    json_decref(posted);
    json_decref(got);
    json_decref(http_get_json(nobody, NULL, 404));
    json_decref(get(s, NULL, "/_sandbox/why?entity=cat&id=1", 400));
    json_decref(get(s, NULL, "/_sandbox/why?entity=contact&id=x", 400));
    json_decref(http_post_json(url, NULL, "{", 400));
    free(url);
    free(in_query);
    free(nobody);
}

static void test_stats(void **state)
{
    const struct server *s = *state;
    char *token = server_token(s), *url = server_at(s, "/search/company");

    server_reset(s);
    for (int i = 0; i < 3; i++)
        json_decref(http_post_json(url, token, "{}", 200));
    json_decref(http_post_json(url, token, "{", 400));
    assert_int_equal(server_stat(s, "requests.POST /search/company"), 4);
    assert_int_equal(server_stat(s, "statuses.200"), 3);
    assert_int_equal(server_stat(s, "statuses.400"), 1);
    assert_int_equal(server_stat(s, "peakMinute"), 4);
    assert_int_equal(server_stat(s, "rateLimited"), 0);
    assert_true(server_stat(s, "connections") >= 4);
    free(token);
    free(url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_documented_list_is_served, start, stop),
        cmocka_unit_test_setup_teardown(test_fields_say_what_is_granted, start, stop),
        cmocka_unit_test_setup_teardown(test_products_need_three_values, start, stop),
        cmocka_unit_test_setup_teardown(test_why, start, stop),
        cmocka_unit_test_setup_teardown(test_stats, start, stop),
    };

    return cmocka_run_group_tests_name("sandbox-lookup_routes", tests, NULL, NULL);
}
