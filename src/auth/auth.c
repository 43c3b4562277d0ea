// Signing in and the token's life: one refresher thread, one gate. Floor: auth.
#include "auth/auth.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "auth/alarm.h"
#include "auth/token.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/str.h"
#include "job/cancel.h"
#include "job/thread.h"

enum {
    LATEST_MS = 55 * 60 * 1000, // a token is renewed at this age, whatever it says
    EARLY_MS = 5 * 60 * 1000,   // and so long before it ends, but for short ones:
    EARLY_PART = 12,            // this part of its life
    JITTER_PART = 10,           // of that time, so that not all who started together renew together
    APART_MS = 1000,            // from the end of one sign-in to the next (FACTS 1: one a second)
    FORCED_APART_MS = 30 * 1000,
    RETRY_MS = 30 * 1000, // after a renewal that failed while the old token is still good
    TRIES = 3,            // of one sign-in that the network or the server broke
    SKEW_MS = 30 * 1000,  // a clock that is wrong by more is worth a second try
    ANSWER_CAP = 64 * 1024
};

static const int64_t NEVER = INT64_MAX;

struct auth {
    struct auth_config config;
    struct auth_method method;
    struct cancel *cancel; // of the sign-in under way, when auth closes
    struct alarm *alarm;   // wakes the thread
    pthread_t thread;

    pthread_mutex_t lock; // over all below
    pthread_cond_t changed;
    struct rng rng;
    struct secret *token;
    uint64_t generation;       // of the token
    int64_t renew_ms, ends_ms; // boot clock
    int64_t apart_ms;          // no sign-in before this; boot clock
    int64_t forced_ms;         // the last one that a 401 forced; boot clock
    int64_t expires_utc_ms;
    int64_t skew_ms; // the server's clock less ours
    bool skew_known;
    enum auth_state state;
    struct err err;
    uint64_t sign_ins;
    uint64_t asked, failed; // sign-ins begun for somebody, and the last of them that failed
    int tries;              // of the one under way
    bool busy;              // one is under way, or waits for its next try
    bool wanted;            // somebody needs a token now
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

static void drop_token(struct auth *a)
{
    secret_free(a->token);
    a->token = NULL;
    a->renew_ms = NEVER;
}

static void set_token(struct auth *a, const struct token *fresh)
{
    int64_t early = fresh->life_ms / EARLY_PART, age, now = boot(a);

    if (early > EARLY_MS)
        early = EARLY_MS;
    age = fresh->life_ms - early;
    if (age > LATEST_MS)
        age = LATEST_MS;
    age += rng_below(&a->rng, (uint32_t)(early / JITTER_PART) + 1);
    secret_free(a->token);
    a->token = fresh->text;
    a->generation++;
    a->renew_ms = now + age;
    a->ends_ms = now + fresh->life_ms;
    a->expires_utc_ms = clock_utc_ms(&a->config.clock) + fresh->life_ms;
    a->state = AUTH_SIGNED_IN;
    a->err = (struct err){0};
    a->wanted = false;
}

// What one authentication brought.
struct outcome {
    bool ok;
    struct token token; // where ok
    struct err err;     // where not
    bool final;         // trying again cannot help
    bool dated;
    int64_t skew_ms;
};

// What passes by itself: trying again later may help, without anything being changed.
static bool is_passing(const struct err *e)
{
    return e->kind == ERR_OFFLINE || e->kind == ERR_RATE_LIMITED;
}

// True where the sign-in goes on with another try.
static bool try_again(struct auth *a, const struct outcome *o, bool clock_was_wrong)
{
    int64_t wait = APART_MS;

    if (a->stop || o->final || a->tries >= TRIES)
        return false;
    if (o->err.kind == ERR_OFFLINE)
        wait = ((int64_t)APART_MS << a->tries) / 2 + rng_below(&a->rng, APART_MS / 2);
    else if (!clock_was_wrong)
        return false;
    if (wait < APART_MS)
        wait = APART_MS;
    a->apart_ms = boot(a) + wait;
    a->wanted = true;
    return true;
}

static void take_refusal(struct auth *a, const struct err *e)
{
    a->err = *e;
    if (usable(a) && is_passing(e)) {
        a->renew_ms = boot(a) + RETRY_MS;
        return;
    }
    drop_token(a);
    a->state = is_passing(e) ? AUTH_SIGNED_OUT : AUTH_REFUSED;
    a->failed = a->asked;
}

static void wipe(struct str *s)
{
    if (s->data)
        secret_wipe(s->data, s->cap);
}

// One authentication; without the lock. skew_ms: what is known of it so far.
static struct outcome sign_in(struct auth *a, int64_t skew_ms)
{
    struct net_request *r =
        net_request_new("POST", str_format("%s/authenticate", a->config.base_url));
    struct outcome o = {0};
    int64_t date;

