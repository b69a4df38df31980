/* Small random instances over the whole routing model, and random plans for them: for tests that compare
 * one judgement with another. Numbers are small, so that every rule is kept and broken often. */
#ifndef BENNE_BENCH_RANDOM_INSTANCE_H
#define BENNE_BENCH_RANDOM_INSTANCE_H

#include "solver/base/arena.h"
#include "solver/base/rng.h"
#include "solver/model/instance.h"
#include "solver/model/plan.h"

/* The most that is drawn of each (and the fewest sites); vehicles and streams are 1 to 3. */
struct draw {
    int32_t stops, sites_least, sites, places, compartments;
    bool easy;   /* limits seldom bind */
    bool closed; /* no way is longer than one through other places */
};

struct instance random_instance_of(struct rng *rng, struct arena *arena, const struct draw *draw);

/* 1 to 6 stops, 1 or 2 sites, 1 to 3 vehicles, 1 to 3 streams; with `easy`, limits seldom bind. */
struct instance random_instance(struct rng *rng, struct arena *arena, bool easy);

/* Gives half of the stops, in half of the instances, a release; no window or limit is moved for it. */
void random_releases(struct rng *rng, struct arena *arena, struct instance *instance);

/* Locks some stops to vehicles, positions and behind others, so that the instance stays valid. */
void random_locks(struct rng *rng, struct arena *arena, struct instance *instance);

/* Gives the instance each of the three prices of quality half of the time: a reference, pairs of stops, a
 * target of work. */
void random_quality(struct rng *rng, struct arena *arena, struct instance *instance);

/* 1 to 7 stops, none to 3 sites, up to 3 compartments, releases; easy or not, with the triangle inequality or
 * without; half of the time every stop is wanted, else some prizes pay and some do not. */
struct instance random_tiny_instance(struct rng *rng, struct arena *arena);

/* A plan with steps in any order; the caller frees it. */
struct plan random_plan(struct rng *rng, const struct instance *instance);

#endif
