#include "solver/routing/solution.h"

#include "solver/base/array.h"
#include "solver/routing/locks.h"
#include "solver/routing/quality.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(int64_t count, size_t size)
{
    return calloc((size_t)(count > 0 ? count : 1), size);
}

/* Each trip has a stop and ends at one site for each compartment at most. */
static int32_t disposal_visits_max(const struct problem *problem)
{
    return problem->site_count == 0 ? 0 : problem->stop_count * problem->width + problem->vehicle_count + 8;
}

static void place_visit(struct solution *solution, int32_t visit, int32_t node)
{
    const struct node *n = &solution->problem->nodes[node];
    struct visit *v = &solution->visits[visit];
    v->node = node;
    v->entry = n->entry;
    v->exit = n->exit;
}

static void fill_visits(struct solution *solution)
{
    const struct problem *problem = solution->problem;
    for (int32_t v = 0; v < solution->visit_count; v++)
        solution->visits[v] = (struct visit){.next = -1, .prev = -1, .vehicle = -1, .node = -1};
    for (int32_t stop = 0; stop < problem->stop_count; stop++) place_visit(solution, stop, stop);
    for (int32_t vehicle = 0; vehicle < problem->vehicle_count; vehicle++) {
        int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle);
        place_visit(solution, start, node_start(problem, vehicle));
        place_visit(solution, end, node_end(problem, vehicle));
        solution->visits[start].vehicle = solution->visits[end].vehicle = vehicle;
        solution->visits[start].next = end;
        solution->visits[end].prev = start;
    }
    for (int32_t v = solution->visit_count - 1; v >= problem->stop_count + 2 * problem->vehicle_count; v--)
        solution->spare[solution->spare_count++] = v;
}

static void join(struct solution *solution, int32_t before, int32_t after)
{
    solution->visits[before].next = after;
    solution->visits[after].prev = before;
}

/* Makes two visits of a vehicle neighbours; the metres between them. */
static int32_t drive(struct solution *solution, int32_t profile, int32_t before, int32_t after)
{
    struct leg leg = leg_visits(solution, profile, before, after);
    join(solution, before, after);
    solution->visits[after].leg_m = (int32_t)leg.m;
    solution->visits[after].leg_s = (int32_t)leg.s;
    return (int32_t)leg.m;
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
        solution->routes[v].metres = drive(solution, kind_of(problem, v)->profile, start, end);
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

/* --- links --- */

/* Brings the lists of used and idle vehicles up to date with a route that has begun or ended. */
static void note_use(struct solution *solution, int32_t vehicle)
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
    if (route->stops == (sign > 0 ? 1 : 0)) note_use(solution, vehicle);
}

int32_t solution_link(struct solution *solution, int32_t node, int32_t after)
{
    const struct problem *problem = solution->problem;
    int32_t visit = node, vehicle = solution->visits[after].vehicle, next = solution->visits[after].next;
    const int32_t profile = kind_of(problem, vehicle)->profile;
    if (!node_is_stop(problem, node)) {
        assert(solution->spare_count > 0);
        visit = solution->spare[--solution->spare_count];
        place_visit(solution, visit, node);
    }
    assert(solution->visits[visit].vehicle < 0);
    int64_t metres = problem->nodes[node].inner_m - solution->visits[next].leg_m;
    metres += drive(solution, profile, after, visit);
    metres += drive(solution, profile, visit, next);
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
    metres -= drive(solution, kind_of(problem, v->vehicle)->profile, v->prev, v->next);
    solution->routes[v->vehicle].metres -= metres;
    solution->routes[v->vehicle].numbered = false;
    if (node_is_stop(problem, v->node))
        count_stop(solution, v->vehicle, visit, -1);
    else
        solution->spare[solution->spare_count++] = visit;
    v->vehicle = -1;
}

/* --- running sums --- */

