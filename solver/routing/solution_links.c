#include "solver/routing/solution_parts.h"

#include "solver/routing/quality.h"

#include <assert.h>

void solution_note_use(struct solution *solution, int32_t vehicle)
{
    const bool is_used = solution->routes[vehicle].stops > 0;
    int32_t *at = &solution->used_at[vehicle];
    int32_t *idle_from = &solution->idle_from[solution->problem->kind_of[vehicle]];
    if (is_used == (*at >= 0)) return;
    if (is_used) {
        *at = solution->used_count;
        solution->used[solution->used_count++] = vehicle;
        return;
    }
    int32_t last = solution->used[--solution->used_count];
    solution->used[*at] = last;
    solution->used_at[last] = *at;
    *at = -1;
    if (vehicle < *idle_from) *idle_from = vehicle;
}

int32_t solution_idle(struct solution *solution, int32_t kind)
{
    const struct problem *problem = solution->problem;
    int32_t *from = &solution->idle_from[kind];
    if (solution->used_count >= solution->used_most) return -1;
    while (*from < problem->vehicle_count &&
           (problem->kind_of[*from] != kind || solution->routes[*from].stops > 0))
        ++*from;
    return *from < problem->vehicle_count ? *from : -1;
}

/* Counts what the compartments of a route hold too much into the solution's overload (sign +1), or out. */
static void count_over(struct solution *solution, int32_t vehicle, int32_t sign)
{
    const struct problem *problem = solution->problem;
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    for (int32_t c = 0; problem->site_count == 0 && c < v->compartment_count; c++) {
        const struct load over = overload_of(&v->compartments[c], solution->routes[vehicle].carried[c]);
        solution->totals.over.kg += sign * over.kg;
        solution->totals.over.l += sign * over.l;
    }
}

/* Counts what it costs that the stop is with this vehicle in (sign +1) or out: its change, and partners of
 * other vehicles. */
static void count_quality(struct solution *solution, int32_t vehicle, int32_t stop, int32_t sign)
{
    const struct problem *problem = solution->problem;
    const money apart = sign * quality_apart_price(solution, vehicle, stop);
    solution->totals.apart += apart;
    solution->totals.cost += apart;
    solution->routes[vehicle].changed += problem_change_price(problem, vehicle, stop) > 0 ? sign : 0;
}

/* Counts a stop into its route (sign +1) or out of it (−1), and out of or into what is left. */
static void count_stop(struct solution *solution, int32_t vehicle, int32_t stop, int32_t sign)
{
    const struct problem *problem = solution->problem;
    const struct stop *s = &problem->instance->stops[stop];
    struct route *route = &solution->routes[vehicle];
    route->stops += sign;
    route->numbered = false;
    solution->totals.served += sign;
    route->total.kg += sign * s->load_kg;
    route->total.l += sign * s->load_l;
    if (problem->site_count == 0) {
        struct load *carried = &route->carried[problem->shapes[problem->shape_of[vehicle]].compartment[stop]];
        count_over(solution, vehicle, -1);
        carried->kg += sign * s->load_kg;
        carried->l += sign * s->load_l;
        count_over(solution, vehicle, 1);
    }
    solution->totals.cost -= sign * solution->leaving[stop];
    solution->totals.unserved_mandatory -= sign * s->mandatory;
    if (problem->quality) count_quality(solution, vehicle, stop, sign);
    if (route->stops == (sign > 0 ? 1 : 0)) solution_note_use(solution, vehicle);
}

int32_t solution_drive(struct solution *solution, int32_t profile, int32_t before, int32_t after)
{
    struct leg leg = leg_visits(solution, profile, before, after);
    visit_join(solution, before, after);
    solution->visits[after].leg_m = (int32_t)leg.m;
    solution->visits[after].leg_s = (int32_t)leg.s;
    return (int32_t)leg.m;
}

int32_t solution_link(struct solution *solution, int32_t node, int32_t after)
{
    const struct problem *problem = solution->problem;
    int32_t visit = node, vehicle = solution->visits[after].vehicle, next = solution->visits[after].next;
    const int32_t profile = kind_of(problem, vehicle)->profile;
    if (!node_is_stop(problem, node)) {
        assert(solution->spare_count > 0);
        visit = solution->spare[--solution->spare_count];
        visit_place(solution, visit, node);
    }
    assert(solution->visits[visit].vehicle < 0);
    int64_t metres = problem->nodes[node].inner_m - solution->visits[next].leg_m;
    metres += solution_drive(solution, profile, after, visit);
    metres += solution_drive(solution, profile, visit, next);
    solution->routes[vehicle].metres += metres;
    solution->visits[visit].vehicle = vehicle;
    solution->routes[vehicle].numbered = false;
    if (node_is_stop(problem, node)) count_stop(solution, vehicle, node, 1);
    return visit;
}

