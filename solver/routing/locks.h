/* Locks of positions and sequences (instance.h), as the search keeps them. Locks to vehicles are none of
 * this: they are in may_serve, and a vehicle that stops are locked to is a kind of its own.
 *
 * One rule, at every moment of the search: a route keeps its locks. A stop that is `bound`, by a position or
 * a sequence, is put in and taken out with its whole sequence (block.h; ruin.c). A free stop goes into any
 * gap but those inside a sequence, and those before (behind) which too few stops lie, so that one locked to a
 * position would be pushed on: behind the last such stop from the start, and before the first from the end,
 * routes are as free as ever. Moves may do anything that leaves the routes they make with their locks: a
 * sequence may move as a piece or in a tail, stops before a locked position may be exchanged for as many.
 * Taking out stops takes out those with them whose position would change.
 *
 * A problem without these locks has `locks` NULL, and what is asked here is that alone. Gaps cost O(largest
 * position), moves that would otherwise be made O(length of their routes). */
#ifndef BENNE_ROUTING_LOCKS_H
#define BENNE_ROUTING_LOCKS_H

#include "solver/routing/splice.h"

struct locks {
    int32_t *before, *behind; /* by stop: its neighbour in its sequence, -1 none */
    int32_t *front, *rear;    /* by stop: position from the start, from the end; 0 any. What follows from the
                               * positions of others of its sequence is filled in */
    int32_t front_most, rear_most;
};

/* NULL when no position and no sequence is locked. */
error_code locks_build(const struct instance *instance, struct arena *arena, const struct locks **locks,
                       struct error *error) ERROR_CHECKED;

/* Are stops locked to the vehicle? O(locks). */
bool locks_to_vehicle(const struct instance *instance, int32_t vehicle);

static inline bool locks_bind(const struct problem *problem, int32_t stop)
{
    const struct locks *locks = problem->locks;
    return locks != NULL && (locks->before[stop] >= 0 || locks->behind[stop] >= 0 || locks->front[stop] > 0 ||
                             locks->rear[stop] > 0);
}

/* The first stop of a stop's sequence, itself when it has none. */
static inline int32_t locks_head(const struct locks *locks, int32_t stop)
{
    while (locks->before[stop] >= 0) stop = locks->before[stop];
    return stop;
}

/* May a free stop be put behind this visit; or, with the visit before it, be taken out? */
bool locks_gap_open(const struct solution *solution, int32_t after);

/* A stop of the route that is not at its position; -1: none. */
int32_t locks_displaced(const struct solution *solution, int32_t vehicle);

/* Does a route of these nodes, start and end or not, keep its locks? */
bool locks_kept(const struct problem *problem, const int32_t *nodes, int32_t count);

/* Do the routes that these splices make? */
bool locks_allow(const struct solution *solution, const struct splice *splices, int32_t count);

#endif
