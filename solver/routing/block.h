/* Putting in a stop that is locked to a position or in a sequence: with its whole sequence, a block of stops
 * one after the other, and at its position where it has one. Gaps of all routes that may serve the block, and
 * of one idle vehicle of each kind, are ranked by their legs; the best few are tried as whole routes, calls
 * at sites placed anew. O(stops) and a few times what a route costs to form: locked stops are few. */
#ifndef BENNE_ROUTING_BLOCK_H
#define BENNE_ROUTING_BLOCK_H

#include "solver/routing/insertion.h"
#include "solver/routing/refit.h"

/* Inserts the sequence of the stop where it costs least; false when it stays out. A stop already in a route
 * stays there: true. Unless at any price, only for less than what leaving the block costs. */
bool block_insert(struct refit *refit, struct solution *solution, int32_t stop,
                  const struct insertion_terms *terms, struct rng *rng);

/* When a stop is put back, as an addition to its key in ruin_order: first and last stops come before all
 * others; positions beyond these, which need others before them, behind; sequences before the free stops, to
 * find the room that they need together, or, `late`, at the very end. */
int64_t block_rank(const struct problem *problem, int32_t stop, bool late);

#endif
