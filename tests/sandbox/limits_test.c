// How often one may call: the windows by themselves, then over real sockets. Tests.
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "sandbox/limits.h"
#include "sandbox/window.h"
#include "support/http.h"
#include "support/server.h"
#include "support/test.h"

#define SECOND ((int64_t)WINDOW_SECOND_US)

enum { PATIENCE_S = 20 };

static void test_window_is_closed(void **state)
{
    struct window w = {.span_us = SECOND};

    (void)state;
    window_add(&w, 5);
    assert_int_equal(window_count(&w, 5 + SECOND), 1);
    assert_int_equal(window_free_us(&w, 5 + SECOND), 6 + SECOND);
    assert_int_equal(window_count(&w, 6 + SECOND), 0);
    window_free(&w);
}

// Against a plain count over all moments.
static void test_window_counts_as_a_list_does(void **state)
{
    enum { N = 3000 };

    struct window w = {.span_us = 1000};
    struct rng rng = rng_seed(4);
    int64_t *times = mem_array(N, sizeof(*times)), now = 0;

    (void)state;
    for (size_t i = 0; i < N; i++) {
        size_t expected = 0;

        now += rng_below(&rng, 8) * rng_below(&rng, 8);
        for (size_t k = 0; k < i; k++)
            expected += times[k] >= now - 1000;
        assert_int_equal(window_count(&w, now), expected);
        window_add(&w, now);
        times[i] = now;
    }
    free(times);
    window_free(&w);
}

static size_t count_allowed(struct limits *l, int64_t from_us, int64_t to_us, int64_t step_us)
{
    size_t n = 0;

    for (int64_t t = from_us; t < to_us; t += step_us)
        n += limits_take(l, LIMITS_CALLS, t).allowed;
    return n;
}

// A minute has room for sixty full seconds in either package, so that the second decides.
static void test_second_and_minute(void **state)
{
    static const struct {
        enum options_package package;
        size_t second;
    } cases[] = {{PACKAGE_STANDARD, 25}, {PACKAGE_SCALING, 33}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct limits *l = limits_open(cases[i].package, false);
        size_t second = cases[i].second;

        assert_int_equal(count_allowed(l, 0, SECOND, 1000), second);
        assert_int_equal(count_allowed(l, SECOND, 60 * SECOND, 1000), 59 * second);
        limits_reset(l);
        assert_int_equal(count_allowed(l, 60 * SECOND, 60 * SECOND + 40, 1), second);
        limits_close(l);
    }
}

// Paced every 40.0 ms, 26 calls fall into a closed second; every 40.2 ms, 25.
static void test_even_pace(void **state)
{
    struct limits *l = limits_open(PACKAGE_STANDARD, false);

    (void)state;
    assert_int_equal(count_allowed(l, 0, SECOND + 1, 40000), 25);
    limits_reset(l);
    assert_int_equal(count_allowed(l, 10 * SECOND, 20 * SECOND, 40200), 249);
    limits_close(l);
}

static void test_verdict_speaks_of_the_minute(void **state)
{
    struct limits *l = limits_open(PACKAGE_STANDARD, false);
    struct limits_verdict v = limits_take(l, LIMITS_CALLS, 0);

    (void)state;
    assert_true(v.allowed);
    assert_int_equal(v.limit, 1500);
    assert_int_equal(v.remaining, 1499);
    assert_in_range(v.reset_ms, 60000, 60001);
    (void)count_allowed(l, 0, 24, 1);
    v = limits_take(l, LIMITS_CALLS, 1000);
    assert_false(v.allowed);
    assert_int_equal(v.limit, 25);
    assert_int_equal(v.remaining, 0);
    assert_in_range(v.reset_ms, 999, 1000);
    limits_close(l);
}

static void test_refused_calls_take_no_place(void **state)
{
    struct limits *l = limits_open(PACKAGE_STANDARD, false);

    (void)state;
    assert_int_equal(count_allowed(l, 0, 1000, 1), 25);
    assert_true(limits_take(l, LIMITS_CALLS, SECOND + 30).allowed);
    limits_close(l);
}

static void test_one_sign_in_a_second(void **state)
{
    struct limits *l = limits_open(PACKAGE_STANDARD, false);

    (void)state;
    assert_true(limits_take(l, LIMITS_SIGN_IN, 7).allowed);
    assert_false(limits_take(l, LIMITS_SIGN_IN, 7 + SECOND).allowed);
    assert_true(limits_take(l, LIMITS_SIGN_IN, 8 + SECOND).allowed);
    assert_true(limits_take(l, LIMITS_CALLS, 8 + SECOND).allowed);
    limits_close(l);
}

