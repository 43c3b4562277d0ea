// The last requests as they went and came: what is kept, for how long, and what never is.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "flow/trace.h"
#include "net/net.h"

static void header(struct net_request *r, const char *name, const char *value)
{
    if (!r->headers)
        r->headers = mem_array(8, sizeof(*r->headers));
    r->headers[r->n_headers++] = (struct net_header){mem_strdup(name), mem_strdup(value)};
}

static struct net_request *answered(const char *path, const char *body, const char *answer)
{
    struct net_request *r = net_request_new("POST", str_format("https://api.example.com%s", path));

    str_add(&r->body, body);
    str_add(&r->answer, answer);
    r->content_type = "application/json";
    r->status = 200;
    r->sendings = 1;
    r->took_ms = 12;
    header(r, "X-Request-Id", "abc-1");
    header(r, "Set-Cookie", "_pxhd=secret-cookie");
    return r;
}

static void see(struct trace *t, struct net_request *r)
{
    trace_seen(t, r);
    net_request_free(r);
}

static void expect_text(struct trace *t, uint64_t number, const char *part, bool there)
{
    struct str text = {0};

    assert_true(trace_text(t, number, &text));
    if (!strstr(str_text(&text), part) == there)
        fail_msg("%s \"%s\" in:\n%s", there ? "no" : "there is a", part, str_text(&text));
    str_free(&text);
}

static void test_a_request_in_full(void **state)
{
    struct trace *t = trace_new();
    struct trace_line line;
    struct str curl = {0}, answer = {0};

    (void)state;
    assert_int_equal(trace_count(t), 0);
    assert_false(trace_line(t, 0, &line));
    see(t, answered("/search/contact?x=1", "{\"jobTitle\":\"it's\",\"rpp\":1.50}",
                    "{\"data\":[{\"id\":-5,\"name\":\"A\342\200\256B\"},{}],\"n\":[]}"));
    assert_true(trace_line(t, 0, &line));
    assert_int_equal(line.number, 1);
    assert_string_equal(line.method, "POST");
    assert_string_equal(line.path, "/search/contact?x=1");
    assert_string_equal(line.request_id, "abc-1");
    assert_int_equal(line.status, 200);
    assert_int_equal(line.took_ms, 12);
    assert_string_equal(line.note, "");
    expect_text(t, 1, "POST https://api.example.com/search/contact?x=1\n", true);
    expect_text(t, 1, "Authorization: Bearer $TOKEN\nContent-Type: application/json\n\n{\n", true);
    expect_text(t, 1, "  \"jobTitle\": \"it's\",\n  \"rpp\": 1.50\n}\n", true);
    expect_text(t, 1, "HTTP 200 in 12 ms\n", true);
    expect_text(t, 1,
                "{\n  \"data\": [\n    {\n      \"id\": -5,\n      \"name\": \"A<U+202E>B\"\n    "
                "},\n    {}\n  ],\n  \"n\": []\n}\n",
                true);
    expect_text(t, 1, "secret-cookie", false);
    assert_true(trace_curl(t, 1, &curl));
    assert_string_equal(str_text(&curl),
                        "curl -sS --compressed -X POST 'https://api.example.com/search/contact?x=1'"
                        " -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json'"
                        " --data-raw '{\"jobTitle\":\"it'\\''s\",\"rpp\":1.50}'\n");
    str_free(&curl);
    assert_false(trace_text(t, 0, &curl));
    assert_false(trace_text(t, 2, &curl));
    assert_true(trace_answer(t, 1, &answer));
    assert_true(str_starts(str_text(&answer), "{\n  \"data\": ["));
    assert_true(str_ends(str_text(&answer), "  \"n\": []\n}\n"));
    str_free(&answer);
    assert_false(trace_answer(t, 2, &answer));
    trace_free(t);
}

static void test_no_answer_and_no_json(void **state)
{
    struct trace *t = trace_new();
    struct net_request *r = answered("/lookup/usage", "", "");
    struct trace_line line;

    (void)state;
    r->status = 0;
    r->sendings = 3;
    (void)err_set(&r->err, ERR_OFFLINE, "the connection was reset");
    see(t, r);
    see(t, answered("/x", "", "<html>\r\n\033[31mred</html>"));
    assert_true(trace_line(t, 1, &line));
    assert_string_equal(line.note, "the connection was reset");
    expect_text(t, 1, "No answer: the connection was reset\n(sent 3 times)\n", true);
    expect_text(t, 2, "<html> \n<U+001B>[31mred</html>\n", true);
    trace_free(t);
}

static void test_sign_ins_keep_no_bodies(void **state)
{
    struct trace *t = trace_new();
    struct net_request *r =
        answered("/authenticate", "{\"password\":\"hunter2\"}", "{\"jwt\":\"eyJsecret\"}");
    struct str curl = {0};

    (void)state;
    r->ungated = true;
    see(t, r);
    expect_text(t, 1, "hunter2", false);
    expect_text(t, 1, "eyJsecret", false);
    expect_text(t, 1, "of a sign-in, never kept", true);
    assert_false(trace_curl(t, 1, &curl));
    assert_false(trace_answer(t, 1, &curl));
    assert_int_equal(curl.len, 0);
    trace_free(t);
}

static char *filled(size_t len)
{
    char *text = mem_alloc(len + 1);

    memset(text, 'x', len);
    text[len] = '\0';
    return text;
}

