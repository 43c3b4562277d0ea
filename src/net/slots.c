// Slots of the limiter and of the account. Network thread only. Floor: net.
#include "net/slots.h"

#include "base/str.h"

static int64_t boot(const struct slots *s)
{
    return clock_boot_ms(&s->clock);
}

static enum share_kind kind_of(const struct flight *f)
{
    return f->request->ungated ? SHARE_SIGN_IN : SHARE_CALL;
}

// A server on this machine has only the limits that it names.
static bool counts(const struct flight *f)
{
    const struct net_request *r = f->request;

    return !f->target.loopback || r->status == 0 || r->status == 429 ||
           net_header_value(r, "X-RateLimit-Limit");
}

static int64_t header_int(const struct net_request *r, const char *name)
{
    const char *value = net_header_value(r, name);
    long long number;

    return value && str_int64(value, &number) ? number : -1;
}

static bool names_none(const struct flight *f)
{
    return f->request->status >= 200 && f->request->status < 300 && !counts(f);
}

void slots_open(struct slots *s, const struct net_config *config)
{
    *s = (struct slots){.clock = config->clock,
                        .limited = config->per_second > 0,
                        .limiter = limiter_new(config->per_second, config->per_minute)};
    if (config->share.path)
        s->share = share_open(config->share.path, config->share.per_second,
                              config->share.per_minute, boot(s), config->log);
}

void slots_close(struct slots *s)
{
    limiter_free(s->limiter);
    share_close(s->share);
}

bool slots_take(struct slots *s, struct flight *f, int64_t *wait)
{
    if (!f->request->ungated && !f->slot) {
        f->slot = limiter_take(s->limiter, boot(s), wait);
        if (!f->slot)
            return false;
    }
    if (!s->share || f->shared || (s->unlimited && !f->request->ungated))
        return true;
    f->shared = share_take(s->share, kind_of(f), boot(s), wait);
    if (!f->shared && f->slot) {
        limiter_done(s->limiter, boot(s), false);
        f->slot = false;
    }
    return f->shared;
}

void slots_give(struct slots *s, struct flight *f, bool sent)
{
    if (f->slot)
        limiter_done(s->limiter, boot(s), sent);
    if (f->shared)
        share_done(s->share, kind_of(f), boot(s), sent && counts(f));
    f->slot = f->shared = false;
}

void slots_learn(struct slots *s, const struct flight *f, const struct landing *how)
{
    const struct net_request *r = f->request;
    int64_t now = boot(s);

    if (f->request->ungated)
        return;
    s->unlimited = names_none(f) || (s->unlimited && !counts(f));
    limiter_learn(s->limiter, now, header_int(r, "X-RateLimit-Limit"),
                  header_int(r, "X-RateLimit-Remaining"));
    if (how->limited) {
        limiter_pause(s->limiter, now + how->wait_ms, now);
        if (s->share)
            share_pause(s->share, now + how->wait_ms, now);
    }
}

const char *slots_alone(const struct slots *s)
{
    if (s->unlimited || !s->limited)
        return NULL;
    return s->share ? share_alone(s->share) : "there is no folder for it";
}
