// Every input of the two searches: what kind it is, and where the record's value stands. The names
// are those of the contract; a test checks that none is missing. Floor: sandbox/search.
#include "sandbox/search/kinds.h"

#include "base/mem.h"
#include "sandbox/search/filter_text.h"

static bool has_level(const struct world_title *t, const uint8_t *marks)
{
    return marks[t->level];
}

static bool has_department(const struct world_title *t, const uint8_t *marks)
{
    return marks[t->department];
}

static bool has_function(const struct world_title *t, const uint8_t *marks)
{
    bool any = false;

    for (size_t i = 0; i < WORLD_FUNCTIONS; i++)
        any = any || marks[t->functions[i]];
    return any;
}

static bool has_group(const struct world_title *t, const uint8_t *marks)
{
    bool any = false;

    for (size_t i = 0; i < 8 * sizeof(t->buying_groups); i++)
        any = any || ((t->buying_groups >> i & 1) && marks[i]);
    return any;
}

// clang-format off
#define CELLS(on, columns, member, type) \
    .cells = {on, offsetof(struct columns, member), sizeof(type), \
              sizeof(*((struct columns *)0)->member) / sizeof(type), \
              sizeof(*((struct columns *)0)->member) / sizeof(type), 0}
#define PERSON(member, type) .rows = ON_CONTACT, CELLS(ON_CONTACT, world_contacts, member, type)
#define FIRM(member, type) .rows = ON_COMPANY, CELLS(ON_COMPANY, world_companies, member, type)
#define BUDGET(budget) .rows = ON_COMPANY, .known_from = 1, .cells = {ON_COMPANY, \
    (uint16_t)offsetof(struct world_companies, budgets), sizeof(uint32_t), 1, WORLD_BUDGETS, budget}
#define MIN .bound = BOUND_MIN
#define MAX .bound = BOUND_MAX
#define FROM_ONE .known_from = 1
#define WORDS .has = text_has_words
#define EXACT .has = text_is

static const struct search_input of_contacts[] = {
    {"companyPastOrPresent", &kind_employer, .rows = ON_NOTHING},
    {"personId", &kind_person_id, .rows = ON_CONTACT},
    {"emailAddress", &kind_email, .rows = ON_CONTACT, .which = COLUMN_EMAIL},
    {"supplementalEmail", &kind_email, .rows = ON_CONTACT, .which = COLUMN_SUPPLEMENTAL},
    {"hashedEmail", &kind_hash, .rows = ON_CONTACT},
    {"phone", &kind_phone, .rows = ON_CONTACT},
    {"fullName", &kind_full_name, .rows = ON_CONTACT},
    {"firstName", &kind_word, PERSON(first, uint16_t), EXACT, .which = DICT_NAMES},
    {"middleInitial", &kind_initial, PERSON(middle, uint8_t)},
    {"lastName", &kind_word, PERSON(last, uint16_t), EXACT, .which = DICT_NAMES},
    {"jobTitle", &kind_title_text, PERSON(title, uint16_t), WORDS, .operators = TEXT_OR},
    {"excludeJobTitle", &kind_title_text, PERSON(title, uint16_t), WORDS, .operators = TEXT_OR,
     .negated = true},
    {"exactJobTitle", &kind_title_text, PERSON(title, uint16_t), EXACT, .operators = TEXT_OR},
    {"managementLevel", &kind_title, PERSON(title, uint16_t), .list = "managementLevel",
     .title_has = has_level, .also = CONTACT_BOARD},
    {"excludeManagementLevel", &kind_title, PERSON(title, uint16_t), .list = "managementLevel",
     .title_has = has_level, .also = CONTACT_BOARD, .negated = true},
    {"department", &kind_title, PERSON(title, uint16_t), .list = "department",
     .title_has = has_department},
    {"jobFunction", &kind_title, PERSON(title, uint16_t), .list = "jobfunction",
     .title_has = has_function},
    {"buyingGroup", &kind_title, PERSON(title, uint16_t), .list = "buyinggroups",
     .title_has = has_group},
    {"boardMember", &kind_choice, PERSON(flags, uint16_t), .which = CONTACT_BOARD},
    {"excludePartialProfiles", &kind_without, PERSON(flags, uint16_t), .which = CONTACT_PARTIAL},
    {"executivesOnly", &kind_only, PERSON(flags, uint16_t), .which = CONTACT_EXECUTIVE},
    {"filterByBuyingCommittee", &kind_only, PERSON(flags, uint16_t),
     .which = CONTACT_BUYING_COMMITTEE},
    {"hasBeenNotified", &kind_choice, PERSON(flags, uint16_t), .which = CONTACT_NOTIFIED},
    {"requiredFields", &kind_required, PERSON(flags, uint16_t)},
    {"contactAccuracyScoreMin", &kind_number, PERSON(score, uint8_t), MIN},
    {"contactAccuracyScoreMax", &kind_number, PERSON(score, uint8_t), MAX},
    {"lastUpdatedDateAfter", &kind_minutes, PERSON(updated, uint32_t)},
    {"validDateAfter", &kind_minutes, PERSON(valid, uint32_t)},
    {"lastUpdatedInMonths", &kind_months, PERSON(updated, uint32_t)},
    {"positionStartDateMin", &kind_days, PERSON(position_start, uint16_t), MIN},
    {"positionStartDateMax", &kind_days, PERSON(position_start, uint16_t), MAX},
    {"school", &kind_word, PERSON(school, uint16_t), WORDS, .which = DICT_SCHOOLS},
    {"degree", &kind_word, PERSON(degree, uint8_t), WORDS, .which = DICT_DEGREES},
    {"webReferences", &kind_word, PERSON(web_reference, uint8_t), WORDS, .which = DICT_REFERENCES},
    {"techSkills", &kind_list, PERSON(skills, uint16_t), .list = "tech-skills"},
    {"yearsOfExperience", &kind_list, PERSON(years_band, uint8_t), .list = "years-of-experience"},
    {"locationCompanyId", &kind_company_row_id, PERSON(location, uint32_t)},
    {"engagementStartDate", &kind_days, PERSON(engagement_day, uint16_t), MIN},
    {"engagementEndDate", &kind_days, PERSON(engagement_day, uint16_t), MAX},
    {"engagementType", &kind_list, PERSON(engagement, uint8_t), .list = "engagementType"},
    {.name = NULL},
};

