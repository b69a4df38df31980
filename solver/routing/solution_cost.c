#include "solver/routing/solution_parts.h"

money solution_sums_cost(const struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct route *route = &solution->routes[vehicle];
    const struct kind *kind = kind_of(problem, vehicle);
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    if (route->stops == 0) return 0;
    money cost = v->fixed_cost + route->metres * kind->rate_m + route->total.kg * kind->price_kg;
    if (problem->quality) cost += solution_change_cost(solution, vehicle);
    if (kind->work_counts)
        cost += vehicle_work_cost(v, solution->spans_to[visit_end(problem, vehicle)].duration_s);
    return cost;
}

money solution_over_price(const struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    money price = 0;
    for (int32_t c = 0; problem->site_count == 0 && c < v->compartment_count; c++)
        price += overload_price(&solution->soft,
                                overload_of(&v->compartments[c], solution->routes[vehicle].carried[c]));
    return price;
}

void solution_set_cost(struct solution *solution, int32_t vehicle, money cost)
{
    solution->totals.cost += cost - solution->routes[vehicle].cost;
    solution->routes[vehicle].cost = cost;
}

void solution_refresh(struct solution *solution, int32_t vehicle, int32_t first, int32_t last)
{
    const struct problem *problem = solution->problem;
    if (problem_keeps_sums(problem)) solution_renew_sums(solution, vehicle, first, last);
    solution_set_cost(solution, vehicle, solution_sums_cost(solution, vehicle));
}

/* Do the hours hold? What lies behind a departure is in the latest arrival of the first visit behind it. */
static bool in_time(const struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    for (int32_t x = visit_start(problem, vehicle); solution->visits[x].next >= 0;
         x = solution->visits[x].next) {
        int32_t next = solution->visits[x].next;
        bool is_head = x == visit_start(problem, vehicle) || node_is_site(problem, solution->visits[x].node);
        if (!is_head) continue;
        int64_t leave_s = problem->released ? solution->trips[x].leave_s : solution->clocks[x].early_s;
        if (leave_s + solution->visits[next].leg_s > solution->clocks[next].late_s) return false;
        if (!problem->released) return true;
    }
    return true;
}

bool solution_confirm(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct kind *kind = kind_of(problem, vehicle);
    const struct route *route = &solution->routes[vehicle];
    if (route->stops == 0) return true;
    if (!kind->intricate) {
        const struct vehicle *v = &problem->instance->vehicles[vehicle];
        if (route->metres >= TRAVEL_UNREACHABLE) return false;
        if (v->max_distance_m > 0 && route->metres > v->max_distance_m) return false;
        if (kind->work_counts && solution->spans_to[visit_end(problem, vehicle)].duration_s > v->max_work_s)
            return false;
        return !problem->timed || in_time(solution, vehicle);
    }
    struct schedule schedule;
    int32_t count = solution_nodes(solution, vehicle, NULL);
    if (!timetable_reserve(&solution->timetable, count)) {
        solution->memory = false;
        return false;
    }
    for (int32_t k = 1, x = visit_start(problem, vehicle); k < count; k++) {
        x = solution->visits[x].next;
        solution->timetable.legs[k] = (struct leg){solution->visits[x].leg_m, solution->visits[x].leg_s};
    }
    schedule_driven(problem, vehicle, solution->scratch, count, &solution->timetable, &schedule);
    if (!schedule.feasible) return false;
    for (int32_t s = 0; problem->sites_limited && s < problem->site_count; s++) {
        int64_t limit_kg = problem->instance->sites[s].daily_limit_kg;
        if (limit_kg > 0 && solution->site_kg[s] > limit_kg &&
            solution->unloaded_kg[(size_t)vehicle * (size_t)problem->site_count + (size_t)s] > 0)
            return false;
    }
    solution_set_cost(solution, vehicle, schedule.cost);
    return true;
}
