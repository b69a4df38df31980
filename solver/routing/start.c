#include "solver/routing/start.h"

#include "solver/routing/locks.h"

#include <string.h>

/* A route being taken over. */
struct draft {
    struct refit *refit;
    struct solution *solution;
    int32_t vehicle;
    int32_t *stops, count; /* in their order */
    int32_t *kept;         /* those that have joined */
    bool *listed;          /* by stop: in this route or one before */
};

/* The stops of the route that its vehicle may serve. */
static void list_stops(struct draft *draft, const struct plan *plan, const struct plan_route *route)
{
    const struct problem *problem = draft->solution->problem;
    draft->count = 0;
    for (int32_t k = route->first_step; k < route->first_step + route->step_count; k++) {
        const struct plan_step *step = &plan->steps[k];
        if (step->kind != STEP_STOP || step->id < 0 || step->id >= problem->stop_count) continue;
        if (draft->listed[step->id] || !problem_may_serve(problem, draft->vehicle, step->id)) continue;
        draft->listed[step->id] = true;
        draft->stops[draft->count++] = step->id;
    }
}

static bool lock_broken(const struct locks *locks, const int32_t *stops, int32_t count, int32_t k)
{
    const int32_t stop = stops[k];
    return (locks->before[stop] >= 0 && (k == 0 || stops[k - 1] != locks->before[stop])) ||
           (locks->behind[stop] >= 0 && (k == count - 1 || stops[k + 1] != locks->behind[stop])) ||
           (locks->front[stop] > 0 && locks->front[stop] != k + 1) ||
           (locks->rear[stop] > 0 && locks->rear[stop] != count - k);
}

/* Takes out of a list the stops whose locks it does not keep, until it keeps all; the number left. */
static int32_t drop_broken(const struct problem *problem, int32_t *stops, int32_t count)
{
    for (int32_t k = 0; problem->locks != NULL && k < count;) {
        if (!lock_broken(problem->locks, stops, count, k)) {
            k++;
            continue;
        }
        count--;
        memmove(stops + k, stops + k + 1, (size_t)(count - k) * sizeof *stops);
        k = 0;
    }
    return count;
}

/* The cheapest form of the listed stops: into refit->nodes; their number, 0: the route breaks a rule. */
static int32_t form(const struct draft *draft, const int32_t *stops, int32_t count, struct schedule *schedule)
{
    return refit_form(draft->refit, draft->solution, draft->vehicle, stops, count, INT64_MAX, schedule);
}

/* The listed stops with the calls of the plan, those left out that would take nothing; the number of nodes.
 */
static int32_t list_nodes(const struct draft *draft, const struct plan *plan, const struct plan_route *route)
{
    const struct problem *problem = draft->solution->problem;
    const struct shape *shape = &problem->shapes[problem->shape_of[draft->vehicle]];
    int32_t *nodes = draft->refit->nodes, count = 0, next = 0;
    uint32_t loaded = 0;
    nodes[count++] = node_start(problem, draft->vehicle);
    for (int32_t k = route->first_step; k < route->first_step + route->step_count; k++) {
        const struct plan_step *step = &plan->steps[k];
        if (step->kind == STEP_STOP && next < draft->count && step->id == draft->stops[next]) {
            const struct stop *stop = &problem->instance->stops[step->id];
            if (stop->load_kg > 0 || stop->load_l > 0) loaded |= UINT32_C(1) << shape->compartment[step->id];
            nodes[count++] = draft->stops[next++];
        }
        if (step->kind != STEP_DISPOSAL || step->id < 0 || step->id >= problem->site_count) continue;
        if ((shape->emptied[step->id] & loaded) == 0) continue;
        loaded &= ~shape->emptied[step->id];
        nodes[count++] = problem->stop_count + step->id;
    }
    nodes[count++] = node_end(problem, draft->vehicle);
    return count;
}

/* Lets the stops join one by one, sequences whole, as long as the route keeps the rules; then leaves those
 * out whose position has changed. The number of nodes of the form; 0: none is left. */
static int32_t repair(const struct draft *draft, struct schedule *schedule)
{
    const struct problem *problem = draft->solution->problem;
    int32_t count = 0, nodes = 0;
    for (int32_t k = 0; k < draft->count;) {
        int32_t length = 0, stop;
        do {
            stop = draft->stops[k++];
            draft->kept[count + length++] = stop;
        } while (problem->locks != NULL && problem->locks->behind[stop] >= 0);
        nodes = form(draft, draft->kept, count + length, schedule);
        if (nodes > 0) count += length;
    }
    count = drop_broken(problem, draft->kept, count);
    nodes = form(draft, draft->kept, count, schedule);
    return count > 0 ? nodes : 0;
}

static void take_over(struct draft *draft, const struct plan *plan, const struct plan_route *route)
{
    const struct problem *problem = draft->solution->problem;
    struct schedule given = {.feasible = false}, formed;
    list_stops(draft, plan, route);
    draft->count = drop_broken(problem, draft->stops, draft->count);
    if (draft->count == 0) return;
    int32_t nodes = 0;
    if (problem->site_count > 0) {
        nodes = list_nodes(draft, plan, route);
        if (!refit_allows(draft->refit, draft->solution, draft->vehicle, draft->stops, draft->count, nodes,
                          &given))
            given.feasible = false;
    }
    int32_t count = form(draft, draft->stops, draft->count, &formed);
    if (given.feasible && (count == 0 || given.cost < formed.cost)) {
        count = list_nodes(draft, plan, route);
        formed = given;
    }
    if (count == 0) count = repair(draft, &formed);
    if (count == 0) return;
    solution_save(draft->solution, draft->vehicle);
    solution_assign(draft->solution, draft->vehicle, draft->refit->nodes + 1, count - 2);
    solution_set_cost(draft->solution, draft->vehicle, formed.cost);
}

error_code start_from_plan(const struct plan *plan, struct refit *refit, struct solution *solution,
                           struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct problem *problem = solution->problem;
    struct draft draft = {.refit = refit, .solution = solution};
    TRY_NEW(arena, draft.stops, problem->stop_count);
    TRY_NEW(arena, draft.kept, problem->stop_count);
    TRY_NEW(arena, draft.listed, problem->stop_count);
    for (int32_t r = 0; r < plan->route_count; r++) {
        draft.vehicle = plan->routes[r].vehicle;
        if (draft.vehicle < 0 || draft.vehicle >= problem->vehicle_count) continue;
        if (solution->routes[draft.vehicle].stops == 0) take_over(&draft, plan, &plan->routes[r]);
    }
    solution_mark(solution);
done:
    return rc;
}