/* Sums of a visit from the one before it; true when any changed. */
static bool renew_clock_to(struct solution *solution, int32_t visit)
{
    const struct problem *problem = solution->problem;
    const struct visit *v = &solution->visits[visit];
    const struct node *node = &problem->nodes[v->node];
    const int64_t leg_s = v->leg_s;
    bool changed = false;
    if (problem->timed) {
        int64_t leave_s = solution->clocks[v->prev].early_s;
        if (problem->released) {
            const struct trip_clock *before = &solution->trips[v->prev];
            if (before->head == v->prev) leave_s = before->leave_s;
        }
        int64_t begin = node_begin(problem, v->node, leave_s + leg_s);
        int64_t early = (begin == INT64_MAX ? leave_s + leg_s : begin) + node->service_s;
        changed |= early != solution->clocks[visit].early_s;
        solution->clocks[visit].early_s = early;
    }
    if (problem->work_counts) {
        struct span span = span_join(solution->spans_to[v->prev], leg_s, span_of(node));
        const struct span *old = &solution->spans_to[visit];
        changed |=
            span.duration_s != old->duration_s || span.early_s != old->early_s || span.late_s != old->late_s;
        solution->spans_to[visit] = span;
    }
    return changed;
}

static bool renew_clock_on(struct solution *solution, int32_t visit)
{
    const struct problem *problem = solution->problem;
    const struct visit *v = &solution->visits[visit];
    const struct node *node = &problem->nodes[v->node];
    const int64_t leg_s = solution->visits[v->next].leg_s;
    bool changed = false;
    if (problem->timed) {
        int64_t late =
            node_begin_latest(problem, v->node, solution->clocks[v->next].late_s - leg_s - node->service_s);
        if (late == INT64_MIN) late = -MEASURE_MAX;
        changed |= late != solution->clocks[visit].late_s;
        solution->clocks[visit].late_s = late;
    }
    if (problem->work_counts) {
        struct span span = span_join(span_of(node), leg_s, solution->spans_on[v->next]);
        const struct span *old = &solution->spans_on[visit];
        changed |=
            span.duration_s != old->duration_s || span.early_s != old->early_s || span.late_s != old->late_s;
        solution->spans_on[visit] = span;
    }
    return changed;
}

static struct load stop_load(const struct problem *problem, const struct shape *shape, int32_t node,
                             int32_t c)
{
    if (!node_is_stop(problem, node) || shape->compartment[node] != c) return (struct load){0, 0};
    return (struct load){problem->instance->stops[node].load_kg, problem->instance->stops[node].load_l};
}

static uint32_t emptied_at(const struct problem *problem, const struct shape *shape, int32_t node)
{
    return node_is_site(problem, node) ? shape->emptied[node - problem->stop_count] : 0;
}

static bool renew_load_to(struct solution *solution, const struct shape *shape, int32_t visit)
{
    const struct problem *problem = solution->problem;
    const struct visit *v = &solution->visits[visit];
    const uint32_t emptied = emptied_at(problem, shape, v->node);
    bool changed = false;
    for (int32_t c = 0; c < shape->compartment_count; c++) {
        struct aboard *aboard = &solution->aboard[visit * problem->width + c];
        struct load load = stop_load(problem, shape, v->node, c);
        if (!(emptied >> c & 1)) {
            const struct load *before = &solution->aboard[v->prev * problem->width + c].ahead;
            load.kg += before->kg;
            load.l += before->l;
        }
        changed |= load.kg != aboard->ahead.kg || load.l != aboard->ahead.l;
        aboard->ahead = load;
    }
    return changed;
}

