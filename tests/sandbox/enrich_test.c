// POST /enrich/contact and /enrich/company: shapes, echoes, refusals. Over real sockets. Tests.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/http.h"
#include "support/server.h"
#include "support/test.h"

struct desk {
    struct server *server;
    char *token, *contact, *company;
    long long people[26], firms[2];
};

static int open_desk(void **state)
{
    struct desk *d = mem_zalloc(sizeof(*d));

    d->server = server_start((const char *[]){"--unlimited", NULL});
    d->token = server_token(d->server);
    d->contact = server_at(d->server, "/enrich/contact");
    d->company = server_at(d->server, "/enrich/company");
    server_ids(d->server, "contact", ARRAY_LEN(d->people), d->people);
    server_ids(d->server, "company", ARRAY_LEN(d->firms), d->firms);
    *state = d;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *d = *state;
    int code = server_stop(d->server);

    free(d->token);
    free(d->contact);
    free(d->company);
    free(d);
    return code;
}

static const char *text_at(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));

    assert_non_null(text);
    return text;
}

static json_t *rows_of(const json_t *answer)
{
    return json_object_get(json_object_get(answer, "data"), "result");
}

static void test_shape(void **state)
{
    const struct desk *d = *state;
    char *body = str_format("{\"matchPersonInput\":[{\"personId\":%lld}],"
                            "\"outputFields\":[\"id\",\"firstName\",\"companyName\"]}",
                            d->people[0]);
    json_t *answer = http_post_json(d->contact, d->token, body, 200), *row, *person, *fields;

    assert_true(json_is_true(json_object_get(answer, "success")));
    fields = json_array_get(json_object_get(json_object_get(answer, "data"), "outputFields"), 0);
    assert_int_equal(json_array_size(fields), 3);
    assert_string_equal(json_string_value(json_array_get(fields, 1)), "firstname");
    assert_null(json_object_get(json_object_get(answer, "data"), "requiredFields"));
    assert_int_equal(json_array_size(rows_of(answer)), 1);
    row = json_array_get(rows_of(answer), 0);
    assert_string_equal(text_at(row, "matchStatus"), "FULL_MATCH");
    person = json_array_get(json_object_get(row, "data"), 0);
    assert_int_equal(json_integer_value(json_object_get(person, "id")), d->people[0]);
    assert_non_null(json_object_get(person, "firstName"));
    json_decref(answer);
    free(body);
}

static void test_echo_is_in_lower_case(void **state)
{
    const struct desk *d = *state;
    static const char body[] =
        "{\"matchPersonInput\":[{\"fullName\":\"Nobody OF Note\",\"companyName\":\"NO Such Firm\"},"
        "{\"personId\":\"12345\"}],\"outputFields\":[\"iD\"]}";
    json_t *answer = http_post_json(d->contact, d->token, body, 200), *input;

    input = json_object_get(json_array_get(rows_of(answer), 0), "input");
    assert_string_equal(text_at(input, "fullname"), "nobody of note");
    assert_string_equal(text_at(input, "companyname"), "no such firm");
    assert_int_equal(json_object_size(input), 2);
    input = json_object_get(json_array_get(rows_of(answer), 1), "input");
    assert_string_equal(text_at(input, "personid"), "12345");
    json_decref(answer);
}

static void test_rows_keep_their_order(void **state)
{
    const struct desk *d = *state;
    struct str body = {0};
    json_t *answer, *row;
    size_t i;

    str_add(&body, "{\"outputFields\":[\"id\"],\"matchPersonInput\":[");
    for (i = 0; i < 25; i++)
        str_addf(&body, "%s{\"personId\":%lld}", i ? "," : "", i % 3 == 1 ? 4 : d->people[25 - i]);
    str_add(&body, "]}");
    answer = http_post_json(d->contact, d->token, body.data, 200);
    assert_int_equal(json_array_size(rows_of(answer)), 25);
    json_array_foreach(rows_of(answer), i, row)
    {
        const json_t *data = json_object_get(row, "data");

        assert_int_equal(json_array_size(data), i % 3 != 1);
        assert_string_equal(text_at(row, "matchStatus"), i % 3 == 1 ? "NO_MATCH" : "FULL_MATCH");
        if (i % 3 != 1)
            assert_int_equal(json_integer_value(json_object_get(json_array_get(data, 0), "id")),
                             d->people[25 - i]);
    }
    json_decref(answer);
    str_free(&body);
}

