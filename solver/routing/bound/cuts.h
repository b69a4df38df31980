/* Which cuts the solution of the master breaks.
 *
 * Capacity: stops that fill so many of the largest trucks are entered at least as often. Sets are grown stop
 * by stop from each stop in turn, towards where the trips go on. Mandatory stops alone count.
 *
 * Subset (Jepsen et al. 2008, Pecin et al. 2017): of the trips that visit two of three stops or more, one at
 * most is driven. All triples are looked at. A cut's memory is what the trips at hand drive through between
 * two members: no more labels are told apart than that asks for.
 */
#ifndef BENNE_ROUTING_BOUND_CUTS_H
#define BENNE_ROUTING_BOUND_CUTS_H

#include "solver/routing/bound/master.h"

/* The capacity cut of all mandatory stops together: the trips of the day. */
error_code cuts_add_whole(struct master *master, struct error *error) ERROR_CHECKED;

/* Adds the most violated ones; *added: how many. After a solve of the master. */
error_code cuts_add_capacity(struct master *master, int32_t *added, struct error *error) ERROR_CHECKED;
error_code cuts_add_subset(struct master *master, int32_t *added, struct error *error) ERROR_CHECKED;

#endif
