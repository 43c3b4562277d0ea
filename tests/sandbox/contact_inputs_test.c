// Every input of POST /search/contact against a test of each contact written by itself.
#include "sandbox/firm_cases.h"

#define FITS(name, condition)                                                                      \
    static bool name(const struct world *w, uint32_t i, uint32_t sample)                           \
    {                                                                                              \
        const struct world_contacts *c = &w->contacts;                                             \
        const struct world_title *title = &w->titles[c->title[i]];                                 \
        (void)title;                                                                               \
        (void)sample;                                                                              \
        return condition;                                                                          \
    }

static const char *first(const struct world *w, uint32_t i)
{
    return w->names.words[w->contacts.first[i]].text;
}

static const char *last(const struct world *w, uint32_t i)
{
    return w->names.words[w->contacts.last[i]].text;
}

static const char *word(const struct world_dict *dict, uint32_t i)
{
    return i < dict->n ? dict->words[i].text : "";
}

static bool plain(const char *text)
{
    return *text &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(text);
}

static char *make_id(const struct world *w, uint32_t sample)
{
    return str_format("{\"personId\":\"%lld,17\"}", (long long)world_contact_id(w, sample));
}

FITS(fits_id, i == sample)

// {"input":"text"} or {"input":["text"]}, NULL where the text is empty; frees it.
static char *body_of(const char *input, char *text, bool array)
{
    char *body = NULL;

    if (*text)
        body = str_format(array ? "{\"%s\":[\"%s\"]}" : "{\"%s\":\"%s\"}", input, text);
    free(text);
    return body;
}

static bool same_text(void (*add)(const struct world *w, uint32_t row, struct str *out),
                      const struct world *w, uint32_t a, uint32_t b)
{
    char *left = text_made(add, w, a), *right = text_made(add, w, b);
    bool same = str_eq_case(left, right);

    free(left);
    free(right);
    return same;
}

static char *make_email(const struct world *w, uint32_t sample)
{
    return body_of("emailAddress", text_made(world_contact_email, w, sample), false);
}

FITS(fits_email, same_text(world_contact_email, w, i, sample))

static char *make_supplemental(const struct world *w, uint32_t sample)
{
    return body_of("supplementalEmail", text_made(world_contact_supplemental, w, sample), true);
}

FITS(fits_supplemental, same_text(world_contact_supplemental, w, i, sample))

static char *make_hash(const struct world *w, uint32_t sample)
{
    struct str hex = {0};

    world_contact_digest(w, sample, DIGEST_SHA256, &hex);
    return body_of("hashedEmail", str_take(&hex), false);
}

static char *phone_of(const struct world *w, uint32_t row, enum world_phone kind)
{
    struct str text = {0};
    char *digits, *to;

    world_phone(w, row, kind, &text);
    digits = to = str_take(&text);
    for (const char *from = digits; *from; from++) {
        if (*from >= '0' && *from <= '9')
            *to++ = *from;
    }
    *to = '\0';
    return digits;
}

static char *make_phone(const struct world *w, uint32_t sample)
{
    return body_of("phone", phone_of(w, sample, PHONE_MOBILE), true);
}

static bool has_phone(const struct world *w, uint32_t i, const char *digits)
{
    char *direct = phone_of(w, i, PHONE_DIRECT), *mobile = phone_of(w, i, PHONE_MOBILE);
    bool fits = str_eq(direct, digits) || str_eq(mobile, digits) ||
                (strlen(digits) >= 10 && (str_ends(direct, digits) || str_ends(mobile, digits)));

    free(direct);
    free(mobile);
    return fits;
}

static bool fits_phone(const struct world *w, uint32_t i, uint32_t sample)
{
    char *wanted = phone_of(w, sample, PHONE_MOBILE);
    bool fits = has_phone(w, i, wanted);

    free(wanted);
    return fits;
}

// Where a number goes on after the calling code of its country; its end where it has none.
static size_t after_code(const struct world *w, uint32_t row, const char *digits)
{
    char code[8];

    (void)snprintf(code, sizeof(code), "%u", world_contact_place(w, row)->dial);
    return str_starts(digits, code) ? strlen(code) : strlen(digits);
}

static char *make_short_phone(const struct world *w, uint32_t sample)
{
    char *digits = phone_of(w, sample, PHONE_DIRECT), *body = NULL;
    size_t at = after_code(w, sample, digits);

    if (strlen(digits) >= at + 10)
        body = str_format("{\"phone\":[\"(%.3s) %s\"]}", digits + at, digits + at + 3);
    free(digits);
    return body;
}

