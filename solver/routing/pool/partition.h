/* The cheapest combination of pooled routes: set partitioning.
 *
 * With x_r: route r is driven, y_i: stop i is left,
 *
 *     minimise    Σ_r cost_r x_r + Σ_i leaving_price_i y_i
 *     subject to  Σ_{r serves i} x_r + y_i = 1                    for each stop i
 *                 Σ_{r of kind k} x_r <= vehicles_k               for each kind k that may run short
 *                 Σ_r use_rq x_r <= supply_q                      for each supply q
 *                 x_r in {0, 1},  0 <= y_i <= 1
 *
 * In steps: (1) the linear relaxation over the whole pool, begun at the incumbent; (2) a route whose reduced
 * cost exceeds incumbent − bound can be in nothing better and goes; (3) a core, the routes of the least
 * reduced cost and the incumbent's, is solved by branch and bound with the incumbent to beat; (4) again with
 * a core twice and four times as large, until the core is all that is left (then the answer is proven) or a
 * limit strikes. Routes seen in good solutions all have small reduced costs: step 2 drops few, and cores are
 * what makes GLPK strong enough. On a pool of 19,000 routes for 935 stops, incumbent 137,669 and optimum
 * 137,501, a core of 2,000 gave 137,525 in 2 s, one of 3,000 137,504 in 4 s, the whole pool 137,535 in 6 s.
 * Equations, not covering with the doubles dropped: the relaxations
 * of both had the same value on each of nine pools, and an equation needs no triangle inequality and no new
 * costs.
 *
 * The result is counted anew in whole money and against the rules before it is returned. It may be cheaper
 * than the incumbent by a better order alone: the pool keeps the cheapest order of each set it has seen.
 *
 * When it pays. Measured on the 50 X instances (100 to 1,000 stops; 100,000 rounds of the search, 3 s; every
 * accepted solution within 1 % of the best offered to the pool from 30 % of the rounds on; one call at the
 * end, 0.6 s of CPU in the mean, 0.2 at 200 stops, 1 to 2 at 900): cheaper on 42 of 50, by 0.053 % in the
 * mean.
 *
 *     stops a route    instances    gain %    CPU s    proven
 *     under 4                  5     0.195      0.2         1
 *     4 to 8                  19     0.031      0.6         0
 *     8 to 12                  9     0.067      0.7         0
 *     12 to 18                 8     0.029      0.6         2
 *     over 18                  9     0.028      0.7         7
 *
 * The length of the routes is thus no reason to leave it out: long routes combine seldom, but then the
 * relaxation is nearly whole and the answer quick. Time is: a call takes some 3 × 10^-8 s by stops × nodes of
 * the pool, and should not take more than a twentieth of the search (partition_pays). Offering routes from
 * 70 % of the rounds on gave as much as from 30 %, at a tenth of the time (nine runs of 200,000 rounds: 0.057
 * and 0.047 % in the mean, in 0.1 and 0.9 s). Five calls on the way from 50 % on, each taken up by the
 * search, ended cheaper than one call at the end in five of eight such runs, by 0.065 % in the mean, but took
 * about as long as the search itself.
 */
#ifndef BENNE_ROUTING_POOL_PARTITION_H
#define BENNE_ROUTING_POOL_PARTITION_H

#include "solver/base/arena.h"
#include "solver/routing/pool/route_pool.h"

#include <signal.h>

struct partition_terms {
    const money *leaving_price;  /* by stop */
    const int32_t *vehicles;     /* by kind; NULL: as many as wanted */
    const int64_t *supply_limit; /* by supply */
    const int32_t *incumbent;    /* routes of the pool: the combination to beat, stops of none are left */
    int32_t incumbent_count;
};

struct partition_options {
    int64_t pivot_limit;                 /* of the simplex method; 0: none. Alone: the answer is repeatable */
    double time_limit_s;                 /* 0: none */
    const volatile sig_atomic_t *cancel; /* NULL: never */
};

struct partition {
    bool improved; /* another combination than the incumbent */
    bool proven;   /* none of the pool is cheaper */
    money cost;
    double bound;    /* no combination of the pool costs less; -INFINITY: not known */
    int32_t *routes; /* of the pool; in the arena */
    int32_t count;
    int64_t pivots;
    double seconds;
};

/* A pivot limit that suits the size, no clock. */
struct partition_options partition_options_default(int32_t stop_count);

/* Is it worth its time to a search of so many seconds? */
bool partition_pays(const struct route_pool *pool, double search_s);

/* ERROR_MEMORY alone: when the linear solver fails, the best combination so far is the answer. The incumbent
 * must keep the rules. */
error_code pool_partition(const struct route_pool *pool, const struct partition_terms *terms,
                          const struct partition_options *options, struct arena *arena,
                          struct partition *partition, struct error *error) ERROR_CHECKED;

#endif
