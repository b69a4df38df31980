/* Where an unserved stop fits best: beside its neighbours, in a vehicle not yet used, or, failing these,
 * anywhere.
 *
 * The neighbours are gone through, nearest first, until ENOUGH of them have offered a place: in a plan whose
 * trucks are full, the nearest with room may be far down the list. `blink` is the probability of overlooking
 * a place (Christiaens and Vanden Berghe 2020): it keeps the search from rebuilding what it has just ruined.
 */
#ifndef BENNE_ROUTING_INSERTION_H
#define BENNE_ROUTING_INSERTION_H

#include "solver/base/rng.h"
#include "solver/routing/place.h"

/* Inserts the stop where it costs least, an optional one only below its prize unless it is wanted at any
 * price; false when it stays out. */
bool insertion_make(struct solution *solution, int32_t stop, bool at_any_price, double blink,
                    struct rng *rng);

#endif
