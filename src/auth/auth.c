// Signing in and the token's life: one refresher thread, one gate. Floor: auth.
#include "auth/auth.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "auth/token.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"
#include "job/cancel.h"
#include "job/thread.h"

enum {
    LATEST_MS = 55 * 60 * 1000, // a token is renewed at this age, whatever it says
    EARLY_MS = 5 * 60 * 1000,   // and so long before it ends, but for short ones:
    EARLY_PART = 12,            // this part of its life
    APART_MS = 1000,            // between two sign-ins (FACTS 1: one a second)
    FORCED_APART_MS = 30 * 1000,
    RETRY_MS = 30 * 1000 // after a renewal that failed while the old token is still good
};

static const int64_t NEVER = INT64_MAX;

struct auth {
    struct auth_config config;
    struct auth_method method;
    struct cancel *cancel; // of the sign-in under way, when auth closes
    pthread_t thread;

    pthread_mutex_t lock; // over all below
    pthread_cond_t changed;
    struct secret *token;
    uint64_t generation;        // of the token
    int64_t renew_ms, ends_ms;  // boot clock
    int64_t last_ms, forced_ms; // the last sign-in, the last forced one; boot clock
    int64_t expires_utc_ms;
    enum auth_state state;
    struct err err;
    uint64_t sign_ins;
    bool wanted; // somebody needs a token now
    bool stop;
};

static int64_t boot(const struct auth *a)
{
    return clock_boot_ms(&a->config.clock);
}

static bool usable(const struct auth *a)
{
    return a->token && boot(a) < a->ends_ms;
}

static void set_token(struct auth *a, const struct token *fresh)
{
    int64_t early = fresh->life_ms / EARLY_PART;
    int64_t age = fresh->life_ms - (early < EARLY_MS ? early : EARLY_MS);
    int64_t now = boot(a);

    secret_free(a->token);
    a->token = fresh->text;
    a->generation++;
    a->renew_ms = now + (age < LATEST_MS ? age : LATEST_MS);
    a->ends_ms = now + fresh->life_ms;
    a->expires_utc_ms = clock_utc_ms(&a->config.clock) + fresh->life_ms;
    a->state = AUTH_SIGNED_IN;
}

static void take_refusal(struct auth *a, const struct err *e)
{
    if (usable(a) && e->kind == ERR_OFFLINE) {
        a->renew_ms = boot(a) + RETRY_MS;
        return;
    }
    secret_free(a->token);
    a->token = NULL;
    a->renew_ms = NEVER;
    a->state = AUTH_REFUSED;
    a->err = *e;
}

static void wipe(struct str *s)
{
    if (s->data)
        secret_wipe(s->data, s->cap);
}

// One authentication; without the lock.
static bool sign_in(struct auth *a, struct token *fresh, struct err *e)
{
    struct net_request *r =
        net_request_new("POST", str_format("%s/authenticate", a->config.base_url));
    bool ok;

    r->ungated = true;
    r->priority = NET_WAITED;
    r->repeat = NET_FREE;
    r->job.cancel = a->cancel;
    ok = a->method.prepare(a->method.self, r, e);
    if (ok) {
        (void)net_call(a->config.net, r);
        ok = token_read(r, clock_utc_ms(&a->config.clock), fresh, e);
    }
    wipe(&r->body);
    wipe(&r->answer);
    net_request_free(r);
    return ok;
}

// Asks for a token, with the lock held before and after.
static void renew(struct auth *a)
{
    struct token fresh;
    struct err e;
    bool ok;

    a->last_ms = boot(a);
    a->sign_ins++;
    a->wanted = false;
    if (!usable(a))
        a->state = AUTH_SIGNING_IN;
    (void)pthread_mutex_unlock(&a->lock);
    ok = sign_in(a, &fresh, &e);
    log_write(a->config.log, ok ? LOG_INFO : LOG_WARNING, "sign-in: %s",
              ok ? "a new token" : e.text);
    (void)pthread_mutex_lock(&a->lock);
    if (ok)
        set_token(a, &fresh);
    else
        take_refusal(a, &e);
    (void)pthread_cond_broadcast(&a->changed);
    (void)pthread_mutex_unlock(&a->lock);
    net_release(a->config.net);
    (void)pthread_mutex_lock(&a->lock);
}

// When the next sign-in is due, by the boot clock.
static int64_t due(const struct auth *a)
{
    int64_t at = a->wanted ? boot(a) : a->token ? a->renew_ms : NEVER;

    if (at != NEVER && a->sign_ins && at < a->last_ms + APART_MS)
        at = a->last_ms + APART_MS;
    return at;
}

