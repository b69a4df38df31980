/* The first solution: every stop put in where it costs least, one after the other. */
#ifndef BENNE_ROUTING_CONSTRUCT_H
#define BENNE_ROUTING_CONSTRUCT_H

#include "solver/routing/lane.h"

/* Fills the lane's solution from where it stands; the cheapest that came on the way is in lane->best.
 * Optional stops come in at any price once those that pay by themselves are in: many that do not would pay
 * together, and the search takes out what does not. */
void construct(struct lane *lane);

/* The first price of overload, where trucks unload at home alone: as much as four legs for a load of mean
 * size. */
struct soft construct_soft(const struct problem *problem, double leg_scale);

/* What a leg of the solution costs on average, in metres and seconds driven and in quality; 0 without routes.
 */
double construct_leg_scale(const struct solution *solution);

#endif
