// Bodies to rows, results and lists: sound ones, odd ones, wrong ones. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "api/enrich.h"
#include "api/lookup.h"
#include "api/search.h"
#include "base/mem.h"

static struct net_request *answered(const char *body)
{
    struct net_request *r = net_request_new("POST", mem_strdup("http://127.0.0.1/x"));

    r->status = 200;
    r->repeat = NET_ONCE;
    str_add(&r->answer, body);
    return r;
}

static const char row_text[] =
    "{\"maxResults\":30579,\"totalResults\":3,\"currentPage\":2,\"data\":["
    "{\"id\":-1766367996,\"firstName\":\"Ana\",\"company\":{\"id\":1,\"name\":\"I\"},"
    "\"hasEmail\":true,\"contactAccuracyScore\":97,\"middleName\":null},"
    "7,{\"id\":\"7076615179\",\"company\":\"odd\"}]}";

static void a_page_gives_cells_and_keeps_what_is_odd(void **state)
{
    const struct column columns[] = {{"firstName", "firstName", COLUMN_TEXT, "First", 1, 0},
                                     {"companyName", "company.name", COLUMN_TEXT, "C", 1, 0},
                                     {"hasEmail", "hasEmail", COLUMN_FLAG, "E", 1, 0},
                                     {"middleName", "middleName", COLUMN_TEXT, "M", 1, 0}};
    const struct column *wanted[] = {&columns[0], &columns[1], &columns[2], &columns[3]};
    const struct row_want want = {wanted, 4, true, false};
    struct net_request *r = answered(row_text);
    struct page page;
    struct err e;
    int depth = 0;

    (void)state;
    assert_true(search_decode(r, &entity_contact, &want, &page, &depth, &e));
    assert_int_equal(page.hits, 30579);
    assert_int_equal(page.number, 2);
    assert_int_equal(page.n_rows, 2);
    assert_string_equal(page.rows[0].id, "-1766367996");
    assert_string_equal(page.rows[0].cells[0], "Ana");
    assert_string_equal(page.rows[0].cells[1], "I");
    assert_string_equal(page.rows[0].cells[2], "true");
    assert_string_equal(page.rows[0].cells[3], "");
    assert_string_equal(page.rows[1].id, "7076615179");
    assert_string_equal(page.rows[1].cells[1], "");
    assert_non_null(strstr(page.rows[0].raw, "\"middleName\":null"));
    page_free(&page);
    net_request_free(r);
}

static void past_the_end_is_an_empty_page_and_past_the_cap_names_it(void **state)
{
    const struct row_want want = {0};
    struct net_request *r = answered(
        "{\"success\":false,\"error\":\"Page number (page) requested is greater than the available "
        "results.\",\"statusCode\":400}");
    struct page page;
    struct err e;
    int depth = 0;

    (void)state;
    r->status = 400;
    assert_true(search_decode(r, &entity_contact, &want, &page, &depth, &e));
    assert_int_equal(page.n_rows, 0);
    str_clear(&r->answer);
    str_add(&r->answer, "{\"error\":\"Total record pagination is over max allowed value (1000)\"}");
    assert_false(search_decode(r, &entity_contact, &want, &page, &depth, &e));
    assert_int_equal(depth, 1000);
    net_request_free(r);
}

static const char *const unsound[] = {
    "",
    "nul",
    "[1,2]",
    "{\"data\":7}",
    "{\"data\":[]",
    "{\"data\":[\"\xff\"]}",
    "{\"data\":[],\"data\":[]}",
    "{\"data\":[{\"id\":99999999999999999999}]}",
};

