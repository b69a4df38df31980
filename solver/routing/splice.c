#include "solver/routing/splice.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Longest piece walked node by node for the clock; longer ones in the middle are taken on trust and left to
 * the exact timetable. */
enum { CLOCK_WALK_MAX = 24 };

/* A route being put together. */
struct joining {
    const struct problem *problem;
    const struct solution *solution;
    const struct vehicle *vehicle;
    const struct shape *shape;
    int32_t vehicle_index;
    int32_t last; /* node */
    int64_t metres, seconds, clock_s;
    struct load aboard[COMPARTMENT_MAX], total;
    int32_t stops;
};

static bool fits(const struct joining *j, int32_t c)
{
    const struct vehicle_compartment *compartment = &j->vehicle->compartments[c];
    return j->aboard[c].kg <= compartment->capacity_kg && j->aboard[c].l <= compartment->capacity_l;
}

/* One node at the end of what is joined: exact for loads, and for windows. */
static bool join_node(struct joining *j, int32_t node)
{
    const struct problem *problem = j->problem;
    int64_t leg = leg_s(problem, j->shape->profile, j->last, node);
    j->metres += leg_m(problem, j->shape->profile, j->last, node) + problem->nodes[node].inner_m;
    j->seconds += leg + problem->nodes[node].service_s;
    if (problem->timed) {
        int64_t begin = node_begin(problem, node, j->clock_s + leg);
        if (begin == INT64_MAX) return false;
        j->clock_s = begin + problem->nodes[node].service_s;
    }
    j->last = node;
    if (node_is_site(problem, node)) {
        for (int32_t c = 0; c < j->shape->compartment_count; c++)
            if (j->shape->emptied[node - problem->stop_count] >> c & 1) j->aboard[c] = (struct load){0, 0};
        return true;
    }
    if (!problem_may_serve(problem, j->vehicle_index, node)) return false;
    const struct stop *stop = &problem->instance->stops[node];
    int32_t c = j->shape->compartment[node];
    j->aboard[c].kg += stop->load_kg;
    j->aboard[c].l += stop->load_l;
    j->total.kg += stop->load_kg;
    j->total.l += stop->load_l;
    j->stops++;
    return fits(j, c);
}

static struct load load_between(const struct route *route, int32_t width, int32_t c, int32_t before,
                                int32_t to)
{
    const struct load *from = &route->load_to[before * width + c], *until = &route->load_to[to * width + c];
    return (struct load){until->kg - from->kg, until->l - from->l};
}

/* Loads of a whole piece: the trip it goes on with, the trips inside (unchanged), the trip it leaves open. */
static bool join_loads(struct joining *j, const struct route *route, const struct piece *piece)
{
    int32_t width = j->shape->compartment_count;
    for (int32_t c = 0; c < width; c++) {
        int32_t first_empty = route->next_empty[piece->first * width + c];
        int32_t last_empty = route->prev_empty[piece->last * width + c];
        struct load all = load_between(route, width, c, piece->first - 1, piece->last);
        j->total.kg += all.kg;
        j->total.l += all.l;
        bool emptied = first_empty <= piece->last;
        struct load head = all, tail = all;
        if (emptied) {
            head = load_between(route, width, c, piece->first - 1, first_empty);
            tail = load_between(route, width, c, last_empty, piece->last);
            if (piece->reversed) {
                struct load swap = head;
                head = tail;
                tail = swap;
            }
        }
        j->aboard[c].kg += head.kg;
        j->aboard[c].l += head.l;
        if (!fits(j, c)) return false;
        if (emptied) j->aboard[c] = tail;
    }
    j->stops += route->stops_to[piece->last] - route->stops_to[piece->first - 1];
    return true;
}

