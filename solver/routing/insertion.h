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

struct insertion_terms {
    double blink;
    bool at_any_price; /* optional stops too: not only below their prize */
    bool larger;       /* a full route may be handed to a larger vehicle */
    double generosity; /* an optional stop may cost so much more than its prize, in the mean */
};

/* Inserts the stop where it costs least; false when it stays out. */
bool insertion_make(struct solution *solution, int32_t stop, const struct insertion_terms *terms,
                    struct rng *rng);

#endif
