// The catalogue in itself: names lead where they should, and references hold.
#include "support/test.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/entity.h"
#include "model/lookup.h"
#include "model/usage.h"

#define EACH_ENTITY(e) for (const struct entity *const *e = entity_all(); *e; e++)

static void test_find_entity(void **state)
{
    (void)state;
    assert_ptr_equal(entity_find("contact"), &entity_contact);
    assert_ptr_equal(entity_find("CONTACTS"), &entity_contact);
    assert_ptr_equal(entity_find("companies"), &entity_company);
    assert_null(entity_find("compan"));
    assert_null(entity_find(""));
}

// Each name and each label with its bound leads to its own row and to no other.
static void test_names_lead_to_their_row(void **state)
{
    (void)state;
    EACH_ENTITY(e)
    {
        for (size_t i = 0; i < (*e)->search.n_inputs; i++) {
            const struct input *in = &(*e)->search.inputs[i];

            assert_ptr_equal(entity_input(*e, in->name, BOUND_NONE), in);
            assert_ptr_equal(entity_input(*e, in->name, in->bound), in);
            assert_ptr_equal(entity_input(*e, in->label, in->bound), in);
        }
    }
}

static void test_labels_are_unique(void **state)
{
    (void)state;
    EACH_ENTITY(e)
    {
        for (size_t i = 0; i < (*e)->search.n_inputs; i++) {
            const struct input *a = &(*e)->search.inputs[i];

            assert_null(strpbrk(a->label, "=!<>:,\""));
            for (size_t k = 0; k < i; k++) {
                const struct input *b = &(*e)->search.inputs[k];

                assert_false(str_eq_case(a->name, b->name));
                if (str_eq_case(a->label, b->label))
                    assert_true(a->bound != b->bound && a->bound && b->bound);
            }
        }
    }
}

static void test_case_and_bounds(void **state)
{
    const struct entity *e = &entity_contact;

    (void)state;
    assert_string_equal(entity_input(e, "MANAGEMENTLEVEL", BOUND_NONE)->name, "managementLevel");
    assert_string_equal(entity_input(e, "management level", BOUND_NONE)->name, "managementLevel");
    assert_string_equal(entity_input(e, "Employees", BOUND_LOW)->name, "employeeRangeMin");
    assert_string_equal(entity_input(e, "employees", BOUND_HIGH)->name, "employeeRangeMax");
    assert_null(entity_input(e, "Employees", BOUND_NONE));
    // "revenue" is the API's list of ranges, and the label of the two ends.
    assert_string_equal(entity_input(e, "Revenue", BOUND_NONE)->name, "revenue");
    assert_string_equal(entity_input(e, "Revenue", BOUND_LOW)->name, "revenueMin");
    assert_string_equal(entity_input(e, "lastUpdatedDateAfter", BOUND_LOW)->name,
                        "lastUpdatedDateAfter");
    assert_null(entity_input(e, "lastUpdatedDateAfter", BOUND_HIGH));
    assert_null(entity_input(e, "nonsense", BOUND_NONE));
}

static void test_nearest(void **state)
{
    (void)state;
    assert_string_equal(entity_nearest_input(&entity_contact, "managmentLevel"), "managementLevel");
    assert_string_equal(entity_nearest_input(&entity_contact, "Job titel"), "Job title");
    assert_null(entity_nearest_input(&entity_contact, "zzzzzzzzzz"));
    assert_null(entity_nearest_input(&entity_contact, "rpp")); // no filter
    assert_string_equal(column_nearest(entity_company.enrich.columns,
                                       entity_company.enrich.n_columns, "employeCount"),
                        "employeeCount");
}

static void check_reference(const struct entity *e, const struct input *in)
{
    if (in->lookup) {
        const struct lookup_def *def = lookup_find(in->lookup);

        assert_non_null(def);
        assert_string_equal(def->path, in->lookup);
    }
    if (in->exclude) {
        const struct input *twin = entity_input(e, in->exclude, BOUND_NONE);

        assert_non_null(twin);
        assert_string_equal(twin->name, in->exclude);
        assert_null(twin->exclude);
        assert_int_equal(twin->kind, in->kind);
        assert_int_equal(twin->group, in->group);
        assert_true(str_eq(twin->lookup ? twin->lookup : "", in->lookup ? in->lookup : ""));
    }
}