static bool renew_load_on(struct solution *solution, const struct shape *shape, int32_t visit)
{
    const struct problem *problem = solution->problem;
    const struct visit *v = &solution->visits[visit];
    const uint32_t emptied = emptied_at(problem, shape, v->node);
    bool changed = false;
    for (int32_t c = 0; c < shape->compartment_count; c++) {
        struct aboard *aboard = &solution->aboard[visit * problem->width + c];
        const struct aboard *behind = &solution->aboard[v->next * problem->width + c];
        struct load load = stop_load(problem, shape, v->node, c);
        bool is_emptied = emptied >> c & 1;
        if (!is_emptied) {
            load.kg += behind->behind.kg;
            load.l += behind->behind.l;
            is_emptied = behind->emptied;
        }
        changed |=
            load.kg != aboard->behind.kg || load.l != aboard->behind.l || is_emptied != aboard->emptied;
        aboard->behind = load;
        aboard->emptied = is_emptied;
    }
    return changed;
}

/* With releases: where each trip sets out and when; always the whole route, since a release moves the
 * departure of what lies before it. */
static void renew_trips(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct visit *visits = solution->visits;
    int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle), release_s = 0;
    for (int32_t x = end; x != start; x = visits[x].prev) {
        bool is_site = node_is_site(problem, visits[x].node);
        if (is_site) release_s = 0;
        if (problem->nodes[visits[x].node].release_s > release_s)
            release_s = problem->nodes[visits[x].node].release_s;
        solution->trips[x].release_behind_s = release_s;
    }
    solution->trips[start].release_behind_s = 0;
    int32_t head = start;
    for (int32_t x = start; x >= 0; x = visits[x].next) {
        struct trip_clock *trip = &solution->trips[x];
        if (x != start) renew_clock_to(solution, x);
        if (x == start || node_is_site(problem, visits[x].node)) {
            int64_t early = solution->clocks[x].early_s, release = 0;
            if (visits[x].next >= 0) release = solution->trips[visits[x].next].release_behind_s;
            head = x;
            trip->driven_s = 0;
            trip->floor_s = 0;
            trip->latest_s = INT64_C(4) * MEASURE_MAX;
            trip->leave_s = early > release ? early : release;
            trip->release_ahead_s = 0;
        } else {
            const struct trip_clock *before = &solution->trips[visits[x].prev];
            const struct node *node = &problem->nodes[visits[x].node];
            int64_t leg_s = visits[x].leg_s;
            int64_t begin = node_begin(problem, visits[x].node, before->floor_s + leg_s);
            int64_t slack = (int64_t)node->close_s - before->driven_s - leg_s;
            trip->driven_s = before->driven_s + leg_s + node->service_s;
            trip->floor_s = (begin == INT64_MAX ? before->floor_s + leg_s : begin) + node->service_s;
            trip->latest_s = node->window_count > 0 && slack < before->latest_s ? slack : before->latest_s;
            trip->release_ahead_s =
                node->release_s > before->release_ahead_s ? node->release_s : before->release_ahead_s;
        }
        trip->head = head;
    }
}

static void renew_load_ends(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle);
    for (int32_t c = 0; c < problem->width; c++) {
        solution->aboard[start * problem->width + c].ahead = (struct load){0, 0};
        solution->aboard[end * problem->width + c].behind = (struct load){0, 0};
        solution->aboard[end * problem->width + c].emptied =
            problem->instance->vehicles[vehicle].home_takes_load;
    }
}

static void renew_ends(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle);
    if (problem->timed) {
        solution->clocks[start].early_s = v->shift_start_s;
        solution->clocks[end].late_s = v->shift_end_s;
    }
    if (problem->work_counts) {
        solution->spans_to[start] = (struct span){0, v->shift_start_s, v->shift_end_s};
        solution->spans_on[end] = (struct span){0, v->shift_start_s, v->shift_end_s};
    }
    if (problem->site_count > 0) renew_load_ends(solution, vehicle);
}