static bool fits_short_phone(const struct world *w, uint32_t i, uint32_t sample)
{
    char *wanted = phone_of(w, sample, PHONE_DIRECT);
    bool fits = has_phone(w, i, wanted + after_code(w, sample, wanted));

    free(wanted);
    return fits;
}

static char *make_first(const struct world *w, uint32_t sample)
{
    return plain(first(w, sample)) ? str_format("{\"firstName\":\"%s, nobody\"}", first(w, sample))
                                   : NULL;
}

static char *make_last(const struct world *w, uint32_t sample)
{
    return plain(last(w, sample)) ? str_format("{\"lastName\":\"%s\"}", last(w, sample)) : NULL;
}

// The plain form of a name finds those who write it in other letters.
static bool named(const struct world_dict *names, uint16_t i, const char *wanted)
{
    return str_eq_case(names->words[i].text, wanted) || str_eq_case(names->words[i].ascii, wanted);
}

FITS(fits_first, named(&w->names, c->first[i], first(w, sample)))
FITS(fits_last, named(&w->names, c->last[i], last(w, sample)))

static char *make_full_name(const struct world *w, uint32_t sample)
{
    if (!plain(first(w, sample)) || !plain(last(w, sample)) || !w->contacts.middle[sample])
        return NULL;
    return str_format("{\"fullName\":\"%s %c. %s\"}", first(w, sample), w->contacts.middle[sample],
                      last(w, sample));
}

FITS(fits_full_name, named(&w->names, c->first[i], first(w, sample)) &&
                         named(&w->names, c->last[i], last(w, sample)) &&
                         c->middle[i] == c->middle[sample])

static bool has_level(const struct world *w, uint32_t i, const char *id)
{
    size_t level = listed(w, "managementLevel", id);

    return w->titles[w->contacts.title[i]].level == level ||
           (level == LEVEL_BOARD && (w->contacts.flags[i] & CONTACT_BOARD));
}

static bool has_function(const struct world *w, const struct world_title *t, const char *name)
{
    const struct lookup_list *list = lookups_list(w->lookups, "jobfunction");

    for (size_t k = 0; k < WORLD_FUNCTIONS; k++) {
        if (t->functions[k] < list->n && str_eq_case(list->values[t->functions[k]].name, name))
            return true;
    }
    return false;
}

FITS(fits_initial, c->middle[i] == 'J' || c->middle[i] == 'A')
FITS(fits_title, says(title->text, "vice president") || says(title->text, "CFO"))
FITS(fits_no_title, !says(title->text, "manager") && !says(title->text, "director"))
FITS(fits_exact_title, str_eq_case(title->text, "ceo") || str_eq_case(title->text, "president"))
FITS(fits_level, has_level(w, i, "VP Level Exec") || has_level(w, i, "Director"))
FITS(fits_board_level, has_level(w, i, "Board Member"))
FITS(fits_no_level, !has_level(w, i, "Non Manager") && !has_level(w, i, "Board Member"))
FITS(fits_department, title->department == listed(w, "department", "3") ||
                          title->department == listed(w, "department", "1"))
FITS(fits_function, has_function(w, title, "Founder") || has_function(w, title, "Accounting"))
FITS(fits_group, (title->buying_groups >> listed(w, "buyinggroups", "1913026") & 1) ||
                     (title->buying_groups >> listed(w, "buyinggroups", "1913027") & 1))
FITS(fits_board, (c->flags[i] & CONTACT_BOARD) != 0)
FITS(fits_no_board, (c->flags[i] & CONTACT_BOARD) == 0)
FITS(fits_whole, (c->flags[i] & CONTACT_PARTIAL) == 0)
FITS(fits_executive, (c->flags[i] & CONTACT_EXECUTIVE) != 0)
FITS(fits_committee, (c->flags[i] & CONTACT_BUYING_COMMITTEE) != 0)
FITS(fits_notified, (c->flags[i] & CONTACT_NOTIFIED) != 0)
FITS(fits_not_notified, (c->flags[i] & CONTACT_NOTIFIED) == 0)
FITS(fits_required, (c->flags[i] & CONTACT_MOBILE) && (c->flags[i] & CONTACT_EMAIL) &&
                        (w->companies.flags[c->company[i]] & COMPANY_REVENUE))
