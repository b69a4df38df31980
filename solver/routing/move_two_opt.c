#include "solver/routing/moves.h"

/* Turns round positions first … last of a route. */
static void try_reversal(const struct solution *solution, int32_t vehicle, int32_t first, int32_t last,
                         struct candidate *best)
{
    const struct problem *problem = solution->problem;
    const struct route *route = &solution->routes[vehicle];
    const int32_t *nodes = route->nodes;
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    int64_t turned_m = route->back_m[last] - route->back_m[first] - problem->nodes[nodes[last]].inner_m;
    int64_t straight_m = route->ahead_m[last] - route->ahead_m[first] - problem->nodes[nodes[first]].inner_m;
    money gain = leg_price(problem, vehicle, nodes[first - 1], nodes[first]) +
                 leg_price(problem, vehicle, nodes[last], nodes[last + 1]) -
                 leg_price(problem, vehicle, nodes[first - 1], nodes[last]) -
                 leg_price(problem, vehicle, nodes[first], nodes[last + 1]) +
                 (straight_m - turned_m) * vehicle_rate_m(v);
    if (gain <= 0) return;
    struct candidate candidate = {.count = 1};
    candidate.routes[0] = (struct splice){vehicle,
                                          3,
                                          {piece_of(vehicle, 1, first - 1),
                                           {vehicle, first, last, true},
                                           piece_of(vehicle, last + 1, route->count)}};
    moves_keep(solution, &candidate, best);
}

bool two_opt_evaluate(const struct solution *solution, int32_t i, int32_t j, struct candidate *best)
{
    best->gain = 0;
    int32_t vehicle = solution->route_of[i];
    if (vehicle != solution->route_of[j]) return false;
    int32_t at = solution->position_of[i], to = solution->position_of[j];
    if (to > at + 1) try_reversal(solution, vehicle, at + 1, to, best); /* i, j next to each other */
    if (to < at - 1) try_reversal(solution, vehicle, to, at - 1, best); /* j before i turned: j beside i */
    return best->gain > 0;
}