static const struct search_input of_companies[] = {
    {"certified", &kind_certified, FIRM(flags, uint16_t), .which = COMPANY_CERTIFIED},
    {"excludeDefunctCompanies", &kind_without, FIRM(flags, uint16_t), .which = COMPANY_DEFUNCT},
    {"businessModel", &kind_bits, FIRM(model, uint8_t), .list = "businessModel"},
    {"marketingDepartmentBudgetMin", &kind_number, BUDGET(BUDGET_MARKETING), MIN},
    {"marketingDepartmentBudgetMax", &kind_number, BUDGET(BUDGET_MARKETING), MAX},
    {"financeDepartmentBudgetMin", &kind_number, BUDGET(BUDGET_FINANCE), MIN},
    {"financeDepartmentBudgetMax", &kind_number, BUDGET(BUDGET_FINANCE), MAX},
    {"itDepartmentBudgetMin", &kind_number, BUDGET(BUDGET_IT), MIN},
    {"itDepartmentBudgetMax", &kind_number, BUDGET(BUDGET_IT), MAX},
    {"hrDepartmentBudgetMin", &kind_number, BUDGET(BUDGET_HR), MIN},
    {"hrDepartmentBudgetMax", &kind_number, BUDGET(BUDGET_HR), MAX},
    {"engagementStartDate", &kind_days, FIRM(engagement_day, uint16_t), MIN},
    {"engagementEndDate", &kind_days, FIRM(engagement_day, uint16_t), MAX},
    {"engagementType", &kind_list, FIRM(engagement, uint8_t), .list = "engagementType"},
    {.name = NULL},
};

