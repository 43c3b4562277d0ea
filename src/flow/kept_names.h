// What rows of earlier searches call records. Floor: flow.
#ifndef LODE_FLOW_KEPT_NAMES_H
#define LODE_FLOW_KEPT_NAMES_H

#include <stddef.h>

#include "flow/app.h"
#include "model/entity.h"

// Where names[i] (owned by the caller) is "", puts there what the newest search whose rows are kept
// calls ids[i]; "" stays where none has it. Reads files; not on the UI's thread.
void kept_names(struct app *a, const struct entity *entity, const char *const *ids, char **names,
                size_t n);

#endif
