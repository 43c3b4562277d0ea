// The rows that every floor shows: as many and as wide as the explorer's. Floors of the bench.
#ifndef TESTS_BENCH_FLOOR_ROWS_H
#define TESTS_BENCH_FLOOR_ROWS_H

#include <stdio.h>

enum { ROWS = 10000, ROW_MAX = 1024 };

static inline void row_text(int i, char *out, size_t cap)
{
    static const char *const given[] = {"Ana", "Bo", "Carla", "Deniz", "Emeka", "Freya", "Goran"};
    static const char *const family[] = {"Ruiz", "Lind", "Okafor", "Myers", "Thompson"};
    static const char *const title[] = {"VP Data", "Director BI", "Vice President, Marketing"};
    char name[64];

    (void)snprintf(name, sizeof(name), "%s %s %d", given[i % 7], family[i % 5], i);
    (void)snprintf(out, cap, "%c %-28s %-36s %-30s %3d  %c %c %c  %-12s %-8s %-30s",
                   " *"[i % 3 == 0], name, title[i % 3], "Initech Software Holdings", 70 + i % 30,
                   "x."[i % 2], "x."[i % 5 == 0], "x."[i % 4 == 0], i % 6 ? "-" : "2027-08-30",
                   "0-1", "San Francisco, California");
}

#endif
