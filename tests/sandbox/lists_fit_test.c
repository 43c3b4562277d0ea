// The lookup lists against each other and against the public lists they come from.
// One thread. Floor: tests.
#include <string.h>

#include "sandbox/lists_load.h"

// The lists these tests read, parsed, and by Id and by Name.
enum { COUNTRY, DEPARTMENT, FUNCTION, METRO, NAICS, SIC, STATE, CATEGORY, PRODUCT, VENDOR, TOPIC };

static const char *const names[] = {
    [COUNTRY] = "country",    [DEPARTMENT] = "department",  [FUNCTION] = "jobfunction",
    [METRO] = "metroarea",    [NAICS] = "naicscode",        [SIC] = "siccode",
    [STATE] = "state",        [CATEGORY] = "tech_category", [PRODUCT] = "tech_product",
    [VENDOR] = "tech_vendor", [TOPIC] = "intent_topics",
};
#define NAMES_LEN (sizeof names / sizeof names[0])

struct loaded {
    json_t *rows[NAMES_LEN], *by_id[NAMES_LEN], *by_name[NAMES_LEN];
};

static int setup(void **state)
{
    struct loaded *l = calloc(1, sizeof *l);
    size_t i;

    for (i = 0; l && i < NAMES_LEN; i++) {
        l->rows[i] = load(LISTS, names[i]);
        l->by_id[i] = index_by(l->rows[i], "Id");
        l->by_name[i] = index_by(l->rows[i], "Name");
    }
    *state = l;
    return l ? 0 : -1;
}

static int teardown(void **state)
{
    struct loaded *l = *state;
    size_t i;

    for (i = 0; i < NAMES_LEN; i++) {
        json_decref(l->by_name[i]);
        json_decref(l->by_id[i]);
        json_decref(l->rows[i]);
    }
    free(l);
    return 0;
}

static void expect_id(const struct loaded *l, int list, const char *id)
{
    if (!json_object_get(l->by_id[list], id))
        fail_msg("%s has no id \"%s\"", names[list], id);
}

static void expect_name(const struct loaded *l, int list, const char *name)
{
    if (!json_object_get(l->by_name[list], name))
        fail_msg("%s has no name \"%s\"", names[list], name);
}

// Every code is digits and stands below itself without the last digit; counts[n]: codes of n
// digits.
static void check_codes(const struct loaded *l, int list, const size_t *counts, size_t longest)
{
    size_t i, seen[8] = {0};
    json_t *row;

    json_array_foreach(l->rows[list], i, row)
    {
        const char *id = text_of(row, "Id");
        size_t len = strlen(id);
        char *parent = str_format("%.*s", (int)len - 1, id);

        if (strspn(id, "0123456789") != len || len < 2 || len > longest)
            fail_msg("%s: \"%s\" is no code", names[list], id);
        if (len > 2)
            expect_id(l, list, parent);
        seen[len]++;
        free(parent);
    }
    for (i = 2; i <= longest; i++)
        assert_int_equal(seen[i], counts[i]);
}

// The 1987 classification: major groups, industry groups, industries.
static void test_sic_is_whole(void **state)
{
    static const size_t counts[] = {0, 0, 83, 416, 1005};

    check_codes(*state, SIC, counts, 4);
}

// The 2022 classification, and ten codes of older editions that the API's own examples hold.
static void test_naics_is_whole(void **state)
{
    static const size_t counts[] = {0, 0, 24, 96 + 1, 308 + 2, 689 + 3, 1012 + 4};

    check_codes(*state, NAICS, counts, 6);
}

static size_t count_prefix(const json_t *rows, const char *prefix)
{
    size_t i, count = 0;
    json_t *row;

    json_array_foreach(rows, i, row)
    {
        count += str_starts(text_of(row, "Id"), prefix);
    }
    return count;
}

