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

static inline uint64_t rng_rotate_left(uint64_t x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

/* 64 random bits. Inline: searches draw millions a second. */
static inline uint64_t rng_next(struct rng *rng)
{
    uint64_t *s = rng->state;
    const uint64_t result = rng_rotate_left(s[1] * 5, 7) * 9;
    const uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rng_rotate_left(s[3], 45);
    return result;
}

/* Uniform integer in [0, bound), bound > 0, without bias (Lemire 2019). */
int32_t rng_below(struct rng *rng, int32_t bound);

/* Uniform double in [0, 1), 53 bits. */
double rng_unit(struct rng *rng);

/* Standard normal (polar method of Marsaglia). */
double rng_normal(struct rng *rng);

#endif
