/* Routes that the search has passed, put together anew.
 *
 * The search offers the routes of each solution that it accepts and that is nearly as good as the best; now
 * and then the cheapest combination of all of them is sought (pool/partition.h) and the search goes on from
 * there. Routes of the first half of the search are not offered: they gained nothing (figures in
 * pool/partition.h). Nor where pairs of stops have a price: it is of no route alone, and nothing is put
 * together then.
 */
#ifndef BENNE_ROUTING_RECOMBINE_H
#define BENNE_ROUTING_RECOMBINE_H

#include "solver/routing/pool/partition.h"
#include "solver/routing/snapshot.h"

/* Bounds of a pool that suits the problem. */
struct pool_size recombination_pool_size(const struct problem *problem);

struct recombination {
    struct route_pool pool;
    money *leaving_price;  /* by stop */
    int64_t *supply_limit; /* kilograms by site, where some are limited */
    int32_t *vehicles;     /* by kind */
    int32_t *pooled;       /* by vehicle: its route in the pool, for a moment */
    bool *chosen;          /* by route of the pool, for a moment */
};

error_code recombination_init(struct recombination *recombination, const struct problem *problem,
                              struct error *error) ERROR_CHECKED;
void recombination_free(struct recombination *recombination);

/* Offers a pool a vehicle's route as it stands. O(length). */
void recombination_offer(struct route_pool *pool, struct solution *solution, int32_t vehicle);

/* Seeks a cheaper combination than the solution, which must be sound, and makes the solution that: *improved.
 * By the size of the pool alone, or within limit_s seconds when that is above 0. */
error_code recombination_run(struct recombination *recombination, struct solution *solution, double limit_s,
                             const volatile sig_atomic_t *cancel, bool *improved,
                             struct error *error) ERROR_CHECKED;

#endif