// Waits for a change or until the boot clock may have come to at_ms.
static void wait_until(struct auth *a, int64_t at_ms)
{
    int64_t left = at_ms - boot(a);
    struct timespec t;

    if (at_ms == NEVER) {
        (void)pthread_cond_wait(&a->changed, &a->lock);
        return;
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += (time_t)(left / 1000);
    t.tv_nsec += (long)(left % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    (void)pthread_cond_timedwait(&a->changed, &a->lock, &t);
}

static void *refresh(void *arg)
{
    struct auth *a = arg;

    (void)pthread_mutex_lock(&a->lock);
    while (!a->stop) {
        int64_t at = due(a);

        if (at <= boot(a))
            renew(a);
        else
            wait_until(a, at);
    }
    (void)pthread_mutex_unlock(&a->lock);
    return NULL;
}

static void want(struct auth *a)
{
    a->wanted = true;
    (void)pthread_cond_broadcast(&a->changed);
}

static enum net_pass admit(void *self, struct net_request *r)
{
    struct auth *a = self;
    enum net_pass pass = NET_HOLD;

    (void)pthread_mutex_lock(&a->lock);
    if (usable(a)) {
        str_clear(&r->authorization);
        str_reserve(&r->authorization, secret_len(a->token) + sizeof("Bearer "));
        str_add(&r->authorization, "Bearer ");
        str_add(&r->authorization, secret_text(a->token));
        r->mark = a->generation;
        pass = NET_GO;
    } else if (a->stop) {
        (void)err_set(&r->err, ERR_CANCELLED, "stopped on request");
        pass = NET_STOP;
    } else if (a->state == AUTH_REFUSED) {
        r->err = a->err;
        pass = NET_STOP;
    } else if (a->state != AUTH_SIGNING_IN) {
        want(a);
    }
    (void)pthread_mutex_unlock(&a->lock);
    return pass;
}

static bool refused(void *self, struct net_request *r)
{
    struct auth *a = self;
    bool again = true;

    (void)pthread_mutex_lock(&a->lock);
    if (r->mark == a->generation && a->token) {
        int64_t now = boot(a);

        again = !a->forced_ms || now - a->forced_ms >= FORCED_APART_MS;
        if (again) {
            a->forced_ms = now;
            secret_free(a->token);
            a->token = NULL;
            a->state = AUTH_SIGNED_OUT;
            want(a);
        }
    }
    (void)pthread_mutex_unlock(&a->lock);
    return again;
}

static void drop(struct auth *a)
{
    a->method.free(a->method.self);
    secret_free(a->token);
    cancel_unref(a->cancel);
    (void)pthread_cond_destroy(&a->changed);
    (void)pthread_mutex_destroy(&a->lock);
    free(a);
}

struct auth *auth_open(const struct auth_config *config, struct auth_method method, struct err *e)
{
    struct auth *a = mem_zalloc(sizeof(*a));
    pthread_condattr_t attr;

    a->config = *config;
    a->method = method;
    a->renew_ms = NEVER;
    (void)pthread_mutex_init(&a->lock, NULL);
    (void)pthread_condattr_init(&attr);
    (void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&a->changed, &attr);
    (void)pthread_condattr_destroy(&attr);
    a->cancel = cancel_new(NULL);
    net_set_gate(a->config.net, (struct net_gate){a, admit, refused});
    if (thread_start(&a->thread, refresh, a))
        return a;
    (void)err_set(e, ERR_INTERNAL, "the system has no thread left to sign in with");
    drop(a);
    return NULL;
}

void auth_stop(struct auth *a)
{
    (void)pthread_mutex_lock(&a->lock);
    a->stop = true;
    (void)pthread_cond_broadcast(&a->changed);
    (void)pthread_mutex_unlock(&a->lock);
    cancel_fire(a->cancel);
    (void)pthread_join(a->thread, NULL);
}

void auth_close(struct auth *a)
{
    drop(a);
}

bool auth_sign_in(struct auth *a, struct err *e)
{
    bool ok;

    (void)pthread_mutex_lock(&a->lock);
    if (a->state == AUTH_REFUSED)
        a->state = AUTH_SIGNED_OUT;
    while (!usable(a) && a->state != AUTH_REFUSED && !a->stop) {
        if (a->state != AUTH_SIGNING_IN)
            want(a);
        (void)pthread_cond_wait(&a->changed, &a->lock);
    }
    ok = usable(a);
    if (!ok)
        *e = a->err;
    (void)pthread_mutex_unlock(&a->lock);
    return ok;
}

struct auth_status auth_status(struct auth *a)
{
    struct auth_status status;

    (void)pthread_mutex_lock(&a->lock);
    status = (struct auth_status){a->state, a->token ? a->expires_utc_ms : 0, a->err, a->sign_ins};
    (void)pthread_mutex_unlock(&a->lock);
    return status;
}

void auth_clock_moved(struct auth *a)
{
    (void)pthread_mutex_lock(&a->lock);
    (void)pthread_cond_broadcast(&a->changed);
    (void)pthread_mutex_unlock(&a->lock);
}
