// What the API's own description says of each operation: inputs with type and lookup, outputs. Our
// own reading of enterprise-api.json and of its lists of fields. Any thread once loaded.
// Floor: sandbox.
#ifndef LODE_SANDBOX_CONTRACT_H
#define LODE_SANDBOX_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>

enum contract_type { CONTRACT_STRING, CONTRACT_INTEGER, CONTRACT_BOOLEAN, CONTRACT_ARRAY };

struct contract_field {
    const char *name;
    enum contract_type type;
    const char *lookup; // path after /lookup/ of its values, or NULL
    bool granted;       // accessGranted of the list of fields; true where it is silent
};

struct contract_operation {
    const char *name; // "contact/search"
    const char *path; // "/search/contact"
    const struct contract_field *inputs;
    size_t n_inputs;
    const char *const *outputs; // names a caller may ask for, in either vocabulary
    size_t n_outputs;
};

struct contract;

// Reads the embedded description; it is part of the program, so failing to is a bug and aborts.
struct contract *contract_load(void);
void contract_free(struct contract *c);

// By path after the host ("/enrich/company"); NULL where there is none.
const struct contract_operation *contract_find(const struct contract *c, const char *path);
// An input or an output by its name without case (FACTS 4: `companyid` is taken too), or NULL.
const struct contract_field *contract_input(const struct contract_operation *op, const char *name);
const char *contract_output(const struct contract_operation *op, const char *name);

#endif