static void test_company(void **state)
{
    const struct desk *d = *state;
    char *body =
        str_format("{\"matchCompanyInput\":[{\"companyid\":\"%lld\"},{\"companyId\":%lld}],"
                   "\"outputFields\":[\"id\",\"name\",\"website\"]}",
                   d->firms[0], d->firms[1]);
    json_t *answer = http_post_json(d->company, d->token, body, 200);

    for (size_t i = 0; i < 2; i++) {
        const json_t *row = json_array_get(rows_of(answer), i);
        const json_t *firm = json_array_get(json_object_get(row, "data"), 0);

        assert_string_equal(text_at(row, "matchStatus"), "FULL_MATCH");
        assert_int_equal(json_integer_value(json_object_get(firm, "id")), d->firms[i]);
    }
    json_decref(answer);
    free(body);
}

// What refuses the whole request, and charges nothing. %lld is the id of someone who exists.
static const char many[] = "one more than a batch holds";
static const struct refusal {
    bool company;
    const char *body;
    const char *error;
    const char *key, *names; // under key: names joined by ','
} refusals[] = {
    {false, "{\"matchPersonInput\":[{\"personId\":%lld}]}", "Missing outputFields parameter", NULL,
     NULL},
    {false, "{\"matchPersonInput\":[{\"personId\":%lld}],\"outputFields\":[]}",
     "Missing outputFields parameter", NULL, NULL},
    {false, "{\"matchPersonInput\":[{\"personId\":%lld}],\"outputFields\":\"id\"}",
     "Missing outputFields parameter", NULL, NULL},
    {false, "{\"outputFields\":[\"id\"]}", "There is insufficient information for this request",
     NULL, NULL},
    {false, "{\"outputFields\":[\"id\"],\"matchPersonInput\":[]}",
     "There is insufficient information for this request", NULL, NULL},
    {false, "{\"outputFields\":[\"id\"],\"matchPersonInput\":[{},{\"firstName\":\"A\"}]}",
     "There is insufficient information for this request", NULL, NULL},
    {false, many, "A request may hold at most 25 inputs", NULL, NULL},
    {false,
     "{\"matchPersonInput\":[{\"personId\":%lld}],"
     "\"outputFields\":[\"id\",\"shoeSize\",\"firstName\",\"ShoeSize\",\"Hat\"]}",
     "OutputFields invalid or disallowed", "invalidOutputFields", "shoesize,hat"},
    {false,
     "{\"matchPersonInput\":[{\"personId\":%lld}],\"outputFields\":[\"id\"],"
     "\"requiredFields\":[\"shoeSize\"]}",
     "OutputFields invalid or disallowed", "invalidOutputFields", "shoesize"},
    {false,
     "{\"matchPersonInput\":[{\"personId\":%lld}],\"outputFields\":[\"id\"],"
     "\"requiredFields\":\"email\"}",
     "There are invalid fields in your request", "invalidInputFields", "requiredfields"},
    {false,
     "{\"matchPersonInput\":[{\"personId\":%lld}],\"outputFields\":[\"id\"],"
     "\"requiredFields\":null}",
     "There are invalid fields in your request", "invalidInputFields", "requiredfields"},
    {true, "{\"matchCompanyInput\":[{\"companyId\":%lld}],\"outputFields\":[\"id\",\"shoes\"]}",
     "OutputFields invalid or disallowed", "invalidOutputFields", "shoes"},
    {false,
     "{\"matchPersonInput\":[{\"personId\":%lld,\"hat\":\"x\",\"fullName\":[\"A\"]}],"
     "\"outputFields\":[\"id\"]}",
     "There are invalid fields in your request", "invalidInputFields", "hat,fullname"},
    {false, "{\"matchPersonInput\":[{\"personId\":\"%lldx\"}],\"outputFields\":[\"id\"]}",
     "There are invalid fields in your request", "invalidInputFields", "personid"},
    {false, "{\"matchPersonInput\":[{\"personId\":%lld}],\"outputFields\":[\"id\"],\"rpp\":3}",
     "There are invalid fields in your request", "invalidInputFields", "rpp"},
    {false, "{\"matchPersonInput\":[%lld],\"outputFields\":[\"id\"]}",
     "There are invalid fields in your request", "invalidInputFields", "(not an object)"},
    {false, "{\"matchPersonInput\":[{\"personId\":%lld}],", "malformed JSON", NULL, NULL},
    {false, "", "malformed JSON", NULL, NULL},
    {false, "{\"outputFields\":[\"id\"],\"outputFields\":[\"id\"]}", "malformed JSON", NULL, NULL},
};

