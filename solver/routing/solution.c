#include "solver/routing/solution_parts.h"

#include "solver/base/array.h"

#include <stdlib.h>

static void *allocate(int64_t count, size_t size)
{
    return calloc((size_t)(count > 0 ? count : 1), size);
}

/* Each trip has a stop and ends at one site for each compartment at most. */
static int32_t disposal_visits_max(const struct problem *problem)
{
    return problem->site_count == 0 ? 0 : problem->stop_count * problem->width + problem->vehicle_count + 8;
}

static void fill_visits(struct solution *solution)
{
    const struct problem *problem = solution->problem;
    for (int32_t v = 0; v < solution->visit_count; v++)
        solution->visits[v] = (struct visit){.next = -1, .prev = -1, .vehicle = -1, .node = -1};
    for (int32_t stop = 0; stop < problem->stop_count; stop++) visit_place(solution, stop, stop);
    for (int32_t vehicle = 0; vehicle < problem->vehicle_count; vehicle++) {
        int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle);
        visit_place(solution, start, node_start(problem, vehicle));
        visit_place(solution, end, node_end(problem, vehicle));
        solution->visits[start].vehicle = solution->visits[end].vehicle = vehicle;
        solution->visits[start].next = end;
        solution->visits[end].prev = start;
    }
    for (int32_t v = solution->visit_count - 1; v >= problem->stop_count + 2 * problem->vehicle_count; v--)
        solution->spare[solution->spare_count++] = v;
}

error_code solution_init(struct solution *solution, const struct problem *problem, struct error *error)
{
    const int64_t disposal = disposal_visits_max(problem);
    const int64_t visits = problem->stop_count + 2 * (int64_t)problem->vehicle_count + disposal;
    const int64_t vehicles = problem->vehicle_count;
    *solution = (struct solution){
        .problem = problem, .memory = true, .visit_count = (int32_t)visits, .used_most = INT32_MAX};
    solution->visits = allocate(visits, sizeof *solution->visits);
    if (problem->timed) solution->clocks = allocate(visits, sizeof *solution->clocks);
    if (problem->work_counts) {
        solution->spans_to = allocate(visits, sizeof *solution->spans_to);
        solution->spans_on = allocate(visits, sizeof *solution->spans_on);
    }
    solution->aboard = allocate(visits * problem->width, sizeof *solution->aboard);
    solution->tallies = allocate(visits, sizeof *solution->tallies);
    if (problem->released) solution->trips = allocate(visits, sizeof *solution->trips);
    solution->spare = allocate(disposal, sizeof *solution->spare);
    solution->routes = allocate(vehicles, sizeof *solution->routes);
    solution->used = allocate(vehicles, sizeof *solution->used);
    solution->used_at = allocate(vehicles, sizeof *solution->used_at);
    solution->site_kg = allocate(problem->site_count, sizeof *solution->site_kg);
    if (problem->sites_limited)
        solution->unloaded_kg = allocate(vehicles * problem->site_count, sizeof *solution->unloaded_kg);
    solution->idle_from = allocate(problem->kind_count, sizeof *solution->idle_from);
    solution->leaving = allocate(problem->stop_count, sizeof *solution->leaving);
    solution->marked = allocate(vehicles, sizeof *solution->marked);
    solution->is_stale = allocate(vehicles, sizeof *solution->is_stale);
    solution->is_dirty = allocate(vehicles, sizeof *solution->is_dirty);
    solution->scratch = allocate(visits + 2, sizeof *solution->scratch);
    solution->before = allocate(visits + 2, sizeof *solution->before);
    bool full = solution->visits && (solution->clocks || !problem->timed) &&
                ((solution->spans_to && solution->spans_on) || !problem->work_counts) && solution->aboard &&
                solution->tallies && (solution->trips || !problem->released) && solution->spare &&
                solution->routes && solution->used && solution->used_at && solution->site_kg &&
                (solution->unloaded_kg || !problem->sites_limited) && solution->idle_from &&
                solution->leaving && solution->marked && solution->is_stale && solution->is_dirty &&
                solution->scratch && solution->before;
    if (!full) return error_memory(error);
    fill_visits(solution);
    for (int32_t v = 0; v < problem->vehicle_count; v++) solution->used_at[v] = -1;
    for (int32_t stop = 0; stop < problem->stop_count; stop++) {
        solution->leaving[stop] = solution_leaving_price(problem, stop);
        solution->totals.cost += solution->leaving[stop];
        solution->totals.unserved_mandatory += problem->instance->stops[stop].mandatory;
    }
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        int32_t start = visit_start(problem, v), end = visit_end(problem, v);
        solution->routes[v].metres = solution_drive(solution, kind_of(problem, v)->profile, start, end);
        solution_refresh(solution, v, start, end);
    }
    solution_mark(solution);
    return ERROR_NONE;
}

void solution_free(struct solution *solution)
{
    free(solution->visits);
    free(solution->clocks);
    free(solution->spans_to);
    free(solution->spans_on);
    free(solution->aboard);
    free(solution->tallies);
    free(solution->trips);
    free(solution->spare);
    free(solution->routes);
    free(solution->used);
    free(solution->used_at);
    free(solution->site_kg);
    free(solution->unloaded_kg);
    free(solution->idle_from);
    free(solution->leaving);
    array_free(&solution->saved);
    array_free(&solution->log);
    free(solution->marked);
    array_free(&solution->stale);
    free(solution->is_stale);
    array_free(&solution->dirty);
    free(solution->is_dirty);
    timetable_free(&solution->timetable);
    free(solution->scratch);
    free(solution->before);
    *solution = (struct solution){0};
}

money solution_leaving_price(const struct problem *problem, int32_t stop)
{
    const struct stop *s = &problem->instance->stops[stop];
    return s->mandatory ? problem->leaving_mandatory + s->prize : s->prize;
}

void solution_price_leaving(struct solution *solution, int32_t stop, money price)
{
    if (solution->visits[stop].vehicle < 0) solution->totals.cost += price - solution->leaving[stop];
    solution->leaving[stop] = price;
}
