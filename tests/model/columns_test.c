// The catalogue's columns against the contract: every documented output by name, type and place.
#include "model/contract.h"

static bool answers_to(const struct column *column, const char *name)
{
    return str_eq(column->name, name) || str_eq(column->path, name);
}

static void mark_output(struct contract *c, const struct column *columns, size_t n,
                        const char *name, const char *path, bool *known)
{
    for (size_t i = 0; i < n; i++) {
        if (answers_to(&columns[i], name)) {
            known[i] = true;
            return;
        }
    }
    fault(c, "%s lacks the output %s", path, name);
}

static void check_outputs(struct contract *c, const char *path, const struct column *columns,
                          size_t n, json_t *list)
{
    json_t *outputs = json_object_get(endpoint(c, path), "outputs"), *each;
    bool known[256] = {false};
    size_t i;

    assert_true(json_array_size(outputs) > 0);
    json_array_foreach(outputs, i, each)
    {
        mark_output(c, columns, n, json_string_value(each), path, known);
        if (!column_find(columns, n, json_string_value(each)) ||
            !str_eq(column_find(columns, n, json_string_value(each))->name,
                    json_string_value(each)))
            fault(c, "%s: no column is named %s", path, json_string_value(each));
    }
    json_array_foreach(list, i, each)
        mark_output(c, columns, n, text(each, "fieldName"), path, known);
    for (i = 0; i < n; i++) {
        if (!known[i] && !str_eq(columns[i].name, "mobilePhone"))
            fault(c, "%s: nobody documents the output %s", path, columns[i].name);
    }
    json_decref(list);
}

static void test_outputs(void **state)
{
    struct contract *c = (struct contract *)*state;

    for (const struct entity *const *e = entity_all(); *e; e++) {
        check_outputs(c, (*e)->search.path, (*e)->search.columns, (*e)->search.n_columns,
                      fields("output", *e, "search"));
        check_outputs(c, (*e)->enrich.path, (*e)->enrich.columns, (*e)->enrich.n_columns,
                      fields("output", *e, "enrich"));
    }
    assert_int_equal(c->faults, 0);
}

// Follows one part of a path after the other. An empty documented list holds anything.
static json_t *at(json_t *shape, const char *path)
{
    static char anything[] = "anything";

    while (*path) {
        size_t n = strcspn(path, ".[");

        shape = json_object_getn(shape, path, n);
        path += n;
        if (str_starts(path, "[]")) {
            if (!json_is_array(shape))
                return NULL;
            if (json_array_size(shape) == 0)
                return json_string(anything);
            shape = json_array_get(shape, 0);
            path += 2;
        }
        path += *path == '.';
    }
    return json_incref(shape);
}

// Documented outputs that stand in no example, by operation: their paths go by the rule of FACTS 4.
static const struct {
    const char *path;
    const char *const names[20];
} unshown[] = {
    {"/search/contact",
     {"managementLevel", "school", "directPhoneDoNotCall", "mobilePhoneDoNotCall"}},
    {"/search/company", {NULL}},
    {"/enrich/contact",
     {"continent", "validDate", "isCalifornia", "isCanada", "positionStartDate",
      "yearsOfExperience", "techSkills", "engagements", "companyContinent", "mobilePhone",
      "companyPrimaryIndustryCode", "companyPrimarySubIndustryCode", "companyIndustryCodes",
      "companyEmployeeGrowth"}},
    {"/enrich/company",
     {"primaryIndustryCode", "primarySubIndustryCode", "industryCodes", "locationMatch", "type",
      "foundedYear", "businessModel", "isDefunct", "departmentBudgets", "employeeCountByDepartment",
      "engagements"}},
};

static bool is_unshown(const char *path, const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(unshown); i++) {
        if (str_eq(unshown[i].path, path) && among(unshown[i].names, name))
            return true;
    }
    return false;
}

