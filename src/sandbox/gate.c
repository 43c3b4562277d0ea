// What stands before every handler. Order: the edge (User-Agent), the path, the token, the limits;
// calls that the edge, the path or the token refuse take no place in a limit: an assumption. The
// thread of the connection. Floor: sandbox.
#include "sandbox/gate.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "sandbox/account.h"
#include "sandbox/limits.h"
#include "sandbox/options.h"
#include "sandbox/sandbox.h"
#include "sandbox/stats.h"
#include "sandbox/window.h"

static void refuse_agent(struct reply *reply)
{
    reply_plain(reply, 403,
                "<!DOCTYPE html>\n<html><head><title>Access denied</title></head><body>"
                "<h1>Error 1010</h1><p>The owner of this website does not let the "
                "signature of your browser in.</p></body></html>\n");
    reply->type = "text/html; charset=UTF-8";
}

static bool is_signed_in(const struct sandbox *s, const struct request *r)
{
    static const char scheme[] = "Bearer ";
    const char *given = request_header(r, "Authorization");

    return given && strncmp(given, scheme, sizeof(scheme) - 1) == 0 &&
           token_good(&s->key, given + sizeof(scheme) - 1, sandbox_now_ms(s) / 1000);
}

static bool is_within_limits(const struct sandbox *s, struct reply *reply)
{
    struct limits_verdict v = limits_take(s->limits, LIMITS_CALLS, window_now_us());

    if (!limits_unlimited(s->limits)) {
        reply_header(reply, "X-RateLimit-Limit", "%u", v.limit);
        reply_header(reply, "X-RateLimit-Remaining", "%u", v.remaining);
        reply_header(reply, "X-RateLimit-Reset", "%" PRId64,
                     (sandbox_now_ms(s) + v.reset_ms + 999) / 1000);
    }
    return v.allowed;
}

static void add_usage(const struct sandbox *s, struct reply *reply)
{
    // clang-format off
    static const struct {
        const char *limit, *remaining;
        ptrdiff_t meter; // offset in struct account_meters; -1: the sandbox has none of these
    } headers[] = {
        {"X-Usage-Record-Limit-Limit", "X-Usage-Record-Limit-Remaining",
         offsetof(struct account_meters, records)},
        {"X-Usage-Request-Limit-Limit", "X-Usage-Request-Limit-Remaining",
         offsetof(struct account_meters, requests)},
        {"X-Usage-Unique-Id-Limit-Limit", "X-Usage-Unique-Id-Limit-Remaining",
         offsetof(struct account_meters, credits)},
        {"X-Usage-Websights-Api-Record-Limit-Limit",
         "X-Usage-Websights-Api-Record-Limit-Remaining", -1},
        {"X-Usage-Websights-Api-Request-Limit-Limit",
         "X-Usage-Websights-Api-Request-Limit-Remaining", -1},
    };
    // clang-format on
    const struct account_meters limits = account_limits(s->account),
                                used = account_used(s->account);

    for (size_t i = 0; i < ARRAY_LEN(headers); i++) {
        int64_t limit = 0, spent = 0;

        if (headers[i].meter >= 0) {
            memcpy(&limit, (const char *)&limits + headers[i].meter, sizeof(limit));
            memcpy(&spent, (const char *)&used + headers[i].meter, sizeof(spent));
        }
        reply_header(reply, headers[i].limit, "%" PRId64, limit);
        reply_header(reply, headers[i].remaining, "%" PRId64, limit > spent ? limit - spent : 0);
    }
}

static void handle_signed(struct sandbox *s, const struct route *route, const struct request *r,
                          struct reply *reply)
{
    if (!is_signed_in(s, r)) {
        reply_plain(reply, 401, "Unauthorized");
    } else if (!is_within_limits(s, reply)) {
        reply_error(reply, 429,
                    "You have exceeded your API query rate limit. Please decrease the "
                    "frequency of your API requests");
    } else {
        route->handler(s, r, reply);
        if (route->flags & ROUTE_METERED)
            add_usage(s, reply);
    }
}

void gate_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    const struct route *route = route_find(r->method, r->path);

    if (route)
        stats_arrival(s->stats, route_row(route), route->flags & ROUTE_SIGNED);
    if (route && route->flags & ROUTE_TEST) {
        route->handler(s, r, reply);
        return;
    }
    if (!request_header(r, "User-Agent"))
        refuse_agent(reply);
    else if (!route)
        reply_error(reply, 404, "There is nothing at this path");
    else if (route->flags & ROUTE_SIGNED)
        handle_signed(s, route, r, reply);
    else
        route->handler(s, r, reply);
    stats_answer(s->stats, reply->status);
    sandbox_wait(s, s->options->latency_ms);
}
