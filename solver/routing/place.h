/* What a stop would cost behind a visit, in O(1) from the running sums.
 *
 * Exact, and never allowed where a rule forbids it, unless the vehicle's kind is intricate: then it is an
 * estimate that forbids nothing possible, for solution_confirm to confirm. Where the trip has no room left,
 * or the route is empty or unloaded for good, the stop comes with a call at one of the sites near it.
 */
#ifndef BENNE_ROUTING_PLACE_H
#define BENNE_ROUTING_PLACE_H

#include "solver/routing/solution.h"

#define IMPOSSIBLE INT64_MAX

struct place {
    money price; /* of serving the stop there; IMPOSSIBLE */
    int32_t vehicle, after;
    int32_t site;    /* node called at with the stop; -1: none */
    bool site_first; /* the site lies before the stop */
    int32_t into;    /* an idle vehicle that takes the route over, since it has more room; -1: none */
};

struct place place_find(const struct solution *solution, int32_t stop, int32_t after);

/* Carries it out, sums and estimated cost included. Where trucks have several compartments, calls at sites
 * that have become needless go; true when one did. */
bool place_take(struct solution *solution, int32_t stop, const struct place *place);

/* The reverse of a place_take that was false, and the last change of the route: visits are as they were. */
void place_leave(struct solution *solution, int32_t stop, const struct place *place);

#endif
