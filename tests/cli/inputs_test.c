// Every search input of the contract through the real client: asked for in a person's words, each
// row that comes back must satisfy it by the sandbox's own account (why), asked with the API's
// words. An input of the contract without a case fails. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "support/http.h"
#include "support/run.h"
#include "support/server.h"

// "@" in both texts stands for the value that one record has, which the sandbox names when asked
// with `learn`.
struct input_case {
    const char *input;
    const char *where; // as a person types it
    const char *value; // as the API has it, JSON
    const char *learn; // a value of the right type for finding out what a record has, JSON
};

// clang-format off
#define FIRM_CASES                                                                                 \
    {"companyId", "Company id=@", "\"@\"", "\"1\""},                                               \
    {"companyName", "companyName=consulting OR partners", "\"consulting OR partners\"", NULL},     \
    {"companyWebsite", "Company website=@", "\"@\"", "\"x.example\""},                             \
    {"companyDescription", "companyDescription=services", "\"services\"", NULL},                   \
    {"companyTicker", "Ticker=@", "[\"@\"]", "[\"ZZZZ\"]"},                                        \
    {"parentId", "parentId=@", "\"@\"", "\"1\""},                                                  \
    {"ultimateParentId", "ultimateParentId=@", "\"@\"", "\"1\""},                                  \
    {"companyType", "Company type=public", "\"public\"", NULL},                                    \
    {"companyRanking", "Company ranking=Fortune 1000,Russell 3000", "\"fortune1000,russell3000\"", NULL}, \
    {"subUnitTypes", "subUnitTypes=SUBSIDIARY", "\"SUBSIDIARY\"", NULL},                           \
    {"companyStructureIncludedSubUnitTypes", "companyStructureIncludedSubUnitTypes=SUBSIDIARY", "\"SUBSIDIARY\"", NULL}, \
    {"hashTagString", "Hashtag=250+ Doctors", "\"#250_plus_doctors\"", NULL},                      \
    {"zoominfoContactsMin", "Contacts in ZoomInfo>=5", "\"5\"", NULL},                             \
    {"zoominfoContactsMax", "Contacts in ZoomInfo<=9", "\"9\"", NULL},                             \
    {"industryCodes", "Industry=software", "\"software\"", NULL},                                  \
    {"primaryIndustriesOnly", "primaryIndustriesOnly=yes", "true", NULL},                          \
    {"industryKeywords", "industryKeywords=software OR bank", "\"software OR bank\"", NULL},       \
    {"sicCodes", "sicCodes=73", "\"73\"", NULL},                                                   \
    {"naicsCodes", "NAICS code=51", "\"51\"", NULL},                                               \
    {"employeeRangeMin", "Employees>=100", "\"100\"", NULL},                                       \
    {"employeeRangeMax", "employeeRangeMax=50", "\"50\"", NULL},                                   \
    {"employeeCount", "Employee range=50 - 100,100to249", "\"50to99,100to249\"", NULL},            \
    {"revenueMin", "Revenue>=10000", "10000", NULL},                                               \
    {"revenueMax", "Revenue<=5000", "5000", NULL},                                                 \
    {"revenue", "revenue=1mto5m", "\"1mto5m\"", NULL},                                             \
    {"fundingAmountMin", "Funding amount>=1000", "1000", NULL},                                    \
    {"fundingAmountMax", "Funding amount<=20000", "20000", NULL},                                  \
    {"oneYearEmployeeGrowthRateMin", "One-year employee growth>=10", "\"10\"", NULL},              \
    {"oneYearEmployeeGrowthRateMax", "One-year employee growth<=5", "\"5\"", NULL},                \
    {"twoYearEmployeeGrowthRateMin", "twoYearEmployeeGrowthRateMin=10", "\"10\"", NULL},           \
    {"twoYearEmployeeGrowthRateMax", "twoYearEmployeeGrowthRateMax=-1", "\"-1\"", NULL},           \
    {"address", "address=@", "\"@\"", "\"x\""},                                                    \
    {"street", "street=@", "\"@\"", "\"x\""},                                                      \
    {"zipCode", "zipCode=11201", "\"11201\"", NULL},                                                \
    {"zipCodeRadiusMiles", "zipCodeRadiusMiles=50", "\"50\"", NULL},                               \
    {"metroRegion", "Metro area=CA - San Francisco", "\"usa.california.sanfrancisco\"", NULL},     \
    {"excludedRegions", "Metro area!=CA - San Francisco", "\"usa.california.sanfrancisco\"", NULL}, \
    {"state", "State=California", "\"usa.california\"", NULL},                                     \
    {"country", "Country=Canada", "\"canada\"", NULL},                                             \
    {"continent", "Continent=Europe", "\"europe\"", NULL},                                         \
    {"locationSearchType", "locationSearchType=HQ", "\"HQ\"", NULL},                               \
    {"techAttributeTagList", "Technology=*.*.*", "\"*.*.*\"", NULL},                               \
    {"fundingStartDate", "Funding date>=2020-01-01", "\"2020-01-01\"", NULL},                      \
    {"fundingEndDate", "Funding date<=2026-01-01", "\"2026-01-01\"", NULL},                        \
    {"engagementStartDate", "Engagement date>=2020-01-01", "\"2020-01-01\"", NULL},                \
    {"engagementEndDate", "Engagement date<=2030-01-01", "\"2030-01-01\"", NULL},                  \
    {"engagementType", "engagementType=email", "[\"email\"]", NULL}

