/* Seeded random numbers, always passed explicitly: xoshiro256** (Blackman and Vigna, 2018) seeded by
 * splitmix64. The same seed gives the same sequence on every machine and compiler. O(1) per draw. */
#ifndef BENNE_BASE_RNG_H
#define BENNE_BASE_RNG_H

#include <stdint.h>

struct rng {
    uint64_t state[4];
};

void rng_seed(struct rng *rng, uint64_t seed);

/* An independent stream for a thread, a day or a replication, from the same seed. */
void rng_seed_stream(struct rng *rng, uint64_t seed, uint64_t stream);

uint64_t rng_next(struct rng *rng);

/* Uniform integer in [0, bound), bound > 0, without bias (Lemire 2019). */
int32_t rng_below(struct rng *rng, int32_t bound);

/* Uniform double in [0, 1), 53 bits. */
double rng_unit(struct rng *rng);

/* Standard normal (polar method of Marsaglia). */
double rng_normal(struct rng *rng);

#endif