FITS(fits_score_min, c->score[i] >= 95)
FITS(fits_score_max, c->score[i] <= 75)
FITS(fits_updated, world_when(w, c->updated[i]) >= day_of(2025, 9, 1) * 86400000)
FITS(fits_valid, world_when(w, c->valid[i]) >= day_of(2025, 8, 15) * 86400000)
FITS(fits_months, world_when(w, c->updated[i]) >= day_of(2025, 8, 24) * 86400000)
FITS(fits_position_min, c->position_start[i] != WORLD_NEVER &&
                            day_before(w, c->position_start[i]) >= day_of(2022, 1, 1))
FITS(fits_position_max, c->position_start[i] != WORLD_NEVER &&
                            day_before(w, c->position_start[i]) <= day_of(2018, 12, 31))
FITS(fits_school, says(word(&w->schools, c->school[i]), "state university") ||
                      says(word(&w->schools, c->school[i]), "law"))
FITS(fits_degree, c->degree[i] != WORLD_NONE8 && c->degree[i] == c->degree[sample])
FITS(fits_reference,
     c->web_reference[i] != WORLD_NONE8 && says(word(&w->web_references, c->web_reference[i]),
                                                word(&w->web_references, c->web_reference[sample])))
FITS(fits_skill, c->skills[i][0] == c->skills[sample][0] ||
                     c->skills[i][1] == c->skills[sample][0] ||
                     c->skills[i][2] == c->skills[sample][0])
FITS(fits_years, c->years_band[i] == listed(w, "years-of-experience", "4-5") ||
                     c->years_band[i] == listed(w, "years-of-experience", "30+"))
FITS(fits_location, c->location[i] == c->location[sample])
FITS(fits_start, c->engagement_day[i] != WORLD_NEVER &&
                     day_before(w, c->engagement_day[i]) >= day_of(2025, 6, 1))
FITS(fits_end, c->engagement_day[i] != WORLD_NEVER &&
                   day_before(w, c->engagement_day[i]) <= day_of(2025, 6, 1))
FITS(fits_type_of_engagement, c->engagement[i] == 1)

static char *make_degree(const struct world *w, uint32_t sample)
{
    const char *degree = word(&w->degrees, w->contacts.degree[sample]);

    return *degree ? str_format("{\"degree\":\"%s\"}", degree) : NULL;
}

static char *make_reference(const struct world *w, uint32_t sample)
{
    const char *reference = word(&w->web_references, w->contacts.web_reference[sample]);

    return *reference ? str_format("{\"webReferences\":[\"%s\"]}", reference) : NULL;
}

static char *make_skill(const struct world *w, uint32_t sample)
{
    const char *skill = listed_id(w, "tech-skills", w->contacts.skills[sample][0]);

    return *skill ? str_format("{\"techSkills\":[\"%s\"]}", skill) : NULL;
}

static char *make_location(const struct world *w, uint32_t sample)
{
    if (w->contacts.location[sample] == w->contacts.company[sample])
        return NULL;
    return str_format("{\"locationCompanyId\":[\"%lld\",12]}",
                      (long long)world_company_id(w, w->contacts.location[sample]));
}

static char *make_engagement(const struct world *w, uint32_t sample)
{
    (void)w;
    (void)sample;
    return str_format("{\"engagementType\":[\"%s\"]}", world_engagements[1]);
}

static bool worked(const struct world *w, uint32_t i, bool (*at)(const struct world *w, uint32_t c))
{
    bool any = false;

    for (size_t k = 0; k < WORLD_PASTS; k++)
        any = any || (w->contacts.past[i][k] != WORLD_NONE && at(w, w->contacts.past[i][k]));
    return any;
}

static bool is_large(const struct world *w, uint32_t company)
{
    return w->companies.employees[company] >= 1000;
}

FITS(fits_past, worked(w, i, is_large))
FITS(fits_past_or_present, is_large(w, c->company[i]) || worked(w, i, is_large))
FITS(fits_present, is_large(w, c->company[i]))

static bool home_in(const struct world *w, uint32_t i, uint8_t continent)
{
    const struct world_place *p =
        w->contacts.zip[i] == WORLD_NONE16 ? NULL : world_contact_place(w, i);

    return p && p->continent_index == continent;
}

static bool lives_in(const struct world *w, uint32_t i)
{
    return home_in(w, i, (uint8_t)listed(w, "continent", "europe"));
}