/* The clock over a piece: a prefix or suffix by its running times, a short middle node by node. */
static bool join_clock(struct joining *j, const struct route *route, const struct piece *piece, bool opens,
                       bool closes)
{
    const struct problem *problem = j->problem;
    bool same_hours = problem->kind_of[piece->vehicle] == problem->kind_of[j->vehicle_index];
    if (same_hours && !piece->reversed && opens && piece->first == 1) {
        j->clock_s = route->early_s[piece->last];
        return true;
    }
    int32_t from = piece->reversed ? piece->last : piece->first, step = piece->reversed ? -1 : 1;
    int64_t reached = j->clock_s + leg_s(problem, j->shape->profile, j->last, route->nodes[from]);
    if (same_hours && !piece->reversed && closes && piece->last == route->count)
        return reached <= route->late_s[from];
    int32_t length = piece->last - piece->first + 1, last = j->last;
    if (length > CLOCK_WALK_MAX) {
        j->clock_s = reached + (piece->reversed ? route->back_s[piece->last] - route->back_s[piece->first]
                                                : route->ahead_s[piece->last] - route->ahead_s[piece->first]);
        return true;
    }
    for (int32_t k = from, left = length; left > 0; k += step, left--) {
        int32_t node = route->nodes[k];
        int64_t begin = node_begin(problem, node, j->clock_s + leg_s(problem, j->shape->profile, last, node));
        if (begin == INT64_MAX) return false;
        j->clock_s = begin + problem->nodes[node].service_s;
        last = node;
    }
    return true;
}

static bool join_piece(struct joining *j, const struct piece *piece, bool opens, bool closes)
{
    const struct problem *problem = j->problem;
    const struct route *route = &j->solution->routes[piece->vehicle];
    int32_t length = piece->last - piece->first + 1;
    if (problem->shape_of[piece->vehicle] != problem->shape_of[j->vehicle_index] || length <= 2) {
        int32_t step = piece->reversed ? -1 : 1;
        for (int32_t k = piece->reversed ? piece->last : piece->first; length > 0; k += step, length--)
            if (!join_node(j, route->nodes[k])) return false;
        return true;
    }
    if (problem->kind_of[piece->vehicle] != problem->kind_of[j->vehicle_index])
        for (int32_t k = piece->first; k <= piece->last; k++)
            if (node_is_stop(problem, route->nodes[k]) &&
                !problem_may_serve(problem, j->vehicle_index, route->nodes[k]))
                return false;
    if (!join_loads(j, route, piece)) return false;
    if (problem->timed && !join_clock(j, route, piece, opens, closes)) return false;
    int32_t head = route->nodes[piece->reversed ? piece->last : piece->first];
    int32_t tail = route->nodes[piece->reversed ? piece->first : piece->last];
    j->metres += leg_m(problem, j->shape->profile, j->last, head) + problem->nodes[head].inner_m;
    j->seconds += leg_s(problem, j->shape->profile, j->last, head);
    if (piece->reversed) {
        /* back sums hold the leg k → k − 1 and k's own service at k: the piece without its first node's. */
        j->metres += route->back_m[piece->last] - route->back_m[piece->first] - problem->nodes[head].inner_m +
                     problem->nodes[tail].inner_m;
        j->seconds += route->back_s[piece->last] - route->back_s[piece->first - 1] -
                      leg_s(problem, j->shape->profile, tail, route->nodes[piece->first - 1]);
    } else {
        j->metres += route->ahead_m[piece->last] - route->ahead_m[piece->first];
        j->seconds += route->ahead_s[piece->last] - route->ahead_s[piece->first - 1] -
                      leg_s(problem, j->shape->profile, route->nodes[piece->first - 1], head);
    }
    j->last = tail;
    return true;
}

static bool within_limits(const struct joining *j)
{
    const struct vehicle *v = j->vehicle;
    if (j->metres >= TRAVEL_UNREACHABLE || j->seconds > v->max_work_s) return false;
    if (v->max_stops > 0 && j->stops > v->max_stops) return false;
    if (v->max_distance_m > 0 && j->metres > v->max_distance_m) return false;
    if (v->max_load_kg > 0 && j->total.kg > v->max_load_kg) return false;
    if (v->max_load_l > 0 && j->total.l > v->max_load_l) return false;
    if (v->home_takes_load) return true;
    for (int32_t c = 0; c < j->shape->compartment_count; c++)
        if (j->aboard[c].kg > 0 || j->aboard[c].l > 0) return false;
    return true;
}

static money estimated_cost(const struct vehicle *vehicle, int64_t metres, int64_t seconds, int64_t kg)
{
    return vehicle->fixed_cost + metres * vehicle_rate_m(vehicle) + vehicle_work_cost(vehicle, seconds) +
           kg * (vehicle->fuel_per_kg + vehicle->carbon_per_kg);
}

