// https, with and without the fault front. Tests.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/cert.h"
#include "support/http.h"
#include "support/run.h"
#include "support/server.h"
#include "support/temp.h"
#include "support/test.h"

struct keys {
    char *folder, *cert, *key;
};

static struct keys make_keys(void)
{
    struct keys k = {.folder = temp_make()};

    cert_make(k.folder, "server", NULL);
    k.cert = str_format("%s/server.pem", k.folder);
    k.key = str_format("%s/server.key", k.folder);
    return k;
}

static void free_keys(struct keys *k)
{
    temp_remove(k->folder);
    free(k->folder);
    free(k->cert);
    free(k->key);
}

static const char who[] = "{\"username\":\"analyst@example.com\",\"password\":\"sandbox\"}";

static void check_https(const struct server *s, const struct keys *k)
{
    char *url = server_at(s, "/authenticate");
    struct http_ask ask = {.method = "POST", .url = url, .body = who, .ca = k->cert};
    struct http_reply r = http_call(NULL, &ask);

    assert_true(str_starts(s->url, "https://127.0.0.1:"));
    assert_int_equal(r.curl, 0);
    assert_int_equal(r.status, 200);
    http_reply_free(&r);
    ask.ca = NULL;
    r = http_call(NULL, &ask);
    assert_int_equal(r.curl, 60); // who signed it is not known
    http_reply_free(&r);
    free(url);
}

static void test_https(void **state)
{
    struct keys k = make_keys();
    struct server *s = server_start((const char *[]){"--tls", k.cert, k.key, NULL});

    (void)state;
    check_https(s, &k);
    assert_int_equal(server_stop(s), 0);
    free_keys(&k);
}

static void test_https_with_faults(void **state)
{
    static const struct {
        const char *rule;
        int curl, early; // early: where it happens before the handshake begins
    } cases[] = {
        {"* refuse first=1", 35, 7},           {"* reset first=1", 56, 56},
        {"* close first=1", 52, 52},           {"* truncate first=1", 18, 18},
        {"* reset-in-answer first=1", 56, 56}, {"* stall first=1", 28, 28},
        {"* drip bps=2000 first=1", 0, 0},     {"* 503 first=1", 0, 0},
    };
    struct keys k = make_keys();
    struct server *s =
        server_start((const char *[]){"--tls", k.cert, k.key, "--unlimited", "--faults", "", NULL});
    char *url = server_at(s, "/authenticate");
    struct http_ask ask = {
        .method = "POST", .url = url, .body = who, .ca = k.cert, .timeout_ms = 600};

    (void)state;
    check_https(s, &k);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct http_reply r;

        server_faults(s, cases[i].rule);
        r = http_call(NULL, &ask);
        if (r.curl != cases[i].curl && r.curl != cases[i].early)
            fail_msg("%s: curl %d, not %d", cases[i].rule, r.curl, cases[i].curl);
        http_reply_free(&r);
    }
    free(url);
    assert_int_equal(server_stop(s), 0);
    free_keys(&k);
}

static void test_keys_that_do_not_fit(void **state)
{
    static const char *const faults[] = {"--unlimited", "--faults"};
    struct keys k = make_keys(), other = make_keys();

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        struct home home = home_make();
        struct run r = run_program(&home,
                                   (const char *[]){SANDBOX_BINARY, "--companies", "10",
                                                    "--contacts", "10", "--tls", k.cert, other.key,
                                                    faults[i], i ? "" : NULL, NULL},
                                   NULL);

        assert_int_equal(r.status, 2);
        assert_non_null(strstr(str_text(&r.err), "hold no PEM that belongs together"));
        run_free(&r);
        home_remove(&home);
    }
    free_keys(&k);
    free_keys(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_https),
        cmocka_unit_test(test_https_with_faults),
        cmocka_unit_test(test_keys_that_do_not_fit),
    };

    return cmocka_run_group_tests_name("sandbox-tls", tests, NULL, NULL);
}
