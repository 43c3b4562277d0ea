// What both searches share: pages, depth, refusals.
#include "sandbox/search_support.h"

static int setup(void **state)
{
    *state = fixture_open(NULL);
    return 0;
}

static int teardown(void **state)
{
    fixture_close(*state);
    return 0;
}

// The body is refused with exactly this JSON.
static void refused(struct fixture *f, enum search_entity entity, const char *text,
                    const char *wanted)
{
    json_t *body = json_of(text);
    struct search_result page;
    struct search_error e = {0};
    struct str json = {0};

    if (search_run(f->search, entity, body, &page, &e))
        fail_msg("%s is taken", text);
    search_error_json(&e, &json);
    assert_string_equal(str_text(&json), wanted);
    search_error_free(&e);
    str_free(&json);
    json_decref(body);
}

#define INVALID(names)                                                                             \
    "{\"success\":false,\"error\":\"There are invalid fields in your request.\","                  \
    "\"statusCode\":400,\"invalidInputFields\":[" names "]}"
#define PLAIN(text) "{\"success\":false,\"error\":\"" text "\",\"statusCode\":400}"

static void test_unknown_and_mistyped_inputs_are_named(void **state)
{
    static const struct {
        const char *body, *names;
    } cases[] = {
        {"{\"requiredFieldsOperator\":\"or\"}", INVALID("\"requiredFieldsOperator\"")},
        {"{\"jobTitle\":\"cfo\",\"nope\":1,\"page[size]\":3}", INVALID("\"nope\",\"page[size]\"")},
        {"{\"managementLevel\":[\"Director\"]}", INVALID("\"managementLevel\"")},
        {"{\"contactAccuracyScoreMin\":85}", INVALID("\"contactAccuracyScoreMin\"")},
        {"{\"personId\":17}", INVALID("\"personId\"")},
        {"{\"revenueMin\":\"100\"}", INVALID("\"revenueMin\"")},
        {"{\"revenueMin\":10.5}", INVALID("\"revenueMin\"")},
        {"{\"executivesOnly\":\"true\"}", INVALID("\"executivesOnly\"")},
        {"{\"techSkills\":\"1000\"}", INVALID("\"techSkills\"")},
        {"{\"techSkills\":[]}", INVALID("\"techSkills\"")},
        {"{\"techSkills\":[true]}", INVALID("\"techSkills\"")},
        {"{\"jobTitle\":null}", INVALID("\"jobTitle\"")},
        {"{\"jobTitle\":\" \"}", INVALID("\"jobTitle\"")},
        {"{\"companyId\":\"1\",\"companyid\":\"2\"}", INVALID("\"companyid\"")},
        {"{\"certified\":1}", INVALID("\"certified\"")},
        {"{\"outputFields\":\"id\"}", INVALID("\"outputFields\"")},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        refused(*state, SEARCH_CONTACT, cases[i].body, cases[i].names);
    refused(*state, SEARCH_COMPANY, "{\"jobTitle\":\"cfo\"}", INVALID("\"jobTitle\""));
}

static void test_wrong_values_name_the_allowed_ones(void **state)
{
    refused(
        *state, SEARCH_CONTACT, "{\"managementLevel\":\"Director,Boss\"}",
        "{\"success\":false,\"error\":\"Invalid value \\\"Boss\\\" for managementLevel. Allowed "
        "values: C Level Exec, VP Level Exec, Director, Manager, Non Manager, Board "
        "Member\",\"statusCode\":400,\"invalidInputFields\":[\"managementLevel\"]}");
    refused(*state, SEARCH_CONTACT, "{\"zipCode\":\"10001\",\"zipCodeRadiusMiles\":\"30\"}",
            "{\"success\":false,\"error\":\"Invalid value \\\"30\\\" for zipCodeRadiusMiles. "
            "Allowed values: 10, 25, 50, 100, 250\",\"statusCode\":400,"
            "\"invalidInputFields\":[\"zipCodeRadiusMiles\"]}");
    refused(*state, SEARCH_CONTACT, "{\"zipCodeRadiusMiles\":\"25\"}",
            "{\"success\":false,\"error\":\"zipCodeRadiusMiles needs zipCode\",\"statusCode\":400,"
            "\"invalidInputFields\":[\"zipCodeRadiusMiles\"]}");
}

// Each of these says what is wrong and names its input.
static void test_wrong_values_are_refused(void **state)
{
    static const struct {
        const char *input, *body;
    } cases[] = {
        {"personId", "{\"personId\":\"12,x\"}"},
        {"companyId", "{\"companyId\":\"1.5\"}"},
        {"phone", "{\"phone\":[\"none\"]}"},
        {"middleInitial", "{\"middleInitial\":\"Ann\"}"},
        {"jobTitle", "{\"jobTitle\":\"cfo OR\"}"},
        {"companyName", "{\"companyName\":\"a NOT\"}"},
        {"industryKeywords", "{\"industryKeywords\":\"AND a\"}"},
        {"department", "{\"department\":\"11\"}"},
        {"jobFunction", "{\"jobFunction\":\"Juggling\"}"},
        {"boardMember", "{\"boardMember\":\"maybe\"}"},
        {"hasBeenNotified", "{\"hasBeenNotified\":\"yes\"}"},
        {"requiredFields", "{\"requiredFields\":\"email,shoe\"}"},
        {"companyPastOrPresent", "{\"companyPastOrPresent\":\"future\"}"},
        {"locationSearchType", "{\"locationSearchType\":\"Home\"}"},
        {"contactAccuracyScoreMin", "{\"contactAccuracyScoreMin\":\"high\"}"},
        {"employeeRangeMin", "{\"employeeRangeMin\":\"1,000\"}"},
        {"oneYearEmployeeGrowthRateMin", "{\"oneYearEmployeeGrowthRateMin\":\"5%\"}"},
        {"lastUpdatedDateAfter", "{\"lastUpdatedDateAfter\":\"01/31/2025\"}"},
        {"fundingStartDate", "{\"fundingStartDate\":\"2025-02-30\"}"},
        {"lastUpdatedInMonths", "{\"lastUpdatedInMonths\":-1}"},
        {"techAttributeTagList", "{\"techAttributeTagList\":\"333..28\"}"},
        {"hashTagString", "{\"hashTagString\":\"#no_such\"}"},
        {"techSkills", "{\"techSkills\":[\"0\"]}"},
        {"state", "{\"state\":\"Atlantis\"}"},
        {"country", "{\"country\":\"Atlantis\"}"},
        {"continent", "{\"continent\":\"Atlantis\"}"},
        {"metroRegion", "{\"metroRegion\":\"Atlantis\"}"},
        {"industryCodes", "{\"industryCodes\":\"magic\"}"},
        {"sicCodes", "{\"sicCodes\":\"xx\"}"},
        {"naicsCodes", "{\"naicsCodes\":\"0\"}"},
        {"revenue", "{\"revenue\":\"lots\"}"},
        {"employeeCount", "{\"employeeCount\":\"7\"}"},
        {"companyRanking", "{\"companyRanking\":\"best\"}"},
        {"companyType", "{\"companyType\":\"secret\"}"},
        {"subUnitTypes", "{\"subUnitTypes\":\"ANNEX\"}"},
        {"sortBy", "{\"sortBy\":\"shoeSize\"}"},
        {"sortOrder", "{\"sortOrder\":\"asc\"}"},
        {"sortOrder", "{\"sortBy\":\"lastName\",\"sortOrder\":\"up\"}"},
    };
    struct fixture *f = *state;
    struct search_result page;
    struct search_error e = {0};
    json_t *body;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        body = json_of(cases[i].body);
        if (search_run(f->search, SEARCH_CONTACT, body, &page, &e))
            fail_msg("%s is taken", cases[i].body);
        assert_int_equal(e.status, 400);
        assert_true(strlen(e.text) > 0);
        assert_string_equal(e.names_key, "invalidInputFields");
        assert_string_equal(json_string_value(json_array_get(e.names, 0)), cases[i].input);
        search_error_free(&e);
        json_decref(body);
    }
}