money splice_estimate(const struct solution *solution, const struct splice *splice)
{
    const struct problem *problem = solution->problem;
    struct joining j = {.problem = problem,
                        .solution = solution,
                        .vehicle = &problem->instance->vehicles[splice->vehicle],
                        .shape = &problem->shapes[problem->shape_of[splice->vehicle]],
                        .vehicle_index = splice->vehicle,
                        .last = node_start(problem, splice->vehicle)};
    j.clock_s = j.vehicle->shift_start_s;
    for (int32_t p = 0; p < splice->count; p++) {
        const struct piece *piece = &splice->pieces[p];
        if (piece->first > piece->last) continue;
        if (!join_piece(&j, piece, p == 0, p == splice->count - 1)) return IMPOSSIBLE;
    }
    if (j.stops == 0) return 0;
    int32_t end = node_end(problem, splice->vehicle);
    j.metres += leg_m(problem, j.shape->profile, j.last, end);
    j.seconds += leg_s(problem, j.shape->profile, j.last, end);
    if (!within_limits(&j)) return IMPOSSIBLE;
    return estimated_cost(j.vehicle, j.metres, j.seconds, j.total.kg);
}

money route_estimate(const struct solution *solution, int32_t vehicle)
{
    const struct route *route = &solution->routes[vehicle];
    return route->stops == 0 ? 0 : route->schedule.cost - route->schedule.fees;
}

bool candidate_promising(const struct solution *solution, struct candidate *candidate)
{
    candidate->gain = 0;
    for (int32_t r = 0; r < candidate->count; r++) {
        money cost = splice_estimate(solution, &candidate->routes[r]);
        if (cost == IMPOSSIBLE) return false;
        candidate->gain += route_estimate(solution, candidate->routes[r].vehicle) - cost;
    }
    return candidate->gain > 0;
}

error_code workshop_init(struct workshop *workshop, const struct problem *problem, struct solution *solution,
                         struct error *error)
{
    *workshop = (struct workshop){.problem = problem, .solution = solution};
    size_t stops = (size_t)problem->stop_count + 2;
    workshop->stops = malloc(stops * sizeof(int32_t));
    workshop->nodes[0] = malloc(UNLOAD_ROOM(stops) * sizeof(int32_t));
    workshop->nodes[1] = malloc(UNLOAD_ROOM(stops) * sizeof(int32_t));
    workshop->room_kg = calloc((size_t)problem->site_count + 1, sizeof(int64_t));
    if (!workshop->stops || !workshop->nodes[0] || !workshop->nodes[1] || !workshop->room_kg ||
        !unloader_init(&workshop->unloader, problem))
        return error_memory(error);
    return ERROR_NONE;
}

void workshop_free(struct workshop *workshop)
{
    free(workshop->stops);
    free(workshop->nodes[0]);
    free(workshop->nodes[1]);
    free(workshop->room_kg);
    unloader_free(&workshop->unloader);
}

/* What each site still takes, as if this vehicle stayed at home. */
static void find_room(struct workshop *workshop, int32_t vehicle)
{
    const struct problem *problem = workshop->problem;
    const struct route *route = &workshop->solution->routes[vehicle];
    for (int32_t s = 0; s < problem->site_count; s++) workshop->room_kg[s] = workshop->solution->site_kg[s];
    solution_count_sites(problem, vehicle, route->nodes, route->count + 2, workshop->room_kg, -1);
    for (int32_t s = 0; s < problem->site_count; s++) {
        int64_t limit_kg = problem->instance->sites[s].daily_limit_kg;
        workshop->room_kg[s] = limit_kg == 0 ? MEASURE_MAX : limit_kg - workshop->room_kg[s];
    }
}

/* Does the day's load of this route, several trips together, fit what the sites still take? */
static bool sites_have_room(const struct workshop *workshop, int32_t vehicle, const int32_t *nodes,
                            int32_t count)
{
    int64_t over = 0;
    solution_count_sites(workshop->problem, vehicle, nodes, count, workshop->room_kg, -1);
    for (int32_t s = 0; s < workshop->problem->site_count; s++) over |= workshop->room_kg[s] < 0;
    solution_count_sites(workshop->problem, vehicle, nodes, count, workshop->room_kg, 1);
    return !over;
}

static bool limits_kept(const struct problem *problem, const struct vehicle *vehicle, const int32_t *stops,
                        int32_t stop_count)
{
    struct load total = {0, 0};
    if (vehicle->max_stops > 0 && stop_count > vehicle->max_stops) return false;
    for (int32_t k = 0; k < stop_count; k++) {
        total.kg += problem->instance->stops[stops[k]].load_kg;
        total.l += problem->instance->stops[stops[k]].load_l;
    }
    return (vehicle->max_load_kg == 0 || total.kg <= vehicle->max_load_kg) &&
           (vehicle->max_load_l == 0 || total.l <= vehicle->max_load_l);
}

