// Lookup lists from the cache or the API, and people's words resolved to the API's values by them.
// Floor: flow.
#ifndef LODE_FLOW_LISTS_H
#define LODE_FLOW_LISTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"
#include "flow/app.h"
#include "model/lookup_tree.h"
#include "model/query.h"

// The list at path (with its query): kept ones younger than a week are used as they are, unless
// refresh is set; where the API cannot be reached an older one serves, and says so.
bool lists_get(struct app *a, const char *path, bool refresh, struct lookup_list *out,
               int64_t *fetched_ms, struct err *e);
// The same from the cache alone, however old: for who cannot wait for the network. ERR_NOT_FOUND
// where it is not kept.
bool lists_kept(struct app *a, const char *path, struct lookup_list *out, int64_t *fetched_ms,
                struct err *e);
// Is a list of that time due to be fetched again?
bool lists_due(const struct app *a, int64_t fetched_ms);
// The list at path as a tree, with the lists whose values stand above its own. One of those that
// cannot be had is said and left out.
struct lists_tree {
    struct lookup_list lists[LOOKUP_SOURCES]; // the list itself first
    struct lookup_tree tree;
    int64_t fetched_ms; // of the list itself
};

bool lists_tree(struct app *a, const char *path, bool refresh, struct lists_tree *out,
                struct err *e);
void lists_tree_free(struct lists_tree *t);
// Replaces every value of lookup filters with the list's own id. A value that no list knows is
// ERR_INVALID with the nearest one, once the list was fetched again where it is not of this hour;
// where the list cannot be had, values go as typed.
bool lists_resolve(struct app *a, struct query *q, struct err *e);
// The same past the first unknown value: each is told, *faults says how many. false: the lists
// could not be asked.
bool lists_resolve_all(struct app *a, struct query *q, const struct query_faults *to,
                       size_t *faults, struct err *e);
// Adds that an input's list does not have a value, and the nearest one that it has.
void lists_say_unknown(const struct input *in, const struct lookup_list *list, const char *value,
                       struct str *out);
// What the account's own list says of the output fields of an operation ("contact/enrich"), and
// what the API refused within the last week: names, lower-cased, as keys (map_free(..., NULL)).
// Both stay empty where the API does not say.
void lists_fields(struct app *a, const char *operation, struct map *granted, struct map *denied);
// The same of the inputs of "contact/search".
void lists_inputs(struct app *a, const char *operation, struct map *granted, struct map *denied);
// Is a field among such names?
bool lists_name(const struct map *names, const char *field);
// Remembers output fields (',' between) that the API refused, beside those of the last week, so
// that they are not asked for again soon; and inputs.
void lists_refused(struct app *a, const char *operation, const char *names);
void lists_refused_inputs(struct app *a, const char *operation, const char *names);
// Says of each filter that takes free text which values the list at hand does not have; a line
// each.
void lists_unlisted(struct app *a, const struct query *q, struct str *out);
// Says of each filter by which the account may not search that the API may refuse it; a line each.
void lists_ungranted(struct app *a, const struct query *q, struct str *out);

#endif
