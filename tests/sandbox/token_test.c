// Access tokens by themselves: what they say, and what is no token. Tests.
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <openssl/evp.h>

#include "base/mem.h"
#include "base/str.h"
#include "sandbox/token.h"
#include "support/test.h"

enum { NOW = 1800000000, LIFE = 3600 };

// The part between two dots as JSON.
static json_t *part(const char *token, int index)
{
    const char *start = token;
    struct str text = {0};
    unsigned char bytes[TOKEN_MAX];
    json_t *json;
    int n;

    for (; index; index--)
        start = strchr(start, '.') + 1;
    for (const char *p = start; *p && *p != '.'; p++)
        str_add_char(&text, *p == '-' ? '+' : *p == '_' ? '/' : *p);
    while (text.len % 4)
        str_add_char(&text, '=');
    n = EVP_DecodeBlock(bytes, (const unsigned char *)text.data, (int)text.len);
    assert_true(n > 0);
    while (bytes[n - 1] == '\0')
        n--;
    json = json_loadb((const char *)bytes, (size_t)n, 0, NULL);
    assert_non_null(json);
    str_free(&text);
    return json;
}

static void test_says_who_and_how_long(void **state)
{
    struct token_key key = token_key_new();
    char *token = token_new(&key, "analyst@example.com", NOW, LIFE);
    json_t *header = part(token, 0), *claims = part(token, 1);

    (void)state;
    assert_string_equal(json_string_value(json_object_get(header, "alg")), "HS256");
    assert_string_equal(json_string_value(json_object_get(header, "typ")), "JWT");
    assert_string_equal(json_string_value(json_object_get(claims, "username")),
                        "analyst@example.com");
    assert_int_equal(json_integer_value(json_object_get(claims, "iat")), NOW);
    assert_int_equal(json_integer_value(json_object_get(claims, "exp")), NOW + LIFE);
    assert_true(json_is_string(json_object_get(claims, "iss")));
    json_decref(header);
    json_decref(claims);
    free(token);
}

static void test_lives_until_exp(void **state)
{
    struct token_key key = token_key_new();
    char *token = token_new(&key, "a", NOW, LIFE);

    (void)state;
    assert_true(token_good(&key, token, NOW));
    assert_true(token_good(&key, token, NOW + LIFE - 1));
    assert_false(token_good(&key, token, NOW + LIFE));
    free(token);
}

static void test_no_bit_may_change(void **state)
{
    struct token_key key = token_key_new(), other = token_key_new();
    char *token = token_new(&key, "someone", NOW, LIFE);

    (void)state;
    assert_false(token_good(&other, token, NOW));
    for (size_t i = 0; token[i]; i++) {
        char kept = token[i];

        token[i] = kept == 'A' ? 'B' : 'A';
        assert_false(token_good(&key, token, NOW));
        token[i] = kept;
    }
    for (size_t len = strlen(token); len-- > 0;) {
        token[len] = '\0';
        assert_false(token_good(&key, token, NOW));
    }
    free(token);
}

static void test_odd_texts(void **state)
{
    static const char *const texts[] = {"", ".", "..", "...", "a.b.c", "eyJhbGciOiJub25lIn0.e30."};
    struct token_key key = token_key_new();

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        assert_false(token_good(&key, texts[i], NOW));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_says_who_and_how_long),
        cmocka_unit_test(test_lives_until_exp),
        cmocka_unit_test(test_no_bit_may_change),
        cmocka_unit_test(test_odd_texts),
    };

    return cmocka_run_group_tests_name("sandbox-token", tests, NULL, NULL);
}