// A long value is cut between characters: the answer stays JSON.
static void test_long_wrong_values_are_cut(void **state)
{
    struct str body = {0}, wanted = {0};

    str_add(&body, "{\"continent\":\"x");
    str_add(&wanted, "{\"success\":false,\"error\":\"Invalid value \\\"x");
    for (int i = 0; i < 60; i++) {
        str_add(&body, "é");
        str_add(&wanted, i < 29 ? "é" : "");
    }
    str_add(&body, "\"}");
    str_add(&wanted, "\\\" for continent. Allowed values: africa, antarctica, asia, europe, "
                     "northamerica, oceania, southamerica\",\"statusCode\":400,"
                     "\"invalidInputFields\":[\"continent\"]}");
    refused(*state, SEARCH_CONTACT, str_text(&body), str_text(&wanted));
    str_free(&body);
    str_free(&wanted);
}

// However long the allowed set, the sentence says how much of it is left out.
static void test_long_allowed_sets_are_counted(void **state)
{
    static const char *const inputs[] = {"hashTagString", "industryCodes", "metroRegion",
                                         "naicsCodes", "companyStructureIncludedSubUnitTypes"};
    struct fixture *f = *state;
    struct search_result page;
    struct search_error e = {0};
    json_t *body;
    char *text;

    for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
        text = str_format("{\"%s\":\"%070d\"}", inputs[i], 7);
        body = json_of(text);
        assert_false(search_run(f->search, SEARCH_CONTACT, body, &page, &e));
        if (!str_ends(e.text, i < 4 ? " more" : "FORMER_NEW_NAME"))
            fail_msg("%s", e.text);
        search_error_free(&e);
        json_decref(body);
        free(text);
    }
}