static void test_states_and_provinces(void **state)
{
    const struct loaded *l = *state;
    static const char *const territories[] = {"usa.americansamoa", "usa.guam", "usa.puertorico",
                                              "usa.northernmarianaislands", "usa.usvirginislands"};
    const size_t territories_len = sizeof territories / sizeof territories[0];
    const json_t *rows = l->rows[STATE];
    size_t i;

    for (i = 0; i < territories_len; i++)
        expect_id(l, STATE, territories[i]);
    expect_id(l, STATE, "usa.districtofcolumbia");
    expect_id(l, STATE, "usa.newyork");
    expect_id(l, STATE, "canada.ontario");
    assert_int_equal(count_prefix(rows, "usa."), 50 + 1 + territories_len);
    assert_int_equal(count_prefix(rows, "canada."), 13);
    assert_int_equal(json_array_size(rows), 51 + territories_len + 13);
}

// A metro's id without its last part names a state or province, or elsewhere a country.
static void test_places_fit_together(void **state)
{
    const struct loaded *l = *state;
    size_t i;
    json_t *row;

    json_array_foreach(l->rows[METRO], i, row)
    {
        const char *id = text_of(row, "Id"), *dot = strrchr(id, '.');
        char *place = str_format("%.*s", dot ? (int)(dot - id) : 0, id);

        assert_int_equal(strspn(id, "abcdefghijklmnopqrstuvwxyz."), strlen(id));
        expect_id(l, strchr(place, '.') ? STATE : COUNTRY, place);
        free(place);
    }
    json_array_foreach(l->rows[COUNTRY], i, row)
    {
        const char *id = text_of(row, "Id");

        assert_int_equal(strspn(id, "abcdefghijklmnopqrstuvwxyz"), strlen(id));
    }
}

// "4.11" is a function of department 4, and no name stands for two functions.
static void test_job_functions_have_departments(void **state)
{
    const struct loaded *l = *state;
    const json_t *functions = l->rows[FUNCTION];
    size_t i, total = 0;
    json_t *row;

    json_array_foreach(l->rows[DEPARTMENT], i, row)
    {
        char *prefix = str_format("%s.", text_of(row, "Id"));
        size_t count = count_prefix(functions, prefix);

        assert_in_range(count, 8, 14);
        total += count;
        free(prefix);
    }
    assert_int_equal(total, json_array_size(functions));
    assert_int_equal(total, json_object_size(l->by_name[FUNCTION]));
}

static void test_topics_name_real_departments(void **state)
{
    const struct loaded *l = *state;
    size_t i;
    json_t *row;

    json_array_foreach(l->rows[TOPIC], i, row)
    {
        expect_name(l, DEPARTMENT, text_of(row, "Department"));
        expect_name(l, FUNCTION, text_of(row, "JobFunction"));
        assert_true(*text_of(row, "Category") && *text_of(row, "Description"));
    }
}

static bool has_text(const json_t *array, const char *text)
{
    json_t *item;
    size_t i;

    json_array_foreach(array, i, item)
    {
        if (str_eq(json_string_value(item), text))
            return true;
    }
    return false;
}

static void test_products_name_real_vendors(void **state)
{
    const struct loaded *l = *state;
    size_t i;
    json_t *row;

    json_array_foreach(l->rows[PRODUCT], i, row)
    {
        const char *parent = text_of(row, "parentCategory");
        const json_t *known = json_object_get(l->by_id[CATEGORY], parent);

        expect_id(l, VENDOR, text_of(row, "vendor"));
        if (!has_text(json_object_get(known, "categories"), text_of(row, "category")))
            fail_msg("\"%s\" is no category of \"%s\"", text_of(row, "category"), parent);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sic_is_whole),
        cmocka_unit_test(test_naics_is_whole),
        cmocka_unit_test(test_states_and_provinces),
        cmocka_unit_test(test_places_fit_together),
        cmocka_unit_test(test_job_functions_have_departments),
        cmocka_unit_test(test_topics_name_real_departments),
        cmocka_unit_test(test_products_name_real_vendors),
    };

    return cmocka_run_group_tests_name("sandbox lists together", tests, setup, teardown);
}
