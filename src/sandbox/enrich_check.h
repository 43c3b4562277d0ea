// Reading an enrich request: what it asks for, or why it is refused as a whole. FACTS 6. The thread
// of the connection. Floor: sandbox.
#ifndef LODE_SANDBOX_ENRICH_CHECK_H
#define LODE_SANDBOX_ENRICH_CHECK_H

#include <stdbool.h>

#include "sandbox/request.h"
#include "sandbox/world/json.h"

struct contract_operation;

enum { ENRICH_INPUTS_MAX = 25 };

// One entity's enrich operation.
struct enrich_kind {
    enum world_entity entity;
    const char *name;   // "contact"
    const char *path;   // "/enrich/contact"
    const char *inputs; // "matchPersonInput"
};

struct enrich_request {
    json_t *inputs;         // 1 to ENRICH_INPUTS_MAX objects
    json_t *output_names;   // array of strings
    json_t *required_names; // array of strings, or NULL
    struct world_fields output, required;
};

// false with the reply filled: nothing may be charged. *out points into body.
bool enrich_check(const struct enrich_kind *kind, const struct contract_operation *op, json_t *body,
                  struct enrich_request *out, struct reply *reply);

#endif
