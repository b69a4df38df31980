/* A lane: simulated annealing by one thread.
 *
 * A round: some stops near each other are taken out (ruin.h), or, where stops may be left, a vehicle gets a
 * new route now and then (opening.h); stops are put back one by one where they cost least (insertion.h);
 * moves around all that has changed make the routes cheaper until none is left (descent.h); disposal visits
 * and vehicles are chosen anew for the routes touched (refit.h); the result is kept or undone as the
 * temperature says. Trucks that unload at home alone may be overloaded on the way, at a price that is steered
 * so that most rounds end without.
 *
 * A lane shares nothing that changes with another. What it comes to depends on where it begins, on its random
 * numbers and on the number of rounds alone.
 */
#ifndef BENNE_ROUTING_LANE_H
#define BENNE_ROUTING_LANE_H

#include "solver/routing/descent.h"
#include "solver/routing/insertion.h"
#include "solver/routing/limits.h"
#include "solver/routing/opening.h"
#include "solver/routing/recombine.h"

/* What lanes share and none of them changes. */
struct course {
    const struct problem *problem;
    const struct limits *limits;
    double leg_scale; /* mean cost of a leg of the first solution: the scale of the annealing */
    bool optional;    /* some stop is */
    bool warm;        /* the search begins with a plan */
    int64_t rounds;   /* of all lanes, so far */
    int64_t due;      /* of all lanes, until they next meet */
    double until;     /* how much of the time may be over by then, 0 to 1 */
};

struct lane {
    const struct course *course;
    struct solution solution;
    struct snapshot best;
    struct route_pool pool; /* routes of good solutions */
    struct refit refit;
    struct ruin ruin;
    struct descent descent;
    struct prospect prospect;
    struct rng rng;
    int32_t *seeds, seed_count; /* stops to ruin around */
    int32_t tried, tried_sound; /* rounds since overload got its price; those that needed no repair */
    int64_t share, rounds;      /* rounds to do until the lanes next meet; done of them */
    int64_t changes;            /* of them, rounds that were kept and changed the cost */
    double done;                /* how far the search is, 0 to 1 */
};

/* Every stop is a seed. */
error_code lane_init(struct lane *lane, const struct course *course, uint64_t seed, int32_t number,
                     struct error *error) ERROR_CHECKED;
void lane_free(struct lane *lane);

/* Puts a stop back, alone or with those that are locked to it, if there is a place. */
void lane_put_back(struct lane *lane, int32_t stop, const struct insertion_terms *terms);

/* One round at a temperature, in money. */
void lane_round(struct lane *lane, double temperature);

/* Are there rounds of lane->share to do, and do the limits allow them? Looks at the clock now and then. */
bool lane_goes_on(struct lane *lane);

/* Runs lane->share rounds, fewer when the limits say so or memory is exhausted (lane->solution.memory). */
void lane_run(struct lane *lane);

/* Keeps the solution if it is the lane's best: no more mandatory stops left, and cheaper. */
void lane_note_best(struct lane *lane);

#endif
