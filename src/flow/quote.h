// What enriching a selection will cost, a reason for every record. Free of charge. Floor: flow.
#ifndef LODE_FLOW_QUOTE_H
#define LODE_FLOW_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/selection.h"
#include "model/quote.h"
#include "model/table.h"
#include "store/owned.h"

struct quoted {
    struct quote quote;
    enum standing *standings; // one a record of the selection
    struct owned *owned;
};

// Asks the library and the usage meters. again: records in doubt will be sent again.
bool quote_make(struct app *a, const struct selection *s, bool again, struct quoted *out,
                struct err *e);
// The same by the library and meters as they are known: no request.
bool quote_from(struct app *a, const struct selection *s, const struct usage *before, bool again,
                struct quoted *out, struct err *e);
// Is record i, of that standing, unsure only because its id is from outside?
bool quote_is_outside(const struct selection *s, enum standing standing, size_t i);
// Where records stand by the library, whatever the fields: no request. out has n places.
bool quote_notes(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                 struct row_note *out, struct err *e);
void quote_free(struct quoted *q);
// The meters of the account from GET /lookup/usage; kept in a->usage.
bool usage_fetch(struct app *a, struct usage *out, struct err *e);

#endif
