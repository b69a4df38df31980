/* Warm start: the routes of a plan as the search's first solution.
 *
 * Of each route the stops are taken that exist, that its vehicle may serve and that no route before has, in
 * their order; calls at sites and the break as in the plan or placed anew, whichever costs less. Stops whose
 * locks the route does not keep are left out; where it then still breaks a rule, its stops join one by one,
 * and those with which it would break it stay out. Unknown vehicles and sites, a vehicle's second route and
 * needless calls are passed over. What is left out is for the search to insert.
 *
 * O(stops of a route × the cost of forming it) for routes that break a rule, a few forms for others. */
#ifndef BENNE_ROUTING_START_H
#define BENNE_ROUTING_START_H

#include "solver/routing/refit.h"

/* Of a solution in which every vehicle is idle; scratch memory from the arena. */
error_code start_from_plan(const struct plan *plan, struct refit *refit, struct solution *solution,
                           struct arena *arena, struct error *error) ERROR_CHECKED;

#endif