static void add_many(const struct desk *d, struct str *out)
{
    str_add(out, "{\"outputFields\":[\"id\"],\"matchPersonInput\":[");
    for (size_t i = 0; i < 26; i++)
        str_addf(out, "%s{\"personId\":%lld}", i ? "," : "", d->people[i]);
    str_add(out, "]}");
}

static void add_body(const struct desk *d, const struct refusal *r, struct str *out)
{
    const char *place = strstr(r->body, "%lld");

    if (r->body == many)
        add_many(d, out);
    else if (place)
        str_addf(out, "%.*s%lld%s", (int)(place - r->body), r->body,
                 r->company ? d->firms[0] : d->people[0], place + 4);
    else
        str_add(out, r->body);
}

static void check_refusal(const struct desk *d, const struct refusal *r)
{
    struct str body = {0}, names = {0};
    json_t *answer, *list;

    add_body(d, r, &body);
    answer = http_post_json(r->company ? d->company : d->contact, d->token, str_text(&body), 400);
    if (!strstr(text_at(answer, "error"), r->error))
        fail_msg("%s: %s", str_text(&body), text_at(answer, "error"));
    assert_true(json_is_false(json_object_get(answer, "success")));
    assert_int_equal(json_integer_value(json_object_get(answer, "statusCode")), 400);
    list = r->key ? json_object_get(answer, r->key) : NULL;
    for (size_t i = 0; i < json_array_size(list); i++)
        str_addf(&names, "%s%s", i ? "," : "", json_string_value(json_array_get(list, i)));
    assert_string_equal(str_text(&names), r->names ? r->names : "");
    json_decref(answer);
    str_free(&body);
    str_free(&names);
}

static void test_refusals(void **state)
{
    const struct desk *d = *state;

    for (size_t i = 0; i < ARRAY_LEN(refusals); i++)
        check_refusal(d, &refusals[i]);
    assert_int_equal(server_total(d->server, "credits"), 0);
    assert_int_equal(server_total(d->server, "records"), 0);
    assert_int_equal(server_total(d->server, "requests"), 0);
}

// Fields whose accessGranted is "false" are known, and still refused.
static void test_disallowed_fields(void **state)
{
    static const char *const entities[] = {"contact", "company"};
    const struct desk *d = *state;
    size_t refused = 0;

    for (size_t k = 0; k < ARRAY_LEN(entities); k++) {
        char *list_url = server_at(d->server, "/lookup/outputfields/%s/enrich", entities[k]);
        json_t *list = http_get_json(list_url, d->token, 200), *field;
        size_t i;

        json_array_foreach(list, i, field)
        {
            const char *name = text_at(field, "fieldName");
            bool granted = str_eq(text_at(field, "accessGranted"), "true");
            char *body =
                str_format("{\"%s\":[{\"%s\":%lld}],\"outputFields\":[\"%s\"]}",
                           k ? "matchCompanyInput" : "matchPersonInput",
                           k ? "companyId" : "personId", k ? d->firms[0] : d->people[0], name);

            json_decref(
                http_post_json(k ? d->company : d->contact, d->token, body, granted ? 200 : 400));
            refused += !granted;
            free(body);
        }
        json_decref(list);
        free(list_url);
    }
    assert_int_equal(refused, 3);
    assert_int_equal(server_total(d->server, "credits"), 2);
}