// Inputs whose name says "exclude" of something that can be included are somebody's twin.
static void test_references(void **state)
{
    size_t twins = 0;

    (void)state;
    EACH_ENTITY(e)
    {
        for (size_t i = 0; i < (*e)->search.n_inputs; i++) {
            check_reference(*e, &(*e)->search.inputs[i]);
            twins += (*e)->search.inputs[i].exclude != NULL;
        }
    }
    assert_int_equal(twins, 4);
    assert_string_equal(entity_input(&entity_contact, "jobTitle", BOUND_NONE)->exclude,
                        "excludeJobTitle");
    assert_string_equal(entity_input(&entity_contact, "managementLevel", BOUND_NONE)->exclude,
                        "excludeManagementLevel");
    assert_string_equal(entity_input(&entity_company, "metroRegion", BOUND_NONE)->exclude,
                        "excludedRegions");
}

static void check_kind(const struct input *in)
{
    bool date = strstr(in->name, "Date") && !strstr(in->name, "lastUpdatedIn");

    assert_true(in->group < GROUPS);
    assert_true((in->kind == INPUT_LOOKUP) == (in->lookup != NULL));
    assert_true((in->kind == INPUT_CHOICE || in->kind == INPUT_EXPRESSION) ==
                (in->choices != NULL));
    assert_true(in->wire != WIRE_BOOLEAN || in->kind == INPUT_FLAG);
    assert_true((in->kind == INPUT_DATE) == date);
    assert_true(!in->join || in->wire == WIRE_STRING);
    assert_true(in->kind != INPUT_EXPRESSION || str_eq(in->join, " OR "));
    assert_true(in->bound == BOUND_NONE || in->kind == INPUT_NUMBER || in->kind == INPUT_DATE);
    assert_true(in->min <= in->max);
}

// The end that a name speaks of.
static enum bound end_of(const char *name)
{
    if (str_ends(name, "Min") || str_ends(name, "StartDate") || str_ends(name, "After"))
        return BOUND_LOW;
    if (str_ends(name, "Max") || str_ends(name, "EndDate"))
        return BOUND_HIGH;
    return BOUND_NONE;
}

static void test_kinds(void **state)
{
    (void)state;
    EACH_ENTITY(e)
    {
        for (size_t i = 0; i < (*e)->search.n_inputs; i++) {
            const struct input *in = &(*e)->search.inputs[i];

            check_kind(in);
            assert_int_equal(in->bound, end_of(in->name));
            if (in->bound == BOUND_HIGH) {
                const struct input *low = entity_input(*e, in->label, BOUND_LOW);

                assert_non_null(low);
                assert_int_equal(low->kind, in->kind);
                assert_int_equal(low->wire, in->wire);
                assert_int_equal(low->min, in->min);
                assert_int_equal(low->max, in->max);
                assert_true(str_eq(low->unit ? low->unit : "", in->unit ? in->unit : ""));
            }
        }
    }
}

// What FACTS 5 spells out.
static void test_facts(void **state)
{
    static const struct {
        const char *name, *choices;
    } choices[] = {{"companyPastOrPresent", "present|past|pastAndPresent"},
                   {"hasBeenNotified", "exclude|include|only"},
                   {"locationSearchType", "PersonOrHQ|PersonAndHQ|Person|HQ|PersonThenHQ"},
                   {"zipCodeRadiusMiles", "10|25|50|100|250"},
                   {"companyName", "OR|NOT"},
                   {"industryKeywords", "AND|OR"}};
    static const char *const sorts[] = {
        "contactAccuracyScore", "lastName",      "companyName", "hierarchy",
        "sourceCount",          "lastMentioned", "relevance"};
    static const char *const sorts_company[] = {"name", "employeeCount", "revenue"};
    const struct input *score = entity_input(&entity_contact, "Accuracy score", BOUND_LOW);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(choices); i++)
        assert_string_equal(entity_input(&entity_contact, choices[i].name, BOUND_NONE)->choices,
                            choices[i].choices);
    for (size_t i = 0; i < ARRAY_LEN(sorts); i++)
        assert_string_equal(entity_contact.search.sorts[i], sorts[i]);
    assert_null(entity_contact.search.sorts[ARRAY_LEN(sorts)]);
    for (size_t i = 0; i < ARRAY_LEN(sorts_company); i++)
        assert_string_equal(entity_company.search.sorts[i], sorts_company[i]);
    assert_null(entity_company.search.sorts[ARRAY_LEN(sorts_company)]);
    assert_int_equal(score->min, 70);
    assert_int_equal(score->max, 99);
    EACH_ENTITY(e)
    {
        assert_int_equal((*e)->search.rpp, 25);
        assert_int_equal((*e)->search.rpp_max, 100);
        assert_int_equal((*e)->search.depth, 10000);
        assert_int_equal((*e)->enrich.batch, 25);
        assert_int_equal((*e)->charging.credits_new, 1);
        assert_int_equal((*e)->charging.free_months, 12);
        assert_int_equal((*e)->charging.records_matched, 1);
        assert_int_equal((*e)->charging.requests_call, 1);
    }
}

