// Money: what an enrich costs, what is owned, what survives a kill. Over real sockets. Tests.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/http.h"
#include "support/run.h"
#include "support/server.h"
#include "support/temp.h"
#include "support/test.h"

enum { BATCH = 25 };

struct shop {
    struct server *server;
    char *token, *url;
    long long ids[4 * BATCH];
};

static struct shop open_shop(const char *const *options)
{
    struct shop s = {.server = server_start(options)};

    s.token = server_token(s.server);
    s.url = server_at(s.server, "/enrich/company");
    server_ids(s.server, "company", ARRAY_LEN(s.ids), s.ids);
    return s;
}

static void free_shop(struct shop *s)
{
    free(s->token);
    free(s->url);
}

static void close_shop(struct shop *s)
{
    assert_int_equal(server_stop(s->server), 0);
    free_shop(s);
}

static char *batch_of(const long long *ids, size_t n)
{
    struct str body = {0};

    str_add(&body, "{\"outputFields\":[\"id\",\"name\"],\"matchCompanyInput\":[");
    for (size_t i = 0; i < n; i++)
        str_addf(&body, "%s{\"companyId\":%lld}", i ? "," : "", ids[i]);
    str_add(&body, "]}");
    return str_take(&body);
}

// Buys and expects this status; how many rows are FULL_MATCH.
static size_t buy(const struct shop *s, const long long *ids, size_t n, long status)
{
    char *body = batch_of(ids, n);
    json_t *answer = http_post_json(s->url, s->token, body, status), *row;
    size_t full = 0, i;

    json_array_foreach(json_object_get(json_object_get(answer, "data"), "result"), i, row)
    {
        bool match = str_eq(json_string_value(json_object_get(row, "matchStatus")), "FULL_MATCH");

        assert_int_equal(json_array_size(json_object_get(row, "data")), match);
        full += match;
    }
    json_decref(answer);
    free(body);
    return full;
}

static void expect_spent(const struct shop *s, long long credits, long long records,
                         long long requests)
{
    assert_int_equal(server_total(s->server, "credits"), credits);
    assert_int_equal(server_total(s->server, "records"), records);
    assert_int_equal(server_total(s->server, "requests"), requests);
}

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

// What one process bought, the next owns: for a year less a bit, and no longer.
static void test_owned_for_a_year(void **state)
{
    static const struct {
        const char *offset;
        long long credits;
    } runs[] = {{"0", 2}, {"31535000", 2}, {"31537000", 4}, {"40000000", 4}};
    char *folder = temp_make(), *file = str_format("%s/account", folder);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(runs); i++) {
        struct shop s =
            open_shop((const char *[]){"--state", file, "--clock-offset", runs[i].offset, NULL});

        assert_int_equal(buy(&s, s.ids, 2, 200), 2);
        expect_spent(&s, runs[i].credits, 2 * ((long long)i + 1), (long long)i + 1);
        close_shop(&s);
    }
    temp_remove(folder);
    free(file);
    free(folder);
}

static void write_file(const char *path, const char *text, const char *mode)
{
    FILE *f = fopen(path, mode);

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void test_torn_last_line(void **state)
{
    char *folder = temp_make(), *file = str_format("%s/account", folder);
    const char *const options[] = {"--state", file, NULL};
    struct shop s = open_shop(options);

    (void)state;
    assert_int_equal(buy(&s, s.ids, 2, 200), 2);
    close_shop(&s);
    write_file(file, "2 1795495085697 enrich company 0a1b2c3d-0000-4000-8000-0000000", "a");
    s = open_shop(options);
    expect_spent(&s, 2, 2, 1);
    assert_int_equal(buy(&s, s.ids, 3, 200), 3);
    close_shop(&s);
    s = open_shop(options);
    expect_spent(&s, 3, 5, 2);
    close_shop(&s);
    temp_remove(folder);
    free(file);
    free(folder);
}

static struct run refused_start(const char *file)
{
    struct home home = home_make();
    struct run r = run_program(&home,
                               (const char *[]){SANDBOX_BINARY, "--state", file, "--companies",
                                                "10", "--contacts", "10", NULL},
                               NULL);

    home_remove(&home);
    return r;
}

static void test_foreign_files_are_left_alone(void **state)
{
    static const char *const texts[] = {
        "Dear diary,\ntoday I bought nothing.\n",
        "a text without any line end",
        "lode-sandbox account 1\nnot a charge\n",
        "lode-sandbox account 2\n",
    };
    char *folder = temp_make(), *file = str_format("%s/diary", folder);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct str after = {0};
        struct run r;
        struct err e;

        write_file(file, texts[i], "w");
        r = refused_start(file);
        assert_int_not_equal(r.status, 0);
        assert_non_null(strstr(str_text(&r.err), "left as it is"));
        assert_true(file_read(file, 4096, &after, &e));
        assert_string_equal(after.data, texts[i]);
        str_free(&after);
        run_free(&r);
    }
    temp_remove(folder);
    free(file);
    free(folder);
}

