// What is in doubt, asked of the account's meters. Any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_RECONCILE_H
#define LODE_FLOW_RECONCILE_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/app.h"
#include "store/ledger.h"

struct meters_used meters_used(const struct usage *u);
// One free request; needs the right to spend, for the ledger is written. each: one of those that
// were in doubt. *n: how many were.
bool reconcile_run(struct app *a, bool (*each)(void *self, const struct judged *j), void *self,
                   size_t *n, struct err *e);

#endif
