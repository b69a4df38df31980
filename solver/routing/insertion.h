/* Where an unserved stop fits best: beside its neighbours, in a vehicle not yet used, or, failing these,
 * anywhere. Estimates first (O(1) a place), then the exact route of the best few until one is allowed.
 *
 * A place where the trip has no room left is measured with an unloading before or after the stop. `blink` is
 * the probability of overlooking a place (Christiaens and Vanden Berghe 2020): it keeps the search from
 * rebuilding what it has just ruined.
 */
#ifndef BENNE_ROUTING_INSERTION_H
#define BENNE_ROUTING_INSERTION_H

#include "solver/base/rng.h"
#include "solver/routing/splice.h"

/* Inserts the stop where it costs least, an optional one only below its prize; false when it stays out. */
bool insertion_make(struct workshop *workshop, int32_t stop, double blink, struct rng *rng, bool *memory);

#endif
