#include "solver/routing/bound/bound.h"

#include "solver/routing/bound/cuts.h"
#include "solver/routing/bound/master.h"
#include "solver/routing/bound/neighbourhoods.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Scaled; a thousand sums of terms up to BOUND_UNITS err by less than a hundredth of it. */
static const double SAFETY = 1e-6;
/* A number nearer than that to a whole one is not branched on. */
static const double WHOLE = 1e-4;
/* Generation ends when the bound is that near to the program's value: cuts gain more than the rest of it. */
static const double NEAR_FIRST_CUTS = 5, NEAR_LAST = 0.5;
/* The part of the centre in the duals at which trips are priced. */
static const double SMOOTHING = 0.3;
/* Pricing and master add up the same terms in another order. */
static const double AGREEMENT = 1e-3;
/* Labels kept in each direction: half a gigabyte at most. */
enum { LABEL_MAX = 3000000 };
/* Trips kept in the master: when there are more, those that cost most beyond their prices go. */
enum { TRIPS_MOST = 3000, TRIPS_KEPT = 1500 };
enum { BRANCHES_MOST = 400 };

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

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static bool over(const struct generation *g)
{
    return now_s() >= g->limits.until_s || (g->options->cancel != NULL && *g->options->cancel);
}

/* ---- The bound in money ---------------------------------------------------------------------------------
 */

static money in_money(const struct generation *g, double scaled)
{
    const double exact = (scaled - SAFETY - 1e-9 * fabs(scaled)) / g->relax.scale;
    if (exact <= 0) return 0;
    const money grain = g->relax.grain;
    return (money)ceil(exact / (double)grain) * grain;
}

static bool beaten(const struct generation *g, double scaled)
{
    return g->options->plan != NULL && in_money(g, scaled) >= g->options->plan_cost;
}

/* The branch of the least bound; the best bound of all plans is its. */
static struct branch *worst_branch(const struct generation *g)
{
    struct branch *worst = &g->branches[0];
    for (int32_t b = 1; b < g->branch_count; b++)
        if (g->branches[b].bound < worst->bound) worst = &g->branches[b];
    return worst;
}

static void report(const struct generation *g)
{
    if (g->options->progress == NULL) return;
    const struct bound_progress progress = {now_s() - g->started_s, in_money(g, worst_branch(g)->bound)};
    g->options->progress(&progress, g->options->progress_context);
}

/* ---- Column generation ----------------------------------------------------------------------------------
 */

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

/* Finds trips that pay with as little effort as does; none: the branch's bound is near the master's value,
 * or no more can be proven. */
