/* Perturbation: stops taken out of routes near each other, and the order in which they are put back. One of
 *   strings   of stops that follow each other, from several routes (slack induction by string removals,
 *             Christiaens and Vanden Berghe 2020)
 *   a circle  the stops nearest to one
 *   one row   of stops that follow each other in a route
 * A circle and a row are of use where a descent follows (Máximo and Nascimento 2021). */
#ifndef BENNE_ROUTING_RUIN_H
#define BENNE_ROUTING_RUIN_H

#include "solver/base/rng.h"
#include "solver/routing/solution.h"

typedef enum ruin_shape { RUIN_STRINGS, RUIN_CIRCLE, RUIN_ROW } ruin_shape;
enum { RUIN_SHAPES = 3 };

struct ruin_terms {
    ruin_shape shape;
    double mean_removed;  /* stops taken out on average */
    const int32_t *seeds; /* stops to ruin around, one of them drawn */
    int32_t seed_count;
    bool optional; /* some stop may be left */
};

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

/* Lists a stop, once a round. */
void ruin_list(struct ruin *ruin, int32_t stop);

/* Takes stops out around one; lists them and unserved neighbours in ruin->stops. False when a route
 * keeps no rule even with fewer stops (a triangle that fails): the round is then to be undone. */
bool ruin_make(struct ruin *ruin, struct solution *solution, const struct ruin_terms *terms, struct rng *rng);

/* Orders ruin->stops for reinsertion: mandatory first, then at random, by load, far or near first. */
void ruin_order(struct ruin *ruin, const struct problem *problem, struct rng *rng);

#endif
