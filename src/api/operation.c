// Which operations the API has and which of them charge. Immutable: any thread. Floor: api.
#include "api/operation.h"

#include <string.h>

#include "base/mem.h"

// Searches of contacts, companies and news cost a request only; intent and scoop searches count
// each row as a record; creating a bulk job may redeem up to 200,000 (FACTS 3, 8).
static const struct operation operations[] = {
    {"GET", "/lookup/*", false},
    {"POST", "/search/contact", false},
    {"POST", "/search/company", false},
    {"POST", "/search/news", false},
    {"POST", "/search/scoop", true},
    {"POST", "/search/intent", true},
    {"POST", "/enrich/*", true},
    {"POST", "/compliance", true},
    {"POST", "/bulk/job/status", false},
    {"POST", "/bulk/job/results", false},
    {"POST", "/bulk/*", true},
    {"GET", "/webhooks", false},
    {"GET", "/webhooks/subscriptiontypes", false},
};

static bool path_fits(const char *pattern, const char *path, size_t len)
{
    size_t n = strlen(pattern);

    if (pattern[n - 1] == '*')
        return len >= n && strncmp(pattern, path, n - 1) == 0;
    return len == n && strncmp(pattern, path, n) == 0;
}

const struct operation *operation_find(const char *method, const char *path)
{
    size_t len = strcspn(path, "?#");

    for (size_t i = 0; i < ARRAY_LEN(operations); i++) {
        if (strcmp(operations[i].method, method) == 0 && path_fits(operations[i].path, path, len))
            return &operations[i];
    }
    return NULL;
}