static bool works_in(const struct world *w, uint32_t i)
{
    return fits_hq_continent(w, w->contacts.company[i], 0);
}

FITS(fits_home_or_hq, lives_in(w, i) || works_in(w, i))
FITS(fits_home_and_hq, lives_in(w, i) && works_in(w, i))
FITS(fits_home, lives_in(w, i))
FITS(fits_home_then_hq, c->zip[i] == WORLD_NONE16 ? works_in(w, i) : lives_in(w, i))

static bool home_metro(const struct world *w, uint32_t i, const char *metro)
{
    return w->contacts.zip[i] != WORLD_NONE16 &&
           world_contact_place(w, i)->metro_index == listed(w, "metroarea", metro);
}

static const char bay_area[] = "usa.california.sanfrancisco";
FITS(fits_away, !home_metro(w, i, bay_area) && !hq_in(w, c->company[i], "metroarea", bay_area))

static char *make_home_radius(const struct world *w, uint32_t sample)
{
    uint16_t zip = w->contacts.zip[sample];

    if (zip == WORLD_NONE16 || !usa_zip(w, zip))
        return NULL;
    return str_format("{\"zipCode\":\"%s\",\"zipCodeRadiusMiles\":\"25\","
                      "\"locationSearchType\":\"Person\"}",
                      w->zips[zip].code);
}

FITS(fits_home_radius, c->zip[i] != WORLD_NONE16 && near_code(w, c->zip[i], c->zip[sample], 25))
FITS(fits_many, has_level(w, i, "VP Level Exec") && c->score[i] >= 80 &&
                    (c->flags[i] & CONTACT_DIRECT) && fits_employees_min(w, c->company[i], 0) &&
                    !says(title->text, "sales"))

