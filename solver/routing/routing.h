/* Routing: from a frozen instance to a plan, anytime.
 *
 * Stops after the time limit or after the iterations, whichever comes first; with an iteration limit alone
 * the plan depends on instance and seed only, byte for byte, whatever the number of threads. `cancel` is
 * read often and may be set by a signal handler: the best plan so far is then returned.
 *
 * The method: a first solution by insertion (construct.h), or a plan to begin with (start.h); where vehicles
 * come first, routes taken apart (fleet.h); then simulated annealing, a round at a time (lane.h), by several
 * threads that meet every few rounds (lanes.h); towards the end the routes of good solutions are put together
 * anew (recombine.h). What a round costs depends on the stops it touches, not on how many there are.
 *
 * With more than one thread, and the time alone as limit, there are as many lanes as threads. With a number
 * of rounds the instance says how many lanes there are.
 *
 * The plan returned satisfies the hard rules of instance.h by the search's own account; the caller has it
 * checked. Mandatory stops that found no place are in no route (the caller exits with 4).
 */
#ifndef BENNE_ROUTING_ROUTING_H
#define BENNE_ROUTING_ROUTING_H

#include "solver/base/arena.h"
#include "solver/model/instance.h"
#include "solver/model/plan.h"

#include <signal.h>

struct routing_progress {
    double seconds;
    int64_t iterations;
    money cost;
    int32_t unserved; /* mandatory stops */
};

struct routing_options {
    uint64_t seed;
    int64_t iterations;  /* 0: no limit */
    double time_limit_s; /* 0: no limit; one of the two must be given */
    int32_t threads;
    const struct plan *start; /* NULL: none. The search begins with its routes (start.h), and cooler; where it
                               * keeps the rules, the result costs no more */
    const volatile sig_atomic_t *cancel;                                      /* NULL: never */
    void (*progress)(const struct routing_progress *progress, void *context); /* NULL: silent */
    void *progress_context;
};

struct routing_result {
    struct plan plan; /* freed by the caller: plan_free */
    money cost;       /* by the search's own account: the checker must agree */
    int64_t iterations;
    double seconds;
};

struct routing_options routing_options_default(void);

error_code routing_solve(const struct instance *instance, const struct routing_options *options,
                         struct routing_result *result, struct error *error) ERROR_CHECKED;

/* Appends to `plan` the route of `vehicle` that visits `stops` in the order given, with unloadings, break
 * and departure chosen to keep the rules and then the cost low. When the order cannot keep the rules, the
 * route is still made (the checker names what it breaks). */
error_code routing_follow(const struct instance *instance, int32_t vehicle, const int32_t *stops,
                          int32_t stop_count, struct plan *plan, struct error *error) ERROR_CHECKED;

#endif
