// Time that tests can set. Any thread. Floor: base.
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

static int64_t read_ms(clockid_t id)
{
    struct timespec t;

    (void)clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t system_utc(void *self)
{
    (void)self;
    return read_ms(CLOCK_REALTIME);
}

static int64_t system_boot(void *self)
{
    (void)self;
    return read_ms(CLOCK_BOOTTIME);
}

struct clock clock_system(void)
{
    return (struct clock){.utc_ms = system_utc, .boot_ms = system_boot};
}

int64_t clock_utc_ms(const struct clock *c)
{
    return c->utc_ms(c->self);
}

int64_t clock_boot_ms(const struct clock *c)
{
    return c->boot_ms(c->self);
}

int64_t clock_months(int64_t utc_ms, int months)
{
    time_t t = (time_t)(utc_ms / 1000);
    struct tm tm;
    int day;

    if (!gmtime_r(&t, &tm))
        return utc_ms;
    day = tm.tm_mday;
    tm.tm_mon += months;
    t = timegm(&tm);
    if (tm.tm_mday != day) {
        tm.tm_mday = 0;
        t = timegm(&tm);
    }
    return (int64_t)t * 1000 + utc_ms % 1000;
}

char *clock_iso(int64_t utc_ms, char buf[static CLOCK_ISO_MAX])
{
    time_t t = (time_t)(utc_ms / 1000 - (utc_ms % 1000 < 0));
    struct tm tm;

    if (!gmtime_r(&t, &tm) || strftime(buf, CLOCK_ISO_MAX, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        (void)snprintf(buf, CLOCK_ISO_MAX, "?");
    return buf;
}
