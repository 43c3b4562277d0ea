// How fast answers become rows and rows become CSV, without a network. Bench.
#ifndef TESTS_BENCH_DECODE_H
#define TESTS_BENCH_DECODE_H

#include "support/server.h"

typedef void bench_row(const char *name, double figure, const char *unit, const char *aim);

// On a real page of 100 contacts from the server.
void bench_decode(const struct server *s, bench_row *row);

#endif