    r->ungated = true;
    r->priority = NET_WAITED;
    r->repeat = NET_LONE;
    r->cap = ANSWER_CAP;
    r->job.cancel = a->cancel;
    str_reserve(&r->answer, ANSWER_CAP); // a buffer that grows would leave copies of the token
    if (a->method.set_time)
        a->method.set_time(a->method.self, clock_utc_ms(&a->config.clock) + skew_ms);
    o.ok = a->method.prepare(a->method.self, r, &o.err);
    if (o.ok) {
        (void)net_call(a->config.net, r);
        o.dated = r->err.kind == ERR_NONE && net_header_date(r, "Date", &date);
        if (o.dated)
            o.skew_ms = date - clock_utc_ms(&a->config.clock);
        o.final = r->final;
        o.ok = token_read(r, clock_utc_ms(&a->config.clock), &o.token, &o.err);
    }
    wipe(&r->body);
    wipe(&r->answer);
    net_request_free(r);
    return o;
}

// Whether the clock was so wrong that the refusal may come from that; learns its error.
static bool learn_skew(struct auth *a, const struct outcome *o)
{
    int64_t before = a->skew_ms, change;

    if (!o->dated)
        return false;
    a->skew_ms = o->skew_ms;
    a->skew_known = true;
    change = before - o->skew_ms;
    return a->method.set_time && o->err.kind == ERR_UNAUTHORISED &&
           (change > SKEW_MS || change < -SKEW_MS);
}

static void finish(struct auth *a, const struct outcome *o)
{
    bool clock_was_wrong = learn_skew(a, o);

    a->apart_ms = boot(a) + APART_MS;
    if (!o->ok && try_again(a, o, clock_was_wrong))
        return;
    a->busy = false;
    a->tries = 0;
    if (o->ok)
        set_token(a, &o->token);
    else
        take_refusal(a, &o->err);
}

// Asks for a token, with the lock held before and after.
static void renew(struct auth *a)
{
    int64_t skew_ms = a->skew_ms;
    struct outcome o;

    a->sign_ins++;
    a->asked += !a->busy;
    a->busy = true;
    a->tries++;
    a->wanted = false;
    if (!usable(a))
        a->state = AUTH_SIGNING_IN;
    (void)pthread_mutex_unlock(&a->lock);
    o = sign_in(a, skew_ms);
    log_write(a->config.log, o.ok ? LOG_INFO : LOG_WARNING, "sign-in: %s",
              o.ok ? "a new token" : o.err.text);
    (void)pthread_mutex_lock(&a->lock);
    finish(a, &o);
    (void)pthread_cond_broadcast(&a->changed);
    (void)pthread_mutex_unlock(&a->lock);
    net_release(a->config.net);
    (void)pthread_mutex_lock(&a->lock);
}

// When the next sign-in is due, by the boot clock.
static int64_t due(const struct auth *a)
{
    int64_t at = a->wanted ? boot(a) : a->token ? a->renew_ms : NEVER;

    return at != NEVER && at < a->apart_ms ? a->apart_ms : at;
}

static void *refresh(void *arg)
{
    struct auth *a = arg;

    (void)pthread_mutex_lock(&a->lock);
    while (!a->stop) {
        int64_t at = due(a), now = boot(a);

        if (at <= now) {
            renew(a);
            continue;
        }
        (void)pthread_mutex_unlock(&a->lock);
        alarm_wait(a->alarm, at == NEVER ? -1 : at - now);
        (void)pthread_mutex_lock(&a->lock);
    }
    (void)pthread_mutex_unlock(&a->lock);
    return NULL;
}

static void want(struct auth *a)
{
    if (!a->wanted)
        alarm_ring(a->alarm);
    a->wanted = true;
}

// Puts the token on r; with the lock held. mark then says which one it was.
static void put_token(struct auth *a, struct net_request *r)
{
    str_clear(&r->authorization);
    str_reserve(&r->authorization, secret_len(a->token) + sizeof("Bearer "));
    str_add(&r->authorization, "Bearer ");
    str_add(&r->authorization, secret_text(a->token));
    r->mark = a->generation;
}

// Holds r for the sign-in that is under way or now begins, unless that is the one it waited for
// already. mark then says which one it waits for.
static enum net_pass hold(struct auth *a, struct net_request *r)
{
    if (a->state == AUTH_REFUSED || (r->mark && r->mark <= a->failed)) {
        r->err = a->err;
        return NET_STOP;
    }
    if (!a->busy)
        want(a);
    if (!r->mark)
        r->mark = a->asked + !a->busy;
    return NET_HOLD;
}

static enum net_pass admit(void *self, struct net_request *r)
{
    struct auth *a = self;
    enum net_pass pass = NET_GO;