static void unsound_bodies_are_told_and_leave_nothing(void **state)
{
    const struct row_want want = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(unsound); i++) {
        struct net_request *r = answered(unsound[i]);
        struct enrich_answer answer;
        const struct enrich_input inputs[] = {{"1", NULL}};
        struct page page;
        struct err e;
        int depth;

        assert_false(search_decode(r, &entity_contact, &want, &page, &depth, &e));
        assert_int_equal(e.kind, ERR_OFFLINE);
        assert_false(enrich_decode(r, &entity_contact, inputs, 1, &answer, &e));
        assert_int_equal(e.kind, ERR_IN_DOUBT);
        assert_int_equal(answer.n, 0);
        net_request_free(r);
    }
}

static void depth_is_bounded(void **state)
{
    struct str body = {0};
    struct net_request *r;
    struct lookup_list list;
    struct err e;

    (void)state;
    for (int i = 0; i < 100000; i++)
        str_add_char(&body, '[');
    r = answered(body.data);
    assert_false(lookup_decode(r->answer.data, r->answer.len, &list, &e));
    assert_non_null(strstr(e.text, "nests deeper"));
    net_request_free(r);
    str_free(&body);
}

static void results_are_read_by_order_in_any_envelope(void **state)
{
    static const char full[] =
        "{\"success\":true,\"data\":{\"outputFields\":[[\"id\"]],\"result\":[{\"input\":{},"
        "\"data\":["
        "{\"id\":5,\"email\":\"a\"}],\"matchStatus\":\"FULL_MATCH\"},{\"data\":[],"
        "\"matchStatus\":\"NO_MATCH\"}]}}";
    static const char flat[] =
        "{\"data\":[{\"data\":[{\"id\":5,\"email\":\"a\"}],\"matchStatus\":\"FULL_MATCH\"},"
        "{\"data\":[],\"matchStatus\":\"NO_MATCH\"}]}";
    static const char bare[] = "{\"result\":[{\"data\":{\"id\":5,\"email\":\"a\"}},{}]}";
    static const char *const bodies[] = {full, flat, bare};
    const struct enrich_input inputs[] = {{"5", NULL}, {"6", NULL}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        struct net_request *r = answered(bodies[i]);
        struct enrich_answer a;
        struct err e;

        if (!enrich_decode(r, &entity_contact, inputs, 2, &a, &e))
            fail_msg("body %zu: %s", i, e.text);
        assert_true(a.rows[0].status->found);
        assert_string_equal(a.rows[0].raw, "{\"id\":5,\"email\":\"a\"}");
        assert_false(a.rows[1].status->found);
        assert_null(a.rows[1].raw);
        enrich_answer_free(&a);
        net_request_free(r);
    }
}

static void another_record_or_count_is_in_doubt(void **state)
{
    static const char *const bodies[] = {
        "{\"data\":{\"result\":[{\"data\":[{\"id\":6}],\"matchStatus\":\"FULL_MATCH\"}]}}",
        "{\"data\":{\"result\":[]}}",
        "{\"success\":false,\"data\":{\"result\":[{\"data\":[]}]}}",
    };
    const struct enrich_input inputs[] = {{"5", NULL}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        struct net_request *r = answered(bodies[i]);
        struct enrich_answer a;
        struct err e;

        assert_false(enrich_decode(r, &entity_contact, inputs, 1, &a, &e));
        assert_int_equal(e.kind, ERR_IN_DOUBT);
        net_request_free(r);
    }
}

static void a_list_is_read_in_any_shape(void **state)
{
    static const char body[] =
        "[{\"Id\":\"a\",\"Name\":\"A\"},{\"id\":7,\"name\":\"Seven\"},{\"Name\":\"only\"},\"text\","
        "9,"
        "null,{\"Id\":\"P\",\"categories\":[\"x\",{\"Id\":\"y\",\"categories\":[\"z\"]}]},"
        "{\"Id\":\"z\",\"Name\":null},{\"Id\":\"25\",\"vendor\":\"V\",\"parentCategory\":\"P\","
        "\"category\":\"C\"},{\"Id\":\"q\",\"Category\":\"C\"}]";
    struct lookup_list list;
    struct err e;

    (void)state;
    assert_true(lookup_decode(body, sizeof(body) - 1, &list, &e));
    assert_int_equal(list.n, 12);
    assert_string_equal(list.values[1].id, "7");
    assert_string_equal(list.values[2].id, "only");
    assert_string_equal(list.values[3].name, "text");
    assert_string_equal(list.values[6].parent, "P");
    assert_string_equal(list.values[7].id, "y");
    assert_string_equal(list.values[8].parent, "P > y");
    assert_null(list.values[9].parent);
    assert_string_equal(list.values[10].parent, "P > C > V");
    assert_string_equal(list.values[11].parent, "C");
    lookup_free(&list);
}

