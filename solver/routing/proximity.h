/* Which stops are near which: the lists that ruin and insertion walk along.
 *
 * Near is what suits a route: the distance of the shorter direction, and the waiting or lateness that the
 * windows of the two force (Vidal et al. 2013). With coordinates, candidates come from a spatial index.
 * Complexity: O(stops²) time, O(stops × neighbours) memory.
 */
#ifndef BENNE_ROUTING_PROXIMITY_H
#define BENNE_ROUTING_PROXIMITY_H

#include "solver/routing/problem.h"

/* Fills problem->neighbours, which the search needs and a given order does not. */
error_code proximity_find(struct problem *problem, struct arena *arena, struct error *error) ERROR_CHECKED;

#endif
