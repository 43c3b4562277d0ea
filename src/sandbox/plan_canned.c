// Ready answers that stand for a fault of the service or of the edge before it; texts and shapes as
// FACTS 1, 2 and 7 have them, in words of our own where none is known. Any thread. Floor: sandbox.
#include "sandbox/plan.h"

#include <string.h>

#include "base/mem.h"
#include "sandbox/uuid.h"

#define ERROR(status, text) "{\"success\":false,\"error\":\"" text "\",\"statusCode\":" status "}"
#define PAGE(text) "<!DOCTYPE html>\n<html><body><h1>" text "</h1></body></html>\n"
#define JSON "application/json;charset=utf-8"
#define HTML "text/html; charset=UTF-8"

// clang-format off
static const struct ready {
    const char *kind, *status, *type, *body;
} answers[] = {
    {"missing-jwt", "200 OK", JSON, "{\"tokenType\":\"Bearer\"}"},
    {"empty",       "200 OK", JSON, ""},
    {"html-200",    "200 OK", HTML, PAGE("Please sign in to this network")},
    {"error-200",   "200 OK", JSON, ERROR("500", "Something went wrong on our side")},
    {"204", "204 No Content", JSON, ""},
    {"302", "302 Found", HTML, PAGE("This moved")},
    {"400", "400 Bad Request", JSON, ERROR("400", "There are invalid fields in your request")},
    {"401", "401 Unauthorized", "text/plain;charset=utf-8", "Unauthorized"},
    {"403", "403 Forbidden", JSON, ERROR("403", "You do not have access to this endpoint")},
    {"html-403", "403 Forbidden", HTML, PAGE("Error 1010: access denied")},
    {"404", "404 Not Found", JSON, ERROR("404", "There is nothing at this path")},
    {"408", "408 Request Timeout", HTML, PAGE("Request timed out")},
    {"429", "429 Too Many Requests", JSON,
     ERROR("429", "You have exceeded your API query rate limit. Please decrease the frequency of "
                  "your API requests")},
    {"500", "500 Internal Server Error", JSON,
     ERROR("500", "Something went wrong on our side (error id 1f7a)")},
    {"502", "502 Bad Gateway", HTML, PAGE("Bad gateway")},
    {"503", "503 Service Unavailable", HTML, PAGE("Service unavailable")},
    {"504", "504 Gateway Timeout", HTML, PAGE("Gateway timed out")},
};
// clang-format on

static const struct ready *find(const char *kind)
{
    const struct ready *r = answers;

    while (!str_eq(r->kind, kind))
        r++;
    return r;
}

void plan_canned(const struct fault_rule *rule, struct plan *out)
{
    const struct ready *r = find(rule->kind->name);
    char id[UUID_LEN + 1];

    *out = (struct plan){0};
    uuid_new(id);
    str_addf(&out->bytes, "HTTP/1.1 %s\r\nContent-Type: %s\r\nX-Request-Id: %s\r\n", r->status,
             r->type, id);
    if (*rule->retry_after)
        str_addf(&out->bytes, "Retry-After: %s\r\n", rule->retry_after);
    if (rule->kind->options & FAULT_LOCATION)
        str_addf(&out->bytes, "Location: %s\r\n",
                 *rule->location ? rule->location : "http://127.0.0.1:9/");
    if (!str_starts(r->status, "204"))
        str_addf(&out->bytes, "Content-Length: %zu\r\n", strlen(r->body));
    str_addf(&out->bytes, "\r\n%s", r->body);
}