void solution_unlink(struct solution *solution, int32_t visit)
{
    const struct problem *problem = solution->problem;
    struct visit *v = &solution->visits[visit];
    int64_t metres = problem->nodes[v->node].inner_m + v->leg_m + solution->visits[v->next].leg_m;
    metres -= solution_drive(solution, kind_of(problem, v->vehicle)->profile, v->prev, v->next);
    solution->routes[v->vehicle].metres -= metres;
    solution->routes[v->vehicle].numbered = false;
    if (node_is_stop(problem, v->node))
        count_stop(solution, v->vehicle, visit, -1);
    else
        solution->spare[solution->spare_count++] = visit;
    v->vehicle = -1;
}

int32_t solution_tidy(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    uint32_t loaded = 0;
    int32_t needless = 0;
    for (int32_t x = solution->visits[visit_start(problem, vehicle)].next;
         x != visit_end(problem, vehicle);) {
        int32_t node = solution->visits[x].node, visit = x;
        x = solution->visits[x].next;
        if (node_is_stop(problem, node)) {
            const struct stop *stop = &problem->instance->stops[node];
            if (stop->load_kg > 0 || stop->load_l > 0) loaded |= UINT32_C(1) << shape->compartment[node];
            continue;
        }
        uint32_t emptied = shape_emptied_at(problem, shape, node) & loaded;
        loaded &= ~emptied;
        if (emptied != 0) continue;
        solution_unlink(solution, visit);
        needless++;
    }
    return needless;
}

void solution_assign(struct solution *solution, int32_t vehicle, const int32_t *nodes, int32_t count)
{
    const struct problem *problem = solution->problem;
    int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle);
    while (solution->visits[start].next != end) solution_unlink(solution, solution->visits[start].next);
    for (int32_t k = 0, at = start; k < count; k++) at = solution_link(solution, nodes[k], at);
    solution_refresh(solution, vehicle, start, end);
}

void solution_hand_over(struct solution *solution, int32_t from, int32_t to)
{
    int32_t count = solution_nodes(solution, from, NULL);
    solution_assign(solution, from, NULL, 0);
    solution_assign(solution, to, solution->scratch + 1, count - 2);
}

/* A stop goes from one vehicle to another: pairs are torn apart and joined. */
static void count_move(struct solution *solution, int32_t stop, int32_t from, int32_t to)
{
    const money apart = quality_apart_price(solution, to, stop) - quality_apart_price(solution, from, stop);
    solution->totals.apart += apart;
    solution->totals.cost += apart;
}

void solution_restring(struct solution *solution, int32_t vehicle, const int32_t *visits, int32_t count)
{
    const struct problem *problem = solution->problem;
    const int32_t profile = kind_of(problem, vehicle)->profile;
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    const int32_t end = visit_end(problem, vehicle);
    struct route *route = &solution->routes[vehicle];
    count_over(solution, vehicle, -1);
    *route = (struct route){.cost = route->cost}; /* refreshing counts the difference */
    int32_t at = visit_start(problem, vehicle);
    for (int32_t k = 0; k <= count; k++) {
        const int32_t x = k < count ? visits[k] : end;
        struct visit *v = &solution->visits[x];
        if (v->prev == at && v->vehicle == vehicle) {
            solution->visits[at].next = x;
            route->metres += v->leg_m;
        } else {
            route->metres += solution_drive(solution, profile, at, x);
            if (problem->partners != NULL && node_is_stop(problem, x))
                count_move(solution, x, v->vehicle, vehicle);
            v->vehicle = vehicle;
        }
        route->metres += problem->nodes[v->node].inner_m;
        at = x;
        if (!node_is_stop(problem, v->node)) continue;
        const struct stop *stop = &problem->instance->stops[v->node];
        route->stops++;
        route->total.kg += stop->load_kg;
        route->total.l += stop->load_l;
        route->changed += problem_change_price(problem, vehicle, x) > 0;
        if (problem->site_count > 0) continue;
        route->carried[shape->compartment[v->node]].kg += stop->load_kg;
        route->carried[shape->compartment[v->node]].l += stop->load_l;
    }
    count_over(solution, vehicle, 1);
    solution_note_use(solution, vehicle);
    solution_refresh(solution, vehicle, visit_start(problem, vehicle), end);
    solution_number(solution, vehicle);
}

int32_t solution_nodes(const struct solution *solution, int32_t vehicle, int32_t *nodes)
{
    int32_t count = 0;
    if (nodes == NULL) nodes = solution->scratch;
    for (int32_t x = visit_start(solution->problem, vehicle); x >= 0; x = solution->visits[x].next)
        nodes[count++] = solution->visits[x].node;
    return count;
}
