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
 * Pairs of near stops are no part of a tour, but those that it keeps together are: they are taken off its
 * cost, and at the end the price of all pairs within the stops served is added.
 *
 * and a plan that has it, found by going back through the V. At most 7 stops, 3 sites and 3 vehicles.
 * O(vehicles × 3^stops) beside the tours. */
#ifndef BENNE_BENCH_OPTIMUM_H
#define BENNE_BENCH_OPTIMUM_H

#include "solver/model/instance.h"
#include "solver/model/plan.h"

enum { TINY_VEHICLES = 3 };

struct optimum {
    int32_t unserved_mandatory;
    money value;
};

bool optimum_less(struct optimum a, struct optimum b);

/* The instance is valid and within TINY_STOPS, TINY_SITES and TINY_VEHICLES; the plan is freed by the caller.
 */
error_code optimum_find(const struct instance *instance, bool any_calls, struct optimum *optimum,
                        struct plan *plan, struct error *error) ERROR_CHECKED;

#endif
