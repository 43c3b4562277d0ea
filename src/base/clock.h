// Time that tests can set. Every reader gets the clock as a value; nothing reads the system's
// directly. Any thread. Floor: base.
#ifndef LODE_BASE_CLOCK_H
#define LODE_BASE_CLOCK_H

#include <stdint.h>

struct clock {
    void *self;
    int64_t (*utc_ms)(void *self);  // milliseconds since 1970, UTC; may jump
    int64_t (*boot_ms)(void *self); // milliseconds that never go back and count suspend
};

// The system's clocks (CLOCK_REALTIME, CLOCK_BOOTTIME).
struct clock clock_system(void);
int64_t clock_utc_ms(const struct clock *c);
int64_t clock_boot_ms(const struct clock *c);

// The same time of day so many calendar months later, or earlier where they are negative; the
// month's last day where it lacks that day. utc_ms where no calendar has it.
int64_t clock_months(int64_t utc_ms, int months);

enum { CLOCK_ISO_MAX = 24 };
// "2026-11-24T03:42:00Z" of milliseconds since 1970; returns buf.
char *clock_iso(int64_t utc_ms, char buf[static CLOCK_ISO_MAX]);

#endif
