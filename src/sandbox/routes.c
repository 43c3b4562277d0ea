// What the sandbox answers to. Any thread. Floor: sandbox.
#include "sandbox/routes.h"

#include "base/mem.h"
#include "sandbox/handlers.h"

// clang-format off
static const struct row {
    const char *name;
    struct route route;
} rows[] = {
#define ROW(method, path, flags, handler) {method " " path, {method, path, flags, handler}}
    ROW("POST", "/authenticate",    0,                            signin_handle),
    ROW("POST", "/search/contact",  ROUTE_SIGNED | ROUTE_METERED, search_contact_handle),
    ROW("POST", "/search/company",  ROUTE_SIGNED | ROUTE_METERED, search_company_handle),
    ROW("POST", "/enrich/contact",  ROUTE_SIGNED | ROUTE_METERED, enrich_contact_handle),
    ROW("POST", "/enrich/company",  ROUTE_SIGNED | ROUTE_METERED, enrich_company_handle),
    ROW("GET",  "/lookup/usage",    ROUTE_SIGNED,                 usage_handle),
    ROW("GET",  "/lookup/",         ROUTE_SIGNED | ROUTE_PREFIX,  lookup_handle),
    ROW("GET",  "/_sandbox/audit",  ROUTE_TEST,                   audit_handle),
    ROW("GET",  "/_sandbox/stats",  ROUTE_TEST,                   stats_handle),
    ROW("GET",  "/_sandbox/why",    ROUTE_TEST,                   why_handle),
    ROW("POST", "/_sandbox/why",    ROUTE_TEST,                   why_handle),
    ROW("GET",  "/_sandbox/ids",    ROUTE_TEST,                   ids_handle),
    ROW("GET",  "/_sandbox/faults", ROUTE_TEST,                   faults_show_handle),
    ROW("POST", "/_sandbox/faults", ROUTE_TEST,                   faults_set_handle),
    ROW("POST", "/_sandbox/reset",  ROUTE_TEST,                   reset_handle),
};
// clang-format on

const struct route *route_find(const char *method, const char *path)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct route *r = &rows[i].route;
        bool here = r->flags & ROUTE_PREFIX ? str_starts(path, r->path) : str_eq(path, r->path);

        if (here && str_eq(method, r->method))
            return r;
    }
    return NULL;
}

size_t route_count(void)
{
    return ARRAY_LEN(rows);
}

size_t route_row(const struct route *route)
{
    size_t i = 0;

    while (&rows[i].route != route)
        i++;
    return i;
}

const char *route_name(size_t row)
{
    return rows[row].name;
}
