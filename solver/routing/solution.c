#include "solver/routing/solution.h"

#include "solver/base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(int64_t count, size_t size)
{
    return calloc((size_t)count + 1, size);
}

error_code solution_init(struct solution *solution, const struct problem *problem, struct error *error)
{
    *solution = (struct solution){.problem = problem, .mark = 1};
    solution->routes = allocate(problem->vehicle_count, sizeof *solution->routes);
    solution->route_of = allocate(problem->stop_count, sizeof *solution->route_of);
    solution->position_of = allocate(problem->stop_count, sizeof *solution->position_of);
    solution->site_kg = allocate(problem->site_count, sizeof *solution->site_kg);
    solution->idle_from = allocate(problem->kind_count, sizeof *solution->idle_from);
    solution->marked = allocate(problem->vehicle_count, sizeof *solution->marked);
    if (!solution->routes || !solution->route_of || !solution->position_of || !solution->site_kg ||
        !solution->idle_from || !solution->marked)
        return error_memory(error);
    for (int32_t stop = 0; stop < problem->stop_count; stop++) {
        solution->route_of[stop] = -1;
        solution->cost += solution_leaving_price(problem, stop);
        solution->unserved_mandatory += problem->instance->stops[stop].mandatory;
    }
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        const int32_t nodes[2] = {node_start(problem, v), node_end(problem, v)};
        const struct schedule idle = {.feasible = true, .break_gap = -1};
        if (!solution_set(solution, v, nodes, 2, &idle)) return error_memory(error);
    }
    solution_mark(solution);
    return ERROR_NONE;
}

static void route_free(struct route *route)
{
    free(route->nodes);
    free(route->ahead_m);
    free(route->ahead_s);
    free(route->back_m);
    free(route->back_s);
    free(route->early_s);
    free(route->late_s);
    free(route->stops_to);
    free(route->load_to);
    free(route->prev_empty);
    free(route->next_empty);
    *route = (struct route){0};
}

void solution_free(struct solution *solution)
{
    for (int32_t v = 0; solution->routes != NULL && v < solution->problem->vehicle_count; v++)
        route_free(&solution->routes[v]);
    free(solution->routes);
    free(solution->route_of);
    free(solution->position_of);
    free(solution->site_kg);
    free(solution->idle_from);
    free(solution->marked);
    array_free(&solution->undo);
    array_free(&solution->log);
    timetable_free(&solution->timetable);
    *solution = (struct solution){0};
}

money solution_leaving_price(const struct problem *problem, int32_t stop)
{
    const struct stop *s = &problem->instance->stops[stop];
    return s->mandatory ? problem->leaving_mandatory + s->prize : s->prize;
}

static bool route_reserve(struct route *route, int32_t positions, int32_t compartments)
{
    if (positions <= route->capacity) return true;
    int32_t capacity = positions + positions / 2 + 4;
    route_free(route);
    int32_t wide = capacity * compartments;
    route->nodes = allocate(capacity, sizeof *route->nodes);
    route->ahead_m = allocate(capacity, sizeof *route->ahead_m);
    route->ahead_s = allocate(capacity, sizeof *route->ahead_s);
    route->back_m = allocate(capacity, sizeof *route->back_m);
    route->back_s = allocate(capacity, sizeof *route->back_s);
    route->early_s = allocate(capacity, sizeof *route->early_s);
    route->late_s = allocate(capacity, sizeof *route->late_s);
    route->stops_to = allocate(capacity, sizeof *route->stops_to);
    route->load_to = allocate(wide, sizeof *route->load_to);
    route->prev_empty = allocate(wide, sizeof *route->prev_empty);
    route->next_empty = allocate(wide, sizeof *route->next_empty);
    route->capacity = capacity;
    return route->nodes && route->ahead_m && route->ahead_s && route->back_m && route->back_s &&
           route->early_s && route->late_s && route->stops_to && route->load_to && route->prev_empty &&
           route->next_empty;
}

