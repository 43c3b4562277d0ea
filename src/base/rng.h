// A small seeded random generator: same seed, same numbers, everywhere. For jitter and invented
// data, never for secrets. One owner at a time. Floor: base.
#ifndef LODE_BASE_RNG_H
#define LODE_BASE_RNG_H

#include <stdint.h>

struct rng {
    uint64_t state;
};

struct rng rng_seed(uint64_t seed);
uint64_t rng_next(struct rng *r);
// 0 <= value < n; n > 0.
uint32_t rng_below(struct rng *r, uint32_t n);
// 0 <= value < 1.
double rng_unit(struct rng *r);
// A well-mixed hash of one number: random access into a reproducible stream.
uint64_t rng_mix(uint64_t x);

#endif
