/* Which stops a trip remembers: after a visit to v, those of v's neighbourhood (ng-routes).
 *
 * They begin as the nearest stops, and grow where a solution of the master comes back to a stop too early:
 * every stop on the way round learns to remember it (Roberti and Mingozzi 2014), until NEAR_MOST is reached.
 */
#ifndef BENNE_ROUTING_BOUND_NEIGHBOURHOODS_H
#define BENNE_ROUTING_BOUND_NEIGHBOURHOODS_H

#include "solver/routing/bound/trips.h"

enum { NEAR_FIRST = 8, NEAR_MOST = 24 };

/* `sets` by stop. */
void neighbourhoods_begin(const struct relaxation *relax, struct stop_set *sets);

/* Forbids the trip's cycles where there is room; true when one was. */
bool neighbourhoods_grow(struct stop_set *sets, const int32_t *stops, int32_t count);

#endif
