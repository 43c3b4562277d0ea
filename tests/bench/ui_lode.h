// What the bench does in the explorer alone: a warm profile with 10,000 rows, and keys while work
// goes on. One thread. Bench.
#ifndef TESTS_BENCH_UI_LODE_H
#define TESTS_BENCH_UI_LODE_H

#include "bench/ui_probe.h"

// Lets lode fetch 10,000 rows in this home, and leaves it. false: that did not work.
bool lode_warm(const struct home *home);
// The rows it left become a million. false: that did not work.
bool lode_million(const struct home *home);
// Once it has started on that profile: until all is there, the keys in the results.
bool lode_ready(struct probe *p);

// Keys while work goes on, and between its runs.
struct load {
    struct probe_times loaded, idle;
};

struct lode_times {
    struct probe_times sort, find;
    struct load fetching, decoding, sorting, exporting, hanging, buying;
    struct load turning; // the j behind a sort, and one behind as much painting without any work
};

// Of a bare program alone, and beside a busy thread of its own: what the machine makes of that.
void lode_floor(const struct home *home, const char *const *idle, const char *const *busy,
                struct load *l);
// Of an explorer of a million rows, while those are sorted. false: they were not.
bool lode_sort_many(struct probe *p, struct load *l);
// The last of all buys what it can.
void lode_measure(struct probe *p, struct lode_times *t);

#endif
