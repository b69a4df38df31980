/* The optimum of a tiny instance over the whole model: a yardstick for the search that shares nothing with
 * it.
 *
 * First the fewest mandatory stops left, then the least value: cost plus the prizes of the mandatory stops
 * left, as if they were optional. (The model says that those of the highest prize come first; by how much is
 * here, as in the search, their prize.)
 *
 *   V(k, S)  Pareto set of (kg by limited site, cost) of the first k vehicles serving exactly the stops S
 *   V(k, S) = min over T ⊆ S of V(k − 1, S \ T) + tour of vehicle k serving T     (tours.h)
 *
 * At most 7 stops and 3 sites; any number of vehicles. O(vehicles × 3^stops) beside the tours. */
#ifndef BENNE_BENCH_OPTIMUM_H
#define BENNE_BENCH_OPTIMUM_H

#include "solver/model/instance.h"

struct optimum {
    int32_t unserved_mandatory;
    money value;
};

/* The instance is valid and within TINY_STOPS and TINY_SITES. */
error_code optimum_find(const struct instance *instance, struct optimum *optimum,
                        struct error *error) ERROR_CHECKED;

#endif
