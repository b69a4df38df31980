#include "solver/routing/bound/bound.h"

#include "solver/routing/bound/cuts.h"
#include "solver/routing/bound/generate.h"
#include "solver/routing/bound/neighbourhoods.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

/* A number nearer than that to a whole one is not branched on. */
static const double WHOLE = 1e-4;
/* Generation ends when the bound is that near to the program's value: cuts gain more than the rest of it. */
static const double NEAR_FIRST_CUTS = 5, NEAR_LAST = 0.5;
/* Labels kept in each direction: half a gigabyte at most. */
enum { LABEL_MAX = 3000000 };
enum { BRANCHES_MOST = 400 };

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ---- Tightening --------------------------------------------------------------------------------------- */

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

/* ---- Branching ---------------------------------------------------------------------------------------- */

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
    while (generation_worst(g) == branch && !generation_over(g)) {
        bool converged, changed;
        double value;
        TRY(generation_converge(g, branch, &converged, error));
        if (generation_beaten(g, branch->bound)) break;
        branch->ended = !converged && !generation_over(g);
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
    while (!generation_over(g)) {
        struct branch *branch = generation_worst(g);
        if (branch->ended || generation_beaten(g, branch->bound)) break;
        TRY(work_on(g, branch, error));
    }
done:
    return rc;
}

/* ---- Beginning and end -------------------------------------------------------------------------------- */

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
    g->bare = *instance; /* the prices of quality are left out (relax.h) */
    g->bare.reference = NULL;
    g->bare.pairs = NULL;
    g->bare.pair_count = 0;
    const struct bound_options *options = g->options;
    const int32_t gates = 1 + instance->site_count;
    const size_t stops = (size_t)instance->stop_count;
    TRY(problem_build(&g->bare, &g->arena, &g->problem, error));
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
    const struct branch *worst = generation_worst(g);
    result->bound = generation_money(g, worst->bound);
    result->proven = generation_beaten(g, worst->bound);
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
