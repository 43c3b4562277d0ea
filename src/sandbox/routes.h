// What the sandbox answers to: one row an operation. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_ROUTES_H
#define LODE_SANDBOX_ROUTES_H

#include <stddef.h>

#include "sandbox/request.h"

struct sandbox;

enum route_flags {
    ROUTE_PREFIX = 1,  // path is the start of many
    ROUTE_SIGNED = 2,  // needs an access token, and counts towards the limits a second and a minute
    ROUTE_METERED = 4, // answers with the X-Usage headers. FACTS 2
    ROUTE_TEST = 8     // no part of the API: needs no User-Agent, is never late
};

// Fills the reply; an untouched one is 200 with JSON.
typedef void route_handler(struct sandbox *s, const struct request *r, struct reply *reply);

struct route {
    const char *method, *path;
    unsigned flags;
    route_handler *handler;
};

// NULL where there is none: a wrong method is as unknown as a wrong path.
const struct route *route_find(const char *method, const char *path);
size_t route_count(void);
size_t route_row(const struct route *route);
// "POST /search/contact"
const char *route_name(size_t row);

#endif