static bool fits(const struct column *column, json_t *shape)
{
    const char *is = json_is_string(shape) ? json_string_value(shape) : "";

    switch (column->type) {
    case COLUMN_ID:
    case COLUMN_NUMBER:
    case COLUMN_MONEY:
        return str_eq(is, "integer");
    case COLUMN_FLAG: // one is the text "false" (FACTS 6)
        return str_eq(is, "boolean") || str_eq(column->name, "hasCanadianEmail");
    case COLUMN_DATE:
    case COLUMN_TEXT:
        return str_starts(is, "string");
    case COLUMN_LIST:
        return str_starts(is, "string") || str_eq(is, "anything");
    case COLUMN_OBJECT:
        return json_is_object(shape) || json_is_array(shape);
    }
    return false;
}

static void check_place(struct contract *c, const char *path, const struct column *column,
                        json_t *row)
{
    json_t *shape = at(row, column->path);
    bool shown = shape != NULL;

    if (shown == is_unshown(path, column->name))
        fault(c, "%s: %s %s in the example", path, column->path,
              shown ? "stands after all" : "does not stand");
    else if (shown && !fits(column, shape))
        fault(c, "%s: %s is of another type in the example", path, column->path);
    if ((column->type == COLUMN_LIST) != (strstr(column->path, "[]") != NULL))
        fault(c, "%s: %s: a list has [], and only a list", path, column->path);
    json_decref(shape);
}

// What the shapes cannot tell apart goes by its name.
static void check_kind(struct contract *c, const struct column *column)
{
    size_t n = strlen(column->name);

    if (str_ends(column->name, "Date") != (column->type == COLUMN_DATE))
        fault(c, "%s: a date is named so", column->name);
    if ((n >= 2 && str_eq_case(column->name + n - 2, "id")) != (column->type == COLUMN_ID))
        fault(c, "%s: an id is named so", column->name);
    if ((strstr(column->heading, "USD") != NULL) != (column->type == COLUMN_MONEY))
        fault(c, "%s: money has its unit in the heading", column->name);
}

static void check_places(struct contract *c, const char *path, const struct column *columns,
                         size_t n, json_t *row)
{
    assert_true(json_is_object(row));
    for (size_t i = 0; i < n; i++) {
        check_place(c, path, &columns[i], row);
        check_kind(c, &columns[i]);
    }
}

static void test_places(void **state)
{
    struct contract *c = (struct contract *)*state;

    for (const struct entity *const *e = entity_all(); *e; e++) {
        const struct search_operation *search = &(*e)->search;
        const struct enrich_operation *enrich = &(*e)->enrich;
        json_t *found = first(
            json_object_get(json_object_get(endpoint(c, search->path), "response_shapes"), "200"));
        json_t *bought = first(
            json_object_get(json_object_get(endpoint(c, enrich->path), "response_shapes"), "200"));
        json_t *result = first(json_object_get(json_object_get(bought, "data"), "result"));

        check_places(c, search->path, search->columns, search->n_columns,
                     first(json_object_get(found, "data")));
        check_places(c, enrich->path, enrich->columns, enrich->n_columns,
                     first(json_object_get(result, "data")));
    }
    assert_int_equal(c->faults, 0);
}

static bool shows(const struct column *columns, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++) {
        if (str_starts(columns[i].path, key) && strcspn(columns[i].path, ".[") == strlen(key))
            return true;
    }
    return false;
}

// Nothing that an example row holds is without a column; alexaRank is gone (FACTS 4).
static void test_rows_are_covered(void **state)
{
    struct contract *c = (struct contract *)*state;

    for (const struct entity *const *e = entity_all(); *e; e++) {
        json_t *shape = first(json_object_get(
            json_object_get(endpoint(c, (*e)->enrich.path), "response_shapes"), "200"));
        json_t *result = first(json_object_get(json_object_get(shape, "data"), "result"));
        json_t *row = first(json_object_get(result, "data")), *value;
        const char *key;

        json_object_foreach(row, key, value)
        {
            if (!str_eq(key, "alexaRank") &&
                !shows((*e)->enrich.columns, (*e)->enrich.n_columns, key))
                fault(c, "enriching a %s answers %s, which no column shows", (*e)->name, key);
        }
    }
    assert_int_equal(c->faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_outputs, contract_open, contract_close),
        cmocka_unit_test_setup_teardown(test_places, contract_open, contract_close),
        cmocka_unit_test_setup_teardown(test_rows_are_covered, contract_open, contract_close),
    };

    return cmocka_run_group_tests_name("model/columns", tests, NULL, NULL);
}
