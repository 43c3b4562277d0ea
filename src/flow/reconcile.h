// What is in doubt, asked of the account's meters. Any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_RECONCILE_H
#define LODE_FLOW_RECONCILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "flow/app.h"
#include "store/ledger.h"

struct meters_used meters_used(const struct usage *u);
// What became of one, as a sentence: "Charge 3 was charged 1 credit; ...". Appends. Any thread.
void judged_say(const struct judged *j, struct str *out);
// Why that is so, as a sentence. Appends. Any thread.
void judged_why(const struct judged *j, struct str *out);
// "charged", "not charged", "cannot be told". Any thread.
const char *verdict_shown(enum verdict v);
// What became of all n of them, as one sentence. Appends. Any thread.
void judged_sum(const struct judged *all, size_t n, struct str *out);
// Ends what is in doubt and was answered since, and says so. now: what the meters say, or -1.
bool reconcile_answered(struct app *a, struct meters_used now, struct err *e);
// One free request; needs the right to spend, for the ledger is written. *all: what became of each
// of the *n that were in doubt; the caller frees it.
bool reconcile_run(struct app *a, struct judged **all, size_t *n, struct err *e);

#endif