static void test_one_process_a_state(void **state)
{
    char *folder = temp_make(), *file = str_format("%s/account", folder);
    struct server *s = server_start((const char *[]){"--state", file, NULL});
    struct run r = refused_start(file);

    (void)state;
    assert_int_equal(r.status, 1);
    assert_non_null(strstr(str_text(&r.err), "another lode-sandbox uses the state file"));
    run_free(&r);
    assert_int_equal(server_stop(s), 0);
    temp_remove(folder);
    free(file);
    free(folder);
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

enum { FIRMS = 1000 };

// Buys one record after the other until the server is gone; counts the whole answers.
struct victim {
    char *url, *token;
    const long long *ids;
    size_t bought;
};

static void *buy_until_gone(void *arg)
{
    struct victim *v = arg;
    struct http *h = http_open();
    bool alive = true;

    while (alive) {
        char *body = batch_of(&v->ids[v->bought % FIRMS], 1);
        struct http_reply r =
            http_call(h, &(struct http_ask){.url = v->url, .token = v->token, .body = body});

        alive = r.curl == 0 && r.status == 200;
        v->bought += alive;
        http_reply_free(&r);
        free(body);
    }
    http_close(h);
    return NULL;
}

// One life of a server, ended in the middle of its sales. bought: answered in all lives before.
static size_t live_and_die(const char *file, long life, size_t bought)
{
    struct server *s = server_start((const char *[]){"--state", file, "--unlimited", "--companies",
                                                     "1000", "--contacts", "10", NULL});
    struct victim v = {.url = server_at(s, "/enrich/company"), .token = server_token(s)};
    size_t kept = (size_t)server_total(s, "requests");
    long long ids[FIRMS];
    pthread_t thread;

    assert_in_range(kept, bought, bought + 1); // the last may have been charged and not answered
    assert_int_equal(server_total(s, "credits"), kept < FIRMS ? kept : FIRMS);
    server_ids(s, "company", FIRMS, ids);
    v.ids = ids;
    v.bought = kept;
    assert_int_equal(pthread_create(&thread, NULL, buy_until_gone, &v), 0);
    (void)nanosleep(&(struct timespec){.tv_nsec = 20000000 + 7000000 * (life % 5)}, NULL);
    server_kill(s);
    assert_int_equal(pthread_join(thread, NULL), 0);
    free(v.url);
    free(v.token);
    return v.bought;
}

// LODE_KILLS=N in the environment makes the campaign longer.
static void test_kill_loses_no_answered_charge(void **state)
{
    const char *wanted = getenv("LODE_KILLS");
    long kills = wanted ? strtol(wanted, NULL, 10) : 6;
    char *folder = temp_make(), *file = str_format("%s/account", folder);
    size_t bought = 0;

    (void)state;
    for (long i = 0; i < kills; i++)
        bought = live_and_die(file, i, bought);
    assert_true(bought > 0);
    temp_remove(folder);
    free(file);
    free(folder);
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
        cmocka_unit_test(test_owned_for_a_year),
        cmocka_unit_test(test_torn_last_line),
        cmocka_unit_test(test_foreign_files_are_left_alone),
        cmocka_unit_test(test_one_process_a_state),
        cmocka_unit_test(test_at_once),
        cmocka_unit_test(test_kill_loses_no_answered_charge),
        cmocka_unit_test(test_date_follows_the_clock),
    };

    return cmocka_run_group_tests_name("sandbox-account", tests, NULL, NULL);
}
