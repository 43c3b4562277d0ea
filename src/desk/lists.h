// Lookup lists for the filters' choices. UI thread. Floor: desk.
#ifndef LODE_DESK_LISTS_H
#define LODE_DESK_LISTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "model/entity.h"
#include "model/lookup.h"

struct desk;

struct desk_list {
    bool asked, there;
    bool fresh;              // no newer one is being fetched
    unsigned version;        // grows with each list that came: pointers into an older one are gone
    struct lookup_list list; // where it is there
    int64_t fetched_ms;      // UTC
    struct err err;          // where it was asked for and did not come
};

// The list at a path of the catalogue. Not there yet: it comes in the background (DESK_LISTS when
// it did), at once from the cache, which is also what there is offline; where that is older than a
// week, or there is none, from the API. Never NULL; lives as long as the desk.
const struct desk_list *desk_list(struct desk *d, const char *path);
// The same, from the cache alone: asks nobody.
const struct desk_list *desk_list_kept(struct desk *d, const char *path);
// Fetches it from the API, however young the one at hand is, which stays until then.
void desk_list_refresh(struct desk *d, const char *path);

// What the account says of an entity's output fields (lists_fields()), or of the inputs of its
// search (lists_inputs()): names, lower-cased, as keys. Fetched in the background as the lists are.
// Never NULL; lives as long as the desk.
struct desk_fields {
    bool asked, there;
    struct map granted, denied;
};

const struct desk_fields *desk_fields(struct desk *d, const struct entity *entity);
const struct desk_fields *desk_inputs(struct desk *d, const struct entity *entity);
// The same, as far as it has come: asks nobody.
const struct desk_fields *desk_inputs_known(struct desk *d, const struct entity *entity);
// Is a field among such names?
bool desk_fields_name(const struct map *names, const char *field);

#endif
