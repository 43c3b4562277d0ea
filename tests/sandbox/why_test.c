// Why a record is found: input by input, with the record's own value.
#include "sandbox/search_support.h"

static int setup(void **state)
{
    *state = fixture_open(&(struct search_options){.depth = FIXTURE_CONTACTS * 2});
    return 0;
}

static int teardown(void **state)
{
    fixture_close(*state);
    return 0;
}

static json_t *why(struct fixture *f, enum search_entity entity, const char *text, int64_t id)
{
    json_t *body = json_of(text), *answer;
    struct search_error e = {0};
    struct str out = {0};

    if (!search_why(f->search, entity, body, id, &out, &e))
        fail_msg("%s: %s", text, e.text);
    answer = json_of(str_text(&out));
    str_free(&out);
    json_decref(body);
    return answer;
}

// The line about one input; borrowed.
static const json_t *line(const json_t *answer, const char *input)
{
    size_t i;
    json_t *one;

    json_array_foreach(json_object_get(answer, "inputs"), i, one)
    {
        if (str_eq(json_string_value(json_object_get(one, "input")), input))
            return one;
    }
    fail_msg("no line about %s", input);
    return NULL;
}

static bool matched(const json_t *line_or_answer)
{
    return json_is_true(json_object_get(line_or_answer, "matched"));
}

static void test_it_tells_input_by_input(void **state)
{
    struct fixture *f = *state;
    const struct world *w = f->world;
    int64_t id = world_contact_id(w, 5);
    char *body = str_format("{\"contactAccuracyScoreMin\":\"%d\",\"contactAccuracyScoreMax\":\"1\","
                            "\"rpp\":10,\"sortBy\":\"lastName\"}",
                            w->contacts.score[5]);
    char *score = str_format("%d", w->contacts.score[5]);
    json_t *answer = why(f, SEARCH_CONTACT, body, id);
    const json_t *low = line(answer, "contactAccuracyScoreMin");

    assert_int_equal(json_integer_value(json_object_get(answer, "id")), id);
    assert_int_equal(json_array_size(json_object_get(answer, "inputs")), 2);
    assert_false(matched(answer));
    assert_true(matched(low));
    assert_false(matched(line(answer, "contactAccuracyScoreMax")));
    assert_string_equal(json_string_value(json_object_get(low, "record")), score);
    assert_string_equal(json_string_value(json_object_get(low, "value")), score);
    json_decref(answer);
    free(body);
    free(score);
}

static void test_places_are_told_apart(void **state)
{
    struct fixture *f = *state;
    const char *text = "{\"state\":\"ca\",\"country\":\"Germany\",\"locationSearchType\":\"HQ\"}";
    json_t *body = json_of(text), *answer;
    struct search_result page;
    struct search_error e = {0};
    bool state_fits, country_fits;

    assert_true(search_run(f->search, SEARCH_COMPANY, body, &page, &e));
    assert_true(page.n_rows > 0);
    for (uint32_t i = 0; i < page.n_rows; i++) {
        answer = why(f, SEARCH_COMPANY, text, world_company_id(f->world, page.rows[i]));
        state_fits = matched(line(answer, "state"));
        country_fits = matched(line(answer, "country"));
        assert_true(matched(answer));
        assert_true(matched(line(answer, "locationSearchType")));
        assert_true(state_fits != country_fits);
        assert_non_null(strstr(json_string_value(json_object_get(line(answer, "state"), "record")),
                               state_fits ? "California" : "Germany"));
        json_decref(answer);
    }
    json_decref(body);
}

// The whole and its lines agree with the search for every row, found or not.
static void agrees(struct fixture *f, enum search_entity entity, const char *text, uint32_t step)
{
    uint32_t n = fixture_rows(f, entity), told = 0;
    uint8_t *found = mem_zalloc(n);
    json_t *answer, *one;
    size_t k;
    bool all;

    (void)walk(f, entity, text, found);
    for (uint32_t i = 0; i < n; i += step) {
        answer = why(f, entity, text,
                     entity == SEARCH_CONTACT ? world_contact_id(f->world, i)
                                              : world_company_id(f->world, i));
        all = true;
        json_array_foreach(json_object_get(answer, "inputs"), k, one)
        {
            all = all && matched(one);
        }
        assert_int_equal(matched(answer), found[i]);
        assert_int_equal(all, found[i]);
        told += found[i];
        json_decref(answer);
    }
    assert_in_range(told, 1, n - 1);
    free(found);
}

static void test_it_agrees_with_the_search(void **state)
{
    agrees(*state, SEARCH_CONTACT,
           "{\"managementLevel\":\"Director,Manager\",\"employeeRangeMin\":\"20\","
           "\"continent\":\"northamerica\",\"locationSearchType\":\"PersonAndHQ\"}",
           97);
    agrees(*state, SEARCH_CONTACT,
           "{\"companyType\":\"private\",\"companyPastOrPresent\":\"past\"}", 197);
    agrees(*state, SEARCH_COMPANY,
           "{\"industryCodes\":\"software,bizservice\",\"excludedRegions\":"
           "\"usa.newyork.newyork\",\"primaryIndustriesOnly\":true}",
           13);
}

