// The rate limit by slots that come back one window after the response. One owner. Floor: net.
#include "net/limiter.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
    SECOND = 1000,
    MINUTE = 60 * SECOND,
    SECONDS_LIMIT_MAX = 100 // a larger limit from the server is one of a minute (FACTS 2)
};

// Slots of one kind: those of requests under way, and those in the ring that cool down. The two
// together never exceed the size of the ring.
struct window {
    int64_t span;
    int size;         // 0: no limit
    int64_t *free_at; // a ring of rising times
    int head, cooling;
    int others; // taken by other users of the account, as far as the server told
    int64_t others_until;
};

struct limiter {
    struct window second, minute;
    int in_flight;
    int rate; // slots of the second in use: all, or fewer for a while after a 429
    int64_t rate_ms;
    int64_t pause_until, calm_until; // one 429 of many at once halves the rate
};

static struct window window_new(int64_t span, int size)
{
    return (struct window){
        .span = span,
        .size = size,
        .free_at = mem_array((size_t)size, sizeof(int64_t)),
    };
}

struct limiter *limiter_new(int per_second, int per_minute)
{
    struct limiter *l = mem_zalloc(sizeof(*l));

    l->second = window_new(SECOND, per_second);
    l->minute = window_new(MINUTE, per_minute);
    l->rate = per_second;
    return l;
}

void limiter_free(struct limiter *l)
{
    if (!l)
        return;
    free(l->second.free_at);
    free(l->minute.free_at);
    free(l);
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void window_cool(struct window *w, int64_t now)
{
    while (w->cooling && w->free_at[w->head] <= now) {
        w->head = (w->head + 1) % w->size;
        w->cooling--;
    }
    if (now >= w->others_until)
        w->others = 0;
}

// A window at the server is closed: two moments exactly one span apart lie both in it. And now is
// cut to milliseconds. So a slot is free one millisecond past the span.
static void window_add(struct window *w, int64_t now)
{
    if (w->size == 0)
        return;
    assert(w->cooling < w->size);
    w->free_at[(w->head + w->cooling) % w->size] = now + w->span + 1;
    w->cooling++;
}

// Slots free of limit; the window has cooled.
static int window_room(const struct window *w, int limit, int in_flight)
{
    return limit - w->cooling - in_flight - w->others;
}

// 0 where there is room; else for how long not, -1: until a request under way has ended.
static int64_t window_wait(struct window *w, int limit, int in_flight, int64_t now)
{
    int64_t wait = -1;
    int missing;

    if (w->size == 0)
        return 0;
    window_cool(w, now);
    missing = 1 - window_room(w, limit, in_flight);
    if (missing <= 0)
        return 0;
    if (missing <= w->cooling)
        wait = w->free_at[(w->head + missing - 1) % w->size] - now;
    return w->others ? earlier(wait, w->others_until - now) : wait;
}

// After a 429 the rate grows back by one each second.
static void grow(struct limiter *l, int64_t now)
{
    int64_t steps = (now - l->rate_ms) / SECOND;

    if (l->rate >= l->second.size || steps <= 0)
        return;
    l->rate = steps < l->second.size - l->rate ? l->rate + (int)steps : l->second.size;
    l->rate_ms += steps * SECOND;
}

bool limiter_take(struct limiter *l, int64_t now_ms, int64_t *wait_ms)
{
    int64_t second, minute;

    grow(l, now_ms);
    if (now_ms < l->pause_until) {
        *wait_ms = l->pause_until - now_ms;
        return false;
    }
    second = window_wait(&l->second, l->rate, l->in_flight, now_ms);
    minute = window_wait(&l->minute, l->minute.size, l->in_flight, now_ms);
    if (second == 0 && minute == 0) {
        l->in_flight++;
        return true;
    }
    *wait_ms = second < 0 || minute < 0 ? -1 : later(second, minute);
    return false;
}

void limiter_done(struct limiter *l, int64_t now_ms, bool sent)
{
    assert(l->in_flight > 0);
    l->in_flight--;
    window_cool(&l->second, now_ms);
    window_cool(&l->minute, now_ms);
    if (sent) {
        window_add(&l->second, now_ms);
        window_add(&l->minute, now_ms);
    }
}

void limiter_learn(struct limiter *l, int64_t now_ms, int64_t limit, int64_t remaining)
{
    bool seconds = limit <= SECONDS_LIMIT_MAX;
    struct window *w = seconds ? &l->second : &l->minute;
    int64_t room;

    if (limit <= 0 || remaining < 0 || w->size == 0)
        return;
    window_cool(w, now_ms);
    w->others = 0;
    room = window_room(w, seconds ? l->rate : w->size, l->in_flight);
    if (room <= remaining)
        return;
    w->others = (int)(room - remaining);
    w->others_until = now_ms + w->span + 1;
}

void limiter_pause(struct limiter *l, int64_t until_ms, int64_t now_ms)
{
    l->pause_until = later(l->pause_until, until_ms);
    if (now_ms < l->calm_until)
        return;
    grow(l, now_ms);
    l->rate = l->rate > 1 ? l->rate / 2 : l->rate;
    l->calm_until = later(l->pause_until, now_ms + SECOND);
    l->rate_ms = l->calm_until;
}

void limiter_show(const struct limiter *l, int64_t now_ms, int *used, int *limit)
{
    const struct window *w = &l->second;
    int cooling = 0;

    while (cooling < w->cooling &&
           w->free_at[(w->head + w->cooling - 1 - cooling) % w->size] > now_ms)
        cooling++;
    *used = l->in_flight + cooling;
    *limit = l->rate;
}
