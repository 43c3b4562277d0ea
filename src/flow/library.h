// What is owned and what it cost, read back without the API. Floor: flow.
#ifndef LODE_FLOW_LIBRARY_H
#define LODE_FLOW_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/app.h"
#include "flow/enrich.h"
#include "store/ledger.h"

// Every owned record of an entity, or those of ids (in that order, others left out).
bool library_each(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                  bool (*row)(void *self, const struct enriched_row *row, struct err *e),
                  void *self, struct err *e);
// The charges of the ledger, oldest first; state < 0: all; inputs: with what each asked for.
bool library_ledger(struct app *a, int state, bool inputs,
                    bool (*each)(void *self, const struct ledger_row *), void *self, struct err *e);
// The bytes that are kept of a charge's answer; ERR_NOT_FOUND where there are none.
bool library_answer(struct app *a, int64_t charge, struct str *out, struct err *e);
bool library_totals(struct app *a, struct ledger_totals *out, struct err *e);
// Of charges that began since midnight.
bool library_today(struct app *a, struct spent *out, struct err *e);

#endif
