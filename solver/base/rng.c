#include "solver/base/rng.h"

#include <assert.h>
#include <math.h>

/* splitmix64 (Steele, Lea and Flood, 2014; constants of Vigna's reference): a bijection of 64 bits. */
static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

void rng_seed(struct rng *rng, uint64_t seed)
{
    for (int i = 0; i < 4; i++) rng->state[i] = splitmix64(&seed);
}

/* Both numbers pass through the bijection, so that two streams of one seed never start alike, and
 * neighbouring seeds and streams (1, 2), (2, 1) have nothing in common. */
void rng_seed_stream(struct rng *rng, uint64_t seed, uint64_t stream)
{
    uint64_t key = splitmix64(&seed) + stream;
    rng_seed(rng, splitmix64(&key));
}

int32_t rng_below(struct rng *rng, int32_t bound)
{
    assert(bound > 0);
    const uint32_t range = (uint32_t)bound;
    uint64_t product = (rng_next(rng) >> 32) * range;
    if ((uint32_t)product < range) {
        const uint32_t threshold = (0U - range) % range; /* 2^32 mod bound: the excess to reject */
        while ((uint32_t)product < threshold) product = (rng_next(rng) >> 32) * range;
    }
    return (int32_t)(product >> 32);
}

double rng_unit(struct rng *rng)
{
    return (double)(rng_next(rng) >> 11) * 0x1.0p-53;
}

double rng_normal(struct rng *rng)
{
    for (;;) {
        const double x = 2.0 * rng_unit(rng) - 1.0;
        const double y = 2.0 * rng_unit(rng) - 1.0;
        const double square = x * x + y * y;
        if (square > 0.0 && square < 1.0) return x * sqrt(-2.0 * log(square) / square);
    }
}
