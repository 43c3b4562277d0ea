// The sandbox's reading of the API's description, against the description itself.
#include "support/test.h"

#include <string.h>

#include <jansson.h>

#include "base/str.h"
#include "sandbox/facts/contract.h"

static int setup(void **state)
{
    *state = contract_load();
    return 0;
}

static int teardown(void **state)
{
    contract_free(*state);
    return 0;
}

static json_t *description(void)
{
    json_t *root = json_load_file(SOURCE_DIR "/tests/contract/enterprise-api.json", 0, NULL);

    assert_non_null(root);
    return root;
}

static const char *text(const json_t *item, const char *key)
{
    return json_string_value(json_object_get(item, key));
}

static void check_operation(const struct contract *c, const json_t *endpoint)
{
    const struct contract_operation *op =
        contract_find(c, text(endpoint, "method"), text(endpoint, "path"));
    const struct contract_field *field;
    size_t i;
    json_t *item;

    assert_non_null(op);
    json_array_foreach(json_object_get(endpoint, "inputs"), i, item)
    {
        field = contract_input(op, text(item, "name"));
        assert_non_null(field);
        assert_string_equal(field->name, text(item, "name"));
        if (text(item, "lookup"))
            assert_string_equal(field->lookup, text(item, "lookup") + strlen("/lookup/"));
        else
            assert_null(field->lookup);
    }
    json_array_foreach(json_object_get(endpoint, "outputs"), i, item)
    {
        assert_non_null(contract_output(op, json_string_value(item)));
    }
}

static void test_every_operation_is_read(void **state)
{
    json_t *root = description(), *endpoint;
    size_t i;

    assert_true(json_array_size(json_object_get(root, "endpoints")) > 90);
    json_array_foreach(json_object_get(root, "endpoints"), i, endpoint)
    {
        check_operation(*state, endpoint);
    }
    json_decref(root);
}

static void test_types(void **state)
{
    const struct contract_operation *search = contract_find(*state, "POST", "/search/contact");
    const struct contract_operation *enrich = contract_find(*state, "POST", "/enrich/contact");

    assert_int_equal(contract_input(search, "jobTitle")->type, CONTRACT_STRING);
    assert_int_equal(contract_input(search, "contactAccuracyScoreMin")->type, CONTRACT_STRING);
    assert_int_equal(contract_input(search, "revenueMin")->type, CONTRACT_INTEGER);
    assert_int_equal(contract_input(search, "executivesOnly")->type, CONTRACT_BOOLEAN);
    assert_int_equal(contract_input(search, "techSkills")->type, CONTRACT_ARRAY);
    assert_int_equal(contract_input(enrich, "personId")->type, CONTRACT_ID);
}

// The lists of fields add what the description leaves out, and say what the account may use.
static void test_lists_of_fields_are_merged(void **state)
{
    const struct contract_operation *contact = contract_find(*state, "POST", "/search/contact");
    const struct contract_operation *company = contract_find(*state, "POST", "/search/company");

    assert_int_equal(contract_input(contact, "buyingGroup")->type, CONTRACT_ARRAY);
    assert_non_null(contract_input(contact, "exactJobTitle"));
    assert_int_equal(contract_input(company, "hrDepartmentBudgetMax")->type, CONTRACT_INTEGER);
    assert_int_equal(contact->n_inputs, 88);
    assert_int_equal(company->n_inputs, 62);
    assert_false(contract_input(contact, "techSkills")->granted);
    assert_true(contract_input(contact, "jobTitle")->granted);
    assert_non_null(contract_output(contact, "id"));
    assert_non_null(contract_output(contact, "personId"));
    assert_non_null(
        contract_input(contract_find(*state, "POST", "/compliance"), "personEmailAddress"));
}

static void test_names_are_found_without_case(void **state)
{
    const struct contract_operation *op = contract_find(*state, "POST", "/search/contact");

    assert_string_equal(contract_input(op, "companyid")->name, "companyId");
    assert_null(contract_input(op, "requiredFieldsOperator"));
    assert_null(contract_input(op, ""));
    assert_null(contract_find(*state, "GET", "/search/contact"));
    assert_null(contract_find(*state, "POST", "/search/person"));
}

static void test_lists_of_fields_are_served(void **state)
{
    json_t *list = json_loads(contract_fields("inputfields/contact/search"), 0, NULL);

    (void)state;
    assert_int_equal(json_array_size(list), 87);
    json_decref(list);
    assert_non_null(contract_fields("outputfields/company-master/enrich"));
    assert_null(contract_fields("inputfields/person/search"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_operation_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(test_types, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lists_of_fields_are_merged, setup, teardown),
        cmocka_unit_test_setup_teardown(test_names_are_found_without_case, setup, teardown),
        cmocka_unit_test(test_lists_of_fields_are_served),
    };

    return cmocka_run_group_tests_name("sandbox-contract", tests, NULL, NULL);
}