static const struct {
    const char *body;
} every[] = {
    {"{\"personId\":\"1\",\"emailAddress\":\"a@b.example\",\"supplementalEmail\":[\"a\"],"
     "\"hashedEmail\":\"00\",\"phone\":[\"5550100\"],\"fullName\":\"A B\",\"firstName\":\"A\","
     "\"middleInitial\":\"A\",\"lastName\":\"B\",\"jobTitle\":\"a\",\"excludeJobTitle\":\"b\","
     "\"exactJobTitle\":\"c\",\"managementLevel\":\"Director\","
     "\"excludeManagementLevel\":\"Manager\",\"department\":\"1\",\"jobFunction\":\"Founder\","
     "\"buyingGroup\":[\"1913026\"],\"boardMember\":\"only\",\"excludePartialProfiles\":true,"
     "\"executivesOnly\":true,\"filterByBuyingCommittee\":true,\"hasBeenNotified\":\"only\","
     "\"requiredFields\":\"email\",\"contactAccuracyScoreMin\":\"1\","
     "\"contactAccuracyScoreMax\":\"99\",\"lastUpdatedDateAfter\":\"2020-01-01\","
     "\"validDateAfter\":\"2020-01-01\",\"lastUpdatedInMonths\":12,"
     "\"positionStartDateMin\":\"2000-01-01\",\"positionStartDateMax\":\"2025-01-01\","
     "\"school\":\"a\",\"degree\":\"b\",\"webReferences\":[\"c\"],\"techSkills\":[\"1000\"],"
     "\"yearsOfExperience\":\"4-5\",\"locationCompanyId\":[\"1\"],"
     "\"engagementStartDate\":\"2020-01-01\",\"engagementEndDate\":\"2025-01-01\","
     "\"engagementType\":[\"email\"],\"companyPastOrPresent\":\"pastAndPresent\"}"},
    {"{\"primaryIndustriesOnly\":true,\"locationSearchType\":\"Person\","
     "\"zipCodeRadiusMiles\":\"10\",\"zipCode\":\"94105\",\"state\":\"ca\",\"country\":\"us\","
     "\"continent\":\"europe\",\"metroRegion\":\"usa.newyork.newyork\","
     "\"excludedRegions\":\"usa.newyork.newyork\",\"companyId\":\"1\",\"parentId\":\"1\","
     "\"ultimateParentId\":\"1\",\"companyName\":\"a\",\"companyWebsite\":\"a.example\","
     "\"companyTicker\":[\"A\"],\"companyDescription\":\"a\",\"companyType\":\"public\","
     "\"companyRanking\":\"global500\",\"address\":\"a\",\"street\":\"a\","
     "\"hashTagString\":\"#250_plus_doctors\",\"techAttributeTagList\":\"1.*\","
     "\"subUnitTypes\":\"LOCATION\",\"companyStructureIncludedSubUnitTypes\":\"LOCATION\","
     "\"industryCodes\":\"software\",\"industryKeywords\":\"a\",\"sicCodes\":\"73\","
     "\"naicsCodes\":\"51\",\"revenueMin\":1,\"revenueMax\":2,\"revenue\":\"1mto5m\","
     "\"employeeRangeMin\":\"1\",\"employeeRangeMax\":\"2\",\"employeeCount\":\"1to4\","
     "\"fundingAmountMin\":1,\"fundingAmountMax\":2,\"fundingStartDate\":\"2020-01-01\","
     "\"fundingEndDate\":\"2025-01-01\",\"zoominfoContactsMin\":\"1\","
     "\"zoominfoContactsMax\":\"2\",\"oneYearEmployeeGrowthRateMin\":\"1\","
     "\"oneYearEmployeeGrowthRateMax\":\"2\",\"twoYearEmployeeGrowthRateMin\":\"1\","
     "\"twoYearEmployeeGrowthRateMax\":\"2\"}"},
};

// Every input shows a record's value, for many records, and each has a line.
static void test_every_input_shows_the_record(void **state)
{
    struct fixture *f = *state;
    json_t *body, *answer, *one;
    size_t shown, k;

    for (size_t b = 0; b < ARRAY_LEN(every); b++) {
        body = json_of(every[b].body);
        shown = 0;
        for (uint32_t i = 0; i < f->world->n_contacts; i += 611) {
            answer = why(f, SEARCH_CONTACT, every[b].body, world_contact_id(f->world, i));
            assert_int_equal(json_array_size(json_object_get(answer, "inputs")),
                             json_object_size(body));
            json_array_foreach(json_object_get(answer, "inputs"), k, one)
            {
                shown += *json_string_value(json_object_get(one, "record")) != '\0';
            }
            json_decref(answer);
        }
        assert_true(shown > json_object_size(body) * 20);
        json_decref(body);
    }
}

static void test_refusals(void **state)
{
    struct fixture *f = *state;
    json_t *good = json_of("{\"jobTitle\":\"cfo\"}"), *bad = json_of("{\"nope\":1}");
    struct search_error e = {0};
    struct str out = {0};

    assert_false(search_why(f->search, SEARCH_CONTACT, good, 1, &out, &e));
    assert_int_equal(e.status, 404);
    search_error_free(&e);
    assert_false(
        search_why(f->search, SEARCH_CONTACT, bad, world_contact_id(f->world, 0), &out, &e));
    assert_int_equal(e.status, 400);
    search_error_free(&e);
    assert_int_equal(out.len, 0);
    json_decref(good);
    json_decref(bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_tells_input_by_input),
        cmocka_unit_test(test_places_are_told_apart),
        cmocka_unit_test(test_it_agrees_with_the_search),
        cmocka_unit_test(test_every_input_shows_the_record),
        cmocka_unit_test(test_refusals),
    };

    return cmocka_run_group_tests_name("sandbox-why", tests, setup, teardown);
}
