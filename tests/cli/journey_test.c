// The main job end to end with the real programs over real sockets: look up, count, search, quote,
// buy, buy again, see what it cost. Each test continues where the one before stopped. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "support/http.h"
#include "support/run.h"
#include "support/server.h"

struct world {
    struct home home;
    struct server *server;
};

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=2000", "--contacts=20000",
                                          NULL};
    struct world *w = calloc(1, sizeof(*w));

    w->home = home_make();
    w->server = server_start(options);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    int status = server_stop(w->server);

    home_remove(&w->home);
    free(w);
    return status;
}

static struct run lode(struct world *w, const char *line)
{
    return run_lode(&w->home, w->server->url, line);
}

static size_t lines(const struct str *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->len; i++)
        n += s->data[i] == '\n';
    return n;
}

static void expect_said(const struct str *s, const char *text)
{
    if (!strstr(str_text(s), text))
        fail_msg("\"%s\" is not in:\n%s", text, str_text(s));
}

static void expect_status(const struct run *r, int status)
{
    if (r->status != status)
        fail_msg("exit %d, not %d; it said:\n%s", r->status, status, str_text(&r->err));
}

// The audit's sums straight from the server.
static json_t *audit(struct world *w)
{
    char *url = server_at(w->server, "/_sandbox/audit?summary=1");
    json_t *sums = http_get_json(url, NULL, 200);

    free(url);
    return sums;
}

static void a_lookup_lists_what_matches(void **state)
{
    struct run r = lode(*state, "lookup industry --match soft --format csv");

    expect_status(&r, 0);
    assert_true(str_starts(str_text(&r.out), "Id,Name,parent\n"));
    expect_said(&r.out, "\nsoftware,");
    assert_null(strstr(r.out.data, "agriculture"));
    run_free(&r);
}

static void a_list_is_known_by_its_plain_name(void **state)
{
    struct run r = lode(*state, "lookup management level --format jsonl");

    expect_status(&r, 0);
    expect_said(&r.out, "\"VP Level Exec\"");
    assert_int_equal(lines(&r.out), 6);
    run_free(&r);
}

static void a_count_is_one_number(void **state)
{
    struct run r = lode(*state, "count contact --where 'managementLevel=VP Level Exec' --where "
                                "industryCodes=software");
    char *end;

    expect_status(&r, 0);
    assert_true(strtoll(r.out.data, &end, 10) > 0);
    assert_string_equal(end, "\n");
    run_free(&r);
}

static void people_may_use_their_own_words(void **state)
{
    struct run a = lode(*state, "count contact --where 'managementLevel=VP Level Exec'");
    struct run b = lode(*state, "count contact --where 'Management level=vp level execs'");

    expect_status(&a, 0);
    expect_status(&b, 0);
    assert_string_equal(a.out.data, b.out.data);
    run_free(&a);
    run_free(&b);
}

static void a_search_writes_a_file_that_is_whole(void **state)
{
    struct world *w = *state;
    struct run r = lode(w, "search contact --where contactAccuracyScoreMin=80 --limit 250 --output "
                           "found.csv");
    struct run again = lode(w, "search contact --limit 5 --output found.csv");

    expect_status(&r, 0);
    assert_int_equal(r.out.len, 0);
    expect_said(&r.err, "250 rows are in found.csv");
    expect_status(&again, 2);
    expect_said(&again.err, "found.csv exists and was left as it is");
    run_free(&r);
    run_free(&again);
}

static void rows_keep_the_names_of_the_api(void **state)
{
    struct run r = lode(*state, "search contact --limit 3 --format json");
    json_t *rows;

    expect_status(&r, 0);
    rows = json_loads(r.out.data, 0, NULL);
    assert_int_equal(json_array_size(rows), 3);
    assert_non_null(json_object_get(json_array_get(rows, 0), "contactAccuracyScore"));
    assert_non_null(json_object_get(json_array_get(rows, 0), "company"));
    json_decref(rows);
    run_free(&r);
}

static void pages_make_one_list_without_repeats(void **state)
{
    struct run r = lode(*state, "search company --limit 1234 --columns companyId --format csv");

    expect_status(&r, 0);
    assert_int_equal(lines(&r.out), 1235);
    run_free(&r);
}

static long long number(const json_t *rows, const char *standing, const char *key)
{
    size_t i;
    json_t *row;

    json_array_foreach(rows, i, row)
    {
        if (str_eq(json_string_value(json_object_get(row, "standing")), standing))
            return json_integer_value(json_object_get(row, key));
    }
    return -1;
}

// Whether an id from a file is of anybody, and whether that one may be sold, the answer tells.
static void a_quote_says_the_price_before_anything_is_bought(void **state)
{
    struct run r = lode(*state, "quote contact --from found.csv --format json");
    json_t *rows;

    expect_status(&r, 0);
    rows = json_loads(r.out.data, 0, NULL);
    assert_int_equal(number(rows, "unsure", "rows"), 250);
    assert_int_equal(number(rows, "total", "creditsMin"), 0);
    assert_int_equal(number(rows, "total", "creditsMax"), 250);
    expect_said(&r.err, "0 to 250 credits, 0 to 250 records, 10 requests");
    json_decref(rows);
    run_free(&r);
}