    (void)pthread_mutex_lock(&a->lock);
    if (usable(a)) {
        put_token(a, r);
    } else if (a->stop) {
        (void)err_set(&r->err, ERR_CANCELLED, "stopped on request");
        pass = NET_STOP;
    } else {
        pass = hold(a, r);
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
            drop_token(a);
            a->state = AUTH_SIGNED_OUT;
            if (!a->busy)
                want(a);
        }
    }
    r->mark = 0;
    (void)pthread_mutex_unlock(&a->lock);
    return again;
}

static void drop(struct auth *a)
{
    if (a->method.prepare)
        a->method.free(a->method.self);
    secret_free(a->token);
    alarm_free(a->alarm);
    cancel_unref(a->cancel);
    (void)pthread_cond_destroy(&a->changed);
    (void)pthread_mutex_destroy(&a->lock);
    free(a);
}

struct auth *auth_open(const struct auth_config *config, struct auth_method method, struct err *e)
{
    struct auth *a = mem_zalloc(sizeof(*a));

    a->config = *config;
    a->method = method;
    a->renew_ms = NEVER;
    a->rng = rng_seed((uint64_t)boot(a) ^ (uint64_t)(uintptr_t)a);
    (void)pthread_mutex_init(&a->lock, NULL);
    (void)pthread_cond_init(&a->changed, NULL);
    a->cancel = cancel_new(NULL);
    a->alarm = alarm_new();
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
    alarm_ring(a->alarm);
    cancel_fire(a->cancel);
    (void)pthread_join(a->thread, NULL);
}

void auth_close(struct auth *a)
{
    drop(a);
}

void auth_begin(struct auth *a)
{
    (void)pthread_mutex_lock(&a->lock);
    if (!usable(a) && !a->busy && !a->stop && a->state != AUTH_REFUSED)
        want(a);
    (void)pthread_mutex_unlock(&a->lock);
}

bool auth_sign_in(struct auth *a, struct err *e)
{
    uint64_t failed;
    bool ok;

    (void)pthread_mutex_lock(&a->lock);
    if (a->state == AUTH_REFUSED && a->method.prepare)
        a->state = AUTH_SIGNED_OUT;
    failed = a->failed;
    while (!usable(a) && a->failed == failed && a->state != AUTH_REFUSED && !a->stop) {
        if (!a->busy)
            want(a);
        (void)pthread_cond_wait(&a->changed, &a->lock);
    }
    ok = usable(a);
    if (!ok && a->stop)
        (void)err_set(e, ERR_CANCELLED, "stopped on request");
    else if (!ok)
        *e = a->err;
    (void)pthread_mutex_unlock(&a->lock);
    return ok;
}

struct auth_status auth_status(struct auth *a)
{
    struct auth_status status;

    (void)pthread_mutex_lock(&a->lock);
    status = (struct auth_status){.state = a->state,
                                  .expires_ms = a->token ? a->expires_utc_ms : 0,
                                  .err = a->err,
                                  .sign_ins = a->sign_ins,
                                  .skew_known = a->skew_known,
                                  .skew_ms = a->skew_ms};
    (void)pthread_mutex_unlock(&a->lock);
    return status;
}

void auth_clock_moved(struct auth *a)
{
    alarm_ring(a->alarm);
}