// One row that says too little does not hold up the others.
static void test_insufficient_row(void **state)
{
    const struct desk *d = *state;
    char *body = str_format("{\"matchPersonInput\":[{\"firstName\":\"A\"},{\"personId\":%lld}],"
                            "\"outputFields\":[\"id\"]}",
                            d->people[0]);
    json_t *answer = http_post_json(d->contact, d->token, body, 200);

    assert_string_equal(text_at(json_array_get(rows_of(answer), 0), "matchStatus"),
                        "INVALID_INPUT");
    assert_string_equal(text_at(json_array_get(rows_of(answer), 1), "matchStatus"), "FULL_MATCH");
    json_decref(answer);
    free(body);
}

static bool is_empty(const json_t *value)
{
    return !value || json_is_null(value) || (json_is_string(value) && !json_string_length(value)) ||
           (json_is_array(value) && !json_array_size(value));
}

// A row lacks the required field exactly where the same row, not required, has no value there.
static void test_required_fields(void **state)
{
    const struct desk *d = *state;
    static const char *const required[] = {"", ",\"requiredFields\":[\"phone\"]"};
    json_t *answers[2];
    size_t lacking = 0;

    for (size_t k = 0; k < 2; k++) {
        struct str body = {0};

        str_addf(&body, "{\"outputFields\":[\"id\",\"phone\"]%s,\"matchPersonInput\":[",
                 required[k]);
        for (size_t i = 0; i < 25; i++)
            str_addf(&body, "%s{\"personId\":%lld}", i ? "," : "", d->people[i]);
        str_add(&body, "]}");
        answers[k] = http_post_json(d->contact, d->token, body.data, 200);
        str_free(&body);
    }
    for (size_t i = 0; i < 25; i++) {
        const json_t *free_row = json_array_get(rows_of(answers[0]), i);
        const json_t *bound_row = json_array_get(rows_of(answers[1]), i);
        const json_t *person = json_array_get(json_object_get(free_row, "data"), 0);
        bool lacks = is_empty(json_object_get(person, "phone"));

        assert_string_equal(text_at(bound_row, "matchStatus"),
                            lacks ? "NON_MATCH_BY_REQUIRED_FIELDS" : "FULL_MATCH");
        assert_int_equal(json_array_size(json_object_get(bound_row, "data")), !lacks);
        lacking += lacks;
    }
    assert_in_range(lacking, 1, 24);
    assert_string_equal(
        json_string_value(json_array_get(
            json_array_get(json_object_get(json_object_get(answers[1], "data"), "requiredFields"),
                           0),
            0)),
        "phone");
    assert_int_equal(server_total(d->server, "records"), 50 - (long long)lacking);
    json_decref(answers[0]);
    json_decref(answers[1]);
}

// Who opted out is found by a search and named by an enrich, for nothing.
static void test_opted_out(void **state)
{
    const struct desk *d = *state;
    char *ids_url = server_at(d->server, "/_sandbox/ids?entity=contact&n=1&optedOut=1"), *body;
    json_t *ids = http_get_json(ids_url, NULL, 200), *answer;

    assert_int_equal(json_array_size(json_object_get(ids, "ids")), 1);
    body =
        str_format("{\"matchPersonInput\":[{\"personId\":%lld}],\"outputFields\":[\"id\"]}",
                   (long long)json_integer_value(json_array_get(json_object_get(ids, "ids"), 0)));
    answer = http_post_json(d->contact, d->token, body, 200);
    assert_string_equal(text_at(json_array_get(rows_of(answer), 0), "matchStatus"), "OPT_OUT");
    assert_int_equal(json_array_size(json_object_get(json_array_get(rows_of(answer), 0), "data")),
                     0);
    assert_int_equal(server_total(d->server, "credits"), 0);
    json_decref(answer);
    json_decref(ids);
    free(body);
    free(ids_url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shape, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_echo_is_in_lower_case, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_rows_keep_their_order, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_company, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_refusals, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_disallowed_fields, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_insufficient_row, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_required_fields, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_opted_out, open_desk, close_desk),
    };

    return cmocka_run_group_tests_name("sandbox-enrich", tests, NULL, NULL);
}
