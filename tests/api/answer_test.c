// What each answer means: status, body and headers to a named failure and a plain sentence. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "base/mem.h"

struct answer_case {
    int status;
    enum net_repeat repeat;
    const char *type, *body;
    enum err_kind kind;
    const char *says;
};

#define LONG_TEXT "used up your request limit"

static const struct answer_case cases[] = {
    {400, NET_FREE, "application/json",
     "{\"success\":false,\"error\":\"There are invalid fields in your request.\","
     "\"statusCode\":400,\"invalidInputFields\":[\"foo\",\"bar\"]}",
     ERR_INVALID, "[foo,bar]"},
    {400, NET_ONCE, "application/json",
     "{\"error\":\"Exceeded the max limit to enrich new Contacts or Companies\"}",
     ERR_OUT_OF_CREDITS, "nothing was charged"},
    {400, NET_FREE, NULL, "{\"error\":\"No roles found for login\"}", ERR_FORBIDDEN, "No roles"},
    {400, NET_FREE, NULL, "{\"responseCode\":400,\"message\":\"bad things\"}", ERR_INVALID,
     "bad things"},
    {401, NET_FREE, "text/plain", "Unauthorized", ERR_UNAUTHORISED, "sign in again"},
    {403, NET_FREE, "text/html; charset=UTF-8", "<html>error 1010</html>", ERR_FORBIDDEN, "edge"},
    {403, NET_FREE, NULL, "  <!doctype html>", ERR_FORBIDDEN, "edge"},
    {403, NET_ONCE, NULL, "{\"error\":\"You have " LONG_TEXT "\"}", ERR_OUT_OF_CREDITS, LONG_TEXT},
    {403, NET_FREE, NULL, "{\"error\":\"no access to enrich\"}", ERR_FORBIDDEN, "no access"},
    {404, NET_FREE, NULL, "", ERR_NOT_FOUND, "base URL"},
    {301, NET_FREE, NULL, "", ERR_INVALID, "redirect"},
    {429, NET_FREE, NULL, "slow down", ERR_RATE_LIMITED, "slow down"},
    {500, NET_FREE, NULL, "", ERR_OFFLINE, "try again"},
    {503, NET_ONCE, NULL, "", ERR_IN_DOUBT, "may have been charged"},
    {408, NET_ONCE, NULL, "", ERR_IN_DOUBT, "may have been charged"},
    {400, NET_FREE, NULL, "{\"error\":\"\\u001b[31mred\\u202e\"}", ERR_INVALID, "red"},
    {400, NET_FREE, NULL, "{\"error\":", ERR_INVALID, "refused"},
};

static struct net_request *answered(int status, const char *type, const char *body)
{
    struct net_request *r = net_request_new("POST", mem_strdup("http://127.0.0.1/x"));

    r->status = status;
    str_add(&r->answer, body);
    r->headers = mem_array(4, sizeof(*r->headers));
    if (type)
        r->headers[r->n_headers++] =
            (struct net_header){mem_strdup("content-type"), mem_strdup(type)};
    r->headers[r->n_headers++] =
        (struct net_header){mem_strdup("x-request-id"), mem_strdup("abc-1")};
    r->headers[r->n_headers++] = (struct net_header){mem_strdup("retry-after"), mem_strdup("7")};
    return r;
}

static void every_refusal_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct answer_case *c = &cases[i];
        struct net_request *r = answered(c->status, c->type, c->body);
        struct err e;

        r->repeat = c->repeat;
        assert_false(answer_check(r, &e));
        if (e.kind != c->kind || !strstr(e.text, c->says))
            fail_msg("case %zu: kind %d: %s", i, (int)e.kind, e.text);
        assert_int_equal(e.http, c->status);
        assert_int_equal(e.retry_after, 7);
        assert_string_equal(e.request_id, "abc-1");
        assert_null(strchr(e.text, 0x1b));
        net_request_free(r);
    }
}

static void success_is_any_2xx(void **state)
{
    struct net_request *r = answered(204, NULL, "");
    struct err e;

    (void)state;
    assert_true(answer_check(r, &e));
    net_request_free(r);
}

static void meters_come_from_headers(void **state)
{
    struct net_request *r = answered(200, NULL, "{}");
    struct usage u = {0};

    (void)state;
    r->headers = mem_regrow(r->headers, 8, sizeof(*r->headers));
    r->headers[r->n_headers++] =
        (struct net_header){mem_strdup("X-Usage-Unique-Id-Limit-Limit"), mem_strdup("1000")};
    r->headers[r->n_headers++] =
        (struct net_header){mem_strdup("x-usage-unique-id-limit-remaining"), mem_strdup("990")};
    r->headers[r->n_headers++] =
        (struct net_header){mem_strdup("X-Usage-Record-Limit-Remaining"), mem_strdup("many")};
    answer_meters(r, &u);
    assert_true(u.meters[METER_CREDITS].known);
    assert_int_equal(u.meters[METER_CREDITS].used, 10);
    assert_false(u.meters[METER_RECORDS].known);
    net_request_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_refusal_is_named),
        cmocka_unit_test(success_is_any_2xx),
        cmocka_unit_test(meters_come_from_headers),
    };

    return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}
