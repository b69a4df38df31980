#include "solver/routing/pool/partition.h"

#include "solver/mip/solve.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The first core, in columns a row, and the least; how many there are, each twice the last: see the header.
 */
enum { CORE_PER_ROW = 2, CORE_LEAST = 500, CORE_ROUNDS = 3 };
/* The relaxation of a full pool takes 1 to 4 pivots a stop; what a tree finds, it finds in about as many. */
enum { PIVOTS_PER_STOP = 6, PIVOTS_LEAST = 1000 };
/* In mean routes: what leaving a stop may cost in the program. More would cost the simplex its precision, and
 * no combination of routes that is any good would change by it; the true prices judge what is found. */
static const double LEAVING_MOST = 1e4;

/* A column that may still be in something better. */
struct survivor {
    double reduced_cost;
    int32_t route;
};

struct work {
    const struct route_pool *pool;
    const struct partition_terms *terms;
    const struct partition_options *options;
    struct partition *best;
    struct arena *arena;
    double started_s, scale; /* of money in the program */

    /* The program at hand: routes first, then the stops that may be left. */
    struct mip_model model;
    int32_t *routes, *stops;
    int32_t route_count, stop_count;
    double *start;
    int32_t *serving_from, *serving; /* by stop: the columns that serve it */

    bool *chosen;  /* by route: in the best combination */
    int32_t *seen; /* by stop: how often served */
    int32_t *out;  /* by kind */
    int32_t *found;
};

struct partition_options partition_options_default(int32_t stop_count)
{
    return (struct partition_options){.pivot_limit = PIVOTS_PER_STOP * (int64_t)stop_count + PIVOTS_LEAST};
}

/* CPU seconds of a call, by stops and nodes; and the part of a search that it may take: see the header. */
static const double SECONDS_PER_SIZE = 3e-8, SHARE_MOST = 0.05;

bool partition_pays(const struct route_pool *pool, double search_s)
{
    return SECONDS_PER_SIZE * pool->size.stop_count * pool->node_count <= SHARE_MOST * search_s;
}

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static bool is_stop(const struct work *work, int32_t node)
{
    return node < work->pool->size.stop_count;
}

static double scaled_leaving(const struct work *work, int32_t stop)
{
    const double price = (double)work->terms->leaving_price[stop] * work->scale;
    return price < LEAVING_MOST ? price : LEAVING_MOST;
}

/* ---- Judging a combination ----------------------------------------------------------------------------- */

/* Does it keep the rules? Counts how often each stop is served, in work->seen. */
static bool keeps_rules(struct work *work, const int32_t *routes, int32_t count)
{
    const struct pool_size *size = &work->pool->size;
    memset(work->seen, 0, (size_t)size->stop_count * sizeof *work->seen);
    memset(work->out, 0, (size_t)size->kind_count * sizeof *work->out);
    for (int32_t r = 0; r < count; r++) {
        const struct pooled_route *route = &work->pool->routes[routes[r]];
        const int32_t *nodes = route_pool_nodes(work->pool, routes[r]);
        for (int32_t k = 0; k < route->node_count; k++)
            if (is_stop(work, nodes[k]) && ++work->seen[nodes[k]] > 1) return false;
        work->out[route->kind]++;
        if (work->terms->vehicles != NULL && work->out[route->kind] > work->terms->vehicles[route->kind])
            return false;
    }
    for (int32_t q = 0; q < size->supply_count; q++) {
        int64_t used = 0;
        for (int32_t r = 0; r < count; r++) used += route_pool_supplies(work->pool, routes[r])[q];
        if (used > work->terms->supply_limit[q]) return false;
    }
    return true;
}

/* After keeps_rules: the exact cost, and in *scaled what the program thinks of it. */
static money cost_of(const struct work *work, const int32_t *routes, int32_t count, double *scaled)
{
    money cost = 0;
    *scaled = 0;
    for (int32_t r = 0; r < count; r++) {
        cost += work->pool->routes[routes[r]].cost;
        *scaled += (double)work->pool->routes[routes[r]].cost * work->scale;
    }
    for (int32_t stop = 0; stop < work->pool->size.stop_count; stop++) {
        if (work->seen[stop] > 0) continue;
        cost += work->terms->leaving_price[stop];
        *scaled += scaled_leaving(work, stop);
    }
    return cost;
}