static const struct input_case contact_cases[] = {
    FIRM_CASES,
    {"personId", "Person id=@", "\"@\"", "\"1\""},
    {"fullName", "Full name=@", "\"@\"", "\"x\""},
    {"firstName", "firstName=@", "\"@\"", "\"x\""},
    {"middleInitial", "Middle initial=@", "\"@\"", "\"x\""},
    {"lastName", "Last name=@", "\"@\"", "\"x\""},
    {"emailAddress", "E-mail=@", "\"@\"", "\"x@example.com\""},
    {"supplementalEmail", "Supplemental e-mail=@", "[\"@\"]", "[\"x@example.com\"]"},
    {"hashedEmail", "hashedEmail=@", "\"@\"", "\"d41d8cd98f00b204e9800998ecf8427e\""},
    {"phone", "Phone=@", "[\"@\"]", "[\"555\"]"},
    {"jobTitle", "Job title=Director OR Manager", "\"Director OR Manager\"", NULL},
    {"excludeJobTitle", "Job title!=Director", "\"Director\"", NULL},
    {"exactJobTitle", "exactJobTitle=@", "\"@\"", "\"x\""},
    {"managementLevel", "Management level=vp level execs", "\"VP Level Exec\"", NULL},
    {"excludeManagementLevel", "managementLevel!=Manager", "\"Manager\"", NULL},
    {"department", "Department=Sales", "\"3\"", NULL},
    {"jobFunction", "jobFunction=@", "\"@\"", "\"4.11\""},
    {"boardMember", "boardMember=only", "\"only\"", NULL},
    {"executivesOnly", "executivesOnly=true", "true", NULL},
    {"companyPastOrPresent", "companyPastOrPresent=present", "\"present\"", NULL},
    {"buyingGroup", "Buying group=HR Decision Makers", "[\"1913024\"]", NULL},
    {"filterByBuyingCommittee", "filterByBuyingCommittee=yes", "true", NULL},
    {"school", "School=@", "\"@\"", "\"x\""},
    {"degree", "Degree=@", "\"@\"", "\"x\""},
    {"yearsOfExperience", "yearsOfExperience=4-5", "\"4-5\"", NULL},
    {"techSkills", "techSkills=1000", "[\"1000\"]", NULL},
    {"positionStartDateMin", "Position start>=2020-01-01", "\"2020-01-01\"", NULL},
    {"positionStartDateMax", "Position start<=2024-01-01", "\"2024-01-01\"", NULL},
    {"contactAccuracyScoreMin", "Accuracy score>=85", "\"85\"", NULL},
    {"contactAccuracyScoreMax", "Accuracy score<=80", "\"80\"", NULL},
    {"requiredFields", "requiredFields=email", "\"email\"", NULL},
    {"excludePartialProfiles", "excludePartialProfiles=1", "true", NULL},
    {"hasBeenNotified", "hasBeenNotified=only", "\"only\"", NULL},
    {"lastUpdatedDateAfter", "Last updated>=2024-01-01", "\"2024-01-01\"", NULL},
    {"lastUpdatedInMonths", "lastUpdatedInMonths=12", "12", NULL},
    {"validDateAfter", "Valid date>=2024-01-01", "\"2024-01-01\"", NULL},
    {"locationCompanyId", "locationCompanyId=@", "[\"@\"]", "[\"1\"]"},
    {"webReferences", "webReferences=@", "[\"@\"]", "[\"x.example\"]"},
};

static const struct input_case company_cases[] = {
    FIRM_CASES,
    {"businessModel", "Business model=B2B", "[\"B2B\"]", NULL},
    {"certified", "certified=yes", "1", NULL},
    {"excludeDefunctCompanies", "No defunct companies=yes", "true", NULL},
    {"marketingDepartmentBudgetMin", "Marketing budget>=100", "100", NULL},
    {"marketingDepartmentBudgetMax", "Marketing budget<=9000", "9000", NULL},
    {"financeDepartmentBudgetMin", "Finance budget>=100", "100", NULL},
    {"financeDepartmentBudgetMax", "Finance budget<=9000", "9000", NULL},
    {"itDepartmentBudgetMin", "IT budget>=100", "100", NULL},
    {"itDepartmentBudgetMax", "IT budget<=9000", "9000", NULL},
    {"hrDepartmentBudgetMin", "HR budget>=100", "100", NULL},
    {"hrDepartmentBudgetMax", "HR budget<=9000", "9000", NULL},
};
// clang-format on

