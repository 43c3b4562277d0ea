// Times as people read them, in their own time zone. UI thread. Floor: ui/pane.
#include "ui/pane/when.h"

#include <stddef.h>
#include <stdio.h>
#include <time.h>

#include "base/mem.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static const int64_t TEN_MONTHS = (int64_t)DAY * 304;

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static struct tm local(int64_t utc_ms)
{
    time_t seconds = (time_t)(utc_ms / SECOND);
    struct tm tm = {0};

    (void)localtime_r(&seconds, &tm);
    return tm;
}

char *when_day(int64_t utc_ms, int64_t now_ms, char buf[static WHEN_MAX])
{
    struct tm tm = local(utc_ms);
    int64_t away = utc_ms > now_ms ? utc_ms - now_ms : now_ms - utc_ms;

    if (away < TEN_MONTHS)
        (void)snprintf(buf, WHEN_MAX, "%s %d", months[tm.tm_mon], tm.tm_mday);
    else
        (void)snprintf(buf, WHEN_MAX, "%s %d", months[tm.tm_mon], tm.tm_year + 1900);
    return buf;
}

char *when_second(int64_t utc_ms, char buf[static WHEN_MAX])
{
    struct tm tm = local(utc_ms);

    (void)snprintf(buf, WHEN_MAX, "%04d-%02d-%02d %02d:%02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1,
                   tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
    return buf;
}

char *when_clock(int64_t utc_ms, char buf[static WHEN_MAX])
{
    struct tm tm = local(utc_ms);

    (void)snprintf(buf, WHEN_MAX, "%02d:%02d:%02d", tm.tm_hour, tm.tm_min, tm.tm_sec);
    return buf;
}

char *when_since(int64_t utc_ms, int64_t now_ms, char buf[static WHEN_MAX])
{
    struct tm tm = local(utc_ms), now = local(now_ms);

    if (tm.tm_yday != now.tm_yday || tm.tm_year != now.tm_year)
        return when_day(utc_ms, now_ms, buf);
    (void)snprintf(buf, WHEN_MAX, "%02d:%02d", tm.tm_hour, tm.tm_min);
    return buf;
}

char *when_age(int64_t utc_ms, int64_t now_ms, char buf[static WHEN_MAX])
{
    static const struct {
        int64_t unit;
        const char *name;
    } units[] = {{(int64_t)DAY * 365, "y"},
                 {(int64_t)DAY * 30, "mo"},
                 {DAY, "d"},
                 {HOUR, "h"},
                 {MINUTE, "min"}};
    int64_t age = now_ms - utc_ms;

    (void)snprintf(buf, WHEN_MAX, "%s", utc_ms ? "now" : "never");
    for (size_t i = 0; utc_ms && i < ARRAY_LEN(units); i++) {
        if (age >= units[i].unit) {
            (void)snprintf(buf, WHEN_MAX, "%lld %s", (long long)(age / units[i].unit),
                           units[i].name);
            break;
        }
    }
    return buf;
}

char *when_span(int64_t ms, char buf[static WHEN_MAX])
{
    long long s = (long long)(ms < 0 ? 0 : ms) / SECOND;

    if (s >= 3600)
        (void)snprintf(buf, WHEN_MAX, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60);
    else
        (void)snprintf(buf, WHEN_MAX, "%lld:%02lld", s / 60, s % 60);
    return buf;
}