/* Takes the solution of the program at hand when it is one and cheaper; *scaled: the best one's cost. */
static void take(struct work *work, const double *values, double *scaled)
{
    int32_t count = 0;
    double found_scaled;
    for (int32_t j = 0; j < work->route_count; j++)
        if (values[j] > 0.5) work->found[count++] = work->routes[j];
    if (!keeps_rules(work, work->found, count)) return;
    const money cost = cost_of(work, work->found, count, &found_scaled);
    if (cost >= work->best->cost) return;
    for (int32_t r = 0; r < work->best->count; r++) work->chosen[work->best->routes[r]] = false;
    for (int32_t r = 0; r < count; r++) work->chosen[work->found[r]] = true;
    memcpy(work->best->routes, work->found, (size_t)count * sizeof *work->found);
    work->best->count = count;
    work->best->cost = cost;
    work->best->improved = true;
    *scaled = found_scaled;
}

/* ---- The program --------------------------------------------------------------------------------------- */

static error_code add_columns(struct work *work, bool integer, struct error *error)
{
    error_code rc = ERROR_NONE;
    for (int32_t j = 0; j < work->route_count; j++) {
        const int32_t route = work->routes[j];
        const double cost = (double)work->pool->routes[route].cost * work->scale;
        const struct mip_column column = {.upper = 1, .cost = cost, .integer = integer};
        TRY(mip_model_add_column(&work->model, column, error));
        work->start[j] = work->chosen[route] ? 1 : 0;
    }
    for (int32_t j = 0; j < work->stop_count; j++) {
        const struct mip_column column = {.upper = 1, .cost = scaled_leaving(work, work->stops[j])};
        TRY(mip_model_add_column(&work->model, column, error));
    }
done:
    return rc;
}

/* For each stop the columns that serve it, in CSR form. */
static void turn_round(struct work *work)
{
    const int32_t stops = work->pool->size.stop_count;
    int32_t *from = work->serving_from;
    memset(from, 0, (size_t)(stops + 2) * sizeof *from);
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t j = 0; j < work->route_count; j++) {
            const int32_t *nodes = route_pool_nodes(work->pool, work->routes[j]);
            for (int32_t k = 0; k < work->pool->routes[work->routes[j]].node_count; k++) {
                if (!is_stop(work, nodes[k])) continue;
                if (pass == 0)
                    from[nodes[k] + 2]++;
                else
                    work->serving[from[nodes[k] + 1]++] = j;
            }
        }
        for (int32_t stop = 0; pass == 0 && stop < stops; stop++) from[stop + 2] += from[stop + 1];
    }
}

static error_code add_stop_rows(struct work *work, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t left = 0; /* of work->stops, which are in order */
    turn_round(work);
    for (int32_t stop = 0; stop < work->pool->size.stop_count; stop++) {
        bool served = false;
        TRY(mip_model_add_row(&work->model, 1, 1, error));
        for (int32_t e = work->serving_from[stop]; e < work->serving_from[stop + 1]; e++) {
            TRY(mip_model_add_entry(&work->model, work->serving[e], 1, error));
            if (work->start[work->serving[e]] > 0) served = true;
        }
        if (left == work->stop_count || work->stops[left] != stop) continue;
        TRY(mip_model_add_entry(&work->model, work->route_count + left, 1, error));
        work->start[work->route_count + left] = served ? 0 : 1;
        left++;
    }
done:
    return rc;
}

static error_code add_limit_rows(struct work *work, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct pool_size *size = &work->pool->size;
    const struct partition_terms *terms = work->terms;
    for (int32_t kind = 0; terms->vehicles != NULL && kind < size->kind_count; kind++) {
        if (terms->vehicles[kind] >= size->stop_count) continue;
        TRY(mip_model_add_row(&work->model, -INFINITY, terms->vehicles[kind], error));
        for (int32_t j = 0; j < work->route_count; j++)
            if (work->pool->routes[work->routes[j]].kind == kind)
                TRY(mip_model_add_entry(&work->model, j, 1, error));
    }
    for (int32_t q = 0; q < size->supply_count; q++) {
        const double limit = (double)terms->supply_limit[q];
        if (limit <= 0) continue; /* who uses it is not among the columns */
        TRY(mip_model_add_row(&work->model, -INFINITY, 1, error));
        for (int32_t j = 0; j < work->route_count; j++) {
            const int64_t use = route_pool_supplies(work->pool, work->routes[j])[q];
            if (use != 0) TRY(mip_model_add_entry(&work->model, j, (double)use / limit, error));
        }
    }
done:
    return rc;
}