struct world {
    struct home home;
    struct server *server;
    json_t *samples[2]; // ids of some contacts and companies
};

struct subject {
    const char *entity;
    const struct input_case *cases;
    size_t n;
    int index;
};

static const struct subject contacts = {"contact", contact_cases, ARRAY_LEN(contact_cases), 0};
static const struct subject companies = {"company", company_cases, ARRAY_LEN(company_cases), 1};

// The ids of what a search in these words gives.
static json_t *found(const struct world *w, const char *entity, const char *where, int limit)
{
    char *line = str_format("search %s --limit %d --format json --quiet%s%s%s", entity, limit,
                            where ? " --where '" : "", where ? where : "", where ? "'" : "");
    struct run r = run_lode(&w->home, w->server->url, line);
    json_t *rows = json_loads(str_text(&r.out), 0, NULL), *ids = json_array(), *row;
    size_t i;

    if (r.status != 0)
        fail_msg("%s: exit %d: %s", line, r.status, str_text(&r.err));
    json_array_foreach(rows, i, row) json_array_append(ids, json_object_get(row, "id"));
    json_decref(rows);
    run_free(&r);
    free(line);
    return ids;
}

// What the sandbox says of one input of one record: matched, and the record's own value.
static bool why(const struct world *w, const char *entity, json_int_t id, const char *input,
                const char *value, struct str *record)
{
    char *url =
        str_format("%s/_sandbox/why?entity=%s&id=%lld", w->server->url, entity, (long long)id);
    char *body = str_format("{\"%s\":%s}", input, value);
    json_t *answer = http_post_json(url, NULL, body, 200);
    json_t *one = json_array_get(json_object_get(answer, "inputs"), 0);
    bool matched = json_is_true(json_object_get(one, "matched"));

    assert_non_null(one);
    str_clear(record);
    str_add(record, json_string_value(json_object_get(one, "record")));
    json_decref(answer);
    free(body);
    free(url);
    return matched;
}

static char *put_value(const char *pattern, const char *value)
{
    struct str out = {0};

    for (; *pattern; pattern++) {
        if (*pattern == '@')
            str_add(&out, value);
        else
            str_add_char(&out, *pattern);
    }
    return str_take(&out);
}

// The first of the values that a record may have several of.
static void first_value(struct str *record)
{
    str_cut(record, strcspn(str_text(record), ",;|"));
}

// Where to look for a record that has a rare value; NULL: among any.
static const char *among(const char *input)
{
    if (str_eq(input, "companyTicker"))
        return "companyType=public";
    return str_eq(input, "parentId") || str_eq(input, "ultimateParentId")
               ? "subUnitTypes=SUBSIDIARY"
               : NULL;
}

// A value that some record has; "" where the case needs none.
static char *learn(const struct world *w, const struct subject *s, const struct input_case *c)
{
    json_t *ids, *id;
    size_t i;

    if (!c->learn)
        return mem_strdup("");
    ids = among(c->input) ? found(w, s->entity, among(c->input), 100)
                          : json_incref(w->samples[s->index]);
    json_array_foreach(ids, i, id)
    {
        struct str record = {0};

        (void)why(w, s->entity, json_integer_value(id), c->input, c->learn, &record);
        first_value(&record);
        if (record.len && !strpbrk(record.data, "'\"\\")) {
            json_decref(ids);
            return str_take(&record);
        }
        str_free(&record);
    }
    fail_msg("%s: no record has a value to learn", c->input);
    return NULL;
}

static void check_rows(const struct world *w, const struct subject *s, const struct input_case *c,
                       const json_t *ids, const char *value)
{
    struct str record = {0};
    json_t *id;
    size_t i;

    json_array_foreach(ids, i, id)
    {
        if (!why(w, s->entity, json_integer_value(id), c->input, value, &record))
            fail_msg("%s: %s %" JSON_INTEGER_FORMAT " came for %s but has %s", c->input, s->entity,
                     json_integer_value(id), value, str_text(&record));
    }
    str_free(&record);
}