static void requests_are_what_the_contract_says(void **state)
{
    const struct enrich_input inputs[] = {
        {"-5", NULL}, {"7076615179", NULL}, {"odd", NULL}, {"key", "{\"emailAddress\":\"a@b.c\"}"}};
    const struct column *fields[] = {&entity_contact.enrich.columns[0]};
    const struct column *required[] = {&entity_contact.enrich.columns[2]};
    struct net_request *r = enrich_request("https://x.example", &entity_contact);
    struct str want = {0};

    (void)state;
    enrich_ask(r, &entity_contact, inputs, 4, &(struct enrich_fields){fields, 1, NULL, 0});
    str_addf(&want,
             "{\"matchPersonInput\":[{\"personId\":-5},{\"personId\":7076615179},"
             "{\"personId\":\"odd\"},{\"emailAddress\":\"a@b.c\"}],\"outputFields\":[\"%s\"]}",
             fields[0]->name);
    assert_string_equal(r->body.data, want.data);
    net_request_free(r);
    r = enrich_request("https://x.example", &entity_contact);
    enrich_ask(r, &entity_contact, inputs, 4, &(struct enrich_fields){fields, 1, required, 1});
    want.data[want.len - 1] = '\0';
    str_cut(&want, want.len - 1);
    str_addf(&want, ",\"requiredFields\":[\"%s\"]}", required[0]->name);
    assert_string_equal(r->body.data, want.data);
    assert_string_equal(r->url, "https://x.example/enrich/contact");
    assert_int_equal(r->repeat, NET_ONCE);
    str_free(&want);
    net_request_free(r);
}

static void search_inputs_have_their_wire_types(void **state)
{
    struct query q = query_new(&entity_contact);
    struct err e;
    char *body;

    (void)state;
    assert_true(query_where(&q, "contactAccuracyScoreMin=80", &e));
    assert_true(query_where(&q, "revenueMin=500", &e));
    assert_true(query_where(&q, "executivesOnly=yes", &e));
    assert_true(query_where(&q, "companyTicker=AAA,BBB", &e));
    assert_true(query_where(&q, "jobTitle=Head of Data", &e));
    body = search_body(&q, 3, 50);
    assert_non_null(strstr(body, "\"contactAccuracyScoreMin\":\"80\""));
    assert_non_null(strstr(body, "\"revenueMin\":500"));
    assert_non_null(strstr(body, "\"executivesOnly\":true"));
    assert_non_null(strstr(body, "\"companyTicker\":[\"AAA\",\"BBB\"]"));
    assert_non_null(strstr(body, "\"jobTitle\":\"Head of Data\""));
    assert_non_null(strstr(body, "\"rpp\":50,\"page\":3"));
    free(body);
    query_free(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_gives_cells_and_keeps_what_is_odd),
        cmocka_unit_test(past_the_end_is_an_empty_page_and_past_the_cap_names_it),
        cmocka_unit_test(unsound_bodies_are_told_and_leave_nothing),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(results_are_read_by_order_in_any_envelope),
        cmocka_unit_test(another_record_or_count_is_in_doubt),
        cmocka_unit_test(a_list_is_read_in_any_shape),
        cmocka_unit_test(requests_are_what_the_contract_says),
        cmocka_unit_test(search_inputs_have_their_wire_types),
    };

    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
