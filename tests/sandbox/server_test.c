// The sandbox's door over real sockets: options, sign-in, tokens, headers, edges. Tests.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/http.h"
#include "support/run.h"
#include "support/server.h"
#include "support/test.h"

#define WHO "{\"username\":\"analyst@example.com\",\"password\":\"sandbox\"}"

static int start_unlimited(void **state)
{
    *state = server_start((const char *[]){"--unlimited", NULL});
    return 0;
}

static int stop(void **state)
{
    return server_stop(*state);
}

static struct run run_sandbox(const char *const *options)
{
    struct home home = home_make();
    const char *argv[8] = {SANDBOX_BINARY};
    struct run r;

    for (size_t i = 0; options[i]; i++)
        argv[i + 1] = options[i];
    r = run_program(&home, argv, NULL);
    home_remove(&home);
    return r;
}

static void test_help_and_version(void **state)
{
    struct run help = run_sandbox((const char *[]){"--help", NULL});
    struct run version = run_sandbox((const char *[]){"--version", NULL});

    (void)state;
    assert_int_equal(help.status, 0);
    assert_non_null(strstr(str_text(&help.out), "--faults RULES"));
    assert_non_null(strstr(str_text(&help.out), "analyst@example.com"));
    assert_int_equal(help.err.len, 0);
    assert_int_equal(version.status, 0);
    assert_string_equal(str_text(&version.out), "lode-sandbox " LODE_VERSION "\n");
    run_free(&help);
    run_free(&version);
}

static void test_wrong_options(void **state)
{
    static const struct {
        const char *options[5];
        int code;
        const char *says;
    } cases[] = {
        {{"--prot", "1"}, 2, "did you mean --port"},
        {{"--port", "70000"}, 2, "--port takes a whole number from 0 to 65535"},
        {{"--package", "gold"}, 2, "--package is standard or scaling"},
        {{"--day", "2026-02-30"}, 2, "--day is written YYYY-MM-DD"},
        {{"--tls", "x.pem"}, 2, "--tls takes CERT and KEY"},
        {{"--tls", "/nonexistent", "/nonexistent"}, 1, "/nonexistent"},
        {{"--state", "/nonexistent/x"}, 1, "cannot open the state file /nonexistent/x"},
        {{"--faults", "* 430"}, 2, "line 1, column 3"},
        {{"--user", "\xff"}, 2, "--user"},
        {{"--tls", "a", "b", "c"}, 2, "not \"c\""},
        {{"data"}, 2, "not \"data\""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r = run_sandbox(cases[i].options);

        if (r.status != cases[i].code || !strstr(str_text(&r.err), cases[i].says))
            fail_msg("%s: %d, %s", cases[i].options[0], r.status, str_text(&r.err));
        assert_int_equal(r.out.len, 0);
        run_free(&r);
    }
}

static void test_taken_port(void **state)
{
    struct server *s = *state;
    struct run r = run_sandbox((const char *[]){"--port", strrchr(s->url, ':') + 1, NULL});

    assert_int_equal(r.status, 1);
    assert_non_null(strstr(str_text(&r.err), "cannot listen on port"));
    run_free(&r);
}

static void expect(struct http_reply r, long status, const char *text)
{
    if (r.status != status || !strstr(str_text(&r.body), text))
        fail_msg("status %ld (curl %d), not %ld: %s", r.status, r.curl, status, str_text(&r.body));
    http_reply_free(&r);
}

static void test_sign_in(void **state)
{
    static const struct {
        const char *type, *body;
        long status;
        const char *says;
    } cases[] = {
        {NULL, WHO, 200, "{\"jwt\":\""},
        {"application/x-www-form-urlencoded", "username=analyst%40example.com&password=sandbox",
         200, "{\"jwt\":\""},
        {"application/x-www-form-urlencoded; charset=utf-8",
         "password=s%61ndbox&x=1&email=analyst%40example.com", 200, "{\"jwt\":\""},
        {NULL, "{\"email\":\"analyst@example.com\",\"password\":\"sandbox\"}", 200, "{\"jwt\":\""},
        {NULL, "{\"username\":\"analyst@example.com\",\"password\":\"sandboX\"}", 401,
         "Authentication failed"},
        {NULL, "{\"username\":\"analyst@example.com\"}", 401, "Authentication failed"},
        {NULL, "{\"username\":\"nobody@example.com\",\"password\":\"sandbox\"}", 401,
         "Authentication failed"},
        {NULL, "{\"password\":\"sandbox\"}", 400, "'username' or 'email' must be entered"},
        {NULL, "", 400, "'username' or 'email' must be entered"},
        {NULL, "{\"username\":", 400, "malformed JSON"},
        {NULL, "[]", 400, "malformed JSON"},
    };
    char *url = server_at(*state, "/authenticate");

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect(http_call(NULL, &(struct http_ask){.method = "POST",
                                                  .url = url,
                                                  .body = cases[i].body,
                                                  .type = cases[i].type}),
               cases[i].status, cases[i].says);
    free(url);
}

static void test_token_is_checked(void **state)
{
    static const char none[] = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJleHAiOjk5OTk5OTk5OTl9.";
    struct server *s = *state;
    char *url = server_at(s, "/lookup/usage"), *token = server_token(s), *bad = mem_strdup(token);
    struct http_reply r;
    char type[80];

    expect(http_get(url, token), 200, "uniqueIdLimit");
    bad[strlen(bad) / 2] ^= 1;
    expect(http_get(url, bad), 401, "Unauthorized");
    bad[strlen(bad) / 2] ^= 1;
    bad[strlen(bad) - 2] = bad[strlen(bad) - 2] == 'A' ? 'B' : 'A';
    expect(http_get(url, bad), 401, "Unauthorized");
    expect(http_get(url, none), 401, "Unauthorized");
    expect(http_get(url, "x"), 401, "Unauthorized");
    expect(http_get(url, ".."), 401, "Unauthorized");
    r = http_get(url, NULL);
    assert_string_equal(http_header(&r, "content-type", type, sizeof(type)),
                        "text/plain;charset=utf-8");
    expect(r, 401, "Unauthorized");
    free(url);
    free(bad);
    free(token);
}

// And the token of one sandbox is no good for another.
static void test_token_ends(void **state)
{
    struct server *s = server_start((const char *[]){"--token-life", "3", "--unlimited", NULL});
    struct server *other = *state;
    char *token = server_token(s), *url = server_at(s, "/lookup/usage");
    char *other_url = server_at(other, "/lookup/usage");
    struct http_reply r = http_get(url, token);

    assert_int_equal(r.status, 200);
    while (r.status == 200) {
        http_reply_free(&r);
        r = http_get(url, token);
    }
    expect(r, 401, "Unauthorized");
    free(token);
    token = server_token(s);
    expect(http_get(other_url, token), 401, "Unauthorized");
    free(token);
    free(url);
    free(other_url);
    assert_int_equal(server_stop(s), 0);
}

static void test_unknown_paths(void **state)
{
    struct server *s = *state;
    static const char *const cases[][2] = {
        {"POST", "/search/person"},  {"GET", "/search/contact"},
        {"PUT", "/enrich/contact"},  {"GET", "/"},
        {"DELETE", "/lookup/usage"}, {"GET", "/authenticate"},
        {"GET", "/lookup/nothing"},  {"GET", "/lookup/"},
        {"POST", "/_sandbox/audit"},
    };
    char *token = server_token(s);

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *url = server_at(s, "%s", cases[i][1]);

        expect(
            http_call(NULL, &(struct http_ask){.method = cases[i][0], .url = url, .token = token}),
            404, "\"statusCode\":404");
        free(url);
    }
    free(token);
}

