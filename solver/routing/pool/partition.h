/* The cheapest combination of pooled routes: set partitioning.
 *
 * With x_r: route r is driven, y_i: stop i is left,
 *
 *     minimise    Σ_r cost_r x_r + Σ_i leaving_price_i y_i
 *     subject to  Σ_{r serves i} x_r + y_i = 1                    for each stop i
 *                 Σ_{r of kind k} x_r <= vehicles_k               for each kind k that is short
 *                 Σ_r use_rq x_r <= supply_q                      for each supply q
 *                 x_r in {0, 1},  y_i >= 0
 *
 * In steps: (1) the linear relaxation over the whole pool, begun at the incumbent; (2) a route whose reduced
 * cost exceeds incumbent − bound can be in nothing better and goes; (3) a core, the routes of the least
 * reduced cost and the incumbent's, is solved by branch and bound with the incumbent to beat; (4) with what
 * was gained and a core twice as large again, until the core is all that is left (then the answer is proven),
 * or a limit strikes. Cores are what makes GLPK strong enough: with all columns its tree takes ten times as
 * long to find as good a combination.
 *
 * What it gives is counted anew in whole money and against the rules before it is returned.
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
    bool improved, proven; /* proven: no combination of the pool is cheaper */
    money cost;            /* of the combination: the incumbent's if not improved */
    double bound;          /* no combination of the pool costs less; -INFINITY: not known */
    int32_t *routes;       /* in the arena; the incumbent's if not improved */
    int32_t count;
    int64_t pivots;
    double seconds;
};

struct partition_options partition_options_default(void);

/* ERROR_MEMORY or ERROR_INTERNAL (the linear solver failed) alone. The incumbent must keep the rules. */
error_code pool_partition(const struct route_pool *pool, const struct partition_terms *terms,
                          const struct partition_options *options, struct arena *arena,
                          struct partition *partition, struct error *error) ERROR_CHECKED;

#endif
