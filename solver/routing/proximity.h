/* Which stops are near which: the lists that ruin and insertion walk along.
 *
 * Near is what suits a route: the distance of the shorter direction, and the waiting or lateness that the
 * windows of the two force (Vidal et al. 2013). For some thousand stops, all pairs are compared, O(stops²);
 * for more, where places have points, those nearest in a straight line, O(stops × neighbours × log stops).
 * Memory O(stops × neighbours).
 */
#ifndef BENNE_ROUTING_PROXIMITY_H
#define BENNE_ROUTING_PROXIMITY_H

#include "solver/routing/problem.h"

/* Fills problem->neighbours, which the search needs and a given order does not. */
error_code proximity_find(struct problem *problem, struct arena *arena, struct error *error) ERROR_CHECKED;

#endif