static void test_user_agent(void **state)
{
    char *url = server_at(*state, "/authenticate"), type[80];
    struct http_ask ask = {.method = "POST", .url = url, .body = WHO};
    struct http_reply r;

    ask.headers = (const char *[]){"User-Agent:", NULL};
    r = http_call(NULL, &ask);
    assert_true(str_starts(http_header(&r, "Content-Type", type, sizeof(type)), "text/html"));
    expect(r, 403, "1010");
    ask.headers = (const char *[]){"User-Agent;", NULL};
    expect(http_call(NULL, &ask), 200, "jwt");
    free(url);
}

static void test_answers_are_packed_and_chunked(void **state)
{
    struct server *s = *state;
    char *url = server_at(s, "/search/contact"), *token = server_token(s), value[80];
    struct http_ask ask = {.method = "POST", .url = url, .token = token, .body = "{\"rpp\":100}"};
    struct http_reply plain = http_call(NULL, &ask), packed;

    ask.gzip = true;
    packed = http_call(NULL, &ask);
    assert_int_equal(plain.status, 200);
    assert_int_equal(packed.status, 200);
    assert_null(http_header(&plain, "Content-Length", value, sizeof(value)));
    assert_null(http_header(&plain, "Content-Encoding", value, sizeof(value)));
    assert_string_equal(http_header(&plain, "Transfer-Encoding", value, sizeof(value)), "chunked");
    assert_string_equal(http_header(&packed, "Content-Encoding", value, sizeof(value)), "gzip");
    assert_int_equal(plain.body.len, packed.body.len);
    assert_memory_equal(plain.body.data, packed.body.data, plain.body.len);
    assert_true(packed.wire_body * 3 < plain.wire_body);
    http_reply_free(&plain);
    http_reply_free(&packed);
    free(url);
    free(token);
}