/* What the route unloads at each site. */
static void renew_unloaded(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    int64_t *row = solution->unloaded_kg + (size_t)vehicle * (size_t)problem->site_count;
    for (int32_t s = 0; s < problem->site_count; s++) {
        solution->site_kg[s] -= row[s];
        row[s] = 0;
    }
    for (int32_t x = solution->visits[visit_start(problem, vehicle)].next; x >= 0;
         x = solution->visits[x].next) {
        uint32_t emptied = emptied_at(problem, shape, solution->visits[x].node);
        for (int32_t c = 0; c < shape->compartment_count; c++)
            if (emptied >> c & 1)
                row[solution->visits[x].node - problem->stop_count] +=
                    solution->aboard[solution->visits[x].prev * problem->width + c].ahead.kg;
    }
    for (int32_t s = 0; s < problem->site_count; s++) solution->site_kg[s] += row[s];
}

/* From `first` on, at least up to `last`, then as long as something changes; and the other way round. */
static void renew_sums(struct solution *solution, int32_t vehicle, int32_t first, int32_t last)
{
    const struct problem *problem = solution->problem;
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    const struct visit *visits = solution->visits;
    bool clocked = problem->timed || problem->work_counts, loaded = problem->site_count > 0;
    if (first == visit_start(problem, vehicle)) renew_ends(solution, vehicle);
    bool inside = true;
    for (int32_t x = visits[first].next; x >= 0; x = visits[x].next) {
        bool changed = clocked && !problem->released && renew_clock_to(solution, x);
        if (loaded && renew_load_to(solution, shape, x)) changed = true;
        if (x == last) inside = false;
        if (!inside && !changed) break;
    }
    inside = true;
    for (int32_t x = visits[last].prev; x >= 0; x = visits[x].prev) {
        bool changed = clocked && renew_clock_on(solution, x);
        if (loaded && renew_load_on(solution, shape, x)) changed = true;
        if (x == first) inside = false;
        if (!inside && !changed) break;
    }
    if (problem->released) renew_trips(solution, vehicle);
    if (problem->sites_limited) renew_unloaded(solution, vehicle);
}

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

void solution_set_cost(struct solution *solution, int32_t vehicle, money cost)
{
    solution->totals.cost += cost - solution->routes[vehicle].cost;
    solution->routes[vehicle].cost = cost;
}

static bool sums_kept(const struct problem *problem)
{
    return problem->timed || problem->work_counts || problem->site_count > 0;
}

void solution_refresh(struct solution *solution, int32_t vehicle, int32_t first, int32_t last)
{
    const struct problem *problem = solution->problem;
    if (sums_kept(problem)) renew_sums(solution, vehicle, first, last);
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
        uint32_t emptied = emptied_at(problem, shape, node) & loaded;
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

/* --- moves --- */

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
            route->metres += drive(solution, profile, at, x);
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
    note_use(solution, vehicle);
    solution_refresh(solution, vehicle, visit_start(problem, vehicle), end);
    solution_number(solution, vehicle);
}

/* Without sites: what is aboard, which nothing but moves asks for. */
static void number_loads(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    const int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle);
    renew_load_ends(solution, vehicle);
    for (int32_t x = start; x != end;) {
        x = solution->visits[x].next;
        renew_load_to(solution, shape, x);
    }
    for (int32_t x = end; x != start;) {
        x = solution->visits[x].prev;
        renew_load_on(solution, shape, x);
    }
}

