// Whether and when a request is sent again. Network thread. Floor: net.
#include "net/retry.h"

#include "base/mem.h"
#include "base/str.h"

enum { SECOND_MS = 1000, EPOCH_FROM = 1000000000 };

static const int64_t SECONDS_MAX = 1000000000000;

static int64_t at_least(int64_t value, int64_t least)
{
    return value > least ? value : least;
}

// A moment by the server's clock, as a wait: its own Date tells how far ours is off.
static int64_t until(const struct net_request *r, int64_t moment_ms, int64_t utc_ms)
{
    int64_t server_ms;

    return at_least(moment_ms - (net_header_date(r, "Date", &server_ms) ? server_ms : utc_ms), 0);
}

static bool seconds_of(const char *text, long long *out)
{
    return text && str_int64(text, out) && *out >= 0 && *out < SECONDS_MAX;
}

int64_t retry_asked_ms(const struct net_request *r, int64_t utc_ms)
{
    long long seconds;
    int64_t moment_ms;

    if (seconds_of(net_header_value(r, "Retry-After"), &seconds))
        return seconds * SECOND_MS;
    if (net_header_date(r, "Retry-After", &moment_ms))
        return until(r, moment_ms, utc_ms);
    if (r->status != 429 || !seconds_of(net_header_value(r, "X-RateLimit-Reset"), &seconds))
        return -1;
    return seconds > EPOCH_FROM ? until(r, seconds * SECOND_MS, utc_ms) : seconds * SECOND_MS;
}

bool retry_helps(int status)
{
    static const int passing[] = {408, 500, 502, 503, 504};

    for (size_t i = 0; i < ARRAY_LEN(passing); i++) {
        if (status == passing[i])
            return true;
    }
    return false;
}

static int64_t paced(const struct net_request *r, int64_t wait)
{
    return r->ungated ? wait + RETRY_SIGN_IN_MS : wait;
}

// Full jitter: anything up to a limit that doubles.
int64_t retry_failed(struct retry *t, const struct retry_law *law, const struct net_request *r)
{
    int64_t most = law->base_ms << t->failures;
    int64_t asked = retry_asked_ms(r, law->utc_ms), wait;

    if (t->failures == RETRY_MAX || law->budget->credit < RETRY_COST || asked > RETRY_ASKED_MAX_MS)
        return RETRY_NEVER;
    t->failures++;
    law->budget->credit -= RETRY_COST;
    most = most < RETRY_WAIT_MAX_MS ? most : RETRY_WAIT_MAX_MS;
    wait = rng_below(law->rng, (uint32_t)most + 1);
    return paced(r, at_least(wait, asked));
}

int64_t retry_limited(struct retry *t, const struct retry_law *law, const struct net_request *r)
{
    int64_t step = (2 * law->base_ms) << t->limited;
    int64_t asked = retry_asked_ms(r, law->utc_ms);

    if (t->limited == RETRY_MAX || asked > RETRY_ASKED_MAX_MS)
        return RETRY_NEVER;
    t->limited++;
    if (asked < 0)
        asked = step + rng_below(law->rng, (uint32_t)law->base_ms + 1);
    return paced(r, asked);
}

void retry_succeeded(struct retry_budget *b)
{
    if (b->credit < RETRY_CREDIT)
        b->credit++;
}
