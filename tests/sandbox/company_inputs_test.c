// Every input of POST /search/company against a test of each company written by itself.
#include "sandbox/firm_cases.h"

FIRM_FITS(fits_certified, (c->flags[i] & COMPANY_CERTIFIED) != 0)
FIRM_FITS(fits_uncertified, (c->flags[i] & COMPANY_CERTIFIED) == 0)
FIRM_FITS(fits_alive, (c->flags[i] & COMPANY_DEFUNCT) == 0)
FIRM_FITS(fits_model, (c->model[i] & (MODEL_B2C | MODEL_B2G)) != 0)
FIRM_FITS(fits_marketing_min, c->budgets[i][BUDGET_MARKETING] >= 500)
FIRM_FITS(fits_marketing_max,
          c->budgets[i][BUDGET_MARKETING] > 0 && c->budgets[i][BUDGET_MARKETING] <= 100)
FIRM_FITS(fits_finance_min, c->budgets[i][BUDGET_FINANCE] >= 500)
FIRM_FITS(fits_finance_max,
          c->budgets[i][BUDGET_FINANCE] > 0 && c->budgets[i][BUDGET_FINANCE] <= 100)
FIRM_FITS(fits_it_min, c->budgets[i][BUDGET_IT] >= 500)
FIRM_FITS(fits_it_max, c->budgets[i][BUDGET_IT] > 0 && c->budgets[i][BUDGET_IT] <= 100)
FIRM_FITS(fits_hr_min, c->budgets[i][BUDGET_HR] >= 500)
FIRM_FITS(fits_hr_max, c->budgets[i][BUDGET_HR] > 0 && c->budgets[i][BUDGET_HR] <= 100)
FIRM_FITS(fits_engagement_start, c->engagement_day[i] != WORLD_NEVER &&
                                     day_before(w, c->engagement_day[i]) >= day_of(2025, 6, 1))
FIRM_FITS(fits_engagement_end, c->engagement_day[i] != WORLD_NEVER &&
                                   day_before(w, c->engagement_day[i]) <= day_of(2025, 6, 1))
FIRM_FITS(fits_engagement_type, c->engagement[i] == 0 || c->engagement[i] == 2)

static char *make_engagement_type(const struct world *w, uint32_t sample)
{
    (void)w;
    (void)sample;
    return str_format("{\"engagementType\":[\"%s\",\"%s\"]}", world_engagements[0],
                      world_engagements[2]);
}

// clang-format off
static const struct search_case cases[] = {
    {"certified", "{\"certified\":1}", NULL, fits_certified, true},
    {"certified", "{\"certified\":0}", NULL, fits_uncertified, true},
    {"excludeDefunctCompanies", "{\"excludeDefunctCompanies\":true}", NULL, fits_alive, true},
    {"businessModel", "{\"businessModel\":[\"B2C\",\"b2g\"]}", NULL, fits_model, true},
    {"marketingDepartmentBudgetMin", "{\"marketingDepartmentBudgetMin\":500}", NULL, fits_marketing_min, true},
    {"marketingDepartmentBudgetMax", "{\"marketingDepartmentBudgetMax\":100}", NULL, fits_marketing_max, true},
    {"financeDepartmentBudgetMin", "{\"financeDepartmentBudgetMin\":500}", NULL, fits_finance_min, true},
    {"financeDepartmentBudgetMax", "{\"financeDepartmentBudgetMax\":100}", NULL, fits_finance_max, true},
    {"itDepartmentBudgetMin", "{\"itDepartmentBudgetMin\":500}", NULL, fits_it_min, true},
    {"itDepartmentBudgetMax", "{\"itDepartmentBudgetMax\":100}", NULL, fits_it_max, true},
    {"hrDepartmentBudgetMin", "{\"hrDepartmentBudgetMin\":500}", NULL, fits_hr_min, true},
    {"hrDepartmentBudgetMax", "{\"hrDepartmentBudgetMax\":100}", NULL, fits_hr_max, true},
    {"engagementStartDate", "{\"engagementStartDate\":\"2025-06-01\"}", NULL, fits_engagement_start, true},
    {"engagementEndDate", "{\"engagementEndDate\":\"2025-06-01\"}", NULL, fits_engagement_end, true},
    {"engagementType", NULL, make_engagement_type, fits_engagement_type, true},
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

static void test_inputs_of_companies(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check_case(*state, SEARCH_COMPANY, &cases[i]);
}

static void test_inputs_of_both(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(firm_cases); i++)
        check_case(*state, SEARCH_COMPANY, &firm_cases[i]);
}

static void test_no_input_is_left_out(void **state)
{
    check_cover(*state, "/search/company", cases, ARRAY_LEN(cases), firm_cases,
                ARRAY_LEN(firm_cases));
}

// Without a person there is only one place: any search type means headquarters.
static void test_the_place_is_headquarters(void **state)
{
    static const struct search_case person = {
        "locationSearchType", "{\"continent\":\"europe\",\"locationSearchType\":\"Person\"}", NULL,
        fits_hq_continent, true};

    check_case(*state, SEARCH_COMPANY, &person);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inputs_of_companies),
        cmocka_unit_test(test_inputs_of_both),
        cmocka_unit_test(test_no_input_is_left_out),
        cmocka_unit_test(test_the_place_is_headquarters),
    };

    return cmocka_run_group_tests_name("sandbox-company-inputs", tests, setup, teardown);
}
