// GET /lookup/...: the lists, the fields of each operation, the account's usage. FACTS 3 and 4. The
// thread of the connection. Floor: sandbox.
#include "sandbox/handlers.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sandbox/account.h"
#include "sandbox/facts/contract.h"
#include "sandbox/facts/lookups.h"
#include "sandbox/sandbox.h"

static const char *const query_names[] = {"vendor", "parentCategory", "category"};

enum { QUERIES = ARRAY_LEN(query_names) };

// All three narrow a list of products, and none may be missing there.
static bool check_query(const char *name, const char *path, const char *value, struct reply *reply)
{
    char *text;

    if (value || !str_eq_case(path, "tech/product"))
        return true;
    text = str_format("Missing required parameters: '%s' must be entered", name);
    reply_error(reply, 400, text);
    free(text);
    return false;
}

void lookup_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    const char *path = r->path + strlen("/lookup/");
    const char *fields = contract_fields(path);
    struct lookup_query queries[QUERIES];
    size_t n = 0;

    for (size_t i = 0; i < QUERIES; i++) {
        const char *value = request_query(r, query_names[i]);

        if (!check_query(query_names[i], path, value, reply))
            return;
        if (value)
            queries[n++] = (struct lookup_query){query_names[i], value};
    }
    if (fields)
        str_add(&reply->body, fields);
    else if (!lookups_json(s->lookups, path, queries, n, &reply->body))
        reply_error(reply, 404, "There is nothing at this path");
}

// A meter the sandbox does not have is never used.
void usage_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    const struct account_meters limits = account_limits(s->account),
                                used = account_used(s->account);
    const struct {
        const char *type, *about;
        int64_t limit, used;
    } rows[] = {
        {"requestLimit", "Calls you may make", limits.requests, used.requests},
        {"recordLimit", "Records you may get", limits.records, used.records},
        {"uniqueIdLimit", "People and companies you may buy", limits.credits, used.credits},
        {"webSightsApiRequestLimit", "WebSights calls you may make", 0, 0},
        {"webSightsApiRecordLimit", "WebSights records you may get", 0, 0},
    };

    (void)r;
    str_add(&reply->body, "{\"usage\":[");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t left = rows[i].limit > rows[i].used ? rows[i].limit - rows[i].used : 0;

        str_addf(&reply->body,
                 "%s{\"limitType\":\"%s\",\"description\":\"%s\",\"limit\":%" PRId64
                 ",\"currentUsage\":%" PRId64 ",\"usageRemaining\":%" PRId64 "}",
                 i ? "," : "", rows[i].type, rows[i].about, rows[i].limit, rows[i].used, left);
    }
    str_add(&reply->body, "]}");
}
