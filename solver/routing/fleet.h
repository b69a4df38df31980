/* Fewer vehicles, where vehicles come first: routes taken apart one after the other.
 *
 * Mandatory stops that the first solution has left are placed first, by rounds of the search; where some
 * resist, no vehicle is spared. Then the stops of a route are taken out and no vehicle may be sent in its
 * place; further rounds put them back among the other routes, pushing others out on the way. A stop left out
 * is cheap at first and becomes dearer with every round, so that those hard to place are placed in the end at
 * the expense of easy ones (the absences of Christiaens and Vanden Berghe 2020). When all are back, the next
 * route is taken apart.
 */
#ifndef BENNE_ROUTING_FLEET_H
#define BENNE_ROUTING_FLEET_H

#include "solver/routing/lane.h"

/* Do the vehicles of the lane's best solution cost so much more than the driving that their number comes
 * first, and might there be fewer? No number of vehicles below the bound can take what the day has to be
 * taken: loads, stops and service times against the limits of the largest vehicle. O(stops + vehicles). */
bool fleet_comes_first(const struct lane *lane);

/* Runs rounds until the lane's share is done, the limits say so, no vehicle can be spared or a stop cannot be
 * placed. The lane then
 * stands at its best solution. */
void fleet_reduce(struct lane *lane);

#endif
