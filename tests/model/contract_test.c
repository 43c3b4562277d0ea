// The catalogue against the contract: every documented input and output, by name, type and place.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/entity.h"
#include "model/lookup.h"

struct contract {
    json_t *api;
    int faults;
};

__attribute__((format(printf, 2, 3))) static void fault(struct contract *c, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
    c->faults++;
}

static json_t *load(const char *path)
{
    char *whole = str_format("%s/contract/%s", TEST_DIR, path);
    json_t *root = json_load_file(whole, 0, NULL);

    if (!root)
        fail_msg("cannot read %s", whole);
    free(whole);
    return root;
}

static json_t *fields(const char *side, const struct entity *e, const char *verb)
{
    char *path = str_format("lookups/fields/%sfields_%s_%s.json", side, e->name, verb);
    json_t *list = load(path);

    free(path);
    assert_true(json_array_size(list) > 0);
    return list;
}

static json_t *endpoint(struct contract *c, const char *path)
{
    json_t *each;
    size_t i;

    json_array_foreach(json_object_get(c->api, "endpoints"), i, each)
    {
        if (str_eq(json_string_value(json_object_get(each, "path")), path))
            return each;
    }
    fail_msg("the contract has no %s", path);
    return NULL;
}

static const char *text(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static bool among(const char *const *names, const char *name)
{
    for (; *names; names++) {
        if (str_eq(*names, name))
            return true;
    }
    return false;
}

// Wire types as the contract spells them.
static int wire_of(const char *type)
{
    static const struct {
        const char *type;
        enum wire wire;
    } types[] = {{"String", WIRE_STRING},   {"Integer", WIRE_INTEGER},
                 {"Long", WIRE_INTEGER},    {"Long integer or string", WIRE_INTEGER},
                 {"Boolean", WIRE_BOOLEAN}, {"Array", WIRE_ARRAY},
                 {"ArrayList", WIRE_ARRAY}};

    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        if (str_eq(types[i].type, type))
            return (int)types[i].wire;
    }
    fail_msg("the contract has an unknown type %s", type);
    return -1;
}

// --- search inputs

static const struct input *input_named(const struct entity *e, const char *name)
{
    for (size_t i = 0; i < e->search.n_inputs; i++) {
        if (str_eq(e->search.inputs[i].name, name))
            return &e->search.inputs[i];
    }
    return NULL;
}

static void check_input(struct contract *c, const struct entity *e, const char *name,
                        const char *type)
{
    const struct input *in = input_named(e, name);

    if (!in)
        fault(c, "%s search lacks the input %s", e->name, name);
    else if ((int)in->wire != wire_of(type))
        fault(c, "%s search: %s is no %s", e->name, name, type);
}

static void check_lookup(struct contract *c, const struct entity *e, const char *name,
                         const char *lookup)
{
    // Lists the texts about an input name, though the contract does not tie them.
    static const char *const untied[] = {"hashTagString", "companyStructureIncludedSubUnitTypes",
                                         "techSkills", "buyingGroup", NULL};
    const struct input *in = input_named(e, name);
    const char *path = lookup ? lookup + strlen("/lookup/") : NULL;

    if (!in || (!path && !in->lookup) || (!path && among(untied, name)))
        return;
    if (!path || !in->lookup || !str_eq(path, in->lookup))
        fault(c, "%s search: %s has the lookup %s, not %s", e->name, name,
              in->lookup ? in->lookup : "none", path ? path : "none");
}

// Both the documented inputs and those of the field list; nothing beside them.
static void check_search_inputs(struct contract *c, const struct entity *e, size_t documented)
{
    json_t *inputs = json_object_get(endpoint(c, e->search.path), "inputs"), *each;
    json_t *list = fields("input", e, "search");
    bool known[256] = {false};
    size_t i;

    assert_int_equal(json_array_size(inputs), documented);
    json_array_foreach(inputs, i, each)
    {
        check_input(c, e, text(each, "name"), text(each, "type"));
        check_lookup(c, e, text(each, "name"), text(each, "lookup"));
    }
    json_array_extend(list, inputs);
    json_array_foreach(list, i, each)
    {
        const char *name = text(each, "fieldName") ? text(each, "fieldName") : text(each, "name");
        const struct input *in = input_named(e, name);

        if (text(each, "fieldName"))
            check_input(c, e, name, text(each, "fieldType"));
        if (in)
            known[in - e->search.inputs] = true;
    }
    for (i = 0; i < e->search.n_inputs; i++) {
        if (!known[i])
            fault(c, "%s search: nobody documents %s", e->name, e->search.inputs[i].name);
    }
    json_decref(list);
}

