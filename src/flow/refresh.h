// Owned records fetched again while they are free: no credit, but a record each and the requests.
// It goes the way every charging call goes: intent, ledger, budget, of 0 credits. Any thread but
// the UI's. Floor: flow.
#ifndef LODE_FLOW_REFRESH_H
#define LODE_FLOW_REFRESH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/enrich.h"
#include "flow/library_find.h"

struct refresh_group;

struct refresh {
    const struct entity *entity;
    struct refresh_group *groups; // records that were asked for with the same fields; owned
    size_t n_groups;
    size_t records; // will be fetched again
    long long requests;
    size_t not_owned; // refused: never bought, or no longer free
    size_t suppressed, repeated;
};

// Which of the records may be fetched again, and what that costs. No request.
bool refresh_plan(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                  struct refresh *out, struct err *e);
void refresh_free(struct refresh *r);

struct refreshed {
    struct enrich_summary sum;
    size_t changed, same; // records that came, by whether a field is told otherwise
};

// Fetches them; each field that is told otherwise goes to each(), with the record's id, on the
// caller's thread once all have come. *out is filled in any case; false: *e says why it stopped.
bool refresh_run(struct app *a, const struct refresh *r,
                 void (*each)(void *self, const char *id, const struct difference *d), void *self,
                 struct refreshed *out, struct err *e);

#endif