static char *body_of_length(size_t length, const char *unit)
{
    struct str text = {0};

    str_add(&text, "{\"jobTitle\":\"");
    for (size_t i = 0; i < length; i++)
        str_add(&text, unit);
    str_add(&text, "\"}");
    return str_take(&text);
}

static void test_long_texts_are_refused(void **state)
{
    char *taken = body_of_length(500, "é"), *too_long = body_of_length(501, "x");

    assert_int_equal(answer(*state, SEARCH_CONTACT, taken).max_results, 0);
    refused(*state, SEARCH_CONTACT, too_long,
            "{\"success\":false,\"error\":\"A value is over max allowed length (500)\","
            "\"statusCode\":400,\"invalidInputFields\":[\"jobTitle\"]}");
    free(taken);
    free(too_long);
}

static void test_output_fields(void **state)
{
    assert_true(
        answer(*state, SEARCH_CONTACT, "{\"outputFields\":[\"ID\",\"companyName\"]}").n_rows);
    refused(
        *state, SEARCH_CONTACT, "{\"outputFields\":[\"id\",\"Email\",\"mobilePhone\"]}",
        "{\"success\":false,\"error\":\"OutputFields invalid or disallowed. Please contact your "
        "ZoomInfo Account Manager for purchasing options regarding any disallowed fields.\","
        "\"statusCode\":400,\"invalidOutputFields\":[\"email\",\"mobilephone\"]}");
}

static void test_access(void **state)
{
    struct fixture *f = *state;
    struct search *strict = search_open(f->world, f->lookups, f->contract,
                                        &(struct search_options){.refuse_ungranted = true});
    json_t *body = json_of("{\"techSkills\":[\"1000\"]}");
    struct search_result page;
    struct search_error e = {0};

    assert_true(search_run(f->search, SEARCH_CONTACT, body, &page, &e));
    assert_false(search_run(strict, SEARCH_CONTACT, body, &page, &e));
    assert_string_equal(json_string_value(json_array_get(e.names, 0)), "techSkills");
    search_error_free(&e);
    json_decref(body);
    search_close(strict);
}

