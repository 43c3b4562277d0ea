// What a client meets by the rules of faults. Tests.
#include "sandbox/fault_stage.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sandbox/fault.h"

enum { TIMED_OUT = 28, VAIN_MS = 400, BEGUN_MS = 2000, LOOKS = 2000, LOOK_US = 10000 };

// What a client meets. curl: the code libcurl ends with; charged: the work was done.
struct meeting {
    const char *fault;
    int curl;
    long status;
    bool charged;
    const char *body; // is in the body; NULL: anything
};

// clang-format off
static const struct meeting meetings[] = {
    {"reset-in-request",              56, 0,   false, NULL},
    {"reset-in-request at=0",         56, 0,   false, NULL},
    {"reset-in-request at=7",         56, 0,   false, NULL},
    {"reset",                         56, 0,   false, NULL},
    {"reset-before-work",             56, 0,   false, NULL},
    {"reset-after-work",              56, 0,   true,  NULL},
    {"close",                         52, 0,   false, NULL},
    {"close-after-work",              52, 0,   true,  NULL},
    {"stall",                         28, 0,   true,  NULL},
    {"stall-before-work",             28, 0,   false, NULL},
    {"stall ms=50",                    0, 200, true,  "FULL_MATCH"},
    {"stall-before-work ms=50",        0, 200, true,  "FULL_MATCH"},
    {"hold",                          28, 0,   true,  NULL},
    {"hold-before-work",              28, 0,   false, NULL},
    {"reset-in-answer at=0",          56, 0,   true,  NULL},
    {"reset-in-answer at=5",          56, 0,   true,  NULL},
    {"reset-in-answer",               56, 200, true,  NULL},
    {"stall-in-answer",               28, 200, true,  NULL},
    {"stall-in-answer at=20",         28, 200, true,  NULL},
    {"stall-in-answer ms=50",          0, 200, true,  "FULL_MATCH"},
    {"drip bps=100",                  28, 200, true,  NULL},
    {"drip bps=20000",                 0, 200, true,  "FULL_MATCH"},
    {"truncate",                      18, 200, true,  "success"},
    {"truncate at=0",                 18, 200, true,  NULL},
    {"length-short",                   0, 200, true,  "success"},
    {"length-long",                   18, 200, true,  "FULL_MATCH"},
    {"length-long by=1",              18, 200, true,  "FULL_MATCH"},
    {"bad-chunk",                     56, 200, true,  "success"},
    {"bad-gzip",                      61, 200, true,  NULL},
    {"bad-gzip at=0",                 61, 200, true,  NULL},
    {"endless",                       23, 200, true,  "FULL_MATCH"},
    {"endless by=100000",             18, 200, true,  "FULL_MATCH"},
    {"huge-header",                   56, 200, true,  NULL},
    {"huge-header by=1000",            0, 200, true,  "FULL_MATCH"},
    {"bad-json",                       0, 200, true,  "}]}\001"},
    {"bad-json at=0",                  0, 200, true,  "\001\"success"},
    {"wrong-types",                    0, 200, true,  "\"success\":\"neither true nor false\""},
    {"wrong-types field=matchStatus",  0, 200, true,  "\"matchStatus\":10"},
    {"wrong-types field=data at=0",    0, 200, true,  "\"data\":\"an object\""},
    {"wrong-types field=result",       0, 200, true,  "\"result\":{\"items\":["},
    {"bad-utf8",                       0, 200, true,  "\"matchStatus\":\"\xc3(FULL_MATCH\""},
    {"bad-utf8 field=matchStatus",     0, 200, true,  "\"matchStatus\":\"\xc3(FULL_MATCH\""},
    {"unknown-fields by=1000",         0, 200, true,  "null],\"success\""},
    {"missing-jwt",                    0, 200, false, "tokenType"},
    {"empty",                          0, 200, false, ""},
    {"html-200",                       0, 200, false, "<html>"},
    {"error-200",                      0, 200, false, "\"success\":false"},
    {"204",                            0, 204, false, ""},
    {"302",                            0, 302, false, NULL},
    {"400",                            0, 400, false, "\"statusCode\":400"},
    {"401",                            0, 401, false, "Unauthorized"},
    {"403",                            0, 403, false, "\"statusCode\":403"},
    {"html-403",                       0, 403, false, "1010"},
    {"404",                            0, 404, false, "\"statusCode\":404"},
    {"408",                            0, 408, false, "<html>"},
    {"429",                            0, 429, false, "exceeded your API query rate limit"},
    {"500",                            0, 500, false, "\"statusCode\":500"},
    {"500-after-work",                 0, 500, true,  "\"statusCode\":500"},
    {"502",                            0, 502, false, "<html>"},
    {"503",                            0, 503, false, "<html>"},
    {"503-after-work",                 0, 503, true,  "<html>"},
    {"504",                            0, 504, false, "<html>"},
};
// clang-format on

