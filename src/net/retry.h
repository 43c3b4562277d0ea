// Whether and when a request is sent again (RELIABILITY's table). Pure: time and chance are given.
// Network thread. Floor: net.
#ifndef LODE_NET_RETRY_H
#define LODE_NET_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rng.h"
#include "net/net.h"

// What all requests share: each repeat costs, each success gives a little back, so that a server
// in trouble is not buried under repeats.
struct retry_budget {
    int credit;
};

// One request's own count.
struct retry {
    int failures, limited;
    bool refused; // was shown to the gate after a 401
};

enum {
    RETRY_MAX = 3,
    RETRY_CREDIT = 100,
    RETRY_COST = 5,
    RETRY_NEVER = -1,
    RETRY_WAIT_MAX_MS = 20 * 1000,
    RETRY_ASKED_MAX_MS = 300 * 1000,
    RETRY_SIGN_IN_MS = 1100 // an ungated request goes once a second at most (FACTS 1)
};

struct retry_law {
    struct retry_budget *budget;
    struct rng *rng;
    int64_t base_ms; // most of the first wait
    int64_t utc_ms;  // now
};

// The server failed (408, 500, 502, 503, 504) or what came back was no whole answer: milliseconds
// to wait, or RETRY_NEVER.
int64_t retry_failed(struct retry *t, const struct retry_law *law, const struct net_request *r);
// The server answered 429.
int64_t retry_limited(struct retry *t, const struct retry_law *law, const struct net_request *r);
void retry_succeeded(struct retry_budget *b);
// Is a status one that may go away by itself?
bool retry_helps(int status);
// What Retry-After asks for, else (429 only) what X-RateLimit-Reset says: milliseconds, or -1 where
// neither can be read.
int64_t retry_asked_ms(const struct net_request *r, int64_t utc_ms);

#endif
