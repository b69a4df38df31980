#include "solver/routing/moves.h"

/* Or (1976): chains of up to three stops keep what is good between them. */
enum { CHAIN_MAX = 3 };

bool or_opt_evaluate(const struct solution *solution, int32_t i, int32_t j, struct candidate *best)
{
    const struct problem *problem = solution->problem;
    int32_t a = solution->route_of[i], b = solution->route_of[j];
    int32_t at = solution->position_of[i], beside = solution->position_of[j];
    const struct route *route = &solution->routes[a];
    best->gain = 0;
    for (int32_t length = 2; length <= CHAIN_MAX; length++) {
        int32_t last = at + length - 1, first = at - length + 1;
        if (last <= route->count && node_is_stop(problem, route->nodes[last])) {
            /* i leads: behind j as it is, before j turned round. */
            moves_try_segment(solution, a, at, last, b, beside, false, best);
            moves_try_segment(solution, a, at, last, b, beside - 1, true, best);
        }
        if (first >= 1 && node_is_stop(problem, route->nodes[first])) {
            /* i closes: before j as it is, behind j turned round. */
            moves_try_segment(solution, a, first, at, b, beside - 1, false, best);
            moves_try_segment(solution, a, first, at, b, beside, true, best);
        }
    }
    return best->gain > 0;
}
