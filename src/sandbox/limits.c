// How often the account may call. X-RateLimit-* speak of the minute, as most of the samples do, and
// of the second where that is what refused the call: an assumption. Any thread. Floor: sandbox.
#include "sandbox/limits.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "sandbox/window.h"

enum { SPANS = 2 };

struct limits {
    bool unlimited;
    pthread_mutex_t lock;
    // under the lock
    int64_t latest_us;
    struct {
        uint32_t max; // 0: no such limit
        struct window window;
    } spans[LIMITS_KINDS][SPANS]; // shortest first
};

struct limits *limits_open(enum options_package package, bool unlimited)
{
    static const uint32_t max[][SPANS] = {
        [PACKAGE_STANDARD] = {25, 1500}, [PACKAGE_SCALING] = {33, 2000}};
    struct limits *l = mem_zalloc(sizeof(*l));

    l->unlimited = unlimited;
    (void)pthread_mutex_init(&l->lock, NULL);
    for (size_t k = 0; k < LIMITS_KINDS; k++) {
        l->spans[k][0].window.span_us = WINDOW_SECOND_US;
        l->spans[k][1].window.span_us = WINDOW_MINUTE_US;
    }
    for (size_t i = 0; i < SPANS; i++)
        l->spans[LIMITS_CALLS][i].max = max[package][i];
    l->spans[LIMITS_SIGN_IN][0].max = 1;
    return l;
}

void limits_close(struct limits *l)
{
    if (!l)
        return;
    for (size_t k = 0; k < LIMITS_KINDS; k++) {
        for (size_t i = 0; i < SPANS; i++)
            window_free(&l->spans[k][i].window);
    }
    (void)pthread_mutex_destroy(&l->lock);
    free(l);
}

bool limits_unlimited(const struct limits *l)
{
    return l->unlimited;
}

// Speaks of the first full window, or else of the longest one.
static struct limits_verdict judge(struct limits *l, enum limits_kind kind, int64_t now_us)
{
    struct limits_verdict v = {.allowed = true};

    for (size_t i = 0; i < SPANS && v.allowed && l->spans[kind][i].max; i++) {
        struct window *w = &l->spans[kind][i].window;
        uint32_t max = l->spans[kind][i].max;
        size_t n = window_count(w, now_us);

        v.allowed = n < max;
        v.limit = max;
        v.remaining = v.allowed ? max - (uint32_t)n - 1 : 0;
        v.reset_ms = (window_free_us(w, now_us) - now_us + 999) / 1000;
    }
    return v;
}

struct limits_verdict limits_take(struct limits *l, enum limits_kind kind, int64_t now_us)
{
    struct limits_verdict v = {.allowed = true};

    if (l->unlimited)
        return v;
    (void)pthread_mutex_lock(&l->lock);
    // calls may come to the lock in another order than they looked at the clock
    now_us = now_us > l->latest_us ? now_us : l->latest_us;
    l->latest_us = now_us;
    v = judge(l, kind, now_us);
    for (size_t i = 0; v.allowed && i < SPANS && l->spans[kind][i].max; i++)
        window_add(&l->spans[kind][i].window, now_us);
    (void)pthread_mutex_unlock(&l->lock);
    return v;
}

void limits_reset(struct limits *l)
{
    (void)pthread_mutex_lock(&l->lock);
    for (size_t k = 0; k < LIMITS_KINDS; k++) {
        for (size_t i = 0; i < SPANS; i++)
            window_clear(&l->spans[k][i].window);
    }
    (void)pthread_mutex_unlock(&l->lock);
}
