/* Vehicles sent out where stops may be left: an idle one, or one whose route is given up for a new one.
 *
 * No single stop pays for the way to it, many together may: the route is the best-paying one over unserved
 * stops (prospect.h). With routes closed whole now and then (ruin.h) the search finds how many vehicles pay.
 */
#ifndef BENNE_ROUTING_OPENING_H
#define BENNE_ROUTING_OPENING_H

#include "solver/routing/prospect.h"
#include "solver/routing/refit.h"
#include "solver/routing/ruin.h"

/* Gives a vehicle a new route near `seed`: half of the time the one that serves it, else an idle one. Lists
 * in ruin->stops those given up and unserved ones nearby, which others may serve. False when there is nothing
 * to send or no way to go; routes may have changed then and are to be undone. */
bool opening_make(struct prospect *prospect, struct refit *refit, struct ruin *ruin,
                  struct solution *solution, int32_t seed, struct rng *rng);

#endif