static error_code find_trips(struct generation *g, struct branch *branch, int32_t *useful,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    const double smoothing = g->centre_bound > -INFINITY ? SMOOTHING : 0;
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

/* Generates trips until none is missing, the branch is beaten, or time is up. Raises the branch's bound. */
static error_code converge(struct generation *g, struct branch *branch, bool *converged, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t useful;
    *converged = false;
    while (!over(g)) {
        bool solved, raised;
        TRY(solve_master(g, &solved, error));
        if (!solved || over(g)) break;
        TRY(prune_trips(g, error));
        TRY(find_trips(g, branch, &useful, error));
        report(g);
        if (beaten(g, branch->bound)) break;
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

/* ---- Tightening -----------------------------------------------------------------------------------------
 */

/* Trips of the solution that come back too early: forbidden from now on. */
static error_code forbid_cycles(struct generation *g, bool *changed, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct master *master = &g->master;
    const int32_t count = (int32_t)master->trips.list.count;
    bool *marked = calloc((size_t)count + 1, sizeof *marked);
    *changed = false;
    if (marked == NULL) return error_memory(error);
    for (int32_t t = 0; t < count; t++)
        if (master_trip_value(master, t) > WHOLE)
            *changed |= neighbourhoods_grow(g->neighbourhoods, trip_stops(&master->trips, t),
                                            master->trips.list.items[t].count);
    for (int32_t t = 0; t < count && *changed; t++)
        marked[t] = !trip_remembers(g->neighbourhoods, trip_stops(&master->trips, t),
                                    master->trips.list.items[t].count);
    if (*changed) TRY(master_drop_trips(master, marked, error));
done:
    free(marked);
    return rc;
}

static error_code tighten(struct generation *g, bool *changed, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t added = 0, more = 0;
    TRY(forbid_cycles(g, changed, error));
    if (*changed) goto done;
    TRY(cuts_add_capacity(&g->master, &added, error));
    TRY(cuts_add_subset(&g->master, &more, error));
    *changed = added + more > 0;
    g->method = LP_DUAL;
done:
    return rc;
}

/* ---- Branching ------------------------------------------------------------------------------------------
 */

/* The count farthest from whole, -1: none. */
static int32_t fractional_count(const struct generation *g, double *value)
{
    int32_t found = -1;
    double farthest = WHOLE;
    for (int32_t c = 0; c < g->master.count_count; c++) {
        const double at = master_count_value(&g->master, c), apart = fabs(at - round(at));
        if (apart <= farthest) continue;
        farthest = apart;
        found = c;
        *value = at;
        if (c < 2) break; /* vehicles, then trips of all */
    }
    return found;
}

static error_code new_branch(struct generation *g, const struct branch *parent, struct branch **branch,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t counts = (size_t)g->master.count_count;
    struct branch *made = &g->branches[g->branch_count];
    TRY_NEW(&g->arena, made->lower, counts);
    TRY_NEW(&g->arena, made->upper, counts);
    for (size_t c = 0; c < counts; c++) {
        made->lower[c] = parent != NULL ? parent->lower[c] : -INFINITY;
        made->upper[c] = parent != NULL ? parent->upper[c] : INFINITY;
    }
    made->bound = parent != NULL ? parent->bound : 0;
    g->branch_count++;
    g->result->branches++;
    *branch = made;
done:
    return rc;
}

static error_code split(struct generation *g, struct branch *branch, int32_t count, double value,
                        struct error *error)
{
    error_code rc = ERROR_NONE;
    struct branch *other;
    TRY(new_branch(g, branch, &other, error));
    branch->upper[count] = floor(value);
    other->lower[count] = ceil(value);
done:
    return rc;
}

/* Works on a branch until it is split, ended, beaten, or no more the one of the least bound. */
static error_code work_on(struct generation *g, struct branch *branch, struct error *error)
{
    error_code rc = ERROR_NONE;
    for (int32_t c = 0; c < g->master.count_count; c++)
        TRY(master_bound_count(&g->master, c, branch->lower[c], branch->upper[c], error));
    g->method = LP_DUAL;
    g->centre_bound = -INFINITY;
    g->near = NEAR_FIRST_CUTS;
    master_sign_duals(&g->master, g->centre);
    while (worst_branch(g) == branch && !over(g)) {
        bool converged, changed;
        double value;
        TRY(converge(g, branch, &converged, error));
        if (beaten(g, branch->bound)) break;
        branch->ended = !converged && !over(g);
        if (!converged) break;
        const int32_t count = fractional_count(g, &value);
        if (count >= 0 && g->branch_count < BRANCHES_MOST) {
            TRY(split(g, branch, count, value, error));
            break;
        }
        TRY(tighten(g, &changed, error));
        if (changed) continue;
        branch->ended = g->near == NEAR_LAST;
        if (branch->ended) break;
        g->near = NEAR_LAST;
    }
done:
    return rc;
}

static error_code explore(struct generation *g, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct branch *root;
    TRY_NEW(&g->arena, g->branches, BRANCHES_MOST);
    TRY(new_branch(g, NULL, &root, error));
    while (!over(g)) {
        struct branch *branch = worst_branch(g);
        if (branch->ended || beaten(g, branch->bound)) break;
        TRY(work_on(g, branch, error));
    }
done:
    return rc;
}

/* ---- Beginning and end ----------------------------------------------------------------------------------
 */

/* The trips of the plan known. */
static error_code add_plan(struct generation *g, const struct plan *plan, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t stops[BOUND_STOPS_MAX];
    for (int32_t r = 0; r < plan->route_count; r++) {
        const struct plan_route *route = &plan->routes[r];
        const int32_t net = g->problem.kind_of[route->vehicle];
        int32_t start = 0, count = 0;
        for (int32_t k = 0; k < route->step_count; k++) {
            const struct plan_step step = plan->steps[route->first_step + k];
            if (step.kind == STEP_STOP && count < BOUND_STOPS_MAX) stops[count++] = step.id;
            if (step.kind != STEP_DISPOSAL) continue;
            if (count > 0) TRY(master_add_trip(&g->master, net, start, stops, count, 1 + step.id, error));
            start = 1 + step.id;
            count = 0;
        }
        if (count > 0) TRY(master_add_trip(&g->master, net, start, stops, count, 0, error));
    }
done:
    return rc;
}

static error_code begin(struct generation *g, const struct instance *instance, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct bound_options *options = g->options;
    const int32_t gates = 1 + instance->site_count;
    const size_t stops = (size_t)instance->stop_count;
    TRY(problem_build(instance, &g->arena, &g->problem, error));
    TRY(relax_build(&g->problem, options->plan_cost, &g->arena, &g->relax, error));
    TRY(master_init(&g->master, &g->relax, &g->arena, error));
    TRY(pricing_init(&g->pricing, instance->stop_count, gates, &g->arena, error));
    TRY_NEW(&g->arena, g->neighbourhoods, stops);
    TRY_NEW(&g->arena, g->duals, g->master.row_capacity);
    TRY_NEW(&g->arena, g->centre, g->master.row_capacity);
    TRY_NEW(&g->arena, g->priced, g->master.row_capacity);
    TRY_NEW(&g->arena, g->entering, (stops + (size_t)gates) * stops);
    TRY_NEW(&g->arena, g->penalty, SUBSET_CUTS_MAX);
    TRY_NEW(&g->arena, g->tolls.start, gates);
    TRY_NEW(&g->arena, g->tolls.end, gates);
    TRY_NEW(&g->arena, g->tolls.prize, stops);
    neighbourhoods_begin(&g->relax, g->neighbourhoods);
    if (options->plan != NULL) TRY(add_plan(g, options->plan, error));
    TRY(cuts_add_whole(&g->master, error));
done:
    return rc;
}

static void conclude(const struct generation *g)
{
    struct bound_result *result = g->result;
    const struct branch *worst = worst_branch(g);
    result->bound = in_money(g, worst->bound);
    result->proven = beaten(g, worst->bound);
    if (result->proven) result->bound = g->options->plan_cost;
    result->ended = result->proven || worst->ended;
    result->known = result->bound > 0;
    result->trips = (int32_t)g->master.trips.list.count;
    result->capacity_cuts = g->master.capacity_count;
    result->subset_cuts = g->master.subset_count;
}

error_code bound_compute(const struct instance *instance, const struct bound_options *options,
                         struct bound_result *result, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct generation *g = NULL;
    *result = (struct bound_result){0};
    if (instance->stop_count == 0 || instance->stop_count > BOUND_STOPS_MAX) return ERROR_NONE;
    if (instance->vehicle_count == 0 || options->plan_cost <= 0) return ERROR_NONE;
    g = calloc(1, sizeof *g);
    if (g == NULL) return error_memory(error);
    g->options = options;
    g->result = result;
    g->started_s = now_s();
    g->limits = (struct pricing_limits){
        .until_s = options->time_limit_s > 0 ? g->started_s + options->time_limit_s : INFINITY,
        .label_max = LABEL_MAX,
        .cancel = options->cancel};
    arena_init(&g->arena);
    TRY(begin(g, instance, error));
    TRY(explore(g, error));
    conclude(g);
done:
    result->seconds = now_s() - g->started_s;
    master_free(&g->master);
    pricing_free(&g->pricing);
    arena_free(&g->arena);
    free(g);
    return rc;
}
