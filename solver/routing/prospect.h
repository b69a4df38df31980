/* The best-paying route that one vehicle could drive over stops that nobody serves.
 *
 * Where stops may be left, a vehicle that no single stop pays for may be paid for by many, and insertion one
 * by one does not see it: the first stop pays for the whole way. This is the orienteering problem with
 * windows, for which labels are extended in the order of time, as in the pricing of column generation: a
 * label is a way from the vehicle's start to a stop, with the time, the load and what it pays less what it
 * costs. A way may not visit a stop twice (each label has the set of its stops). It is a heuristic: few
 * labels are kept at a stop, those that pay most for their time whatever their load and set; few stops are
 * looked at behind each; and what sites, breaks and limits of the day take away is left to the exact form of
 * the route (refit.h).
 *
 * Complexity: O(stops + labels × reach × set), labels at most a dozen a candidate. Memory: O(labels × set).
 */
#ifndef BENNE_ROUTING_PROSPECT_H
#define BENNE_ROUTING_PROSPECT_H

#include "solver/base/rng.h"
#include "solver/routing/solution.h"

enum { PROSPECT_CANDIDATES = 768 };

struct prospect_label;

/* Buffers of one thread. */
struct prospect {
    int32_t stops[PROSPECT_CANDIDATES], count; /* candidates */
    int32_t *index;                            /* by stop: its place among the candidates, -1 */
    int32_t *near;                             /* candidate × reach: candidates, nearest first */
    int32_t *kept;                             /* candidate × kept: labels, -1 */
    struct prospect_label *labels;
    int32_t label_count;
    int32_t *heap, heap_count; /* labels by time */
    int32_t *route;            /* the answer: stops in order */
    int32_t route_count;
};

error_code prospect_init(struct prospect *prospect, const struct problem *problem,
                         struct error *error) ERROR_CHECKED;
void prospect_free(struct prospect *prospect);

/* Finds a route for an idle vehicle over unserved stops, those near `seed` first, with a share `overlooked`
 * of them left out; none that locks bind. Into prospect->route; route_count 0 when there is none. */
void prospect_find(struct prospect *prospect, const struct solution *solution, int32_t vehicle, int32_t seed,
                   double overlooked, struct rng *rng);

#endif
