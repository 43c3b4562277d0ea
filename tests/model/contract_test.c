// The catalogue's inputs against the contract: every documented one by name, type and lookup.
#include "model/contract.h"

#include "model/lookup.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_search_inputs, contract_open, contract_close),
        cmocka_unit_test_setup_teardown(test_enrich_inputs, contract_open, contract_close),
        cmocka_unit_test_setup_teardown(test_request_keys, contract_open, contract_close),
        cmocka_unit_test_setup_teardown(test_lookups, contract_open, contract_close),
    };

    return cmocka_run_group_tests_name("model/contract", tests, NULL, NULL);
}