/* Metres and seconds, both ways. */
static void sum_ways(const struct problem *problem, int32_t profile, const int64_t *duration_s,
                     struct route *route)
{
    int32_t last = route->count + 1;
    for (int32_t k = 0; k <= last; k++) {
        int32_t node = route->nodes[k];
        int64_t inner = problem->nodes[node].inner_m, service = duration_s[k];
        if (k == 0) {
            route->ahead_m[0] = route->ahead_s[0] = route->back_m[0] = route->back_s[0] = 0;
            continue;
        }
        int32_t before = route->nodes[k - 1];
        route->ahead_m[k] = route->ahead_m[k - 1] + leg_m(problem, profile, before, node) + inner;
        route->ahead_s[k] = route->ahead_s[k - 1] + leg_s(problem, profile, before, node) + service;
        route->back_m[k] = route->back_m[k - 1] + leg_m(problem, profile, node, before) + inner;
        route->back_s[k] = route->back_s[k - 1] + leg_s(problem, profile, node, before) + service;
    }
}

/* Loads and where each compartment is emptied; stops counted. */
static void sum_loads(const struct problem *problem, const struct shape *shape, struct route *route)
{
    int32_t width = shape->compartment_count, last = route->count + 1;
    for (int32_t c = 0; c < width; c++) {
        route->load_to[c] = (struct load){0, 0};
        route->prev_empty[c] = 0;
        route->next_empty[last * width + c] = last;
    }
    route->stops_to[0] = 0;
    for (int32_t k = 1; k <= last; k++) {
        int32_t node = route->nodes[k];
        uint32_t emptied = node_is_site(problem, node) ? shape->emptied[node - problem->stop_count] : 0;
        for (int32_t c = 0; c < width; c++) {
            route->load_to[k * width + c] = route->load_to[(k - 1) * width + c];
            route->prev_empty[k * width + c] = emptied >> c & 1 ? k : route->prev_empty[(k - 1) * width + c];
        }
        route->stops_to[k] = route->stops_to[k - 1];
        if (!node_is_stop(problem, node)) continue;
        const struct stop *stop = &problem->instance->stops[node];
        struct load *load = &route->load_to[k * width + shape->compartment[node]];
        load->kg += stop->load_kg;
        load->l += stop->load_l;
        route->stops_to[k]++;
    }
    for (int32_t k = last - 1; k >= 0; k--)
        for (int32_t c = 0; c < width; c++)
            route->next_empty[k * width + c] =
                k > 0 && route->prev_empty[k * width + c] == k ? k : route->next_empty[(k + 1) * width + c];
}

static void sum_clock(const struct problem *problem, const struct vehicle *vehicle, const int64_t *duration_s,
                      struct route *route)
{
    int32_t last = route->count + 1;
    route->early_s[0] = vehicle->shift_start_s;
    for (int32_t k = 1; k <= last; k++) {
        int64_t arrival =
            route->early_s[k - 1] + leg_s(problem, vehicle->profile, route->nodes[k - 1], route->nodes[k]);
        int64_t begin = node_begin(problem, route->nodes[k], arrival);
        route->early_s[k] = (begin == INT64_MAX ? arrival : begin) + duration_s[k];
    }
    route->late_s[last] = vehicle->shift_end_s;
    for (int32_t k = last - 1; k >= 1; k--) {
        int64_t leg = leg_s(problem, vehicle->profile, route->nodes[k], route->nodes[k + 1]);
        int64_t latest =
            node_begin_latest(problem, route->nodes[k], route->late_s[k + 1] - leg - duration_s[k]);
        route->late_s[k] = latest == INT64_MIN ? -MEASURE_MAX : latest;
    }
    route->late_s[0] = vehicle->shift_end_s;
}

void solution_count_sites(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count,
                          int64_t *site_kg, int64_t sign)
{
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    int64_t aboard_kg[COMPARTMENT_MAX] = {0};
    for (int32_t k = 0; k < count; k++) {
        if (node_is_stop(problem, nodes[k])) {
            aboard_kg[shape->compartment[nodes[k]]] += problem->instance->stops[nodes[k]].load_kg;
        } else if (node_is_site(problem, nodes[k])) {
            int32_t site = nodes[k] - problem->stop_count;
            for (int32_t c = 0; c < shape->compartment_count; c++) {
                if (!(shape->emptied[site] >> c & 1)) continue;
                site_kg[site] += sign * aboard_kg[c];
                aboard_kg[c] = 0;
            }
        }
    }
}

