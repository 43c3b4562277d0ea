// What a body may say at all: known inputs, of the right type, not too long. Assumed where FACTS
// are silent: an empty String or Array is refused like a wrong type; elements of an Array are
// Strings or whole numbers. Floor: sandbox/search.
#include "sandbox/search/query.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 500 }; // characters; FACTS 5

// Code points of UTF-8.
static size_t characters(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

static bool is_text(const json_t *value)
{
    const char *text = json_string_value(value);

    return text && text[strspn(text, " ,")];
}

static bool is_array(const json_t *value)
{
    size_t i;
    json_t *element;

    json_array_foreach(value, i, element)
    {
        if (!is_text(element) && !json_is_integer(element))
            return false;
    }
    return json_array_size(value) > 0;
}

static bool type_fits(enum contract_type type, const json_t *value)
{
    switch (type) {
    case CONTRACT_INTEGER:
        return json_is_integer(value);
    case CONTRACT_BOOLEAN:
        return json_is_boolean(value);
    case CONTRACT_ARRAY:
        return is_array(value);
    default:
        return is_text(value);
    }
}

static bool too_long(const json_t *value)
{
    size_t i;
    json_t *element;

    json_array_foreach(value, i, element)
    {
        if (too_long(element))
            return true;
    }
    return json_is_string(value) && characters(json_string_value(value)) > TEXT_MAX;
}

static void refuse(struct search_error *e, const char *text, const char *key, json_t *names)
{
    *e = (struct search_error){.status = 400, .names_key = key, .names = names};
    (void)snprintf(e->text, sizeof(e->text), "%s", text);
}

// Refuses where there are names.
static bool refuse_named(struct search_error *e, const char *text, const char *key, json_t *names)
{
    if (json_array_size(names) > 0)
        refuse(e, text, key, json_incref(names));
    return json_array_size(names) > 0;
}

static json_t *lower(const char *name)
{
    char *copy = mem_strdup(name);
    json_t *text;

    for (char *at = copy; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    text = json_string(copy);
    free(copy);
    return text;
}

// outputFields of a search is not documented, but taken; names that are not allowed are named in
// lower case. FACTS 5, 6.
static bool outputs_refused(const struct contract_operation *op, const json_t *outputs,
                            struct search_error *e)
{
    json_t *names = json_array(), *output;
    const struct contract_field *field;
    bool any;
    size_t i;

    json_array_foreach(outputs, i, output)
    {
        field = json_is_string(output) ? contract_output(op, json_string_value(output)) : NULL;
        if (!field || !field->granted)
            json_array_append_new(
                names, lower(json_is_string(output) ? json_string_value(output) : "outputFields"));
    }
    any = refuse_named(e,
                       "OutputFields invalid or disallowed. Please contact your ZoomInfo "
                       "Account Manager for purchasing options regarding any disallowed "
                       "fields.",
                       "invalidOutputFields", names);
    json_decref(names);
    return any;
}

static bool paging_refused(const json_t *inputs, struct search_error *e)
{
    const json_t *page = json_object_get(inputs, "page"), *rpp = json_object_get(inputs, "rpp");

    if (page && (!json_is_integer(page) || json_integer_value(page) < 0))
        refuse(e, "Page number (page) is not a number", NULL, NULL);
    else if (rpp && (!json_is_integer(rpp) || json_integer_value(rpp) < 1))
        refuse(e, "Results per page (rpp) is not a number", NULL, NULL);
    else if (rpp && json_integer_value(rpp) > SEARCH_RPP_MAX)
        refuse(e, "Results per page (rpp) is over max allowed value (100)", NULL, NULL);
    return e->status != 0;
}

static bool is_paging(const char *name)
{
    return str_eq(name, "page") || str_eq(name, "rpp");
}

struct checked {
    json_t *inputs;          // by the contract's names
    json_t *wrong, *lengthy; // names as the body has them
    json_t *outputs;         // a new reference, or NULL
};

static void check_member(const struct search *s, const struct contract_operation *op,
                         const char *name, json_t *value, struct checked *c)
{
    const struct contract_field *field = contract_input(op, name);

    if (!field || json_object_get(c->inputs, field->name) ||
        (s->options.refuse_ungranted && !field->granted) ||
        (!is_paging(field->name) && !type_fits(field->type, value)))
        json_array_append_new(c->wrong, json_string(name));
    else if (too_long(value))
        json_array_append_new(c->lengthy, json_string(name));
    else
        json_object_set(c->inputs, field->name, value);
}

static struct checked check_members(const struct search *s, const struct contract_operation *op,
                                    const json_t *body)
{
    struct checked c = {json_object(), json_array(), json_array(), NULL};
    json_t *members = json_deep_copy(body), *value;
    const char *name;

    json_object_foreach(members, name, value)
    {
        if (str_eq_case(name, "outputFields") && json_is_array(value))
            c.outputs = json_incref(value);
        else
            check_member(s, op, name, value, &c);
    }
    json_decref(members);
    return c;
}

static bool refused(const struct contract_operation *op, struct checked *c, struct search_error *e)
{
    static const char key[] = "invalidInputFields";

    return refuse_named(e, "There are invalid fields in your request.", key, c->wrong) ||
           refuse_named(e, "A value is over max allowed length (500)", key, c->lengthy) ||
           paging_refused(c->inputs, e) || outputs_refused(op, c->outputs, e);
}

json_t *search_check(const struct search *s, enum search_entity entity, const json_t *body,
                     struct search_error *e)
{
    const struct contract_operation *op = s->operations[entity];
    struct checked c = check_members(s, op, body);
    bool good;

    *e = (struct search_error){0};
    good = !refused(op, &c, e);
    json_decref(c.wrong);
    json_decref(c.lengthy);
    json_decref(c.outputs);
    if (good)
        return c.inputs;
    json_decref(c.inputs);
    return NULL;
}