static void check_case(const struct world *w, const struct subject *s, const struct input_case *c)
{
    char *learnt = learn(w, s, c), *where = put_value(c->where, learnt);
    char *value = put_value(c->value, learnt);
    json_t *ids;

    // A radius needs a place to be the radius of.
    if (str_eq(c->input, "zipCodeRadiusMiles")) {
        free(learnt);
        free(where);
        free(value);
        return;
    }
    ids = found(w, s->entity, where, 5);
    if (json_array_size(ids) == 0)
        fail_msg("%s: nothing found for %s", c->input, where);
    check_rows(w, s, c, ids, value);
    json_decref(ids);
    free(value);
    free(where);
    free(learnt);
}

static const struct input_case *case_of(const struct subject *s, const char *input)
{
    for (size_t i = 0; i < s->n; i++) {
        if (str_eq(s->cases[i].input, input))
            return &s->cases[i];
    }
    return NULL;
}

static bool is_paging(const char *input)
{
    return str_eq(input, "rpp") || str_eq(input, "page") || str_starts(input, "sort");
}

static json_t *contract_inputs(const char *entity)
{
    json_t *root = json_load_file(TEST_DIR "/contract/enterprise-api.json", 0, NULL), *operation;
    json_t *inputs = NULL;
    char *path = str_format("/search/%s", entity);
    size_t i;

    json_array_foreach(json_object_get(root, "endpoints"), i, operation)
    {
        if (str_eq(json_string_value(json_object_get(operation, "path")), path))
            inputs = json_incref(json_object_get(operation, "inputs"));
    }
    assert_non_null(inputs);
    free(path);
    json_decref(root);
    return inputs;
}

static void check_entity(const struct world *w, const struct subject *s)
{
    json_t *inputs = contract_inputs(s->entity), *input;
    size_t i, checked = 0;

    json_array_foreach(inputs, i, input)
    {
        const char *name = json_string_value(json_object_get(input, "name"));

        if (!is_paging(name) && !case_of(s, name))
            fail_msg("%s: no case for the input %s of the contract", s->entity, name);
    }
    for (i = 0; i < s->n; i++, checked++)
        check_case(w, s, &s->cases[i]);
    assert_true(checked >= json_array_size(inputs) - 4);
    json_decref(inputs);
}

static void every_contact_input_is_obeyed(void **state)
{
    check_entity(*state, &contacts);
}

static void every_company_input_is_obeyed(void **state)
{
    check_entity(*state, &companies);
}

static void a_radius_reaches_beyond_its_zip_code(void **state)
{
    const struct world *w = *state;
    static const char line[] = "count contact --where zipCode=11201 --where zipCodeRadiusMiles=250";
    static const char alone[] = "count contact --where zipCode=11201";
    struct run wide = run_lode(&w->home, w->server->url, line);
    struct run narrow = run_lode(&w->home, w->server->url, alone);

    assert_int_equal(wide.status, 0);
    assert_int_equal(narrow.status, 0);
    assert_true(atoll(wide.out.data) > atoll(narrow.out.data));
    assert_true(atoll(narrow.out.data) > 0);
    run_free(&wide);
    run_free(&narrow);
}

// A radius means nothing alone: rows are asked about with the place it is around.
static void a_radius_is_obeyed(void **state)
{
    const struct world *w = *state;
    static const char *const entities[] = {"contact", "company"};

    for (size_t i = 0; i < ARRAY_LEN(entities); i++) {
        json_t *ids = found(w, entities[i], "zipCode=11201' --where 'zipCodeRadiusMiles=50", 5);
        json_t *id;
        size_t k;

        assert_true(json_array_size(ids) > 0);
        json_array_foreach(ids, k, id)
        {
            char *url = str_format("%s/_sandbox/why?entity=%s&id=%lld", w->server->url, entities[i],
                                   (long long)json_integer_value(id));
            json_t *answer = http_post_json(
                url, NULL, "{\"zipCode\":\"11201\",\"zipCodeRadiusMiles\":\"50\"}", 200);

            assert_true(json_is_true(json_object_get(answer, "matched")));
            json_decref(answer);
            free(url);
        }
        json_decref(ids);
    }
}

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=3000", "--contacts=20000",
                                          NULL};
    struct world *w = calloc(1, sizeof(*w));

    w->home = home_make();
    w->server = server_start(options);
    w->samples[0] = found(w, "contact", NULL, 100);
    w->samples[1] = found(w, "company", NULL, 100);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    int status = server_stop(w->server);

    json_decref(w->samples[0]);
    json_decref(w->samples[1]);
    home_remove(&w->home);
    free(w);
    return status;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_contact_input_is_obeyed),
        cmocka_unit_test(every_company_input_is_obeyed),
        cmocka_unit_test(a_radius_reaches_beyond_its_zip_code),
        cmocka_unit_test(a_radius_is_obeyed),
    };

    return cmocka_run_group_tests_name("inputs", tests, set_up, tear_down);
}