/* Fills the running sums of a route from its nodes. */
static bool measure(struct solution *solution, int32_t vehicle, struct route *route)
{
    const struct problem *problem = solution->problem;
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    struct timetable *timetable = &solution->timetable;
    if (!timetable_reserve(timetable, route->count + 2)) return false;
    schedule_durations(problem, vehicle, route->nodes, route->count + 2, timetable);
    sum_ways(problem, v->profile, timetable->duration_s, route);
    sum_loads(problem, &problem->shapes[problem->shape_of[vehicle]], route);
    if (problem->timed) sum_clock(problem, v, timetable->duration_s, route);
    return true;
}

/* Takes a route's stops, cost and site loads out of the sums (sign -1) or puts them in (+1). A stop that
 * another route already claims is left to it. */
static void account(struct solution *solution, int32_t vehicle, int64_t sign)
{
    const struct problem *problem = solution->problem;
    const struct route *route = &solution->routes[vehicle];
    solution->cost += sign * route->schedule.cost;
    int32_t *idle_from = &solution->idle_from[problem->kind_of[vehicle]];
    if (sign < 0 && vehicle < *idle_from) *idle_from = vehicle;
    if (problem->site_count > 0)
        solution_count_sites(problem, vehicle, route->nodes, route->count + 2, solution->site_kg, sign);
    for (int32_t k = 1; k <= route->count; k++) {
        int32_t stop = route->nodes[k];
        if (!node_is_stop(problem, stop)) continue;
        bool served = solution->route_of[stop] >= 0;
        if (sign > 0) {
            if (!served) {
                solution->cost -= solution_leaving_price(problem, stop);
                solution->unserved_mandatory -= problem->instance->stops[stop].mandatory;
            }
            solution->route_of[stop] = vehicle;
            solution->position_of[stop] = k;
        } else if (solution->route_of[stop] == vehicle) {
            solution->route_of[stop] = -1;
            solution->cost += solution_leaving_price(problem, stop);
            solution->unserved_mandatory += problem->instance->stops[stop].mandatory;
        }
    }
}

/* Keeps the route as it is now, once between two marks. */
static bool save(struct solution *solution, int32_t vehicle)
{
    if (solution->marked[vehicle] == solution->mark) return true;
    const struct route *route = &solution->routes[vehicle];
    int64_t first = solution->log.count;
    if (!array_reserve(&solution->log, first + route->count + 2)) return false;
    memcpy(solution->log.items + first, route->nodes, (size_t)(route->count + 2) * sizeof *route->nodes);
    solution->log.count = first + route->count + 2;
    struct undo undo = {vehicle, route->count + 2, (int32_t)first, route->schedule};
    if (!array_push(&solution->undo, undo)) return false;
    solution->marked[vehicle] = solution->mark;
    return true;
}

static bool replace(struct solution *solution, int32_t vehicle, const int32_t *nodes, int32_t count,
                    const struct schedule *schedule)
{
    struct route *route = &solution->routes[vehicle];
    if (!route_reserve(route, count, route_compartments(solution->problem, vehicle))) return false;
    memcpy(route->nodes, nodes, (size_t)count * sizeof *nodes);
    route->count = count - 2;
    route->schedule = *schedule;
    if (!measure(solution, vehicle, route)) return false;
    route->stops = route->stops_to[route->count + 1];
    account(solution, vehicle, 1);
    return true;
}

bool solution_set(struct solution *solution, int32_t vehicle, const int32_t *nodes, int32_t count,
                  const struct schedule *schedule)
{
    if (solution->routes[vehicle].capacity > 0) {
        if (!save(solution, vehicle)) return false;
        account(solution, vehicle, -1);
    }
    return replace(solution, vehicle, nodes, count, schedule);
}

void solution_assert(const struct solution *solution)
{
#ifdef BENNE_DEBUG
    const struct problem *problem = solution->problem;
    money cost = 0;
    int32_t served = 0, mandatory = 0, met = 0;
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        const struct route *route = &solution->routes[v];
        cost += route->schedule.cost;
        assert(route->stops > 0 || route->schedule.cost == 0);
        for (int32_t k = 1; k <= route->count; k++) {
            if (!node_is_stop(problem, route->nodes[k])) continue;
            assert(solution->route_of[route->nodes[k]] == v && solution->position_of[route->nodes[k]] == k);
            met++;
        }
    }
    for (int32_t stop = 0; stop < problem->stop_count; stop++) {
        if (solution->route_of[stop] >= 0) {
            served++;
            continue;
        }
        cost += solution_leaving_price(problem, stop);
        mandatory += problem->instance->stops[stop].mandatory;
    }
    assert(served == met && cost == solution->cost && mandatory == solution->unserved_mandatory);
