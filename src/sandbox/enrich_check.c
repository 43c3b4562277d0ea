// Reading an enrich request. Order of the checks: names of the body, output fields, inputs; the
// texts for an unknown member, for too many inputs and for unknown requiredFields are assumptions.
// The thread of the connection. Floor: sandbox.
#include "sandbox/enrich_check.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/mem.h"
#include "sandbox/facts/contract.h"
#include "sandbox/refusal.h"

static const char invalid_fields[] = "There are invalid fields in your request";

static void add_name(json_t *names, const char *name)
{
    char *lower = mem_strdup(name);

    for (char *p = lower; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    for (size_t i = 0; i < json_array_size(names); i++) {
        if (str_eq(json_string_value(json_array_get(names, i)), lower)) {
            free(lower);
            return;
        }
    }
    (void)json_array_append_new(names, json_string(lower));
    free(lower);
}

// Refuses with the names collected; true where there are none.
static bool none_wrong(json_t *names, const char *text, const char *key, struct reply *reply)
{
    if (json_array_size(names) == 0) {
        json_decref(names);
        return true;
    }
    refusal_names(reply, text, key, names);
    return false;
}

// A member without case (FACTS 4), or NULL.
static json_t *member(json_t *object, const char *name)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        if (str_eq_case(key, name))
            return value;
    }
    return NULL;
}

static bool check_members(const struct enrich_kind *kind, json_t *body, struct reply *reply)
{
    const char *const known[] = {kind->inputs, "outputFields", "requiredFields"};
    json_t *wrong = json_array(), *required = member(body, "requiredFields"), *value;
    const char *key;

    json_object_foreach(body, key, value)
    {
        bool found = false;

        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            found = found || str_eq_case(known[i], key);
        if (!found)
            add_name(wrong, key);
    }
    if (required && !json_is_array(required))
        add_name(wrong, "requiredFields");
    return none_wrong(wrong, invalid_fields, "invalidInputFields", reply);
}

// Collects the fields named; wrong gets those that are unknown or not the account's.
static void read_fields(const struct enrich_kind *kind, const struct contract_operation *op,
                        const json_t *names, struct world_fields *set, json_t *wrong)
{
    size_t i;
    json_t *item;

    json_array_foreach(names, i, item)
    {
        const char *name = json_is_string(item) ? json_string_value(item) : "";
        const struct contract_field *field = contract_output(op, name);
        int index = world_field_find(kind->entity, name);

        if (!field || !field->granted)
            add_name(wrong, name);
        else if (index >= 0)
            world_fields_add(set, index);
    }
}

static bool check_fields(const struct enrich_kind *kind, const struct contract_operation *op,
                         json_t *body, struct enrich_request *out, struct reply *reply)
{
    json_t *wrong = json_array();

    out->output_names = member(body, "outputFields");
    out->required_names = member(body, "requiredFields");
    if (json_array_size(out->output_names) == 0) {
        json_decref(wrong);
        reply_error(reply, 400, "Missing outputFields parameter");
        return false;
    }
    read_fields(kind, op, out->output_names, &out->output, wrong);
    read_fields(kind, op, out->required_names, &out->required, wrong);
    return none_wrong(wrong,
                      "OutputFields invalid or disallowed. Please contact your ZoomInfo Account "
                      "Manager for purchasing options regarding any disallowed fields.",
                      "invalidOutputFields", reply);
}

static bool is_number_text(const json_t *value)
{
    long long number;

    return json_is_string(value) && str_int64(json_string_value(value), &number);
}

static bool fits(const struct contract_field *field, const json_t *value)
{
    if (json_is_null(value))
        return true;
    switch (field->type) {
    case CONTRACT_STRING:
        return json_is_string(value);
    case CONTRACT_INTEGER:
    case CONTRACT_ID:
        return json_is_integer(value) || is_number_text(value);
    case CONTRACT_BOOLEAN:
        return json_is_boolean(value);
    case CONTRACT_ARRAY:
        return json_is_array(value);
    default:
        return json_is_object(value);
    }
}

static bool check_inputs(const struct contract_operation *op, const json_t *inputs,
                         struct reply *reply)
{
    json_t *wrong = json_array(), *input, *value;
    const char *key;
    size_t i;

    json_array_foreach(inputs, i, input)
    {
        if (!json_is_object(input))
            add_name(wrong, "(not an object)");
        json_object_foreach(input, key, value)
        {
            const struct contract_field *field = contract_input(op, key);

            if (!field || !fits(field, value))
                add_name(wrong, key);
        }
    }
    return none_wrong(wrong, invalid_fields, "invalidInputFields", reply);
}

bool enrich_check(const struct enrich_kind *kind, const struct contract_operation *op, json_t *body,
                  struct enrich_request *out, struct reply *reply)
{
    size_t n;

    *out = (struct enrich_request){0};
    if (!check_members(kind, body, reply) || !check_fields(kind, op, body, out, reply))
        return false;
    out->inputs = member(body, kind->inputs);
    n = json_array_size(out->inputs);
    if (n == 0)
        reply_error(reply, 400, "There is insufficient information for this request");
    else if (n > ENRICH_INPUTS_MAX)
        reply_error(reply, 400, "A request may hold at most 25 inputs");
    return n > 0 && n <= ENRICH_INPUTS_MAX && check_inputs(op, out->inputs, reply);
}