// It may come a little after the client has gone.
static void await_charge(const struct stage *s)
{
    for (int i = 0; i < LOOKS && server_total(s->server, "requests") == 0; i++)
        (void)usleep(LOOK_US);
}

static void check(const struct meeting *m, const struct stage *s, const struct http_reply *r)
{
    if (r->curl != m->curl || r->status != m->status)
        fail_msg("%s: curl %d, status %ld", m->fault, r->curl, r->status);
    if (m->charged)
        await_charge(s);
    if (m->body && (!strstr(str_text(&r->body), m->body) || (!*m->body && r->body.len)))
        fail_msg("%s: %s", m->fault, str_text(&r->body));
    if (server_total(s->server, "credits") != m->charged ||
        server_total(s->server, "requests") != m->charged)
        fail_msg("%s: %scharged", m->fault, m->charged ? "not " : "");
}

static void test_what_a_client_meets(void **state)
{
    const struct stage *s = *state;

    for (size_t i = 0; i < ARRAY_LEN(meetings); i++) {
        char *rule = str_format("POST /enrich/* %s first=1", meetings[i].fault);
        struct http_reply r;

        server_faults(s->server, rule);
        server_reset(s->server);
        r = enrich(s, meetings[i].curl != TIMED_OUT ? 0 : meetings[i].status ? BEGUN_MS : VAIN_MS);
        check(&meetings[i], s, &r);
        http_reply_free(&r);
        r = enrich(s, 0);
        assert_int_equal(r.status, 200);
        http_reply_free(&r);
        free(rule);
    }
}

static void *enrich_patiently(void *arg)
{
    struct http_reply *r = mem_alloc(sizeof(*r));

    *r = enrich(arg, 0);
    return r;
}

// Until the first rule was asked about a call.
static void await_call(const struct stage *s)
{
    char *url = str_format("%s/_sandbox/faults", s->server->direct);
    json_int_t seen = 0;

    for (int i = 0; i < LOOKS && !seen; i++) {
        json_t *rules = http_get_json(url, NULL, 200);

        seen = json_integer_value(json_object_get(json_array_get(rules, 0), "seen"));
        json_decref(rules);
        (void)usleep(LOOK_US);
    }
    assert_int_equal(seen, 1);
    free(url);
}

static void test_held_until_the_rules_are_others(void **state)
{
    static const char *const rules[] = {"* hold", "* hold-before-work"};
    struct stage *s = *state;

    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        struct http_reply *r;
        pthread_t thread;
        void *got;

        server_faults(s->server, rules[i]);
        server_reset(s->server);
        assert_int_equal(pthread_create(&thread, NULL, enrich_patiently, s), 0);
        await_call(s);
        server_faults(s->server, "");
        assert_int_equal(pthread_join(thread, &got), 0);
        r = got;
        assert_int_equal(r->status, 200);
        assert_non_null(strstr(str_text(&r->body), "FULL_MATCH"));
        http_reply_free(r);
        free(r);
    }
}

static void test_every_kind_is_met(void **state)
{
    (void)state;
    for (size_t k = 1; fault_kind(k); k++) { // refuse has a test of its own
        size_t len = strlen(fault_kind(k)->name), n = 0;

        for (size_t i = 0; i < ARRAY_LEN(meetings); i++)
            n += strncmp(meetings[i].fault, fault_kind(k)->name, len) == 0;
        if (!n)
            fail_msg("nothing meets %s", fault_kind(k)->name);
    }
}

struct operation {
    const char *method, *path, *body;
};

static struct http_reply ask(const struct stage *s, const struct operation *op, long timeout_ms)
{
    char *url = server_at(s->server, "%s", op->path);
    struct http_reply r = http_call(NULL, &(struct http_ask){.method = op->method,
                                                             .url = url,
                                                             .token = s->token,
                                                             .body = op->body,
                                                             .timeout_ms = timeout_ms,
                                                             .cap = BODY_MAX});

    free(url);
    return r;
}

// The faultless answer: to the byte, but for a token, which is another one each time.
static bool is_whole(const struct http_reply *r, const struct http_reply *right)
{
    json_t *json = json_loadb(str_text(&r->body), r->body.len, 0, NULL);
    bool has_token = json_is_string(json_object_get(json, "jwt")) && json_object_size(json) == 1;

    json_decref(json);
    return r->curl == 0 && r->status == 200 &&
           (has_token || str_eq(str_text(&r->body), str_text(&right->body)));
}

