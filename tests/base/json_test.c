// JSON strings, read back by a parser.
#include "support/test.h"

#include <jansson.h>

#include "base/json.h"
#include "base/rng.h"

static void check_quoted(const char *text, const char *expected)
{
    struct str out = {0};

    json_quote(text, &out);
    assert_string_equal(out.data, expected);
    str_free(&out);
}

static void test_escapes(void **state)
{
    (void)state;
    check_quoted("", "\"\"");
    check_quoted("plain/slash", "\"plain/slash\"");
    check_quoted("\"\\", "\"\\\"\\\\\"");
    check_quoted("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"");
    check_quoted("\x01\x1f\x7f", "\"\\u0001\\u001f\x7f\"");
    check_quoted("Zo\xc3\xab", "\"Zo\xc3\xab\"");
}

static void test_a_parser_reads_it_back(void **state)
{
    struct rng r = rng_seed(9);
    struct str in = {0}, out = {0};

    (void)state;
    for (int i = 0; i < 5000; i++) {
        json_t *value;

        str_clear(&in);
        str_clear(&out);
        for (uint32_t n = rng_below(&r, 20); n > 0; n--)
            str_add_char(&in, (char)(1 + rng_below(&r, 127)));
        json_quote(str_text(&in), &out);
        value = json_loadb(out.data, out.len, JSON_DECODE_ANY, NULL);
        assert_string_equal(json_string_value(value), str_text(&in));
        json_decref(value);
    }
    str_free(&in);
    str_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_a_parser_reads_it_back),
    };

    return cmocka_run_group_tests_name("base-json", tests, NULL, NULL);
}