/* The first core. */
static int32_t core_size(const struct work *work)
{
    const int32_t size = CORE_PER_ROW * work->pool->size.stop_count;
    return size > CORE_LEAST ? size : CORE_LEAST;
}

/* Builds the program over work->routes and work->stops and solves it, begun at the best combination. A pivot
 * of a core twice as large takes about twice as long, and half as many are allowed. */
static error_code solve(struct work *work, bool integer, struct mip_solution *solution, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct mip_options options = mip_options_default();
    *solution = (struct mip_solution){.answer = MIP_NONE, .bound = -INFINITY};
    mip_model_init(&work->model);
    if (work->options->pivot_limit > 0) {
        options.pivot_limit = work->options->pivot_limit - work->best->pivots;
        if (integer && work->route_count > core_size(work))
            options.pivot_limit = options.pivot_limit * core_size(work) / work->route_count;
        if (options.pivot_limit <= 0) goto done;
    }
    if (work->options->time_limit_s > 0) {
        options.time_limit_s = work->options->time_limit_s - (now_s() - work->started_s);
        if (options.time_limit_s <= 0) goto done;
    }
    if (work->options->cancel != NULL && *work->options->cancel) goto done;
    options.cancel = work->options->cancel;
    options.cuts = MIP_CUTS_CLIQUE;
    options.start = work->start;
    TRY(add_columns(work, integer, error));
    TRY(add_stop_rows(work, error));
    TRY(add_limit_rows(work, error));
    rc = mip_solve(&work->model, &options, work->arena, solution, error);
    if (rc == ERROR_INTERNAL) { /* an improvement is lost, not the plan */
        rc = ERROR_NONE;
        *solution = (struct mip_solution){.answer = MIP_NONE, .bound = -INFINITY};
        if (error != NULL) *error = (struct error){0};
    }
    if (rc != ERROR_NONE) goto done;
    work->best->pivots += solution->pivots;
done:
    mip_model_free(&work->model);
    return rc;
}

/* ---- Which columns ------------------------------------------------------------------------------------- */

/* All that can be in something better than the incumbent, by bare costs and limits. */
static void take_all(struct work *work)
{
    const struct route_pool *pool = work->pool;
    for (int32_t r = 0; r < pool->count; r++) {
        bool possible = work->chosen[r] || pool->routes[r].cost < work->best->cost;
        for (int32_t q = 0; q < pool->size.supply_count; q++)
            if (route_pool_supplies(pool, r)[q] > work->terms->supply_limit[q]) possible = false;
        if (possible) work->routes[work->route_count++] = r;
    }
    for (int32_t stop = 0; stop < pool->size.stop_count; stop++)
        if (work->terms->leaving_price[stop] < work->best->cost || work->seen[stop] == 0)
            work->stops[work->stop_count++] = stop;
}

static int by_reduced_cost(const void *a, const void *b)
{
    const struct survivor *x = a, *y = b;
    if (x->reduced_cost != y->reduced_cost) return x->reduced_cost < y->reduced_cost ? -1 : 1;
    return x->route < y->route ? -1 : 1;
}

/* The core: the first `size` survivors and the incumbent's routes. */
static void take_core(struct work *work, const struct survivor *survivors, int32_t count, int32_t size)
{
    work->route_count = 0;
    for (int32_t s = 0; s < count; s++)
        if (s < size || work->chosen[survivors[s].route])
            work->routes[work->route_count++] = survivors[s].route;
}

/* Drops what costs more than the gap; the survivors are sorted, the incumbent's have at most the gap. */
static void drop(struct survivor *survivors, int32_t *count, double gap)
{
    while (*count > 0 && survivors[*count - 1].reduced_cost > gap) (*count)--;
}

static bool meet(double cost, double bound)
{
    return cost - bound <= MIP_TOLERANCE * fmax(1, fabs(cost));
}