void solution_number(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct kind *kind = kind_of(problem, vehicle);
    struct tally tally = {0};
    if (solution->routes[vehicle].numbered) return;
    solution->routes[vehicle].numbered = true;
    for (int32_t x = visit_start(problem, vehicle); x >= 0; x = solution->visits[x].next) {
        const struct visit *v = &solution->visits[x];
        const bool first = v->prev < 0;
        if (!first) tally.metres += v->leg_m + problem->nodes[v->node].inner_m;
        tally.arc = first ? 0 : arc_price(kind, (struct leg){v->leg_m, v->leg_s});
        if (node_is_stop(problem, v->node)) {
            const struct stop *stop = &problem->instance->stops[v->node];
            tally.collected.kg += stop->load_kg;
            tally.collected.l += stop->load_l;
            tally.stops++;
        }
        solution->tallies[x] = tally;
        tally.order++;
    }
    if (problem->site_count == 0) number_loads(solution, vehicle);
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

/* --- undo --- */

void solution_mark(struct solution *solution)
{
    solution->mark++;
    solution->saved.count = 0;
    solution->log.count = 0;
    solution->marked_totals = solution->totals;
}

void solution_save(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    if (solution->marked[vehicle] == solution->mark) return;
    struct saved saved = {vehicle, (int32_t)solution->log.count, 0, solution->routes[vehicle]};
    int32_t x = visit_start(problem, vehicle);
    do {
        x = solution->visits[x].next;
        const struct visit *v = &solution->visits[x];
        if (!array_push(&solution->log, ((struct logged){v->node, v->leg_m, v->leg_s}))) goto exhausted;
        saved.count++;
    } while (solution->visits[x].next >= 0);
    if (!array_push(&solution->saved, saved)) goto exhausted;
    solution->marked[vehicle] = solution->mark;
    if (!solution->is_stale[vehicle]) {
        solution->is_stale[vehicle] = true;
        if (!array_push(&solution->stale, vehicle)) goto exhausted;
    }
    if (!solution->is_dirty[vehicle]) {
        solution->is_dirty[vehicle] = true;
        if (!array_push(&solution->dirty, vehicle)) goto exhausted;
    }
    return;
exhausted:
    solution->memory = false;
}

/* Takes all visits of a route apart, sums aside. */
static void scatter(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    int32_t end = visit_end(problem, vehicle);
    for (int32_t x = solution->visits[visit_start(problem, vehicle)].next; x != end;
         x = solution->visits[x].next) {
        solution->visits[x].vehicle = -1;
        if (x >= problem->stop_count) solution->spare[solution->spare_count++] = x;
    }
}

/* Strings logged visits, the end included, into a route, sums aside. */
static void string(struct solution *solution, int32_t vehicle, const struct logged *log, int32_t count)
{
    const struct problem *problem = solution->problem;
    int32_t at = visit_start(problem, vehicle);
    for (int32_t k = 0; k < count; k++) {
        int32_t visit = log[k].node;
        if (k == count - 1) {
            visit = visit_end(problem, vehicle);
        } else if (!node_is_stop(problem, visit)) {
            visit = solution->spare[--solution->spare_count];
            place_visit(solution, visit, log[k].node);
        }
        join(solution, at, visit);
        solution->visits[visit].leg_m = log[k].leg_m;
        solution->visits[visit].leg_s = log[k].leg_s;
        solution->visits[visit].vehicle = vehicle;
        at = visit;
    }
}

/* All saved routes are taken apart first: a stop may have gone from one to another. */
void solution_undo(struct solution *solution)
{
    const struct problem *problem = solution->problem;
    for (int64_t k = 0; k < solution->saved.count; k++) scatter(solution, solution->saved.items[k].vehicle);
    for (int64_t k = 0; k < solution->saved.count; k++) {
        const struct saved *saved = &solution->saved.items[k];
        int32_t vehicle = saved->vehicle;
        string(solution, vehicle, solution->log.items + saved->first, saved->count);
        solution->routes[vehicle] = saved->route;
        solution->routes[vehicle].numbered = false;
        if (sums_kept(problem))
            renew_sums(solution, vehicle, visit_start(problem, vehicle), visit_end(problem, vehicle));
        note_use(solution, vehicle);
    }
    solution->totals = solution->marked_totals;
    solution_mark(solution);
}

int32_t solution_nodes(const struct solution *solution, int32_t vehicle, int32_t *nodes)
{
    int32_t count = 0;
    if (nodes == NULL) nodes = solution->scratch;
    for (int32_t x = visit_start(solution->problem, vehicle); x >= 0; x = solution->visits[x].next)
        nodes[count++] = solution->visits[x].node;
    return count;
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
