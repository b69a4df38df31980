#include "solver/routing/snapshot.h"

#include <stdlib.h>
#include <string.h>

error_code snapshot_init(struct snapshot *snapshot, const struct problem *problem, struct error *error)
{
    *snapshot = (struct snapshot){.vehicle_count = problem->vehicle_count};
    snapshot->routes = calloc((size_t)problem->vehicle_count + 1, sizeof *snapshot->routes);
    return snapshot->routes != NULL ? ERROR_NONE : error_memory(error);
}

void snapshot_free(struct snapshot *snapshot)
{
    for (int32_t v = 0; snapshot->routes != NULL && v < snapshot->vehicle_count; v++)
        free(snapshot->routes[v].nodes);
    free(snapshot->routes);
    *snapshot = (struct snapshot){0};
}

static bool reserve(struct snapshot_route *route, int32_t count)
{
    if (count <= route->capacity) return true;
    const int32_t capacity = 2 * count + 16;
    int32_t *nodes = realloc(route->nodes, (size_t)capacity * sizeof *nodes);
    if (nodes == NULL) return false;
    route->nodes = nodes;
    route->capacity = capacity;
    return true;
}

bool snapshot_take_route(struct snapshot *snapshot, const struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const int32_t end = visit_end(problem, vehicle);
    struct snapshot_route *copy = &snapshot->routes[vehicle];
    int32_t count = 0;
    for (int32_t x = solution->visits[visit_start(problem, vehicle)].next; x != end;
         x = solution->visits[x].next) {
        if (!reserve(copy, count + 1)) return false;
        copy->nodes[count++] = solution->visits[x].node;
    }
    copy->count = count;
    copy->cost = solution->routes[vehicle].cost;
    return true;
}

bool snapshot_copy_route(struct snapshot *snapshot, const struct snapshot *from, int32_t vehicle)
{
    const struct snapshot_route *route = &from->routes[vehicle];
    struct snapshot_route *copy = &snapshot->routes[vehicle];
    if (!reserve(copy, route->count)) return false;
    if (route->count > 0) memcpy(copy->nodes, route->nodes, (size_t)route->count * sizeof *route->nodes);
    copy->count = route->count;
    copy->cost = route->cost;
    return true;
}

void snapshot_put_route(const struct snapshot *snapshot, struct solution *solution, int32_t vehicle)
{
    const struct snapshot_route *route = &snapshot->routes[vehicle];
    solution_save(solution, vehicle);
    solution_assign(solution, vehicle, route->nodes, route->count);
    solution_set_cost(solution, vehicle, route->cost);
}

bool snapshot_take(struct snapshot *snapshot, struct solution *solution)
{
    for (int64_t k = 0; k < solution->stale.count; k++) {
        int32_t vehicle = solution->stale.items[k];
        if (!snapshot_take_route(snapshot, solution, vehicle)) return false;
        solution->is_stale[vehicle] = false;
    }
    solution->stale.count = 0;
    snapshot->totals = solution->totals;
    return true;
}

void snapshot_restore(const struct snapshot *snapshot, struct solution *solution)
{
    solution_mark(solution);
    for (int32_t v = 0; v < snapshot->vehicle_count; v++) {
        if (solution->routes[v].stops == 0) continue;
        solution_save(solution, v);
        solution_assign(solution, v, NULL, 0);
    }
    for (int32_t v = 0; v < snapshot->vehicle_count; v++)
        if (snapshot->routes[v].count > 0) snapshot_put_route(snapshot, solution, v);
    solution_mark(solution);
}

error_code snapshot_append_route(const struct problem *problem, int32_t vehicle, const int32_t *nodes,
                                 int32_t count, const struct schedule *schedule, struct timetable *timetable,
                                 struct plan *plan, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct schedule centred = *schedule;
    if (!timetable_reserve(timetable, count)) return error_memory(error);
    schedule_centre_break(problem, vehicle, nodes, count, timetable, &centred);
    TRY(plan_add_route(plan, vehicle, (int32_t)centred.departure_s, error));
    for (int32_t k = 1; k < count; k++) {
        if (k == centred.break_gap) TRY(plan_add_step(plan, STEP_BREAK, -1, error));
        if (k == count - 1) break;
        if (node_is_stop(problem, nodes[k]))
            TRY(plan_add_step(plan, STEP_STOP, nodes[k], error));
        else
            TRY(plan_add_step(plan, STEP_DISPOSAL, nodes[k] - problem->stop_count, error));
    }
done:
    return rc;
}

error_code snapshot_plan(const struct snapshot *snapshot, const struct problem *problem,
                         struct solution *solution, struct plan *plan, money *cost, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct schedule schedule;
    bool *served = calloc((size_t)problem->stop_count + 1, sizeof *served);
    if (served == NULL) return error_memory(error);
    *cost = snapshot->totals.cost;
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        const struct snapshot_route *route = &snapshot->routes[v];
        int32_t *nodes = solution->scratch, count = route->count + 2;
        if (route->count == 0) continue;
        nodes[0] = node_start(problem, v);
        memcpy(nodes + 1, route->nodes, (size_t)route->count * sizeof *nodes);
        nodes[count - 1] = node_end(problem, v);
        for (int32_t k = 1; k < count - 1; k++)
            if (node_is_stop(problem, nodes[k])) served[nodes[k]] = true;
        if (!timetable_reserve(&solution->timetable, count)) {
            rc = error_memory(error);
            goto done;
        }
        schedule_route(problem, v, nodes, count, &solution->timetable, &schedule);
        TRY(snapshot_append_route(problem, v, nodes, count, &schedule, &solution->timetable, plan, error));
    }
    for (int32_t stop = 0; stop < problem->stop_count; stop++)
        if (!served[stop] && problem->instance->stops[stop].mandatory)
            *cost -= solution_leaving_price(problem, stop);
done:
    free(served);
    return rc;
}
