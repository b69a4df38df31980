#include "solver/routing/bound/generate.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Scaled; a thousand sums of terms up to BOUND_UNITS err by less than a hundredth of it. */
static const double SAFETY = 1e-6;
/* The part of the centre in the duals at which trips are priced. */
static const double SMOOTHING = 0.3;
/* Of the plan's cost: what a branch must seem to cost before less than the master's duals will do. */
static const double BEATEN_AT = 1.03;
/* Pricing and master add up the same terms in another order. */
static const double AGREEMENT = 1e-3;
/* Trips kept in the master: when there are more, those that cost most beyond their prices go. */
enum { TRIPS_MOST = 3000, TRIPS_KEPT = 1500 };

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

bool generation_over(const struct generation *g)
{
    return now_s() >= g->limits.until_s || (g->options->cancel != NULL && *g->options->cancel);
}

/* ---- The bound in money ------------------------------------------------------------------------------- */

money generation_money(const struct generation *g, double scaled)
{
    const double exact = (scaled - SAFETY - 1e-9 * fabs(scaled)) / g->relax.scale;
    if (exact <= 0) return 0;
    const money grain = g->relax.grain;
    return (money)ceil(exact / (double)grain) * grain;
}

bool generation_beaten(const struct generation *g, double scaled)
{
    return g->options->plan != NULL && generation_money(g, scaled) >= g->options->plan_cost;
}

struct branch *generation_worst(const struct generation *g)
{
    struct branch *worst = &g->branches[0];
    for (int32_t b = 1; b < g->branch_count; b++)
        if (g->branches[b].bound < worst->bound) worst = &g->branches[b];
    return worst;
}

static void report(const struct generation *g)
{
    if (g->options->progress == NULL) return;
    const struct bound_progress progress = {now_s() - g->started_s,
                                            generation_money(g, generation_worst(g)->bound)};
    g->options->progress(&progress, g->options->progress_context);
}

/* ---- Column generation -------------------------------------------------------------------------------- */

/* Adds the trips found; *useful: those that pay at the master's own duals. */
static error_code keep_found(struct generation *g, int32_t net, int32_t *useful, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct pricing *pricing = &g->pricing;
    for (int64_t t = 0; t < pricing->trips.count; t++) {
        const struct found_trip *trip = &pricing->trips.items[t];
        TRY(master_add_trip(&g->master, net, trip->start, pricing->stops.items + trip->first, trip->count,
                            trip->end, error));
        assert(fabs(master_last_reduced_cost(&g->master, g->priced) - trip->reduced_cost) < AGREEMENT);
        *useful += master_last_reduced_cost(&g->master, g->duals) < -PRICING_EPSILON;
    }
done:
    return rc;
}

/* Prices every net; *gain: what all trips together may still gain, INFINITY when that is not known. */
static error_code price_nets(struct generation *g, const struct branch *branch, pricing_effort effort,
                             int32_t *useful, double *gain, struct error *error)
{
    error_code rc = ERROR_NONE;
    double least = -PRICING_EPSILON, by_key = 0;
    bool complete = effort == PRICING_FULL;
    *useful = 0;
    for (int32_t k = 0; k < g->relax.net_count; k++) {
        const struct net *net = &g->relax.nets[k];
        int64_t keys = 0;
        master_tolls(&g->master, g->priced, k, &g->tolls, g->entering, g->penalty);
        TRY(pricing_run(&g->pricing, net, &g->tolls, g->neighbourhoods, effort, &g->limits, error));
        g->result->pricings++;
        for (int32_t i = 0; i < g->relax.stop_count; i++) keys += net->key[i];
        complete &= g->pricing.complete;
        least = fmin(least, g->pricing.least);
        by_key += (double)keys * g->pricing.least_per_key;
        TRY(keep_found(g, k, useful, error));
    }
    const double trips = fmin(g->relax.stop_count, branch->upper[1]);
    *gain = complete ? fmin(-least * trips, by_key + trips * PRICING_EPSILON) : INFINITY;
done:
    return rc;
}

/* Prices between the centre and the master's duals (Wentges 1997); what is proven raises the branch's
 * bound. */