/* Steps 3 and 4. `bound` and `scaled`: of the relaxation, and the cost of the best, in the program's terms.
 */
static error_code solve_cores(struct work *work, const double *reduced_costs, double bound, double scaled,
                              struct error *error)
{
    error_code rc = ERROR_NONE;
    struct survivor *survivors;
    struct mip_solution solution;
    int32_t count = work->route_count, stops = 0;
    int32_t core = core_size(work);
    TRY_NEW(work->arena, survivors, count);
    for (int32_t j = 0; j < count; j++) survivors[j] = (struct survivor){reduced_costs[j], work->routes[j]};
    qsort(survivors, (size_t)count, sizeof *survivors, by_reduced_cost);
    for (int32_t j = 0; j < work->stop_count; j++) {
        const bool left = work->start[work->route_count + j] > 0;
        if (left || reduced_costs[work->route_count + j] <= scaled - bound)
            work->stops[stops++] = work->stops[j];
    }
    work->stop_count = stops;
    for (int32_t round = 0; round < CORE_ROUNDS && !work->best->proven; round++) {
        drop(survivors, &count, (scaled - bound) * (1 + MIP_TOLERANCE));
        take_core(work, survivors, count, core);
        TRY(solve(work, true, &solution, error));
        if (solution.values != NULL) take(work, solution.values, &scaled);
        work->best->proven =
            solution.answer == MIP_OPTIMAL && (work->route_count == count || meet(scaled, bound));
        if (solution.answer != MIP_OPTIMAL) break;
        core *= 2;
    }
done:
    return rc;
}

static error_code new_work(struct work *work, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct pool_size *size = &work->pool->size;
    const int32_t count = work->pool->count;
    TRY_NEW(work->arena, work->routes, count);
    TRY_NEW(work->arena, work->stops, size->stop_count);
    TRY_NEW(work->arena, work->start, count + size->stop_count);
    TRY_NEW(work->arena, work->serving_from, size->stop_count + 2);
    TRY_NEW(work->arena, work->serving, work->pool->node_count);
    TRY_NEW(work->arena, work->chosen, count);
    TRY_NEW(work->arena, work->seen, size->stop_count);
    TRY_NEW(work->arena, work->out, size->kind_count);
    TRY_NEW(work->arena, work->found, size->stop_count + work->terms->incumbent_count);
    TRY_NEW(work->arena, work->best->routes, size->stop_count + work->terms->incumbent_count);
done:
    return rc;
}

/* The incumbent as the best so far; its scaled cost. */
static double begin(struct work *work)
{
    const struct partition_terms *terms = work->terms;
    double scaled, sum = 0;
    for (int32_t r = 0; r < work->pool->count; r++) sum += (double)work->pool->routes[r].cost;
    work->scale = sum > 0 ? work->pool->count / sum : 1;
    for (int32_t r = 0; r < terms->incumbent_count; r++) {
        work->best->routes[r] = terms->incumbent[r];
        work->chosen[terms->incumbent[r]] = true;
    }
    work->best->count = terms->incumbent_count;
    const bool kept = keeps_rules(work, terms->incumbent, terms->incumbent_count);
    assert(kept);
    (void)kept;
    work->best->cost = cost_of(work, terms->incumbent, terms->incumbent_count, &scaled);
    return scaled;
}

error_code pool_partition(const struct route_pool *pool, const struct partition_terms *terms,
                          const struct partition_options *options, struct arena *arena,
                          struct partition *partition, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct work work = {.pool = pool, .terms = terms, .options = options, .best = partition, .arena = arena};
    struct mip_solution relaxation;
    *partition = (struct partition){.bound = -INFINITY};
    work.started_s = now_s();
    TRY(new_work(&work, error));
    double scaled = begin(&work);
    take_all(&work);
    TRY(solve(&work, false, &relaxation, error));
    if (relaxation.answer == MIP_OPTIMAL) {
        partition->bound = relaxation.bound / work.scale;
        take(&work, relaxation.values, &scaled); /* whole by luck */
        partition->proven = meet(scaled, relaxation.bound);
        if (!partition->proven)
            TRY(solve_cores(&work, relaxation.reduced_costs, relaxation.bound, scaled, error));
    }
done:
    partition->seconds = now_s() - work.started_s;
    return rc;
}
