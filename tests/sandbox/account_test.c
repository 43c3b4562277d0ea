// Money: what an enrich costs, what the meters and the audit tell of it. Over real sockets. Tests.
#include "sandbox/shop_stage.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void test_first_time_costs(void **state)
{
    struct shop s = open_shop(NULL);

    (void)state;
    assert_int_equal(buy(&s, s.ids, 3, 200), 3);
    expect_spent(&s, 3, 3, 1);
    assert_int_equal(buy(&s, s.ids, 4, 200), 4);
    expect_spent(&s, 4, 7, 2);
    close_shop(&s);
}

static void test_duplicates_cost_once(void **state)
{
    struct shop s = open_shop(NULL);
    const long long twice[] = {s.ids[0], s.ids[1], s.ids[0], s.ids[0]};

    (void)state;
    assert_int_equal(buy(&s, twice, 4, 200), 4);
    expect_spent(&s, 2, 4, 1);
    close_shop(&s);
}

static void test_no_match_costs_nothing(void **state)
{
    struct shop s = open_shop(NULL);
    const long long nobody[] = {1, s.ids[0]};

    (void)state;
    assert_int_equal(buy(&s, nobody, 2, 200), 1);
    expect_spent(&s, 1, 1, 1);
    assert_int_equal(buy(&s, nobody, 1, 200), 0);
    expect_spent(&s, 1, 1, 2);
    close_shop(&s);
}

static void test_entities_are_apart(void **state)
{
    struct shop s = open_shop(NULL);
    char *url = server_at(s.server, "/enrich/contact"), *body;
    long long person;

    (void)state;
    server_ids(s.server, "contact", 1, &person);
    body = str_format("{\"outputFields\":[\"id\"],\"matchPersonInput\":[{\"personId\":%lld}]}",
                      person);
    json_decref(http_post_json(url, s.token, body, 200));
    assert_int_equal(buy(&s, s.ids, 1, 200), 1);
    expect_spent(&s, 2, 2, 2);
    free(url);
    free(body);
    close_shop(&s);
}

static void test_credits_run_out_midway(void **state)
{
    struct shop s = open_shop((const char *[]){"--credits", "5", NULL});
    char *body = batch_of(s.ids + BATCH, 2);
    json_t *refused;

    (void)state;
    assert_int_equal(buy(&s, s.ids, 3, 200), 3);
    assert_int_equal(buy(&s, s.ids, 8, 200), 5); // three are owned, two more have room
    expect_spent(&s, 5, 8, 2);
    refused = http_post_json(s.url, s.token, body, 400);
    assert_string_equal(json_string_value(json_object_get(refused, "error")),
                        "Exceeded the max limit to enrich new Companies");
    expect_spent(&s, 5, 8, 2);
    assert_int_equal(buy(&s, s.ids, 6, 200), 5); // what is owned stays free
    json_decref(refused);
    free(body);
    close_shop(&s);
}

static void test_limit_exceeded_is_said_in_the_row(void **state)
{
    struct shop s = open_shop((const char *[]){"--credits", "1", NULL});
    char *body = batch_of(s.ids, 2);
    json_t *answer = http_post_json(s.url, s.token, body, 200);
    json_t *rows = json_object_get(json_object_get(answer, "data"), "result");

    (void)state;
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "matchStatus")),
                        "FULL_MATCH");
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 1), "matchStatus")),
                        "LIMIT_EXCEEDED");
    json_decref(answer);
    free(body);
    close_shop(&s);
}

static void test_record_limit(void **state)
{
    struct shop s = open_shop((const char *[]){"--records", "2", NULL});

    (void)state;
    assert_int_equal(buy(&s, s.ids, 3, 200), 2);
    expect_spent(&s, 2, 2, 1);
    assert_int_equal(buy(&s, s.ids, 1, 403), 0);
    expect_spent(&s, 2, 2, 1);
    close_shop(&s);
}

static void test_request_limit(void **state)
{
    struct shop s = open_shop((const char *[]){"--requests", "2", NULL});
    char *search = server_at(s.server, "/search/company");

    (void)state;
    json_decref(http_post_json(search, s.token, "{}", 200));
    assert_int_equal(buy(&s, s.ids, 1, 200), 1);
    assert_int_equal(buy(&s, s.ids, 1, 403), 0);
    json_decref(http_post_json(search, s.token, "{}", 403));
    expect_spent(&s, 1, 1, 2);
    free(search);
    close_shop(&s);
}

static long long remaining(const struct http_reply *r, const char *meter)
{
    char *name = str_format("X-Usage-%s-Limit-Remaining", meter), text[40];
    long long value;

    assert_non_null(http_header(r, name, text, sizeof(text)));
    assert_true(str_int64(text, &value));
    free(name);
    return value;
}