static void test_headers(void **state)
{
    static const char *const usage[] = {
        "X-Usage-Record-Limit-Limit",
        "X-Usage-Record-Limit-Remaining",
        "X-Usage-Request-Limit-Limit",
        "X-Usage-Request-Limit-Remaining",
        "X-Usage-Unique-Id-Limit-Limit",
        "X-Usage-Unique-Id-Limit-Remaining",
        "X-Usage-Websights-Api-Record-Limit-Limit",
        "X-Usage-Websights-Api-Record-Limit-Remaining",
        "X-Usage-Websights-Api-Request-Limit-Limit",
        "X-Usage-Websights-Api-Request-Limit-Remaining",
    };
    struct server *s = *state;
    char *token = server_token(s), *search = server_at(s, "/search/company");
    char *lookup = server_at(s, "/lookup/usage"), value[80], first[80];
    struct http_reply a = http_post(search, token, "{}"), b = http_get(lookup, token);

    for (size_t i = 0; i < ARRAY_LEN(usage); i++) {
        assert_non_null(http_header(&a, usage[i], value, sizeof(value)));
        assert_null(http_header(&b, usage[i], value, sizeof(value)));
    }
    assert_non_null(http_header(&a, "X-Request-Id", first, sizeof(first)));
    assert_non_null(http_header(&b, "X-Request-Id", value, sizeof(value)));
    assert_int_equal(strlen(value), 36);
    assert_string_not_equal(first, value);
    assert_non_null(http_header(&b, "Date", value, sizeof(value)));
    http_reply_free(&a);
    http_reply_free(&b);
    free(token);
    free(search);
    free(lookup);
}

static void test_long_body(void **state)
{
    struct server *s = *state;
    char *token = server_token(s), *url = server_at(s, "/search/contact");
    char *body = mem_alloc((2 << 20) + 1);

    memset(body, ' ', 2 << 20);
    body[2 << 20] = '\0';
    expect(http_post(url, token, body), 413, "too long");
    free(body);
    free(url);
    free(token);
}

static void test_connection_is_kept(void **state)
{
    struct server *s = *state;
    struct http *h = http_open();
    char *token = server_token(s), *url = server_at(s, "/lookup/usage");
    struct http_ask ask = {.url = url, .token = token};

    for (int i = 0; i < 5; i++) {
        struct http_reply r = http_call(h, &ask);

        assert_int_equal(r.status, 200);
        assert_int_equal(r.connects, i == 0);
        http_reply_free(&r);
    }
    http_close(h);
    free(url);
    free(token);
}

static void *get_slowly(void *arg)
{
    struct http_reply r = http_get(arg, NULL);
    double *seconds = mem_alloc(sizeof(*seconds));

    *seconds = r.seconds;
    http_reply_free(&r);
    return seconds;
}

static void test_latency(void **state)
{
    struct server *s = server_start((const char *[]){"--latency", "300", NULL});
    char *url = server_at(s, "/lookup/usage");
    double *seconds = get_slowly(url);

    (void)state;
    assert_true(*seconds >= 0.3);
    free(seconds);
    free(url);
    assert_int_equal(server_stop(s), 0);
}

// All arrive while not one was answered, and the server ends all the same.
static void test_latency_blocks_nobody(void **state)
{
    struct server *s = server_start((const char *[]){"--latency", "600000", NULL});
    char *url = server_at(s, "/lookup/usage");
    pthread_t threads[8];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, get_slowly, url), 0);
    server_await(s, "requests.GET /lookup/usage", ARRAY_LEN(threads));
    assert_int_equal(server_stop(s), 0);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
        void *seconds;

        assert_int_equal(pthread_join(threads[i], &seconds), 0);
        free(seconds);
    }
    free(url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_help_and_version),
        cmocka_unit_test(test_wrong_options),
        cmocka_unit_test_setup_teardown(test_taken_port, start_unlimited, stop),
        cmocka_unit_test_setup_teardown(test_sign_in, start_unlimited, stop),
        cmocka_unit_test_setup_teardown(test_token_is_checked, start_unlimited, stop),
        cmocka_unit_test_setup_teardown(test_token_ends, start_unlimited, stop),
        cmocka_unit_test_setup_teardown(test_unknown_paths, start_unlimited, stop),
        cmocka_unit_test_setup_teardown(test_user_agent, start_unlimited, stop),
        cmocka_unit_test_setup_teardown(test_answers_are_packed_and_chunked, start_unlimited, stop),
        cmocka_unit_test_setup_teardown(test_headers, start_unlimited, stop),
        cmocka_unit_test_setup_teardown(test_long_body, start_unlimited, stop),
        cmocka_unit_test_setup_teardown(test_connection_is_kept, start_unlimited, stop),
        cmocka_unit_test(test_latency),
        cmocka_unit_test(test_latency_blocks_nobody),
    };

    return cmocka_run_group_tests_name("sandbox-server", tests, NULL, NULL);
}