int32_t workshop_form(struct workshop *workshop, int32_t vehicle, const int32_t *stops, int32_t stop_count,
                      int32_t *nodes, struct schedule *schedule)
{
    const struct problem *problem = workshop->problem;
    struct timetable *timetable = &workshop->solution->timetable;
    if (!limits_kept(problem, &problem->instance->vehicles[vehicle], stops, stop_count)) return 0;
    if (problem->site_count == 0 || stop_count == 0) {
        nodes[0] = node_start(problem, vehicle);
        memcpy(nodes + 1, stops, (size_t)stop_count * sizeof *nodes);
        nodes[stop_count + 1] = node_end(problem, vehicle);
        if (!timetable_reserve(timetable, stop_count + 2)) return 0;
        schedule_route(problem, vehicle, nodes, stop_count + 2, timetable, schedule);
        return schedule->feasible ? stop_count + 2 : 0;
    }
    find_room(workshop, vehicle);
    if (!unloader_reserve(&workshop->unloader, problem, stop_count)) return 0;
    for (int aim = UNLOAD_CHEAPEST; aim <= UNLOAD_EARLIEST; aim++) {
        int32_t count = unload_route(problem, vehicle, stops, stop_count, workshop->room_kg, (unload_aim)aim,
                                     &workshop->unloader, nodes);
        if (count == 0 || !timetable_reserve(timetable, count)) continue;
        if (!sites_have_room(workshop, vehicle, nodes, count)) continue;
        schedule_route(problem, vehicle, nodes, count, timetable, schedule);
        if (schedule->feasible) return count;
    }
    return 0;
}

/* The stops of a splice in order; sites are placed anew. */
static int32_t write_stops(const struct solution *solution, const struct splice *splice, int32_t *stops)
{
    int32_t count = 0;
    for (int32_t p = 0; p < splice->count; p++) {
        const struct piece *piece = &splice->pieces[p];
        const int32_t *nodes = solution->routes[piece->vehicle].nodes;
        for (int32_t k = 0; k <= piece->last - piece->first; k++) {
            int32_t node = nodes[piece->reversed ? piece->last - k : piece->first + k];
            if (node_is_stop(solution->problem, node)) stops[count++] = node;
        }
    }
    return count;
}

/* Each route was formed beside the other's old loads; do the two new ones together keep the sites' limits? */
static bool sites_allow(struct workshop *workshop, const struct candidate *candidate, const int32_t *counts)
{
    const struct problem *problem = workshop->problem;
    if (candidate->count < 2 || problem->site_count == 0) return true;
    const int32_t *vehicles = (int32_t[2]){candidate->routes[0].vehicle, candidate->routes[1].vehicle};
    find_room(workshop, vehicles[0]);
    const struct route *other = &workshop->solution->routes[vehicles[1]];
    solution_count_sites(problem, vehicles[1], other->nodes, other->count + 2, workshop->room_kg, 1);
    solution_count_sites(problem, vehicles[0], workshop->nodes[0], counts[0], workshop->room_kg, -1);
    return sites_have_room(workshop, vehicles[1], workshop->nodes[1], counts[1]);
}

bool candidate_commit(struct workshop *workshop, const struct candidate *candidate, bool *memory)
{
    struct solution *solution = workshop->solution;
    struct schedule schedules[2];
    int32_t counts[2];
    money before = 0, after = 0;
    for (int32_t r = 0; r < candidate->count; r++) {
        int32_t vehicle = candidate->routes[r].vehicle;
        int32_t stops = write_stops(solution, &candidate->routes[r], workshop->stops);
        counts[r] =
            workshop_form(workshop, vehicle, workshop->stops, stops, workshop->nodes[r], &schedules[r]);
        if (counts[r] == 0) return false;
        before += solution->routes[vehicle].schedule.cost;
        after += schedules[r].cost;
    }
    /* With nothing to wait for and nothing to place, the estimate is the truth. */
    assert(workshop->problem->timed || workshop->problem->site_count > 0 ||
           before - after == candidate->gain);
    if (after >= before || !sites_allow(workshop, candidate, counts)) return false;
    for (int32_t r = 0; r < candidate->count; r++)
        *memory &= solution_set(solution, candidate->routes[r].vehicle, workshop->nodes[r], counts[r],
                                &schedules[r]);
    return true;
}
