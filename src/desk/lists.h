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
    struct lookup_list list; // where it is there
    int64_t fetched_ms;      // UTC
    struct err err;          // where it was asked for and did not come
};

// The list at a path of the catalogue. Not there yet: it is fetched in the background (DESK_LISTS
// when it came), from the cache where that is younger than a week. Never NULL; lives as long as the
// desk.
const struct desk_list *desk_list(struct desk *d, const char *path);

// What the account says of an entity's output fields (lists_fields()): names, lower-cased, as keys.
// Fetched in the background as the lists are. Never NULL; lives as long as the desk.
struct desk_fields {
    bool asked, there;
    struct map granted, denied;
};

const struct desk_fields *desk_fields(struct desk *d, const struct entity *entity);

#endif
