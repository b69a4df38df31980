/* Perturbation: strings of neighbouring stops taken out of neighbouring routes (slack induction by string
 * removals, Christiaens and Vanden Berghe 2020), and the order in which they are put back. */
#ifndef BENNE_ROUTING_RUIN_H
#define BENNE_ROUTING_RUIN_H

#include "solver/base/rng.h"
#include "solver/routing/solution.h"

struct ruin {
    int32_t *stops; /* taken out, and unserved ones nearby worth another try */
    int32_t count;
    uint32_t *seen; /* by stop: taken in this round */
    uint32_t *cut;  /* by vehicle: route already cut in this round */
    uint32_t round;
    int64_t *keys; /* by stop: scratch of the ordering */
};

error_code ruin_init(struct ruin *ruin, const struct problem *problem, struct error *error) ERROR_CHECKED;
void ruin_free(struct ruin *ruin);

/* Takes stops out around a random one; lists them and unserved neighbours in ruin->stops. False when a route
 * keeps no rule even with fewer stops (a triangle that fails): the round is then to be undone. */
bool ruin_make(struct ruin *ruin, struct solution *solution, struct rng *rng);

/* Orders ruin->stops for reinsertion: mandatory first, then at random, by load, far or near first. */
void ruin_order(struct ruin *ruin, const struct problem *problem, struct rng *rng);

#endif