static void test_search_inputs(void **state)
{
    struct contract *c = (struct contract *)*state;

    check_search_inputs(c, &entity_contact, 86);
    check_search_inputs(c, &entity_company, 54);
    assert_int_equal(c->faults, 0);
}

// --- output columns

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

// --- where columns stand, in the documented shape of a row

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

static json_t *first(json_t *list)
{
    return json_array_get(list, 0);
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

// --- enrich inputs

static const struct match_input *match_named(const struct entity *e, const char *name)
{
    for (size_t i = 0; i < e->enrich.n_inputs; i++) {
        const struct match_input *in = &e->enrich.inputs[i];

        if (str_eq(in->name, name) || (in->alias && str_eq(in->alias, name)))
            return in;
    }
    return NULL;
}

static void check_match(struct contract *c, const struct entity *e, const char *name,
                        const char *type)
{
    const struct match_input *in = match_named(e, name);

    if (!in)
        fault(c, "enriching a %s lacks the input %s", e->name, name);
    else if ((int)in->wire != wire_of(type))
        fault(c, "enriching a %s: %s is no %s", e->name, name, type);
}

static void check_aliases(struct contract *c, const struct entity *e, json_t *list)
{
    for (size_t i = 0; i < e->enrich.n_inputs; i++) {
        const char *alias = e->enrich.inputs[i].alias;
        json_t *each;
        size_t k;
        bool listed = false;

        json_array_foreach(list, k, each) listed =
            listed || (alias && str_eq(text(each, "fieldName"), alias));
        if (alias && !listed)
            fault(c, "enriching a %s: nobody documents %s", e->name, alias);
    }
}

static void test_enrich_inputs(void **state)
{
    struct contract *c = (struct contract *)*state;

    for (const struct entity *const *e = entity_all(); *e; e++) {
        json_t *inputs = json_object_get(endpoint(c, (*e)->enrich.path), "inputs"), *each;
        json_t *list = fields("input", *e, "enrich");
        size_t i;

        assert_int_equal(json_array_size(inputs), (*e)->enrich.n_inputs);
        json_array_foreach(inputs, i, each)
            check_match(c, *e, text(each, "name"), text(each, "type"));
        json_array_foreach(list, i, each)
            check_match(c, *e, text(each, "fieldName"), text(each, "fieldType"));
        check_aliases(c, *e, list);
        json_decref(list);
    }
    assert_int_equal(c->faults, 0);
}

// --- the body's keys

static void test_request_keys(void **state)
{
    struct contract *c = (struct contract *)*state;

    for (const struct entity *const *e = entity_all(); *e; e++) {
        json_t *shape = first(json_object_get(endpoint(c, (*e)->enrich.path), "request_shapes"));
        json_t *input = first(json_object_get(shape, (*e)->enrich.match_key));

        assert_non_null(input);
        assert_non_null(json_object_get(input, (*e)->enrich.id_input));
        assert_non_null(match_named(*e, (*e)->enrich.id_input));
    }
}

// --- lookups

static void test_lookups(void **state)
{
    struct contract *c = (struct contract *)*state;
    json_t *each;
    size_t i, documented = 0, known = 0;

    json_array_foreach(json_object_get(c->api, "endpoints"), i, each)
    {
        const char *path = text(each, "path") + strlen("/");
        const struct lookup_def *def = NULL;

        if (!str_starts(path, "lookup/") || strstr(path, "fields/") || str_eq(path, "lookup/usage"))
            continue;
        path += strlen("lookup/");
        documented++;
        for (const struct lookup_def *d = lookup_all(); d->path; d++)
            def = str_eq(d->path, path) ? d : def;
        if (!def)
            fault(c, "no lookup has the path %s", path);
    }
    for (const struct lookup_def *d = lookup_all(); d->path; d++)
        known++;
    assert_int_equal(documented, 32);
    assert_int_equal(known, 32);
    assert_int_equal(c->faults, 0);
}

static int setup(void **state)
{
    struct contract *c = (struct contract *)mem_zalloc(sizeof(*c));

    c->api = load("enterprise-api.json");
    *state = c;
    return 0;
}

static int teardown(void **state)
{
    struct contract *c = (struct contract *)*state;

    json_decref(c->api);
    free(c);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_search_inputs, setup, teardown),
        cmocka_unit_test_setup_teardown(test_outputs, setup, teardown),
        cmocka_unit_test_setup_teardown(test_places, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rows_are_covered, setup, teardown),
        cmocka_unit_test_setup_teardown(test_enrich_inputs, setup, teardown),
        cmocka_unit_test_setup_teardown(test_request_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lookups, setup, teardown),
    };

    return cmocka_run_group_tests_name("model/contract", tests, NULL, NULL);
}
