/* A lower bound on what any plan of the day costs that leaves no mandatory stop: by column generation.
 *
 * The day is relaxed to trips (relax.h), of which the master program combines the cheapest (master.h); the
 * trips are found by pricing (pricing.h). When no trip is missing the program's value is a bound, and before
 * that its duals give one too, so that an interrupted computation has an answer. What the relaxation gains
 * too much is then taken away, in this order:
 *
 *   1. numbers that are whole in every plan (vehicles, trips, arrivals at a site) but not in the solution
 *      are branched on: at most so many, or at least one more; the bound is the least of all branches, and
 *      a branch whose bound reaches the cost of the plan known needs no more looking at;
 *   2. trips that come back to a stop: neighbourhoods grow (neighbourhoods.h);
 *   3. cuts on capacities and on subsets of stops (cuts.h), in rounds.
 *
 * The branch of the least bound is worked on next. A bound is rounded down by more than the error of its
 * sums, then up to a multiple of what all costs are multiples of.
 *
 * Measured (`bench_bound 5 12`, made days of 60 stops with one or two sites, 2 vehicles of 2 to 3 trips, a
 * dozen stops a trip; 5 s of the search, then 12 s of the bound, one thread of a busy machine of two cores):
 * 18 of 20 days within 1 %, mean gap 0.43 %. On the first three days, without the capacity cut of all stops
 * the gap was 4.0, 1.4 and 3.4 % after 20 s; an unsolved branch on the number of vehicles costs 15 to 20 %, a
 * vehicle's share; cuts took the first day from 1.4 to 0.9 %. On X-n101-k25 the bound is 27,587 in 4 s (best
 * known 27,591), on R101 1,634.6 (1,637.7), on RC105 1,513.7, on C101 the optimum. What is not seen is how
 * trips pack into shifts one by one: where two trips and a half of each shift are used, the bound may count a
 * vehicle too few. Trips of twenty stops and more may find no bound in a minute.
 *
 * Complexity: pricing is exponential in the stops of a trip, and quick to a dozen or so; at most
 * BOUND_STOPS_MAX stops. Unless the time limit or `cancel` strikes, the result depends on the instance and
 * the plan alone.
 */
#ifndef BENNE_ROUTING_BOUND_BOUND_H
#define BENNE_ROUTING_BOUND_BOUND_H

#include "solver/model/plan.h"
#include "solver/routing/bound/relax.h"

#include <signal.h>

struct bound_progress {
    double seconds;
    money bound; /* the best so far; 0 as long as nothing is known */
};

struct bound_options {
    double time_limit_s;     /* 0: none */
    const struct plan *plan; /* one that serves every mandatory stop; NULL: none known */
    money
        plan_cost; /* without a plan: about what one costs, the scale of all numbers; 0: there is no bound */
    const volatile sig_atomic_t *cancel;                                    /* NULL: never */
    void (*progress)(const struct bound_progress *progress, void *context); /* NULL: silent */
    void *progress_context;
};

struct bound_result {
    bool known;  /* some bound above 0 was proven */
    bool proven; /* no plan costs less than the one given */
    bool ended;  /* nothing more to be gained by time */
    money bound; /* at most plan_cost */
    int32_t branches, trips, capacity_cuts, subset_cuts, pricings;
    double seconds;
};

/* ERROR_MEMORY, or ERROR_INTERNAL when the linear solver fails. An instance of more than BOUND_STOPS_MAX
 * stops has no bound (known: false). */
error_code bound_compute(const struct instance *instance, const struct bound_options *options,
                         struct bound_result *result, struct error *error) ERROR_CHECKED;

#endif
