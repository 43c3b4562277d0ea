// Caps on credits that hold however many calls are under way. Any thread. Floor: flow.
#include "flow/budget.h"

#include <limits.h>
#include <time.h>

#include "base/mem.h"

enum { DAY_MS = 24 * 3600 * 1000 };

static int64_t midnight(int64_t utc_ms)
{
    time_t t = (time_t)(utc_ms / 1000);
    struct tm tm;

    if (!localtime_r(&t, &tm))
        return utc_ms;
    tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
    tm.tm_isdst = -1;
    return (int64_t)mktime(&tm) * 1000;
}

// A new day begins with nothing charged; what is under way counts for the day it ends in. A clock
// that goes back begins none.
static void turn_day(struct purse *p)
{
    int64_t now = clock_utc_ms(&p->clock), began;

    if (now < p->day_ends_ms)
        return;
    began = midnight(now);
    p->day_ends_ms = midnight(began + DAY_MS + DAY_MS / 2); // days of 23 and of 25 hours too
    if (began <= p->day_began_ms)
        return;
    p->day_began_ms = began;
    p->day.charged = p->day.in_doubt = 0;
}

static void lock(struct purse *p)
{
    (void)pthread_mutex_lock(&p->lock);
    turn_day(p);
}

static void unlock(struct purse *p)
{
    (void)pthread_mutex_unlock(&p->lock);
}

void purse_init(struct purse *p, struct clock clock)
{
    *p = (struct purse){.clock = clock, .session = {.most = CAP_NONE}, .day = {.most = CAP_NONE}};
    (void)pthread_mutex_init(&p->lock, NULL);
}

void purse_destroy(struct purse *p)
{
    (void)pthread_mutex_destroy(&p->lock);
}

static struct cap *cap_of(struct purse *p, enum cap_kind kind)
{
    return kind == CAP_DAY ? &p->day : &p->session;
}

void purse_cap(struct purse *p, enum cap_kind kind, long long most)
{
    lock(p);
    cap_of(p, kind)->most = most;
    unlock(p);
}

int64_t purse_day(struct purse *p)
{
    int64_t began;

    lock(p);
    began = p->day_began_ms;
    unlock(p);
    return began;
}

void purse_load(struct purse *p, long long charged, long long in_doubt)
{
    lock(p);
    if (p->day.reserved == 0) {
        p->day.charged = charged;
        p->day.in_doubt = in_doubt;
    }
    unlock(p);
}

struct cap purse_look(struct purse *p, enum cap_kind kind)
{
    struct cap cap;

    lock(p);
    cap = *cap_of(p, kind);
    unlock(p);
    return cap;
}

void budget_init(struct budget *b, struct purse *p, long long most, long long charged,
                 long long in_doubt)
{
    *b = (struct budget){p, {.most = most, .charged = charged, .in_doubt = in_doubt}};
}

// All caps of a run, by kind.
struct caps {
    struct cap *of[CAPS];
};

static struct caps caps_of(struct budget *b)
{
    return (struct caps){
        {[CAP_JOB] = &b->job, [CAP_SESSION] = &b->purse->session, [CAP_DAY] = &b->purse->day}};
}

static long long room(const struct cap *c, bool reserved)
{
    if (c->most == CAP_NONE)
        return LLONG_MAX;
    return c->most - c->charged - c->in_doubt - (reserved ? c->reserved : 0);
}

bool budget_reserve(struct budget *b, long long credits, enum cap_kind *which)
{
    struct caps caps = caps_of(b);
    bool fits = true;

    lock(b->purse);
    for (int i = 0; fits && credits > 0 && i < CAPS; i++) {
        fits = credits <= room(caps.of[i], true);
        if (!fits)
            *which = (enum cap_kind)i;
    }
    for (int i = 0; fits && i < CAPS; i++)
        caps.of[i]->reserved += credits;
    unlock(b->purse);
    return fits;
}

static void end(struct budget *b, long long reserved, long long charged, long long in_doubt)
{
    struct caps caps = caps_of(b);

    lock(b->purse);
    for (int i = 0; i < CAPS; i++) {
        caps.of[i]->reserved -= reserved;
        caps.of[i]->charged += charged;
        caps.of[i]->in_doubt += in_doubt;
    }
    unlock(b->purse);
}

void budget_settle(struct budget *b, long long reserved, long long charged)
{
    end(b, reserved, charged, 0);
}

void budget_doubt(struct budget *b, long long reserved)
{
    end(b, reserved, 0, reserved);
}

long long budget_hope(struct budget *b)
{
    struct caps caps = caps_of(b);
    long long hope = LLONG_MAX;

    lock(b->purse);
    for (int i = 0; i < CAPS; i++)
        hope = room(caps.of[i], false) < hope ? room(caps.of[i], false) : hope;
    unlock(b->purse);
    return hope;
}

const char *cap_name(enum cap_kind kind)
{
    static const char *const names[CAPS] = {[CAP_JOB] = "--max-credits",
                                            [CAP_SESSION] = "this session's budget",
                                            [CAP_DAY] = "the day's budget"};

    return names[kind];
}
