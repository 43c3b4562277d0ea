// What the API's own description says of each operation: inputs with type and lookup, outputs. Our
// own reading of enterprise-api.json and of the lists of fields beside it. Any thread once loaded.
// Floor: sandbox/facts.
#ifndef LODE_SANDBOX_FACTS_CONTRACT_H
#define LODE_SANDBOX_FACTS_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>

enum contract_type {
    CONTRACT_STRING,
    CONTRACT_INTEGER,
    CONTRACT_BOOLEAN,
    CONTRACT_ARRAY,
    CONTRACT_ID, // a whole number, or a string that holds one
    CONTRACT_OBJECT
};

struct contract_field {
    const char *name;
    const char *lookup; // path after /lookup/ of its values, or NULL
    enum contract_type type;
    bool granted; // accessGranted of the list of fields; true where that is silent. FACTS 4
};

struct contract_operation {
    const char *method; // "POST"
    const char *path;   // "/search/contact"
    struct contract_field *inputs, *outputs;
    size_t n_inputs, n_outputs;
};

struct contract;

// Reads the embedded description. It is part of the program: where it does not parse, this aborts.
struct contract *contract_load(void);
void contract_free(struct contract *c);

// The operation of a method and a path ("POST", "/enrich/company"), or NULL.
const struct contract_operation *contract_find(const struct contract *c, const char *method,
                                               const char *path);
// An input or an output by its name, without case (`companyid` is taken, FACTS 4), or NULL.
const struct contract_field *contract_input(const struct contract_operation *op, const char *name);
const struct contract_field *contract_output(const struct contract_operation *op, const char *name);

// The JSON text that GET /lookup/NAME serves for "inputfields/contact/search" and its like, or NULL
// where there is no such list. Static.
const char *contract_fields(const char *name);

#endif
