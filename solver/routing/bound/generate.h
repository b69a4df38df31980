/* Column generation in one branch of the bound: trips are found until none that pays is missing.
 *
 *     repeat  solve the master; find trips that pay at its duals, with as little effort as does
 *     until   the bound is near the master's value, the branch is beaten, or time is up
 *
 * Full pricing gives a bound at whatever duals it is done; trips are priced between the master's duals and
 * those of the best bound so far (smoothing, Wentges 1997), which swing less. Ownership: of what a generation
 * points to, the arena's is the driver's (bound.c).
 */
#ifndef BENNE_ROUTING_BOUND_GENERATE_H
#define BENNE_ROUTING_BOUND_GENERATE_H

#include "solver/routing/bound/bound.h"
#include "solver/routing/bound/master.h"

/* Bounds on the counts, and what they imply. */
struct branch {
    double *lower, *upper; /* by count */
    double bound;          /* scaled */
    bool ended;            /* no more to be gained */
};

struct generation {
    const struct bound_options *options;
    struct bound_result *result;
    struct arena arena;
    struct instance bare; /* without the prices of quality */
    struct problem problem;
    struct relaxation relax;
    struct master master;
    struct pricing pricing;
    struct pricing_limits limits;
    struct tolls tolls;
    struct stop_set *neighbourhoods;
    double *duals;  /* of the master, by row */
    double *centre; /* those of the best bound of the branch at hand */
    double *priced; /* at which trips are priced: between the two */
    double centre_bound;
    double near; /* how near the bound must come to the master's value */
    double *entering, *penalty;
    struct branch *branches;
    int32_t branch_count;
    lp_method method;
    double started_s;
};

bool generation_over(const struct generation *g);

/* A scaled bound as money: rounded down by more than its error, then up to what costs are multiples of. */
money generation_money(const struct generation *g, double scaled);

/* No plan of such a bound costs less than the one known. */
bool generation_beaten(const struct generation *g, double scaled);

/* The branch of the least bound; the best bound of all plans is its. */
struct branch *generation_worst(const struct generation *g);

/* Raises the branch's bound. *converged: the master's solution may be cut or branched on. */
error_code generation_converge(struct generation *g, struct branch *branch, bool *converged,
                               struct error *error) ERROR_CHECKED;

#endif
