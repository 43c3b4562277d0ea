// Addresses of accounts: what may be called, folders and hosts out of them.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "flow/address.h"

static void test_what_may_be_called(void **state)
{
    static const char *const good[] = {"https://api.example.com", "http://127.0.0.1:8080",
                                       "http://localhost:1", "http://[::1]:80"};
    static const char *const bad[] = {"http://api.example.com",
                                      "http://127.evil.example",
                                      "http://localhost.evil.example",
                                      "ftp://x",
                                      "",
                                      "api.example.com"};
    struct err e;

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
        assert_true(address_check(good[i], &e));
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        assert_false(address_check(bad[i], &e));
        assert_int_equal(e.kind, ERR_INVALID);
    }
    assert_true(address_check(address_official, &e));
    assert_true(address_is_loopback("https://localhost/x"));
    assert_false(address_is_loopback("https://example.com"));
}

static void take(char *made, const char *wanted)
{
    assert_string_equal(made, wanted);
    free(made);
}

static void test_made_of_them(void **state)
{
    (void)state;
    take(address_plain("https://a.example//"), "https://a.example");
    take(address_profile("https://a-b.example:8443/v1"), "a-b.example_8443_v1");
    take(address_host("https://a.example:8443/v1?x"), "a.example:8443");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_may_be_called),
        cmocka_unit_test(test_made_of_them),
    };

    return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
