// What comes back, and what is due: the only places where the desk moves by itself. UI thread; the
// bell is rung from any. Floor: desk.
#include <stdlib.h>

#include "base/clock.h"
#include "desk/inside.h"

enum {
    BELL_REST_MS = 50, // workers wake the UI thread no more often
    AT_ONCE = 8        // what one desk_serve() takes in; the rest keeps the descriptor readable
};

int64_t desk_now_ms(void)
{
    struct clock clock = clock_system();

    return clock_boot_ms(&clock);
}

int64_t desk_utc_ms(const struct desk *d)
{
    struct clock clock = clock_system();

    (void)d;
    return clock_utc_ms(&clock);
}

void timer_set(struct desk *d, enum timer timer, int64_t in_ms)
{
    d->private->due[timer] = desk_now_ms() + in_ms;
}

void timer_sooner(struct desk *d, enum timer timer, int64_t in_ms)
{
    int64_t at = desk_now_ms() + in_ms, *due = &d->private->due[timer];

    if (*due == 0 || at < *due)
        *due = at;
}

void timer_stop(struct desk *d, enum timer timer)
{
    d->private->due[timer] = 0;
}

// Puts the bell on the queue once, however often it is rung before the UI thread has heard it and
// rested.
void bell_ring(struct desk_private *p, unsigned parts)
{
    (void)atomic_fetch_or(&p->news, parts);
    if (!atomic_exchange(&p->rung, true))
        queue_put(p->replies, &p->bell);
}

static void hear(struct desk *d)
{
    unsigned news = atomic_exchange(&d->private->news, 0);

    if (news & DESK_USAGE)
        usage_take(d);
    desk_changed(d, news);
    timer_set(d, TIMER_BELL, BELL_REST_MS);
}

// The rest is over. What was rung meanwhile counts as one more ring.
static void rested(struct desk *d)
{
    struct desk_private *p = d->private;

    atomic_store(&p->rung, false);
    if (atomic_load(&p->news) && !atomic_exchange(&p->rung, true))
        hear(d);
}

static void take_in(struct desk *d, struct job *job)
{
    if (job == &d->private->bell)
        hear(d);
    else if (said_is(job))
        said_take(d, job);
    else
        task_end(d, (struct task *)job);
}

void serve_until(struct desk *d, const size_t *left, int timeout_ms)
{
    int64_t until = desk_now_ms() + timeout_ms;

    while (*left > 0) {
        int64_t wait = timeout_ms < 0 ? -1 : until - desk_now_ms();
        struct job *job = queue_wait(d->private->replies, wait > 0         ? (int)wait
                                                          : timeout_ms < 0 ? -1
                                                                           : 0);

        if (!job)
            break;
        take_in(d, job);
    }
}

int desk_fd(const struct desk *d)
{
    return queue_fd(d->private->replies);
}

unsigned desk_changes(struct desk *d)
{
    unsigned changed = d->private->changed;

    d->private->changed = 0;
    return changed;
}

unsigned desk_serve(struct desk *d)
{
    struct job *job;

    for (int i = 0; i < AT_ONCE && (job = queue_take(d->private->replies)) != NULL; i++)
        take_in(d, job);
    if (d->private->next && d->private->running == 0)
        start_next(d);
    return desk_changes(d);
}

static void (*const timers[TIMERS])(struct desk *d) = {
    [TIMER_BELL] = rested,      [TIMER_COUNT] = count_due,     [TIMER_SAVE] = session_save,
    [TIMER_PULSE] = pulse_take, [TIMER_ARRANGE] = arrange_due, [TIMER_REST] = rest_begin,
    [TIMER_QUOTE] = quote_age,  [TIMER_SUMS] = sums_due,       [TIMER_RETAIN] = retention_due,
};

int desk_tick_ms(const struct desk *d)
{
    int64_t soonest = 0, left;

    for (int i = 0; i < TIMERS; i++) {
        int64_t due = d->private->due[i];

        if (due && (soonest == 0 || due < soonest))
            soonest = due;
    }
    if (soonest == 0)
        return -1;
    left = soonest - desk_now_ms();
    return left > 0 ? (int)left : 0;
}

void desk_tick(struct desk *d)
{
    int64_t now = desk_now_ms();

    for (int i = 0; i < TIMERS; i++) {
        if (d->private->due[i] == 0 || d->private->due[i] > now)
            continue;
        d->private->due[i] = 0;
        timers[i](d);
    }
}
