// How rules of faults are set: shown, replaced, read from a file, refused without the option; and
// that they change nothing where none hits. Tests.
#include "sandbox/fault_stage.h"

#include <stdio.h>
#include <string.h>

#include "support/temp.h"

static void test_shown_and_replaced(void **state)
{
    const struct stage *s = *state;
    char *url = server_at(s->server, "/_sandbox/faults");
    json_t *rules, *rule;

    server_faults(s->server, "POST /enrich/* 503-after-work first=1\n/nothing 500");
    for (int i = 0; i < 3; i++) {
        struct http_reply r = enrich(s, 0);

        http_reply_free(&r);
    }
    json_decref(http_post_json(url, NULL, "* five", 400));
    rules = http_get_json(url, NULL, 200);
    assert_int_equal(json_array_size(rules), 2);
    rule = json_array_get(rules, 0);
    assert_string_equal(json_string_value(json_object_get(rule, "operation")), "POST /enrich/*");
    assert_string_equal(json_string_value(json_object_get(rule, "fault")), "503");
    assert_true(json_is_true(json_object_get(rule, "afterWork")));
    assert_int_equal(json_integer_value(json_object_get(rule, "seen")), 3);
    assert_int_equal(json_integer_value(json_object_get(rule, "fired")), 1);
    json_decref(rules);
    server_faults(s->server, "");
    rules = http_get_json(url, NULL, 200);
    assert_int_equal(json_array_size(rules), 0);
    json_decref(rules);
    free(url);
}

// The front hands everything on unchanged where no rule hits.
static void test_front_is_transparent(void **state)
{
    const struct stage *s = *state;
    char *urls[2] = {server_at(s->server, "/lookup/industry"),
                     str_format("%s/lookup/industry", s->server->direct)};
    struct http_reply r[2];
    char text[2][80];

    server_faults(s->server, "/nothing 500");
    for (size_t i = 0; i < 2; i++) {
        r[i] = http_call(NULL, &(struct http_ask){.url = urls[i], .token = s->token, .gzip = true});
        assert_int_equal(r[i].status, 200);
        assert_non_null(http_header(&r[i], "Content-Encoding", text[i], sizeof(text[i])));
        free(urls[i]);
    }
    assert_string_equal(text[0], text[1]);
    assert_int_equal(r[0].body.len, r[1].body.len);
    assert_memory_equal(r[0].body.data, r[1].body.data, r[0].body.len);
    http_reply_free(&r[0]);
    http_reply_free(&r[1]);
}

static void test_not_without_the_option(void **state)
{
    struct server *s = server_start(NULL);
    char *url = server_at(s, "/_sandbox/faults");

    (void)state;
    assert_string_equal(s->url, s->direct);
    json_decref(http_post_json(url, NULL, "* 500", 409));
    json_decref(http_get_json(url, NULL, 409));
    free(url);
    assert_int_equal(server_stop(s), 0);
}

static void test_from_a_file(void **state)
{
    char *folder = temp_make(), *path = str_format("%s/rules", folder);
    FILE *f = fopen(path, "w");
    struct server *s;
    struct http_reply r;
    char *url;

    (void)state;
    assert_non_null(f);
    assert_true(fputs("# all\n* html-403\n", f) >= 0);
    assert_int_equal(fclose(f), 0);
    s = server_start((const char *[]){"--faults", path, NULL});
    url = server_at(s, "/lookup/usage");
    r = http_get(url, NULL);
    assert_int_equal(r.status, 403);
    http_reply_free(&r);
    free(url);
    assert_int_equal(server_stop(s), 0);
    temp_remove(folder);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FAULTS(test_shown_and_replaced),
        WITH_FAULTS(test_front_is_transparent),
        cmocka_unit_test(test_not_without_the_option),
        cmocka_unit_test(test_from_a_file),
    };

    return cmocka_run_group_tests_name("sandbox-fault_set", tests, NULL, NULL);
}