static void test_several_values(void **state)
{
    static const struct {
        const char *name;
        bool many;
    } cases[] = {{"managementLevel", true},
                 {"jobTitle", true},
                 {"phone", true},
                 {"companyTicker", true},
                 {"zipCode", true},
                 {"companyId", true},
                 {"fullName", false},
                 {"employeeRangeMin", false},
                 {"executivesOnly", false},
                 {"boardMember", false},
                 {"zipCodeRadiusMiles", false}};
    const struct input *zip = entity_input(&entity_company, "zipCode", BOUND_NONE);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(input_many(entity_input(&entity_contact, cases[i].name, BOUND_NONE)),
                         cases[i].many);
    assert_string_equal(entity_radius(&entity_company, zip)->name, "zipCodeRadiusMiles");
    assert_ptr_equal(entity_centre(&entity_company, entity_radius(&entity_company, zip)), zip);
    assert_null(entity_centre(&entity_company, zip));
}

static void check_columns(const struct column *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *upper = mem_strdup(columns[i].heading);

        for (char *p = upper; *p; p++)
            *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
        assert_ptr_equal(column_find(columns, n, columns[i].name), &columns[i]);
        assert_ptr_equal(column_find(columns, n, columns[i].heading), &columns[i]);
        assert_ptr_equal(column_find(columns, n, upper), &columns[i]);
        assert_string_equal(column_find(columns, n, columns[i].path)->path, columns[i].path);
        assert_true(columns[i].width > 0);
        free(upper);
        for (size_t k = 0; k < i; k++) {
            assert_false(str_eq_case(columns[i].name, columns[k].name));
            assert_false(str_eq_case(columns[i].heading, columns[k].heading));
            assert_string_not_equal(columns[i].path, columns[k].path);
        }
    }
}

static void test_columns(void **state)
{
    (void)state;
    EACH_ENTITY(e)
    {
        check_columns((*e)->search.columns, (*e)->search.n_columns);
        check_columns((*e)->enrich.columns, (*e)->enrich.n_columns);
    }
    assert_null(column_find(entity_company.search.columns, 2, "website"));
}

static size_t count_marked(const struct column *columns, size_t n, unsigned mark)
{
    size_t marked = 0;

    for (size_t i = 0; i < n; i++)
        marked += (columns[i].marks & mark) != 0;
    return marked;
}

static unsigned marks(const struct enrich_operation *op, const char *name)
{
    return column_find(op->columns, op->n_columns, name)->marks;
}

// FACTS 11: what the duties speak of, and what travels with it.
static void test_marks(void **state)
{
    static const char *const personal[] = {
        "firstName",        "lastName", "email",   "hashedEmails", "phone",
        "mobilePhone",      "street",   "zipCode", "picture",      "externalUrls",
        "employmentHistory"};
    static const char *const compliance[] = {
        "directPhoneDoNotCall", "mobilePhoneDoNotCall", "withinEu",          "withinCalifornia",
        "withinCanada",         "hasCanadianEmail",     "noticeProvidedDate"};
    static const char *const shown[] = {
        "id",          "firstName",   "lastName", "jobTitle", "email",   "phone",
        "mobilePhone", "companyName", "city",     "state",    "country", "contactAccuracyScore"};
    const struct enrich_operation *op = &entity_contact.enrich;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(personal); i++)
        assert_true(marks(op, personal[i]) & COLUMN_PERSONAL);
    for (size_t i = 0; i < ARRAY_LEN(compliance); i++)
        assert_true(marks(op, compliance[i]) & COLUMN_COMPLIANCE);
    for (size_t i = 0; i < ARRAY_LEN(shown); i++)
        assert_true(marks(op, shown[i]) & COLUMN_SHOWN);
    assert_int_equal(count_marked(op->columns, op->n_columns, COLUMN_COMPLIANCE),
                     ARRAY_LEN(compliance));
    assert_false(marks(op, "companyName") & COLUMN_PERSONAL);
    assert_int_equal(count_marked(entity_company.enrich.columns, entity_company.enrich.n_columns,
                                  COLUMN_PERSONAL | COLUMN_COMPLIANCE),
                     0);
    assert_in_range(
        count_marked(entity_contact.search.columns, entity_contact.search.n_columns, COLUMN_SHOWN),
        8, 10);
}

static bool named_in(const char *names, const char *name)
{
    char *copy = mem_strdup(names), *rest = copy;
    bool found = false;

    for (char *each = strsep(&rest, "|"); each; each = strsep(&rest, "|"))
        found = found || str_eq(each, name);
    free(copy);
    return found;
}