static void test_pages(void **state)
{
    struct fixture *f = *state;
    struct search_result page = answer(f, SEARCH_CONTACT, "{}");

    assert_int_equal(page.max_results, FIXTURE_CONTACTS);
    assert_int_equal(page.page, 1);
    assert_int_equal(page.rpp, 25);
    assert_int_equal(page.n_rows, 25);
    assert_int_equal(answer(f, SEARCH_COMPANY, "{\"RPP\":7,\"Page\":0}").n_rows, 7);
    assert_int_equal(answer(f, SEARCH_COMPANY, "{\"rpp\":100,\"page\":30}").n_rows, 100);
    refused(f, SEARCH_COMPANY, "{\"rpp\":100,\"page\":31}",
            PLAIN("Page number (page) requested is greater than the available results."));
    refused(f, SEARCH_CONTACT, "{\"rpp\":101}",
            PLAIN("Results per page (rpp) is over max allowed value (100)"));
    refused(f, SEARCH_CONTACT, "{\"rpp\":\"10\"}", PLAIN("Results per page (rpp) is not a number"));
    refused(f, SEARCH_CONTACT, "{\"rpp\":0}", PLAIN("Results per page (rpp) is not a number"));
    refused(f, SEARCH_CONTACT, "{\"page\":\"1\"}", PLAIN("Page number (page) is not a number"));
    refused(f, SEARCH_CONTACT, "{\"page\":-1}", PLAIN("Page number (page) is not a number"));
}

static void test_nothing_found_is_an_empty_page(void **state)
{
    struct search_result page = answer(*state, SEARCH_CONTACT, "{\"personId\":\"1\"}");

    assert_int_equal(page.max_results, 0);
    assert_int_equal(page.n_rows, 0);
    refused(*state, SEARCH_CONTACT, "{\"personId\":\"1\",\"page\":2}",
            PLAIN("Page number (page) requested is greater than the available results."));
}

static void test_depth(void **state)
{
    struct fixture *f = *state;
    struct search *shallow =
        search_open(f->world, f->lookups, f->contract, &(struct search_options){.depth = 1000});
    struct fixture g = {.search = shallow};

    assert_int_equal(answer(f, SEARCH_CONTACT, "{\"rpp\":100,\"page\":100}").n_rows, 100);
    refused(f, SEARCH_CONTACT, "{\"rpp\":100,\"page\":101}",
            PLAIN("Total record pagination is over max allowed value (10000)"));
    refused(f, SEARCH_CONTACT, "{\"page\":9223372036854775807}",
            PLAIN("Total record pagination is over max allowed value (10000)"));
    refused(&g, SEARCH_CONTACT, "{\"rpp\":100,\"page\":11}",
            PLAIN("Total record pagination is over max allowed value (1000)"));
    search_close(shallow);
}

static void test_pages_hold_each_row_once(void **state)
{
    static const char *const bodies[] = {
        "{\"contactAccuracyScoreMin\":\"96\"}",
        "{\"contactAccuracyScoreMin\":\"96\",\"sortBy\":\"companyName\"}",
        "{\"contactAccuracyScoreMin\":\"96\",\"sortBy\":\"lastMentioned\",\"sortOrder\":\"asc\"}",
    };
    struct fixture *f = *state;
    uint8_t *found = mem_alloc(FIXTURE_CONTACTS);
    uint32_t total, seen;

    for (size_t b = 0; b < ARRAY_LEN(bodies); b++) {
        memset(found, 0, FIXTURE_CONTACTS);
        total = walk(f, SEARCH_CONTACT, bodies[b], found);
        seen = 0;
        for (uint32_t i = 0; i < FIXTURE_CONTACTS; i++) {
            assert_true(found[i] <= 1);
            assert_int_equal(found[i], f->world->contacts.score[i] >= 96);
            seen += found[i];
        }
        assert_int_equal(seen, total);
        assert_in_range(total, 1, 10000);
    }
    free(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unknown_and_mistyped_inputs_are_named),
        cmocka_unit_test(test_wrong_values_name_the_allowed_ones),
        cmocka_unit_test(test_wrong_values_are_refused),
        cmocka_unit_test(test_long_wrong_values_are_cut),
        cmocka_unit_test(test_long_allowed_sets_are_counted),
        cmocka_unit_test(test_long_texts_are_refused),
        cmocka_unit_test(test_output_fields),
        cmocka_unit_test(test_access),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_nothing_found_is_an_empty_page),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_pages_hold_each_row_once),
    };

    return cmocka_run_group_tests_name("sandbox-search", tests, setup, teardown);
}