// Calls until one is refused, or a second is over: what it held may leave the window then, and the
// limit says nothing. How many went through; SIZE_MAX: it took too long.
static size_t burst(const char *url, const char *token, struct http_reply *refused)
{
    int64_t from = window_now_us();
    struct http *h = http_open();
    bool slow = false;
    size_t n = 0;

    for (; !slow; n++) {
        *refused = http_call(h, &(struct http_ask){.url = url, .token = token});
        slow = window_now_us() - from >= SECOND;
        if (refused->status != 200)
            break;
        http_reply_free(refused);
    }
    http_close(h);
    if (!slow)
        return n;
    http_reply_free(refused);
    return SIZE_MAX;
}

// Bursts until one was made within a second; a busy machine may need several.
static size_t fast_burst(const struct server *s, const char *token, const char *url,
                         struct http_reply *refused)
{
    int64_t until = window_now_us() + PATIENCE_S * SECOND;
    size_t n;

    while ((n = burst(url, token, refused)) == SIZE_MAX) {
        if (window_now_us() > until)
            fail_msg("no burst fits into a second");
        server_reset(s);
    }
    return n;
}

static void check_burst(const char *package, size_t limit)
{
    struct server *s = server_start((const char *[]){"--package", package, NULL});
    char *token = server_token(s), *url = server_at(s, "/lookup/usage"), text[80];
    time_t now = time(NULL);
    struct http_reply r;
    long long reset;

    assert_int_equal(fast_burst(s, token, url, &r), limit);
    assert_int_equal(r.status, 429);
    assert_non_null(strstr(r.body.data, "You have exceeded your API query rate limit. Please "
                                        "decrease the frequency of your API requests"));
    assert_string_equal(http_header(&r, "X-RateLimit-Remaining", text, sizeof(text)), "0");
    assert_non_null(http_header(&r, "X-RateLimit-Reset", text, sizeof(text)));
    assert_true(str_int64(text, &reset));
    assert_in_range(reset, now, now + PATIENCE_S + 62);
    assert_null(http_header(&r, "Retry-After", text, sizeof(text)));
    http_reply_free(&r);
    assert_int_equal(server_stat(s, "statuses.429"), server_stat(s, "rateLimited"));
    assert_int_equal(server_stat(s, "peakSecond"), limit + 1);
    assert_int_equal(server_stat(s, "requests.GET /lookup/usage"), limit + 1);
    free(token);
    free(url);
    assert_int_equal(server_stop(s), 0);
}

static void test_bursts(void **state)
{
    (void)state;
    check_burst("standard", 25);
    check_burst("scaling", 33);
}

static void test_window_opens_again(void **state)
{
    struct server *s = server_start(NULL);
    char *token = server_token(s), *url = server_at(s, "/lookup/usage");
    struct http_reply r;

    (void)state;
    (void)fast_burst(s, token, url, &r);
    http_reply_free(&r);
    (void)nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 50000000}, NULL);
    r = http_get(url, token);
    assert_int_equal(r.status, 200);
    http_reply_free(&r);
    free(token);
    free(url);
    assert_int_equal(server_stop(s), 0);
}

static void test_unlimited(void **state)
{
    struct server *s = server_start((const char *[]){"--unlimited", NULL});
    char *token = server_token(s), *url = server_at(s, "/lookup/usage"), text[80];
    struct http *h = http_open();

    (void)state;
    for (int i = 0; i < 100; i++) {
        struct http_reply r = http_call(h, &(struct http_ask){.url = url, .token = token});

        assert_int_equal(r.status, 200);
        assert_null(http_header(&r, "X-RateLimit-Limit", text, sizeof(text)));
        http_reply_free(&r);
    }
    http_close(h);
    free(token);
    free(url);
    assert_int_equal(server_stop(s), 0);
}

static void test_sign_in_limit(void **state)
{
    struct server *s = server_start(NULL);
    char *url = server_at(s, "/authenticate");

    (void)state;
    json_decref(http_post_json(url, NULL, "{\"username\":\"x\",\"password\":\"y\"}", 401));
    json_decref(http_post_json(url, NULL, "{\"username\":\"x\",\"password\":\"y\"}", 429));
    free(server_token(s));
    free(url);
    assert_int_equal(server_stop(s), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_window_is_closed),
        cmocka_unit_test(test_window_counts_as_a_list_does),
        cmocka_unit_test(test_second_and_minute),
        cmocka_unit_test(test_even_pace),
        cmocka_unit_test(test_verdict_speaks_of_the_minute),
        cmocka_unit_test(test_refused_calls_take_no_place),
        cmocka_unit_test(test_one_sign_in_a_second),
        cmocka_unit_test(test_bursts),
        cmocka_unit_test(test_window_opens_again),
        cmocka_unit_test(test_unlimited),
        cmocka_unit_test(test_sign_in_limit),
    };

    return cmocka_run_group_tests_name("sandbox-limits", tests, NULL, NULL);
}