#else
    (void)solution;
#endif
}

int32_t solution_idle(struct solution *solution, int32_t kind)
{
    const struct problem *problem = solution->problem;
    int32_t *from = &solution->idle_from[kind];
    while (*from < problem->vehicle_count &&
           (problem->kind_of[*from] != kind || solution->routes[*from].stops > 0))
        ++*from;
    return *from < problem->vehicle_count ? *from : -1;
}

void solution_mark(struct solution *solution)
{
    solution->mark++;
    solution->undo.count = 0;
    solution->log.count = 0;
}

bool solution_undo(struct solution *solution)
{
    for (int64_t k = 0; k < solution->undo.count; k++) account(solution, solution->undo.items[k].vehicle, -1);
    for (int64_t k = 0; k < solution->undo.count; k++) {
        const struct undo *undo = &solution->undo.items[k];
        if (!replace(solution, undo->vehicle, solution->log.items + undo->first, undo->count,
                     &undo->schedule))
            return false;
    }
    solution_mark(solution);
    return true;
}

bool snapshot_take(struct snapshot *snapshot, const struct solution *solution)
{
    const struct problem *problem = solution->problem;
    int32_t vehicles = problem->vehicle_count;
    int64_t total = 0;
    for (int32_t v = 0; v < vehicles; v++) total += solution->routes[v].count + 2;
    if (snapshot->first == NULL) {
        snapshot->first = allocate(vehicles + 1, sizeof *snapshot->first);
        snapshot->schedules = allocate(vehicles, sizeof *snapshot->schedules);
        if (snapshot->first == NULL || snapshot->schedules == NULL) return false;
    }
    if (!array_grow((void **)&snapshot->nodes, &snapshot->capacity, total, sizeof *snapshot->nodes))
        return false;
    int32_t at = 0;
    for (int32_t v = 0; v < vehicles; v++) {
        const struct route *route = &solution->routes[v];
        snapshot->first[v] = at;
        memcpy(snapshot->nodes + at, route->nodes, (size_t)(route->count + 2) * sizeof *route->nodes);
        snapshot->schedules[v] = route->schedule;
        at += route->count + 2;
    }
    snapshot->first[vehicles] = at;
    snapshot->cost = solution->cost;
    snapshot->unserved_mandatory = solution->unserved_mandatory;
    return true;
}

bool snapshot_restore(const struct snapshot *snapshot, struct solution *solution)
{
    for (int32_t v = 0; v < solution->problem->vehicle_count; v++) account(solution, v, -1);
    for (int32_t v = 0; v < solution->problem->vehicle_count; v++) {
        const int32_t *nodes = snapshot->nodes + snapshot->first[v];
        if (!replace(solution, v, nodes, snapshot->first[v + 1] - snapshot->first[v],
                     &snapshot->schedules[v]))
            return false;
    }
    solution_mark(solution);
    return true;
}

error_code snapshot_cost(const struct snapshot *snapshot, const struct problem *problem, struct arena *arena,
                         money *cost, struct error *error)
{
    error_code rc = ERROR_NONE;
    bool *served;
    TRY_NEW(arena, served, problem->stop_count);
    for (int32_t k = 0; k < snapshot->first[problem->vehicle_count]; k++)
        if (node_is_stop(problem, snapshot->nodes[k])) served[snapshot->nodes[k]] = true;
    *cost = snapshot->cost;
    for (int32_t stop = 0; stop < problem->stop_count; stop++)
        if (!served[stop] && problem->instance->stops[stop].mandatory)
            *cost -= solution_leaving_price(problem, stop);
done:
    return rc;
}

void snapshot_free(struct snapshot *snapshot)
{
    free(snapshot->first);
    free(snapshot->nodes);
    free(snapshot->schedules);
    *snapshot = (struct snapshot){0};
}

error_code solution_append_route(const struct problem *problem, int32_t vehicle, const int32_t *nodes,
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
                         struct timetable *timetable, struct plan *plan, struct error *error)
{
    error_code rc = ERROR_NONE;
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        int32_t count = snapshot->first[v + 1] - snapshot->first[v];
        if (count <= 2) continue;
        TRY(solution_append_route(problem, v, snapshot->nodes + snapshot->first[v], count,
                                  &snapshot->schedules[v], timetable, plan, error));
    }
done:
    return rc;
}