// Conditions on the company, and on places: of both searches.
static const struct search_input of_both[] = {
    {"primaryIndustriesOnly", &kind_primary, .list = "industry", .rows = ON_COMPANY},
    {"locationSearchType", &kind_where, .rows = ON_NOTHING},
    {"zipCodeRadiusMiles", &kind_radius, .rows = ON_NOTHING},
    {"zipCode", &kind_zip, .which = COMPANY_ZIP},
    {"state", &kind_state, .list = "state", .which = COMPANY_STATE, .alternative = true},
    {"country", &kind_country, .list = "country", .which = COMPANY_COUNTRY,
     .alternative = true},
    {"continent", &kind_continent, .list = "continent"},
    {"metroRegion", &kind_metro, .list = "metroarea"},
    {"excludedRegions", &kind_metro, .list = "metroarea", .negated = true},
    {"companyId", &kind_company_id, .rows = ON_COMPANY},
    {"parentId", &kind_company_row_id, FIRM(parent, uint32_t)},
    {"ultimateParentId", &kind_company_row_id, FIRM(ultimate, uint32_t)},
    {"companyName", &kind_company_text, .rows = ON_COMPANY, WORDS, .which = COLUMN_NAME,
     .operators = TEXT_OR | TEXT_NOT},
    {"companyWebsite", &kind_company_name, .rows = ON_COMPANY, EXACT, .which = COLUMN_WEBSITE},
    {"companyTicker", &kind_company_name, .rows = ON_COMPANY, .has = columns_ticker_is,
     .which = COLUMN_TICKER},
    {"companyDescription", &kind_company_text, .rows = ON_COMPANY, WORDS,
     .which = COLUMN_DESCRIPTION},
    {"companyType", &kind_list, FIRM(type, uint8_t), .list = "companytype"},
    {"companyRanking", &kind_bits, FIRM(rankings, uint8_t), .list = "companyranking"},
    {"address", &kind_address, .rows = ON_COMPANY, .which = COLUMN_ADDRESS},
    {"street", &kind_address, .rows = ON_COMPANY, .which = COLUMN_STREET},
    {"hashTagString", &kind_hashtag, .rows = ON_COMPANY, .list = "hashtag"},
    {"techAttributeTagList", &kind_tech, .rows = ON_COMPANY, .list = "tech/product"},
    {"subUnitTypes", &kind_list, FIRM(sub_unit, uint8_t), .list = "subunittypes"},
    {"companyStructureIncludedSubUnitTypes", &kind_bits, .rows = ON_COMPANY,
     .cells = {ON_DERIVED, DERIVED_STRUCTURE, sizeof(uint8_t), 1, 1, 0}, .list = "subunittypes"},
    {"industryCodes", &kind_industry, FIRM(industry, uint16_t), .list = "industry",
     .reach = REACH_CHILDREN},
    {"industryKeywords", &kind_industry_words, .rows = ON_COMPANY, .list = "industry",
     .operators = TEXT_AND | TEXT_OR},
    {"sicCodes", &kind_list, FIRM(sic, uint16_t), .list = "siccode", .reach = REACH_PREFIX},
    {"naicsCodes", &kind_list, FIRM(naics, uint16_t), .list = "naicscode", .reach = REACH_PREFIX},
    {"revenueMin", &kind_number, FIRM(revenue, uint32_t), MIN, FROM_ONE},
    {"revenueMax", &kind_number, FIRM(revenue, uint32_t), MAX, FROM_ONE},
    {"revenue", &kind_list, FIRM(revenue_band, uint8_t), .list = "revenuerange"},
    {"employeeRangeMin", &kind_number, FIRM(employees, uint32_t), MIN, FROM_ONE},
    {"employeeRangeMax", &kind_number, FIRM(employees, uint32_t), MAX, FROM_ONE},
    {"employeeCount", &kind_list, FIRM(employee_band, uint8_t), .list = "employeecount"},
    {"fundingAmountMin", &kind_number, FIRM(funding_recent, uint32_t), MIN, FROM_ONE},
    {"fundingAmountMax", &kind_number, FIRM(funding_recent, uint32_t), MAX, FROM_ONE},
    {"fundingStartDate", &kind_days, FIRM(funding_day, uint16_t), MIN},
    {"fundingEndDate", &kind_days, FIRM(funding_day, uint16_t), MAX},
    {"zoominfoContactsMin", &kind_number, .rows = ON_COMPANY, MIN,
     .cells = {ON_DERIVED, DERIVED_CONTACTS, sizeof(uint32_t), 1, 1, 0}},
    {"zoominfoContactsMax", &kind_number, .rows = ON_COMPANY, MAX,
     .cells = {ON_DERIVED, DERIVED_CONTACTS, sizeof(uint32_t), 1, 1, 0}},
    {"oneYearEmployeeGrowthRateMin", &kind_rate, FIRM(growth_one, int16_t), MIN, .tenths = 10},
    {"oneYearEmployeeGrowthRateMax", &kind_rate, FIRM(growth_one, int16_t), MAX, .tenths = 10},
    {"twoYearEmployeeGrowthRateMin", &kind_rate, FIRM(growth_two, int16_t), MIN, .tenths = 10},
    {"twoYearEmployeeGrowthRateMax", &kind_rate, FIRM(growth_two, int16_t), MAX, .tenths = 10},
    {.name = NULL},
};
// clang-format on

static const struct search_input *const pieces[SEARCH_ENTITIES][2] = {
    [SEARCH_CONTACT] = {of_contacts, of_both},
    [SEARCH_COMPANY] = {of_companies, of_both},
};

const struct search_input *search_input_find(enum search_entity entity, const char *name)
{
    for (size_t p = 0; p < ARRAY_LEN(pieces[entity]); p++) {
        for (const struct search_input *in = pieces[entity][p]; in->name; in++) {
            if (str_eq(in->name, name))
                return in;
        }
    }
    return NULL;
}