static void nothing_is_bought_without_a_maximum(void **state)
{
    struct run r = lode(*state, "enrich contact --from found.csv");
    json_t *sums = audit(*state);

    expect_status(&r, 5);
    expect_said(&r.err, "--max-credits");
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(sums, "totals"), "credits")), 0);
    json_decref(sums);
    run_free(&r);
}

static void a_purchase_stops_at_its_maximum(void **state)
{
    struct run r = lode(*state, "enrich contact --from found.csv --max-credits 50 --format jsonl");
    json_t *sums = audit(*state);

    expect_status(&r, 6);
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(sums, "totals"), "credits")), 50);
    expect_said(&r.err, "left, because --max-credits was reached");
    expect_said(&r.err, "Charged: 50 credits");
    assert_true(lines(&r.out) >= 50);
    json_decref(sums);
    run_free(&r);
}

static void what_is_owned_comes_again_for_nothing(void **state)
{
    struct world *w = *state;
    json_t *before = audit(w), *after;
    struct run r = lode(w, "enrich contact --from found.csv --max-credits 0 --format jsonl");

    after = audit(w);
    expect_status(&r, 6);
    // Who opted out in the run before has a row that says so.
    assert_int_equal(lines(&r.out), 51);
    assert_non_null(strstr(str_text(&r.out), "\"matchStatus\":\"SUPPRESSED\""));
    expect_said(&r.err, "50 from the library, at no cost");
    expect_said(&r.err, "Charged: 0 credits, 0 records, 0 requests");
    assert_true(json_equal(before, after));
    json_decref(before);
    json_decref(after);
    run_free(&r);
}

static void contact_data_carries_its_flags(void **state)
{
    static const char *const must[] = {"directPhoneDoNotCall",
                                       "mobilePhoneDoNotCall",
                                       "withinEu",
                                       "withinCalifornia",
                                       "withinCanada",
                                       "noticeProvidedDate",
                                       "matchStatus",
                                       "source",
                                       "fetchedAt"};
    struct run r = lode(*state, "export contact --fields email --format csv");
    char *heading;

    expect_status(&r, 0);
    heading = strndup(r.out.data, strcspn(r.out.data, "\n"));
    for (size_t i = 0; i < sizeof(must) / sizeof(must[0]); i++)
        assert_non_null(strstr(heading, must[i]));
    assert_int_equal(lines(&r.out), 51);
    free(heading);
    run_free(&r);
}

static void usage_and_ledger_agree_with_the_server(void **state)
{
    struct run usage = lode(*state, "usage --format json"), ledger;
    json_t *meters, *rows, *row;
    long long credits = 0;
    size_t i;

    expect_status(&usage, 0);
    meters = json_loads(usage.out.data, 0, NULL);
    json_array_foreach(meters, i, row)
    {
        if (str_eq(json_string_value(json_object_get(row, "limitType")), "uniqueIdLimit"))
            assert_int_equal(json_integer_value(json_object_get(row, "currentUsage")), 50);
    }
    ledger = lode(*state, "ledger --format json");
    expect_status(&ledger, 0);
    rows = json_loads(ledger.out.data, 0, NULL);
    json_array_foreach(rows, i, row)
    {
        assert_string_equal(json_string_value(json_object_get(row, "state")), "charged");
        credits += json_integer_value(json_object_get(row, "credits"));
    }
    assert_int_equal(credits, 50);
    json_decref(meters);
    json_decref(rows);
    run_free(&usage);
    run_free(&ledger);
}

static void a_raw_request_is_free_or_refused(void **state)
{
    struct run good = lode(*state, "raw GET /lookup/usage");
    struct run bad = lode(*state, "raw POST /enrich/contact {}");

    expect_status(&good, 0);
    expect_said(&good.out, "uniqueIdLimit");
    expect_status(&bad, 5);
    assert_int_equal(bad.out.len, 0);
    run_free(&good);
    run_free(&bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lookup_lists_what_matches),
        cmocka_unit_test(a_list_is_known_by_its_plain_name),
        cmocka_unit_test(a_count_is_one_number),
        cmocka_unit_test(people_may_use_their_own_words),
        cmocka_unit_test(a_search_writes_a_file_that_is_whole),
        cmocka_unit_test(rows_keep_the_names_of_the_api),
        cmocka_unit_test(pages_make_one_list_without_repeats),
        cmocka_unit_test(a_quote_says_the_price_before_anything_is_bought),
        cmocka_unit_test(nothing_is_bought_without_a_maximum),
        cmocka_unit_test(a_purchase_stops_at_its_maximum),
        cmocka_unit_test(what_is_owned_comes_again_for_nothing),
        cmocka_unit_test(contact_data_carries_its_flags),
        cmocka_unit_test(usage_and_ledger_agree_with_the_server),
        cmocka_unit_test(a_raw_request_is_free_or_refused),
    };

    return cmocka_run_group_tests_name("journey", tests, set_up, tear_down);
}
