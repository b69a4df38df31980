#include "solver/routing/solution.h"

#include "solver/routing/locks.h"

#include <assert.h>

#ifdef BENNE_DEBUG
static void assert_route(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct route *route = &solution->routes[vehicle];
    const struct kind *kind = kind_of(problem, vehicle);
    struct schedule schedule;
    int32_t count = solution_nodes(solution, vehicle, NULL), stops = 0;
    for (int32_t k = 0; k < count; k++) stops += node_is_stop(problem, solution->scratch[k]);
    assert(stops == route->stops && (stops > 0 || (route->cost == 0 && count == 2)));
    for (int32_t x = visit_start(problem, vehicle); x >= 0; x = solution->visits[x].next) {
        assert(solution->visits[x].vehicle == vehicle);
        assert(x >= problem->stop_count || problem_may_serve(problem, vehicle, x));
        assert(solution->visits[x].next < 0 || solution->visits[solution->visits[x].next].prev == x);
    }
    if (stops == 0) return;
    assert(problem->locks == NULL || locks_kept(problem, solution->scratch, count));
    if (!timetable_reserve(&solution->timetable, count)) return;
    schedule_route(problem, vehicle, solution->scratch, count, &solution->timetable, &schedule);
    assert(schedule.feasible && schedule.cost == route->cost);
    assert(schedule.distance_m == route->metres);
    if (!kind->intricate) assert(solution_sums_cost(solution, vehicle) == route->cost);
}
#endif

void solution_assert(struct solution *solution)
{
#ifdef BENNE_DEBUG
    const struct problem *problem = solution->problem;
    struct totals totals = {0};
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        const struct route *route = &solution->routes[v];
        assert_route(solution, v);
        totals.cost += route->cost;
        totals.served += route->stops;
        assert((route->stops > 0) == (solution->used_at[v] >= 0));
    }
    int32_t served = 0;
    for (int32_t stop = 0; stop < problem->stop_count; stop++) {
        served += solution->visits[stop].vehicle >= 0;
        if (solution->visits[stop].vehicle >= 0) continue;
        totals.cost += solution->leaving[stop];
        totals.unserved_mandatory += problem->instance->stops[stop].mandatory;
    }
    for (int32_t p = 0; p < problem->instance->pair_count; p++) {
        const struct stop_pair *pair = &problem->instance->pairs[p];
        const int32_t one = solution->visits[pair->one].vehicle;
        const int32_t other = solution->visits[pair->other].vehicle;
        if (one >= 0 && other >= 0 && one != other) totals.apart += pair->price;
    }
    assert(totals.apart == solution->totals.apart);
    totals.cost += totals.apart;
    assert(served == totals.served && totals.cost == solution->totals.cost);
    assert(totals.served == solution->totals.served);
    assert(totals.unserved_mandatory == solution->totals.unserved_mandatory);
#else
    (void)solution;
#endif
}