static void test_every_fault_on_every_operation(void **state)
{
    const struct stage *s = *state;
    const struct operation operations[] = {
        {"POST", "/authenticate",
         "{\"username\":\"analyst@example.com\",\"password\":\"sandbox\"}"},
        {"GET", "/lookup/managementLevel", NULL},
        {"POST", "/search/contact", "{\"rpp\":2}"},
        {"POST", "/enrich/company", s->body},
    };

    for (size_t i = 0; i < ARRAY_LEN(operations); i++) {
        struct http_reply right = ask(s, &operations[i], 0);

        assert_int_equal(right.status, 200);
        for (size_t k = 1; fault_kind(k); k++) { // refuse comes before any operation
            char *rule = str_format("%s %s %s first=1", operations[i].method, operations[i].path,
                                    fault_kind(k)->name);
            struct http_reply r;

            server_faults(s->server, rule);
            r = ask(s, &operations[i], VAIN_MS / 2);
            if (is_whole(&r, &right))
                fail_msg("%s: nothing went wrong", rule);
            http_reply_free(&r);
            r = ask(s, &operations[i], 0);
            if (!is_whole(&r, &right))
                fail_msg("%s: the next call went wrong, too: curl %d, status %ld", rule, r.curl,
                         r.status);
            http_reply_free(&r);
            free(rule);
        }
        http_reply_free(&right);
    }
}

static void test_refuse(void **state)
{
    const struct stage *s = *state;
    struct http_reply r;

    server_faults(s->server, "* refuse after=1 first=1");
    r = enrich(s, 0);
    assert_int_equal(r.status, 200);
    http_reply_free(&r);
    r = enrich(s, 0);
    assert_int_not_equal(r.curl, 0);
    assert_int_equal(r.status, 0);
    http_reply_free(&r);
    r = enrich(s, 0);
    assert_int_equal(r.status, 200);
    http_reply_free(&r);
    assert_int_equal(server_total(s->server, "requests"), 2);
}

static void test_retry_after_and_location(void **state)
{
    static const struct {
        const char *rule, *header, *value;
    } cases[] = {
        {"* 429 retry-after=3600", "Retry-After", "3600"},
        {"* 503 retry-after=\"Wed, 21 Oct 2026 07:28:00 GMT\"", "Retry-After",
         "Wed, 21 Oct 2026 07:28:00 GMT"},
        {"* 429 retry-after=soon", "Retry-After", "soon"},
        {"* 429", "Retry-After", NULL},
        {"* 302 location=http://example.org/x", "Location", "http://example.org/x"},
        {"* 302", "Location", "http://127.0.0.1:9/"},
    };
    const struct stage *s = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char text[80];
        const char *value;
        struct http_reply r;

        server_faults(s->server, cases[i].rule);
        r = enrich(s, 0);
        value = http_header(&r, cases[i].header, text, sizeof(text));
        if (cases[i].value) {
            assert_non_null(value);
            assert_string_equal(value, cases[i].value);
        } else {
            assert_null(value);
        }
        http_reply_free(&r);
    }
}

static void test_connection_lives_on_after_a_status(void **state)
{
    const struct stage *s = *state;
    struct http *h = http_open();
    const long statuses[] = {500, 200, 500, 200};

    server_faults(s->server, "* 500 every=2 after=1; * 500 first=1");
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        struct http_reply r =
            http_call(h, &(struct http_ask){.url = s->url, .token = s->token, .body = s->body});

        assert_int_equal(r.status, statuses[i]);
        assert_int_equal(r.connects, i == 0);
        http_reply_free(&r);
    }
    http_close(h);
}

static void test_only_one_value_goes_wrong(void **state)
{
    const struct stage *s = *state;
    char *url = server_at(s->server, "/search/company");
    json_t *page, *rows;

    server_faults(s->server, "POST /search/company wrong-types field=name at=1");
    page = http_post_json(url, s->token, "{\"rpp\":3}", 200);
    rows = json_object_get(page, "data");
    assert_int_equal(json_array_size(rows), 3);
    for (size_t i = 0; i < 3; i++) {
        const json_t *name = json_object_get(json_array_get(rows, i), "name");

        assert_int_equal(json_is_string(name), i != 1);
        assert_int_equal(json_is_integer(name), i == 1);
    }
    json_decref(page);
    free(url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FAULTS(test_held_until_the_rules_are_others),
        cmocka_unit_test(test_every_kind_is_met),
        WITH_FAULTS(test_what_a_client_meets),
        WITH_FAULTS(test_every_fault_on_every_operation),
        WITH_FAULTS(test_refuse),
        WITH_FAULTS(test_retry_after_and_location),
        WITH_FAULTS(test_connection_lives_on_after_a_status),
        WITH_FAULTS(test_only_one_value_goes_wrong),
    };

    return cmocka_run_group_tests_name("sandbox-fault", tests, NULL, NULL);
}
