/* Who serves which stop: what it costs that a stop has gone to another vehicle than in the plan people know,
 * and that neighbours are served by different vehicles (instance.h, stability and overlap).
 *
 * A change of vehicle is part of its route's cost, so that all that compares routes sees it. A pair of stops
 * torn apart is a part of no route: it stands in totals.apart, and in totals.cost, and changes wherever a
 * stop's vehicle does. That is in three places: a stop linked or unlinked, and a visit restrung. Whole routes
 * handed from one vehicle to another tear nothing apart.
 *
 * Places and moves are priced exactly, O(partners) for each stop whose vehicle changes; where the instance
 * has neither reference nor pairs (problem.quality) nothing of this is looked at. Routes pooled for the set
 * partitioning know nothing of each other: with pairs none are pooled.
 */
#ifndef BENNE_ROUTING_QUALITY_H
#define BENNE_ROUTING_QUALITY_H

#include "solver/routing/splice.h"

/* Fills the problem's reference and partners. *named: by vehicle, is it in the reference? */
error_code quality_build(struct problem *problem, struct arena *arena, bool **named,
                         struct error *error) ERROR_CHECKED;

/* More than quality can make any single stop cost. */
money quality_most(const struct problem *problem);

/* What the partners of a stop cost that are served by others than this vehicle. */
money quality_apart_price(const struct solution *solution, int32_t vehicle, int32_t stop);

/* The same, and its change: what the stop costs in this vehicle beside the way. */
money quality_stop_price(const struct solution *solution, int32_t vehicle, int32_t stop);

/* What splices change about who serves which stop, all routes concerned being spliced. The visits' vehicles
 * are changed meanwhile, and put back. */
money quality_splice_price(struct solution *solution, const struct splice *splices, int32_t count);

/* What quality costs the solution, for each stop served: the scale of what a change of it may cost. */
double quality_mean_cost(const struct solution *solution);

/* What taking the route's next few stops from u on away could save at most: changes, torn pairs, and
 * imbalance. Ahead is by next or, `back`, by prev. */
money quality_relief(const struct solution *solution, int32_t u, int32_t stops, bool back);

#endif
