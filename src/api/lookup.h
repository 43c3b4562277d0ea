// Lookup lists, field lists and the usage meters on the wire (FACTS 3, 4): free reads. Any thread.
// Floor: api.
#ifndef LODE_API_LOOKUP_H
#define LODE_API_LOOKUP_H

#include <stdbool.h>

#include "base/err.h"
#include "base/map.h"
#include "base/str.h"
#include "model/lookup.h"
#include "model/usage.h"
#include "net/net.h"

// GET base/lookup/<path>, path with its query where it has one.
struct net_request *lookup_request(const char *base_url, const char *path);
// Reads a list in any of its shapes: {Id,Name}, {id,name}, names alone, strings, numbers as ids,
// lists nested in their parents.
bool lookup_decode(const char *body, size_t len, struct lookup_list *out, struct err *e);
// What an account's field list says of each field: adds its names, lower-cased, to *granted or,
// where accessGranted is "false", to *denied (as keys; map_free(..., NULL)).
bool fields_decode(const char *body, size_t len, struct map *granted, struct map *denied,
                   struct err *e);
// Adds these names (',' between) to a field list that denies them, as the API would write it; each
// once. Begins one where *out is empty, or is none.
void fields_deny(const char *names, struct str *out);
// GET /lookup/usage. "limit" and "totalLimit" are read alike.
bool usage_decode(const struct net_request *r, struct usage *out, struct err *e);

#endif