static error_code price_between(struct generation *g, struct branch *branch, pricing_effort effort,
                                double smoothing, int32_t *useful, struct error *error)
{
    error_code rc = ERROR_NONE;
    double gain;
    for (int32_t row = 0; row < master_rows(&g->master); row++)
        g->priced[row] = smoothing * g->centre[row] + (1 - smoothing) * g->duals[row];
    TRY(price_nets(g, branch, effort, useful, &gain, error));
    if (gain == INFINITY) goto done;
    const double bound = master_bound(&g->master, g->priced) - gain;
    if (bound > branch->bound) branch->bound = bound;
    if (bound <= g->centre_bound) goto done;
    g->centre_bound = bound;
    memcpy(g->centre, g->priced, (size_t)master_rows(&g->master) * sizeof *g->centre);
done:
    return rc;
}

static bool near(const struct generation *g, const struct branch *branch)
{
    return lp_objective(g->master.lp) - branch->bound < g->near;
}

/* A branch that the plan known is about to beat need not be solved, only seen to cost more: where the
 * master's value is far beyond the plan's cost, the centre keeps its duals, and the labels that they ask for,
 * in bounds. */
static double smoothing_at(const struct generation *g, const struct branch *branch)
{
    const double value = lp_objective(g->master.lp), enough = BEATEN_AT * BOUND_UNITS;
    if (g->options->plan != NULL && branch->bound > 0 && value > enough && branch->bound < BOUND_UNITS)
        return fmax(SMOOTHING, (value - enough) / (value - branch->bound));
    return g->centre_bound > -INFINITY ? SMOOTHING : 0;
}

/* Finds trips that pay with as little effort as does; none: the branch's bound is near the master's value,
 * or no more can be proven. */
static error_code find_trips(struct generation *g, struct branch *branch, int32_t *useful,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    const double smoothing = smoothing_at(g, branch);
    TRY(price_between(g, branch, PRICING_QUICK, 0, useful, error));
    if (*useful > 0) goto done;
    TRY(price_between(g, branch, PRICING_SPARSE, smoothing, useful, error));
    if (*useful > 0) goto done;
    TRY(price_between(g, branch, PRICING_FULL, smoothing, useful, error));
    if (*useful > 0 || smoothing == 0 || near(g, branch)) goto done;
    TRY(price_between(g, branch, PRICING_FULL, 0, useful, error));
done:
    return rc;
}

static error_code solve_master(struct generation *g, bool *solved, struct error *error)
{
    lp_answer answer = LP_LIMIT;
    error_code rc = ERROR_NONE;
    const double left_s = g->limits.until_s - now_s();
    if (left_s > 0) rc = lp_solve(g->master.lp, g->method, isinf(left_s) ? 0 : left_s, &answer, error);
    g->method = LP_PRIMAL;
    *solved = rc == ERROR_NONE && answer == LP_OPTIMAL;
    if (*solved) master_duals(&g->master, g->duals);
    return rc;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Keeps the master small. */
static error_code prune_trips(struct generation *g, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t count = (int32_t)g->master.trips.list.count, still = (int32_t)g->master.still.count;
    double *reduced = NULL, *sorted = NULL;
    bool *marked = NULL;
    if (count <= TRIPS_MOST) return ERROR_NONE;
    reduced = calloc((size_t)count, sizeof *reduced);
    sorted = calloc((size_t)count, sizeof *sorted);
    marked = calloc((size_t)count, sizeof *marked);
    if (reduced == NULL || sorted == NULL || marked == NULL) {
        rc = error_memory(error);
        goto done;
    }
    for (int32_t t = 0; t < count; t++)
        sorted[t] = reduced[t] =
            lp_is_basic(g->master.lp, still + t) ? 0 : lp_reduced_cost(g->master.lp, still + t);
    qsort(sorted, (size_t)count, sizeof *sorted, by_value);
    for (int32_t t = 0; t < count; t++)
        marked[t] =
            reduced[t] > fmax(sorted[TRIPS_KEPT], PRICING_EPSILON) && !lp_is_basic(g->master.lp, still + t);
    TRY(master_drop_trips(&g->master, marked, error));
done:
    free(reduced);
    free(sorted);
    free(marked);
    return rc;
}

error_code generation_converge(struct generation *g, struct branch *branch, bool *converged,
                               struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t useful;
    *converged = false;
    while (!generation_over(g)) {
        bool solved, raised;
        TRY(solve_master(g, &solved, error));
        if (!solved || generation_over(g)) break;
        TRY(prune_trips(g, error));
        TRY(find_trips(g, branch, &useful, error));
        report(g);
        if (generation_beaten(g, branch->bound)) break;
        if (useful > 0 && !near(g, branch)) continue;
        if (!near(g, branch)) break; /* labels or time ran out */
        TRY(master_raise_leaving(&g->master, &raised, error));
        if (raised) continue;
        *converged = true;
        break;
    }
done:
    return rc;
}
