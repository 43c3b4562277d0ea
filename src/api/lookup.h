// Lookup lists, field lists and the usage meters on the wire (FACTS 3, 4): free reads. Any thread.
// Floor: api.
#ifndef LODE_API_LOOKUP_H
#define LODE_API_LOOKUP_H

#include <stdbool.h>

#include "base/err.h"
#include "base/map.h"
#include "model/lookup.h"
#include "model/usage.h"
#include "net/net.h"

// GET base/lookup/<path>, path with its query where it has one.
struct net_request *lookup_request(const char *base_url, const char *path);
// Reads a list in any of its shapes: {Id,Name}, {id,name}, names alone, strings, numbers as ids,
// lists nested in their parents.
bool lookup_decode(const char *body, size_t len, struct lookup_list *out, struct err *e);
// Field names the account may not use (accessGranted "false") as keys of *out, lower-cased; free
// with map_free(out, NULL).
bool fields_denied(const char *body, size_t len, struct map *out, struct err *e);
// GET /lookup/usage. "limit" and "totalLimit" are read alike.
bool usage_decode(const struct net_request *r, struct usage *out, struct err *e);

#endif