// An exported file finds its ids again.
static void test_id_names(void **state)
{
    (void)state;
    EACH_ENTITY(e)
    {
        const struct search_operation *search = &(*e)->search;
        const struct column *found = column_find(search->columns, search->n_columns, "Id");

        assert_string_equal(found->path, (*e)->id_path);
        assert_int_equal(found->type, COLUMN_ID);
        assert_true(found->marks & COLUMN_SHOWN);
        assert_true(named_in((*e)->id_names, found->name));
        assert_true(named_in((*e)->id_names, (*e)->id_path));
        assert_true(named_in((*e)->id_names, (*e)->enrich.id_input));
        assert_non_null(column_find((*e)->enrich.columns, (*e)->enrich.n_columns, (*e)->id_path));
    }
    // The id of a contact's company is not the contact's.
    assert_false(named_in(entity_contact.id_names, "companyId"));
}

static void check_need(const struct entity *e, const char *need)
{
    char *copy = mem_strdup(need), *rest = copy;

    for (char *each = strsep(&rest, "|"); each; each = strsep(&rest, "|")) {
        bool known = false;

        for (size_t i = 0; i < e->enrich.n_inputs; i++)
            known = known || str_eq(e->enrich.inputs[i].name, each);
        assert_true(known);
    }
    free(copy);
}

static void test_combinations(void **state)
{
    (void)state;
    EACH_ENTITY(e)
    {
        assert_true((*e)->enrich.n_combinations > 0);
        assert_string_equal((*e)->enrich.combinations[0].needs[0], (*e)->enrich.id_input);
        for (size_t i = 0; i < (*e)->enrich.n_combinations; i++) {
            const struct match_combination *m = &(*e)->enrich.combinations[i];

            assert_non_null(m->needs[0]);
            for (size_t k = 0; k < MATCH_NEEDS && m->needs[k]; k++)
                check_need(*e, m->needs[k]);
        }
    }
    assert_int_equal(entity_contact.enrich.n_combinations, 6);
}

// Every entity has a dozen to begin with, each rank once.
static void test_common(void **state)
{
    (void)state;
    EACH_ENTITY(e)
    {
        const struct input *common[12];
        size_t n = entity_common(*e, common, ARRAY_LEN(common));

        assert_int_equal(n, ARRAY_LEN(common));
        for (size_t i = 1; i < n; i++)
            assert_true(common[i]->common > common[i - 1]->common);
        for (size_t i = 0; i < (*e)->search.n_inputs; i++) {
            for (size_t j = 0; j < i && (*e)->search.inputs[i].common; j++)
                assert_int_not_equal((*e)->search.inputs[i].common, (*e)->search.inputs[j].common);
        }
        assert_int_equal(entity_common(*e, common, 2), 2);
    }
}

static void test_included(void **state)
{
    const struct input *metro = entity_input(&entity_company, "metroRegion", BOUND_NONE);
    const struct input *not_metro = entity_input(&entity_company, "excludedRegions", BOUND_NONE);

    (void)state;
    assert_ptr_equal(entity_included(&entity_company, not_metro), metro);
    assert_null(entity_included(&entity_company, metro));
}

static void test_groups(void **state)
{
    (void)state;
    for (size_t i = 0; i < GROUPS; i++)
        assert_true(*group_label((enum input_group)i));
    assert_string_equal(group_label(GROUP_PLACE), "Place");
}

static void test_meters(void **state)
{
    const struct meter_def *defs = meter_defs();

    (void)state;
    assert_string_equal(defs[METER_CREDITS].limit_type, "uniqueIdLimit");
    assert_string_equal(defs[METER_CREDITS].header, "Unique-Id");
    assert_string_equal(defs[METER_RECORDS].header, "Record");
    assert_string_equal(defs[METER_REQUESTS].limit_type, "requestLimit");
    assert_string_equal(defs[METER_WEBSIGHTS_REQUESTS].header, "Websights-Api-Request");
    for (size_t i = 0; i < METERS; i++)
        assert_true(*defs[i].name && *defs[i].about);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find_entity),
        cmocka_unit_test(test_names_lead_to_their_row),
        cmocka_unit_test(test_labels_are_unique),
        cmocka_unit_test(test_case_and_bounds),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_several_values),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_id_names),
        cmocka_unit_test(test_combinations),
        cmocka_unit_test(test_common),
        cmocka_unit_test(test_included),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_meters),
    };

    return cmocka_run_group_tests_name("model/entity", tests, NULL, NULL);
}
