// What the benches without a screen share: clocks, and stopping where a call fails. Bench.
#ifndef TESTS_BENCH_REPORT_H
#define TESTS_BENCH_REPORT_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/err.h"

static inline double clock_ms(clockid_t clock)
{
    struct timespec t;

    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// A figure in its line; the aim may be "".
static inline void report(const char *name, double figure, const char *unit, const char *aim)
{
    (void)printf("%-60s %12.2f %-12s %s\n", name, figure, unit, aim);
    (void)fflush(stdout);
}

static inline void must(bool ok, const struct err *e)
{
    if (ok)
        return;
    (void)fprintf(stderr, "%s: %s\n", program_invocation_short_name, e->text);
    exit(1);
}

#endif