// clang-format off
static const struct search_case cases[] = {
    {"personId", NULL, make_id, fits_id, false},
    {"emailAddress", NULL, make_email, fits_email, false},
    {"supplementalEmail", NULL, make_supplemental, fits_supplemental, false},
    {"hashedEmail", NULL, make_hash, fits_email, false},
    {"phone", NULL, make_phone, fits_phone, false},
    {"phone", NULL, make_short_phone, fits_short_phone, false},
    {"fullName", NULL, make_full_name, fits_full_name, false},
    {"firstName", NULL, make_first, fits_first, false},
    {"middleInitial", "{\"middleInitial\":\"j,A.\"}", NULL, fits_initial, false},
    {"lastName", NULL, make_last, fits_last, false},
    {"jobTitle", "{\"jobTitle\":\"Vice President OR cfo\"}", NULL, fits_title, false},
    {"excludeJobTitle", "{\"excludeJobTitle\":\"manager OR director\"}", NULL, fits_no_title, false},
    {"exactJobTitle", "{\"exactJobTitle\":\"CEO OR President\"}", NULL, fits_exact_title, false},
    {"managementLevel", "{\"managementLevel\":\"vp level execs,directors\"}", NULL, fits_level, false},
    {"managementLevel", "{\"managementLevel\":\"Board Member\"}", NULL, fits_board_level, false},
    {"excludeManagementLevel", "{\"excludeManagementLevel\":\"Non Manager,Board Member\"}", NULL, fits_no_level, false},
    {"department", "{\"department\":\"3,finance\"}", NULL, fits_department, false},
    {"jobFunction", "{\"jobFunction\":\"Founder,Accounting\"}", NULL, fits_function, false},
    {"buyingGroup", "{\"buyingGroup\":[\"1913026\",\"Finance Leaders\"]}", NULL, fits_group, false},
    {"boardMember", "{\"boardMember\":\"only\"}", NULL, fits_board, false},
    {"boardMember", "{\"boardMember\":\"Exclude\"}", NULL, fits_no_board, false},
    {"excludePartialProfiles", "{\"excludePartialProfiles\":true}", NULL, fits_whole, false},
    {"executivesOnly", "{\"executivesOnly\":true}", NULL, fits_executive, false},
    {"filterByBuyingCommittee", "{\"filterByBuyingCommittee\":true}", NULL, fits_committee, false},
    {"hasBeenNotified", "{\"hasBeenNotified\":\"only\"}", NULL, fits_notified, false},
    {"hasBeenNotified", "{\"hasBeenNotified\":\"exclude\"}", NULL, fits_not_notified, false},
    {"requiredFields", "{\"requiredFields\":\"mobilePhone,email,companyRevenue\"}", NULL, fits_required, false},
    {"contactAccuracyScoreMin", "{\"contactAccuracyScoreMin\":\"95\"}", NULL, fits_score_min, false},
    {"contactAccuracyScoreMax", "{\"contactAccuracyScoreMax\":\"75\"}", NULL, fits_score_max, false},
    {"lastUpdatedDateAfter", "{\"lastUpdatedDateAfter\":\"2025-09-01\"}", NULL, fits_updated, false},
    {"validDateAfter", "{\"validDateAfter\":\"2025-08-15\"}", NULL, fits_valid, false},
    {"lastUpdatedInMonths", "{\"lastUpdatedInMonths\":3}", NULL, fits_months, false},
    {"positionStartDateMin", "{\"positionStartDateMin\":\"2022-01-01\"}", NULL, fits_position_min, false},
    {"positionStartDateMax", "{\"positionStartDateMax\":\"2018-12-31\"}", NULL, fits_position_max, false},
    {"school", "{\"school\":\"state university,law\"}", NULL, fits_school, false},
    {"degree", NULL, make_degree, fits_degree, false},
    {"webReferences", NULL, make_reference, fits_reference, false},
    {"techSkills", NULL, make_skill, fits_skill, false},
    {"yearsOfExperience", "{\"yearsOfExperience\":\"4-5,30+\"}", NULL, fits_years, false},
    {"locationCompanyId", NULL, make_location, fits_location, false},
    {"engagementStartDate", "{\"engagementStartDate\":\"2025-06-01\"}", NULL, fits_start, false},
    {"engagementEndDate", "{\"engagementEndDate\":\"2025-06-01\"}", NULL, fits_end, false},
    {"engagementType", NULL, make_engagement, fits_type_of_engagement, false},
    {"companyPastOrPresent", "{\"employeeRangeMin\":\"1000\",\"companyPastOrPresent\":\"past\"}", NULL, fits_past, false},
    {"companyPastOrPresent", "{\"employeeRangeMin\":\"1000\",\"companyPastOrPresent\":\"pastAndPresent\"}", NULL, fits_past_or_present, false},
    {"companyPastOrPresent", "{\"employeeRangeMin\":\"1000\",\"companyPastOrPresent\":\"present\"}", NULL, fits_present, false},
    {"locationSearchType", "{\"continent\":\"Europe\"}", NULL, fits_home_or_hq, false},
    {"locationSearchType", "{\"continent\":\"Europe\",\"locationSearchType\":\"PersonOrHQ\"}", NULL, fits_home_or_hq, false},
    {"locationSearchType", "{\"continent\":\"Europe\",\"locationSearchType\":\"PersonAndHQ\"}", NULL, fits_home_and_hq, false},
    {"locationSearchType", "{\"continent\":\"Europe\",\"locationSearchType\":\"Person\"}", NULL, fits_home, false},
    {"locationSearchType", "{\"continent\":\"Europe\",\"locationSearchType\":\"PersonThenHQ\"}", NULL, fits_home_then_hq, false},
    {"zipCodeRadiusMiles", NULL, make_home_radius, fits_home_radius, false},
    {"excludedRegions", "{\"excludedRegions\":\"usa.california.sanfrancisco\"}", NULL, fits_away, false},
    {"excludedRegions", "{\"excludedRegions\":\"usa.california.sanfrancisco\",\"locationSearchType\":\"PersonAndHQ\"}", NULL, fits_away, false},
    {"many at once", "{\"managementLevel\":\"VP Level Exec\",\"contactAccuracyScoreMin\":\"80\",\"requiredFields\":\"phone\","
     "\"employeeRangeMin\":\"100\",\"excludeJobTitle\":\"sales\"}", NULL, fits_many, false},
};
// clang-format on

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

static void test_inputs_of_contacts(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check_case(*state, SEARCH_CONTACT, &cases[i]);
}

static void test_inputs_of_both(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(firm_cases); i++)
        check_case(*state, SEARCH_CONTACT, &firm_cases[i]);
}

static void test_no_input_is_left_out(void **state)
{
    check_cover(*state, "/search/contact", cases, ARRAY_LEN(cases), firm_cases,
                ARRAY_LEN(firm_cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inputs_of_contacts),
        cmocka_unit_test(test_inputs_of_both),
        cmocka_unit_test(test_no_input_is_left_out),
    };

    return cmocka_run_group_tests_name("sandbox-contact-inputs", tests, setup, teardown);
}