static void test_bodies_keep_to_their_budget(void **state)
{
    enum { EACH = 200 * 1000, FIT = TRACE_BODIES_MAX / EACH, N = FIT + 3 };
    struct trace *t = trace_new();
    char *body = filled(EACH), *huge = filled(TRACE_BODY_MAX + 1);

    (void)state;
    for (int i = 0; i < N; i++)
        see(t, answered("/x", "", body));
    for (uint64_t i = 1; i <= N; i++)
        expect_text(t, i, "too many or too old", i <= N - FIT);
    see(t, answered("/x", huge, "{}"));
    expect_text(t, N + 1, "too many or too old", true);
    expect_text(t, N, "too many or too old", false);
    free(body);
    free(huge);
    trace_free(t);
}

static void test_old_lines_go(void **state)
{
    struct trace *t = trace_new();
    struct trace_line line;
    struct str text = {0};
    char *body = filled(4000);

    (void)state;
    for (int i = 0; i < 2 * TRACE_KEPT + 7; i++)
        see(t, answered("/x", "", body));
    assert_int_equal(trace_count(t), TRACE_KEPT);
    assert_true(trace_line(t, 0, &line));
    assert_int_equal(line.number, 2 * TRACE_KEPT + 7);
    assert_true(trace_line(t, TRACE_KEPT - 1, &line));
    assert_int_equal(line.number, TRACE_KEPT + 8);
    assert_false(trace_line(t, TRACE_KEPT, &line));
    assert_false(trace_text(t, TRACE_KEPT + 7, &text));
    expect_text(t, 2 * TRACE_KEPT + 7, "xxxx", true);
    expect_text(t, 2 * TRACE_KEPT + 7 - TRACE_BODIES_MAX / 4000 + 1, "xxxx", true);
    expect_text(t, 2 * TRACE_KEPT + 7 - TRACE_BODIES_MAX / 4000, "xxxx", false);
    free(body);
    trace_free(t);
}

static void count_news(void *self)
{
    ++*(int *)self;
}

static void test_meters_of_the_headers(void **state)
{
    struct trace *t = trace_new();
    struct usage u = {0};
    struct net_request *r;
    int news = 0;

    (void)state;
    trace_watch(t, count_news, &news);
    see(t, answered("/lookup/industry", "", "[]"));
    assert_int_equal(trace_usage(t, &u), 0);
    assert_false(u.meters[METER_CREDITS].known);
    r = answered("/search/contact", "", "{}");
    header(r, "x-usage-unique-id-limit-remaining", "8990");
    header(r, "x-usage-unique-id-limit-limit", "10000");
    see(t, r);
    u.meters[METER_RECORDS] = (struct meter){true, 5, 2, 3};
    assert_int_equal(trace_usage(t, &u), 1);
    assert_int_equal(u.meters[METER_CREDITS].remaining, 8990);
    assert_int_equal(u.meters[METER_CREDITS].used, 1010);
    assert_int_equal(u.meters[METER_RECORDS].remaining, 3);
    assert_int_equal(news, 2);
    trace_free(t);
}

static struct net_request *told(const char *remaining, int64_t began_ms)
{
    struct net_request *r = answered("/enrich/contact", "", "{}");

    header(r, "x-usage-unique-id-limit-remaining", remaining);
    header(r, "x-usage-unique-id-limit-limit", "10000");
    r->began_ms = began_ms;
    return r;
}

static void expect_left(struct trace *t, long long remaining)
{
    struct usage u = {0};

    (void)trace_usage(t, &u);
    assert_int_equal(u.meters[METER_CREDITS].remaining, remaining);
}

static void test_a_late_answer_gives_no_credits_back(void **state)
{
    struct trace *t = trace_new();

    (void)state;
    see(t, told("9970", 1));
    see(t, told("9975", 2)); // began before the other came
    expect_left(t, 9970);
    see(t, told("9960", 3));
    expect_left(t, 9960);
    see(t, told("10000", INT64_MAX)); // began after them: the account was filled up
    expect_left(t, 10000);
    trace_free(t);
}

// A page's headers are older than what the lookup said since, however late they are looked at.
static void test_the_lookup_tells_them_too(void **state)
{
    struct trace *t = trace_new();
    struct net_request *r =
        answered("/lookup/usage", "",
                 "{\"usage\":[{\"limitType\":\"uniqueIdLimit\",\"description\":\"Unique ID Limit\","
                 "\"totalLimit\":10000,\"currentUsage\":33,\"usageRemaining\":9967}]}");
    struct usage u = {0};

    (void)state;
    r->began_ms = INT64_MAX;
    see(t, told("9970", 1));
    see(t, r);
    assert_int_equal(trace_usage(t, &u), 2);
    assert_int_equal(u.meters[METER_CREDITS].remaining, 9967);
    assert_int_equal(u.meters[METER_CREDITS].used, 33);
    trace_forget_usage(t); // another account
    u = (struct usage){0};
    assert_int_equal(trace_usage(t, &u), 2);
    assert_false(u.meters[METER_CREDITS].known);
    trace_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_request_in_full),
        cmocka_unit_test(test_no_answer_and_no_json),
        cmocka_unit_test(test_sign_ins_keep_no_bodies),
        cmocka_unit_test(test_bodies_keep_to_their_budget),
        cmocka_unit_test(test_old_lines_go),
        cmocka_unit_test(test_meters_of_the_headers),
        cmocka_unit_test(test_a_late_answer_gives_no_credits_back),
        cmocka_unit_test(test_the_lookup_tells_them_too),
    };

    return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
