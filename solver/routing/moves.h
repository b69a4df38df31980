/* The moves of the descent, one file each: a stop i, one of its near stops j, and the ways of making them
 * neighbours in a route. A move writes nothing but its best candidate; the descent carries it out.
 *
 *   relocate      i beside j
 *   or_opt        two or three stops that begin or end with i beside j, either way round
 *   swap          i against a stop beside j; also pairs
 *   two_opt       j after i in one route, by turning round what lies between
 *   two_opt_star  j after i from another route, by exchanging what follows
 *
 * Metres and seconds of the legs changed are added up first (leg_price); only what gains there is measured
 * whole. A gain that is waiting alone is not looked for.
 */
#ifndef BENNE_ROUTING_MOVES_H
#define BENNE_ROUTING_MOVES_H

#include "solver/routing/splice.h"

struct move {
    const char *name;
    /* The best candidate for the pair; false when none promises. */
    bool (*evaluate)(const struct solution *solution, int32_t i, int32_t j, struct candidate *best);
};

extern const struct move MOVES[];
extern const int32_t MOVE_COUNT;

bool relocate_evaluate(const struct solution *solution, int32_t i, int32_t j, struct candidate *best);
bool or_opt_evaluate(const struct solution *solution, int32_t i, int32_t j, struct candidate *best);
bool swap_evaluate(const struct solution *solution, int32_t i, int32_t j, struct candidate *best);
bool two_opt_evaluate(const struct solution *solution, int32_t i, int32_t j, struct candidate *best);
bool two_opt_star_evaluate(const struct solution *solution, int32_t i, int32_t j, struct candidate *best);

/* What a leg costs a vehicle, overtime and waiting aside. */
static inline money leg_price(const struct problem *problem, int32_t vehicle, int32_t from, int32_t to)
{
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    money price = leg_m(problem, v->profile, from, to) * vehicle_rate_m(v);
    return v->cost_per_s == 0 ? price : price + leg_s(problem, v->profile, from, to) * v->cost_per_s;
}

/* Keeps the candidate when it promises more than the best so far. */
static inline void moves_keep(const struct solution *solution, struct candidate *candidate,
                              struct candidate *best)
{
    if (candidate_promising(solution, candidate) && candidate->gain > best->gain) *best = *candidate;
}

/* Segment first … last of vehicle a's route moved behind position `after` of vehicle b's (a = b allowed, the
 * position then outside the segment): kept in *best if it promises more. Used by relocate and or_opt. */
void moves_try_segment(const struct solution *solution, int32_t a, int32_t first, int32_t last, int32_t b,
                       int32_t after, bool reversed, struct candidate *best);

#endif
