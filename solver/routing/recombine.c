#include "solver/routing/recombine.h"

#include <assert.h>
#include <stdlib.h>

static int32_t supply_count(const struct problem *problem)
{
    return problem->sites_limited ? problem->site_count : 0;
}

struct pool_size recombination_pool_size(const struct problem *problem)
{
    return pool_size_default(problem->stop_count, problem->kind_count, supply_count(problem));
}

error_code recombination_init(struct recombination *recombination, const struct problem *problem,
                              struct error *error)
{
    const size_t stops = (size_t)problem->stop_count + 1, kinds = (size_t)problem->kind_count + 1;
    const size_t sites = (size_t)problem->site_count + 1, vehicles = (size_t)problem->vehicle_count + 1;
    const struct pool_size size = recombination_pool_size(problem);
    *recombination =
        (struct recombination){.leaving_price = malloc(stops * sizeof *recombination->leaving_price),
                               .supply_limit = malloc(sites * sizeof *recombination->supply_limit),
                               .vehicles = calloc(kinds, sizeof *recombination->vehicles),
                               .pooled = malloc(vehicles * sizeof *recombination->pooled),
                               .chosen = malloc((size_t)size.route_max * sizeof *recombination->chosen)};
    if (!recombination->leaving_price || !recombination->supply_limit || !recombination->vehicles ||
        !recombination->pooled || !recombination->chosen)
        return error_memory(error);
    for (int32_t s = 0; s < problem->stop_count; s++)
        recombination->leaving_price[s] = solution_leaving_price(problem, s);
    for (int32_t s = 0; s < problem->site_count; s++) {
        const int64_t limit_kg = problem->instance->sites[s].daily_limit_kg;
        recombination->supply_limit[s] = limit_kg > 0 ? limit_kg : MEASURE_MAX;
    }
    for (int32_t v = 0; v < problem->vehicle_count; v++) recombination->vehicles[problem->kind_of[v]]++;
    return route_pool_init(&recombination->pool, &size, error);
}

void recombination_free(struct recombination *recombination)
{
    route_pool_free(&recombination->pool);
    free(recombination->leaving_price);
    free(recombination->supply_limit);
    free(recombination->vehicles);
    free(recombination->pooled);
    free(recombination->chosen);
    *recombination = (struct recombination){0};
}

void recombination_offer(struct route_pool *pool, struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct route *route = &solution->routes[vehicle];
    if (route->stops == 0 || problem->partners != NULL) return;
    const int64_t *supplies =
        problem->sites_limited ? solution->unloaded_kg + (size_t)vehicle * (size_t)problem->site_count : NULL;
    const int32_t count = solution_nodes(solution, vehicle, NULL);
    route_pool_add(pool, problem->kind_of[vehicle], route->cost, solution->totals.cost, solution->scratch + 1,
                   count - 2, supplies);
}

/* Have the sites room for all of these routes of the pool? It may hold a cheaper order of a route than the
 * solution does, which unloads elsewhere. */
static bool sites_have_room(const struct recombination *recombination, const int32_t *routes, int32_t count)
{
    const struct route_pool *pool = &recombination->pool;
    for (int32_t s = 0; s < pool->size.supply_count; s++) {
        int64_t kg = 0;
        for (int32_t k = 0; k < count; k++) kg += route_pool_supplies(pool, routes[k])[s];
        if (kg > recombination->supply_limit[s]) return false;
    }
    return true;
}

/* The routes of the solution in the pool; 0 when it does not hold one of them, or not as the sites allow, and
 * there is no way to begin. */
static int32_t find_incumbent(struct recombination *recombination, struct solution *solution,
                              int32_t *incumbent)
{
    const struct problem *problem = solution->problem;
    for (int32_t k = 0; k < solution->used_count; k++)
        recombination_offer(&recombination->pool, solution, solution->used[k]);
    for (int32_t k = 0; k < solution->used_count; k++) {
        const int32_t vehicle = solution->used[k], count = solution_nodes(solution, vehicle, NULL);
        const int32_t route = route_pool_find(&recombination->pool, problem->kind_of[vehicle],
                                              solution->scratch + 1, count - 2);
        if (route < 0) return 0;
        incumbent[k] = recombination->pooled[vehicle] = route;
    }
    return sites_have_room(recombination, incumbent, solution->used_count) ? solution->used_count : 0;
}

/* Vehicles whose route is in the new combination keep it; the other routes go to idle ones. */
static void take_up(struct recombination *recombination, struct solution *solution,
                    const struct partition *partition)
{
    const struct problem *problem = solution->problem;
    const struct route_pool *pool = &recombination->pool;
    bool *chosen = recombination->chosen;
    for (int32_t r = 0; r < pool->count; r++) chosen[r] = false;
    for (int32_t k = 0; k < partition->count; k++) chosen[partition->routes[k]] = true;
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        if (solution->routes[v].stops == 0) continue;
        const int32_t route = recombination->pooled[v];
        solution_save(solution, v);
        if (chosen[route])
            chosen[route] = false;
        else
            solution_assign(solution, v, NULL, 0);
        if (solution->routes[v].stops == 0) continue;
        solution_assign(solution, v, NULL, 0);
        solution_assign(solution, v, route_pool_nodes(pool, route), pool->routes[route].node_count);
        solution_set_cost(solution, v, pool->routes[route].cost);
    }
    for (int32_t k = 0; k < partition->count; k++) {
        const int32_t r = partition->routes[k];
        if (!chosen[r]) continue;
        const int32_t vehicle = solution_idle(solution, pool->routes[r].kind);
        assert(vehicle >= 0);
        solution_save(solution, vehicle);
        solution_assign(solution, vehicle, route_pool_nodes(pool, r), pool->routes[r].node_count);
        solution_set_cost(solution, vehicle, pool->routes[r].cost);
    }
    assert(solution->totals.cost == partition->cost);
}

error_code recombination_run(struct recombination *recombination, struct solution *solution, double limit_s,
                             const volatile sig_atomic_t *cancel, bool *improved, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct problem *problem = solution->problem;
    struct arena arena;
    struct partition partition;
    int32_t *incumbent;
    *improved = false;
    arena_init(&arena);
    TRY_NEW(&arena, incumbent, solution->used_count + 1);
    const int32_t count = find_incumbent(recombination, solution, incumbent);
    const struct partition_terms terms = {.leaving_price = recombination->leaving_price,
                                          .vehicles = recombination->vehicles,
                                          .supply_limit = recombination->supply_limit,
                                          .incumbent = incumbent,
                                          .incumbent_count = count};
    struct partition_options options = partition_options_default(problem->stop_count);
    options.time_limit_s = limit_s;
    options.cancel = cancel;
    if (count == 0) goto done;
    TRY(pool_partition(&recombination->pool, &terms, &options, &arena, &partition, error));
    if (partition.cost >= solution->totals.cost) goto done;
    take_up(recombination, solution, &partition);
    *improved = true;
done:
    arena_free(&arena);
    return rc;
}
