// What the API's own description says of each operation. Any thread once loaded. Floor:
// sandbox/facts.
#include "sandbox/facts/contract.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/mem.h"
#include "base/str.h"

extern const unsigned char contract_enterprise_api[];
extern const size_t contract_enterprise_api_len;

struct contract {
    struct contract_operation *operations;
    size_t n;
    json_t **documents; // names and lookups point into them
    size_t n_documents;
};

static const struct {
    const char *written;
    enum contract_type type;
} types[] = {
    {"String", CONTRACT_STRING},
    {"query string", CONTRACT_STRING},
    {"Integer", CONTRACT_INTEGER},
    {"Long integer", CONTRACT_INTEGER},
    {"Boolean", CONTRACT_BOOLEAN},
    {"Array", CONTRACT_ARRAY},
    {"ArrayList", CONTRACT_ARRAY},
    {"Long", CONTRACT_ID},
    {"Long integer or string", CONTRACT_ID},
    {"Object", CONTRACT_OBJECT},
};

static enum contract_type type_of(const char *written)
{
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        if (str_eq_case(types[i].written, written))
            return types[i].type;
    }
    abort(); // a type the description never had: read it before honouring it
}

static json_t *parse(struct contract *c, const char *text, size_t len)
{
    json_t *document = json_loadb(text, len, 0, NULL);

    if (!document)
        abort();
    c->documents = mem_regrow(c->documents, c->n_documents + 1, sizeof(json_t *));
    c->documents[c->n_documents++] = document;
    return document;
}

static struct contract_field *find(struct contract_field *fields, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq_case(fields[i].name, name))
            return &fields[i];
    }
    return NULL;
}

static const char *text_of(const json_t *item, const char *key, const char *other_key)
{
    const char *text = json_string_value(json_object_get(item, key));

    return text ? text : json_string_value(json_object_get(item, other_key));
}

// An element is a name, {"name","type"[,"lookup"]}, or
// {"fieldName"[,"fieldType"][,"accessGranted"]}.
static struct contract_field read_field(const json_t *item)
{
    static const char root[] = "/lookup/";
    const char *name = text_of(item, "name", "fieldName");
    const char *type = text_of(item, "type", "fieldType");
    const char *lookup = text_of(item, "lookup", "lookup");
    const char *granted = text_of(item, "accessGranted", "accessGranted");

    return (struct contract_field){
        .name = name ? name : json_string_value(item),
        .type = type ? type_of(type) : CONTRACT_STRING,
        .lookup = lookup && str_starts(lookup, root) ? lookup + sizeof(root) - 1 : NULL,
        .granted = !granted || str_eq(granted, "true"),
    };
}

// Adds what items names; of a field that is there already, takes the access only.
static void add_fields(struct contract_field **fields, size_t *n, const json_t *items)
{
    struct contract_field field, *known;
    size_t i;
    json_t *item;

    json_array_foreach(items, i, item)
    {
        field = read_field(item);
        known = find(*fields, *n, field.name);
        if (known) {
            known->granted = field.granted;
            continue;
        }
        *fields = mem_regrow(*fields, *n + 1, sizeof(field));
        (*fields)[(*n)++] = field;
    }
}

// "/search/contact" has the lists "inputfields/contact/search", "outputfields/contact/search".
static void add_list(struct contract *c, const char *path, const char *kind,
                     struct contract_field **fields, size_t *n)
{
    const char *entity = strrchr(path, '/') + 1;
    int verb_len = entity - path > 1 ? (int)(entity - path) - 2 : 0;
    char *name = verb_len ? str_format("%s/%s/%.*s", kind, entity, verb_len, path + 1)
                          : str_format("%s/%s/enrich", kind, entity);
    const char *text = contract_fields(name);

    if (text)
        add_fields(fields, n, parse(c, text, strlen(text)));
    free(name);
}

static struct contract_operation read_operation(struct contract *c, const json_t *endpoint)
{
    struct contract_operation op = {
        .method = json_string_value(json_object_get(endpoint, "method")),
        .path = json_string_value(json_object_get(endpoint, "path")),
    };

    add_fields(&op.inputs, &op.n_inputs, json_object_get(endpoint, "inputs"));
    add_fields(&op.outputs, &op.n_outputs, json_object_get(endpoint, "outputs"));
    if (str_eq(op.method, "POST")) {
        add_list(c, op.path, "inputfields", &op.inputs, &op.n_inputs);
        add_list(c, op.path, "outputfields", &op.outputs, &op.n_outputs);
    }
    return op;
}

struct contract *contract_load(void)
{
    struct contract *c = mem_zalloc(sizeof(*c));
    const json_t *root =
        parse(c, (const char *)contract_enterprise_api, contract_enterprise_api_len);
    const json_t *endpoints = json_object_get(root, "endpoints");

    c->n = json_array_size(endpoints);
    c->operations = mem_array(c->n, sizeof(*c->operations));
    for (size_t i = 0; i < c->n; i++)
        c->operations[i] = read_operation(c, json_array_get(endpoints, i));
    return c;
}

void contract_free(struct contract *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++) {
        free(c->operations[i].inputs);
        free(c->operations[i].outputs);
    }
    for (size_t i = 0; i < c->n_documents; i++)
        json_decref(c->documents[i]);
    free(c->operations);
    free(c->documents);
    free(c);
}

const struct contract_operation *contract_find(const struct contract *c, const char *method,
                                               const char *path)
{
    for (size_t i = 0; i < c->n; i++) {
        if (str_eq(c->operations[i].method, method) && str_eq(c->operations[i].path, path))
            return &c->operations[i];
    }
    return NULL;
}

const struct contract_field *contract_input(const struct contract_operation *op, const char *name)
{
    return find(op->inputs, op->n_inputs, name);
}

const struct contract_field *contract_output(const struct contract_operation *op, const char *name)
{
    return find(op->outputs, op->n_outputs, name);
}