static void test_meters_are_told(void **state)
{
    struct shop s = open_shop(
        (const char *[]){"--credits", "100", "--records", "200", "--requests", "300", NULL});
    char *body = batch_of(s.ids, 4), *usage_url = server_at(s.server, "/lookup/usage");
    struct http_reply r = http_post(s.url, s.token, body);
    json_t *usage, *row;
    size_t i;
    static const struct {
        const char *type;
        long long limit, used;
    } rows[] = {{"requestLimit", 300, 1},
                {"recordLimit", 200, 4},
                {"uniqueIdLimit", 100, 4},
                {"webSightsApiRequestLimit", 0, 0},
                {"webSightsApiRecordLimit", 0, 0}};

    (void)state;
    assert_int_equal(remaining(&r, "Unique-Id"), 96);
    assert_int_equal(remaining(&r, "Record"), 196);
    assert_int_equal(remaining(&r, "Request"), 299);
    usage = http_get_json(usage_url, s.token, 200);
    assert_int_equal(json_array_size(json_object_get(usage, "usage")), ARRAY_LEN(rows));
    json_array_foreach(json_object_get(usage, "usage"), i, row)
    {
        assert_string_equal(json_string_value(json_object_get(row, "limitType")), rows[i].type);
        assert_int_equal(json_integer_value(json_object_get(row, "limit")), rows[i].limit);
        assert_int_equal(json_integer_value(json_object_get(row, "currentUsage")), rows[i].used);
        assert_int_equal(json_integer_value(json_object_get(row, "usageRemaining")),
                         rows[i].limit - rows[i].used);
        assert_true(json_is_string(json_object_get(row, "description")));
    }
    json_decref(usage);
    http_reply_free(&r);
    free(body);
    free(usage_url);
    close_shop(&s);
}

static void test_audit_says_what_was_charged(void **state)
{
    struct shop s = open_shop(NULL);
    char *body = batch_of(s.ids, 2), id[80], *url = server_at(s.server, "/_sandbox/audit?after=1");
    json_t *audit, *charges, *charge;
    struct http_reply r;

    (void)state;
    assert_int_equal(buy(&s, s.ids, 1, 200), 1);
    r = http_post(s.url, s.token, body);
    audit = server_audit(s.server);
    charges = json_object_get(audit, "charges");
    assert_int_equal(json_array_size(charges), 2);
    charge = json_array_get(charges, 1);
    assert_int_equal(json_integer_value(json_object_get(charge, "sequence")), 2);
    assert_string_equal(json_string_value(json_object_get(charge, "operation")), "/enrich/company");
    assert_string_equal(json_string_value(json_object_get(charge, "requestId")),
                        http_header(&r, "X-Request-Id", id, sizeof(id)));
    assert_int_equal(json_integer_value(json_object_get(charge, "credits")), 1);
    assert_int_equal(json_integer_value(json_object_get(charge, "records")), 2);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(charge, "recordIds"), 1)),
                     s.ids[1]);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(charge, "newRecordIds"), 0)),
                     s.ids[1]);
    json_decref(audit);
    audit = http_get_json(url, NULL, 200);
    assert_int_equal(json_array_size(json_object_get(audit, "charges")), 1);
    json_decref(audit);
    http_reply_free(&r);
    server_reset(s.server);
    expect_spent(&s, 0, 0, 0);
    assert_int_equal(buy(&s, s.ids, 2, 200), 2);
    expect_spent(&s, 2, 2, 1);
    free(body);
    free(url);
    close_shop(&s);
}

struct buyer {
    const struct shop *shop;
    size_t n_calls;
};

static void *buy_all(void *arg)
{
    const struct buyer *b = arg;
    struct http *h = http_open();

    for (size_t i = 0; i < b->n_calls; i++) {
        char *body = batch_of(b->shop->ids + i % 3 * BATCH, BATCH);
        struct http_reply r = http_call(
            h, &(struct http_ask){.url = b->shop->url, .token = b->shop->token, .body = body});

        if (r.status != 200)
            abort();
        http_reply_free(&r);
        free(body);
    }
    http_close(h);
    return NULL;
}

// Four buy the same 75 records at once: each is paid for once.
static void test_at_once(void **state)
{
    struct shop s = open_shop((const char *[]){"--unlimited", NULL});
    struct buyer buyer = {&s, 12};
    pthread_t threads[4];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, buy_all, &buyer), 0);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    expect_spent(&s, 3 * BATCH, 4 * 12 * BATCH, 4 * 12);
    close_shop(&s);
}

static void test_date_follows_the_clock(void **state)
{
    struct server *s = server_start((const char *[]){"--clock-offset", "315360000", NULL});
    char *url = server_at(s, "/lookup/usage"), text[80];
    struct http_reply r = http_get(url, NULL);
    const char *date = http_header(&r, "Date", text, sizeof(text));
    time_t then = time(NULL) + 315360000;
    struct tm tm;
    char year[8];

    (void)state;
    assert_non_null(date);
    assert_non_null(gmtime_r(&then, &tm));
    assert_true(strftime(year, sizeof(year), " %Y ", &tm) > 0);
    assert_non_null(strstr(date, year));
    http_reply_free(&r);
    free(url);
    assert_int_equal(server_stop(s), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_time_costs),
        cmocka_unit_test(test_duplicates_cost_once),
        cmocka_unit_test(test_no_match_costs_nothing),
        cmocka_unit_test(test_entities_are_apart),
        cmocka_unit_test(test_credits_run_out_midway),
        cmocka_unit_test(test_limit_exceeded_is_said_in_the_row),
        cmocka_unit_test(test_record_limit),
        cmocka_unit_test(test_request_limit),
        cmocka_unit_test(test_meters_are_told),
        cmocka_unit_test(test_audit_says_what_was_charged),
        cmocka_unit_test(test_at_once),
        cmocka_unit_test(test_date_follows_the_clock),
    };

    return cmocka_run_group_tests_name("sandbox-account", tests, NULL, NULL);
}
