// For how long records are kept (retain-months of lode.conf), and letting go of those that were
// fetched longer ago than that. Any thread but the UI's, where nothing else is said. Floor: flow.
#ifndef LODE_FLOW_RETAIN_H
#define LODE_FLOW_RETAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "flow/app.h"
#include "model/entity.h"
#include "store/purge.h"

// What was fetched before then is past retention; UTC, 0: nothing is, for it is not set. Any
// thread.
int64_t retain_before(const struct app *a);
// Whether a number of months is: else ERR_INVALID, and how to set it. Any thread.
bool retain_is_set(int months, struct err *e);

enum { RETAIN_ENTITIES = 4 };

// How many records of each entity there is are past it.
struct retain_count {
    long long n[RETAIN_ENTITIES]; // by the places of entity_all()
    long long all;
};

// only: of it alone, or NULL.
bool retain_look(struct app *a, const struct entity *only, struct retain_count *out, struct err *e);
// Those of one entity. Any thread.
long long retain_of(const struct retain_count *c, const struct entity *entity);
// "12 contacts and 1 company were fetched more than 18 months ago"; nothing where all are 0. only:
// of it alone, or NULL. Any thread.
void retain_say(const struct retain_count *c, const struct entity *only, int months,
                struct str *out);

// Purges what is past it, from every file, and leaves the suppression list alone: who is bought
// again may come back, for nobody but the calendar was against it. *done as suppress_purge() has
// it. ERR_REFUSED where no months are set. *out is for purge_past_free().
bool retain_purge(struct app *a, const struct entity *entity, struct purge_past *out, bool *done,
                  struct err *e);
// May it be done without anybody's word now? Only while the service's clock, told at signing in,
// and this machine's agree to a day: by a wrong one all would be past. ERR_REFUSED says why not.
bool retain_may(const struct app *a, struct err *e);
// The same by whether the service's clock is known, and how far it is ahead of this one.
bool retain_trusts(bool known, int64_t ahead_ms, struct err *e);

#endif
