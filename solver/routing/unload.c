#include "solver/routing/unload.h"

#include <stdlib.h>
#include <string.h>

#define NO_COST INT64_MAX

/* What one call works on: the route's order and who drives it. */
struct call {
    const struct problem *problem;
    const struct vehicle *vehicle;
    const struct shape *shape;
    const int32_t *stops;
    int32_t stop_count, start, end;
    const int64_t *room_kg;
    unload_aim aim;
    money rate_m, limit;
    const money *rest;
    const int32_t *near_ways; /* of the shape */
};

/* A truck on its way: metres and fees so far, and hours. */
struct truck {
    money way;
    struct line line;
};

struct cargo {
    int64_t kg[COMPARTMENT_MAX], l[COMPARTMENT_MAX];
    uint32_t loaded; /* bit c: something aboard */
};

/* Is a truck that has come as far with this cost the better one? */
static bool better(unload_aim aim, money cost, const struct line *line, const struct unload_label *label)
{
    if (label->cost == NO_COST) return true;
    if (aim == UNLOAD_EARLIEST)
        return line->end_s < label->line.end_s || (line->end_s == label->line.end_s && cost < label->cost);
    return cost < label->cost || (cost == label->cost && line->end_s < label->line.end_s);
}

static struct line first_line(const struct vehicle *vehicle)
{
    return (struct line){vehicle->shift_start_s, vehicle->shift_end_s, vehicle->shift_start_s, -1};
}

static money cost_of(const struct call *call, const struct truck *truck)
{
    return truck->way + vehicle_work_cost(call->vehicle, line_span_s(truck->line));
}

/* Begins in the first window that an early truck reaches; false when there is none. */
static inline bool begin(const struct problem *problem, int32_t node, struct line *line)
{
    const struct node *n = &problem->nodes[node];
    if (n->window_count == 0) return true;
    if (n->close_s < line->end_s) return false;
    struct time_window window = {n->open_s, n->close_s};
    if (n->window_count > 1) {
        const struct time_window *windows = problem->instance->windows + n->window_first;
        while (windows->close_s < line->end_s) windows++;
        window = *windows;
    }
    *line = line_by(line_await(*line, window.open_s), window.close_s);
    return true;
}

/* Drives to a node and serves it for duration_s; false when it is out of reach or out of hours. */
static bool drive(const struct call *call, int32_t from, int32_t to, int64_t duration_s, struct truck *truck)
{
    const struct problem *problem = call->problem;
    const struct leg leg =
        leg_between(problem, call->shape->profile, problem->nodes[from].exit, problem->nodes[to].entry);
    if (leg.m >= TRAVEL_UNREACHABLE) return false;
    truck->line = line_spend(truck->line, leg.s);
    if (call->aim != UNLOAD_ANYHOW && !begin(problem, to, &truck->line)) return false;
    truck->line = line_spend(truck->line, duration_s);
    truck->way += leg.m * call->rate_m;
    return true;
}

/* Unloads everything aboard at the sites of a way, coming from `node`. */
static bool drive_way(const struct call *call, int32_t node, const struct unloading *way,
                      const struct cargo *cargo, struct truck *truck)
{
    const struct problem *problem = call->problem;
    uint32_t left = cargo->loaded;
    for (int32_t k = 0; k < way->count; k++) {
        int32_t s = way->sites[k] - problem->stop_count;
        const struct site *site = &problem->instance->sites[s];
        uint32_t taken = call->shape->emptied[s] & left;
        if (taken == 0) return false; /* a way for more than is aboard: a visit for nothing */
        int64_t kg = 0;
        for (int32_t c = 0; c < call->shape->compartment_count; c++)
            if (taken >> c & 1) kg += cargo->kg[c];
        if (kg > call->room_kg[s]) return false;
        int64_t duration_s = site->unload_s + (kg * site->unload_us_per_kg + 999999) / 1000000;
        if (!drive(call, node, way->sites[k], duration_s, truck)) return false;
        truck->way += kg * site->fee_per_kg;
        left &= ~taken;
        node = way->sites[k];
    }
    return true;
}

/* Takes a stop aboard; false when its compartment is full. */
static bool load_stop(const struct call *call, int32_t stop, struct cargo *cargo)
{
    const struct stop *s = &call->problem->instance->stops[stop];
    int32_t c = call->shape->compartment[stop];
    if (c < 0) return false;
    cargo->kg[c] += s->load_kg;
    cargo->l[c] += s->load_l;
    if (s->load_kg > 0 || s->load_l > 0) cargo->loaded |= UINT32_C(1) << c;
    const struct vehicle_compartment *compartment = &call->vehicle->compartments[c];
    return cargo->kg[c] <= compartment->capacity_kg && cargo->l[c] <= compartment->capacity_l;
}

static int32_t last_site(const struct call *call, int32_t way)
{
    const struct unloading *unloading = &call->shape->unloadings[way];
    return unloading->sites[unloading->count - 1] - call->problem->stop_count;
}

/* After the last stop of the order: home, emptied, by the way given (-1: straight). */
static void end_route(const struct call *call, const struct truck *loaded, const struct cargo *cargo,
                      int32_t from, int32_t from_site, int32_t way, struct unload_label *best)
{
    struct truck truck = *loaded;
    int32_t node = call->stops[call->stop_count - 1];
    if (way >= 0) {
        if (!drive_way(call, node, &call->shape->unloadings[way], cargo, &truck)) return;
        node = call->problem->stop_count + last_site(call, way);
    }
    if (!drive(call, node, call->end, 0, &truck)) return;
    if (call->aim != UNLOAD_ANYHOW && truck.line.end_s > call->vehicle->shift_end_s) return;
    const money cost = cost_of(call, &truck);
    if (better(call->aim, cost, &truck.line, best))
        *best = (struct unload_label){cost, truck.way, truck.line, truck.line, from, from_site, way};
}

/* After stop j (stops served), unloads by the ways nearest to it. */
static void end_trip(const struct call *call, const struct truck *loaded, const struct cargo *cargo,
                     int32_t from, int32_t from_site, int32_t served, struct unload_label *row)
{
    int32_t stop = call->stops[served - 1];
    const int32_t *ways = call->near_ways + (size_t)stop * UNLOAD_NEAR;
    for (int32_t k = 0; k < UNLOAD_NEAR && ways[k] >= 0; k++) {
        const struct unloading *way = &call->shape->unloadings[ways[k]];
        if ((cargo->loaded & ~way->compartments) != 0) continue;
        struct truck truck = *loaded;
        if (!drive_way(call, stop, way, cargo, &truck)) continue;
        struct unload_label *label = &row[last_site(call, ways[k])];
        const money cost = cost_of(call, &truck);
        if (better(call->aim, cost, &truck.line, label))
            *label = (struct unload_label){cost, truck.way, truck.line, truck.line, from, from_site, ways[k]};
    }
}

/* Sets out on a trip at its release. */
static struct line set_out(struct line ready, int32_t from_site, int64_t release_s)
{
    return from_site < 0 ? line_leave_after(ready, release_s) : line_await(ready, release_s);
}

/* The hours after stops from + 1 … to, the trip setting out at its release; false: out of hours. */
static bool release(const struct call *call, int32_t from, int32_t to, const struct unload_label *start,
                    int64_t release_s, struct line *line)
{
    const struct problem *problem = call->problem;
    int32_t before = start->from_site < 0 ? call->start : problem->stop_count + start->from_site;
    *line = set_out(start->ready, start->from_site, release_s);
    for (int32_t j = from; j < to; j++) {
        int32_t stop = call->stops[j];
        *line = line_spend(*line, leg_s(problem, call->shape->profile, before, stop));
        if (call->aim != UNLOAD_ANYHOW && !begin(problem, stop, line)) return false;
        *line = line_spend(*line, problem->nodes[stop].service_s);
        before = stop;
    }
    return true;
}

/* All trips that begin after `from` stops, where the truck stands as `start` says. */
static void extend(const struct call *call, int32_t from, const struct unload_label *start,
                   struct unload_label *labels, struct unload_label *home)
{
    int32_t sites = call->problem->site_count;
    struct truck truck = {.way = start->way, .line = start->line};
    struct cargo cargo = {.loaded = 0};
    int64_t release_s = call->problem->nodes[call->stops[from]].release_s;
    for (int32_t j = from + 1; j <= call->stop_count; j++) {
        int32_t stop = call->stops[j - 1];
        if (!load_stop(call, stop, &cargo)) return;
        if (j > from + 1 &&
            !drive(call, call->stops[j - 2], stop, call->problem->nodes[stop].service_s, &truck))
            return;
        if (call->problem->nodes[stop].release_s > release_s) {
            release_s = call->problem->nodes[stop].release_s;
            if (!release(call, from, j, start, release_s, &truck.line)) return;
        }
        if (j < call->stop_count) {
            if (cargo.loaded != 0 && cost_of(call, &truck) < call->limit - call->rest[j])
                end_trip(call, &truck, &cargo, from, start->from_site, j, labels + (size_t)j * (size_t)sites);
            continue;
        }
        if (cargo.loaded == 0 || call->vehicle->home_takes_load)
            end_route(call, &truck, &cargo, from, start->from_site, -1, home);
        if (cargo.loaded == 0) return;
        for (int32_t way = 0; way < call->shape->unloading_count; way++)
            if (call->shape->unloadings[way].compartments == cargo.loaded)
                end_route(call, &truck, &cargo, from, start->from_site, way, home);
    }
}

/* g(i): the best way to stand served at stop i + 1 with an empty truck; its from_site is where it unloaded.
 */
static struct unload_label best_start(const struct call *call, int32_t i, const struct unload_label *row)
{
    struct unload_label best = {.cost = NO_COST};
    int32_t stop = call->stops[i], service_s = call->problem->nodes[stop].service_s;
    for (int32_t s = 0; s < (i == 0 ? 1 : call->problem->site_count); s++) {
        struct truck truck = {.line = first_line(call->vehicle)};
        if (i > 0) {
            if (row[s].cost == NO_COST) continue;
            truck = (struct truck){.way = row[s].way, .line = row[s].line};
        }
        const struct line ready = truck.line;
        truck.line = set_out(ready, i == 0 ? -1 : s, call->problem->nodes[stop].release_s);
        if (!drive(call, i == 0 ? call->start : call->problem->stop_count + s, stop, service_s, &truck))
            continue;
        const money cost = cost_of(call, &truck);
        if (better(call->aim, cost, &truck.line, &best))
            best = (struct unload_label){.cost = cost,
                                         .way = truck.way,
                                         .line = truck.line,
                                         .ready = ready,
                                         .from_site = i == 0 ? -1 : s};
    }
    return best;
}

/* Writes the route backwards from its last label, then turns it round. */
static int32_t trace(const struct call *call, const struct unload_label *labels,
                     const struct unload_label *home, int32_t *nodes)
{
    int32_t count = 0, served = call->stop_count;
    nodes[count++] = call->end;
    for (const struct unload_label *label = home;;) {
        if (label->unloading >= 0) {
            const struct unloading *way = &call->shape->unloadings[label->unloading];
            for (int32_t k = way->count - 1; k >= 0; k--) nodes[count++] = way->sites[k];
        }
        while (served > label->from) nodes[count++] = call->stops[--served];
        if (served == 0) break;
        label = &labels[(size_t)served * (size_t)call->problem->site_count + (size_t)label->from_site];
    }
    nodes[count++] = call->start;
    for (int32_t a = 0, b = count - 1; a < b; a++, b--) {
        int32_t node = nodes[a];
        nodes[a] = nodes[b];
        nodes[b] = node;
    }
    return count;
}

/* The least that a second of work costs. */
static money least_rate_s(const struct vehicle *vehicle)
{
    if (vehicle->overtime_from_s == TIME_MAX || vehicle->cost_per_s < vehicle->overtime_cost_per_s)
        return vehicle->cost_per_s;
    return vehicle->overtime_cost_per_s;
}

/* The least way home from the last stop through one of the sites; 0 where none may be needed. */
static money least_end(const struct call *call, money rate_s)
{
    const struct problem *problem = call->problem;
    const int32_t last = call->stops[call->stop_count - 1];
    const struct stop *stop = &problem->instance->stops[last];
    money least = INT64_MAX;
    if (call->vehicle->home_takes_load || (stop->load_kg == 0 && stop->load_l == 0)) return 0;
    for (int32_t s = 0; s < problem->site_count; s++) {
        const struct node *site = &problem->nodes[problem->stop_count + s];
        struct leg to = leg_between(problem, call->shape->profile, problem->nodes[last].exit, site->entry);
        struct leg on =
            leg_between(problem, call->shape->profile, site->exit, problem->nodes[call->end].entry);
        money cost = (to.m + on.m) * call->rate_m + (to.s + site->service_s + on.s) * rate_s;
        if (cost < least) least = cost;
    }
    return least;
}

/* rest[j]: the way from stop j on to the last one, a site and home, as if nothing had to be unloaded before
 * nor waited for. */
static void fill_rest(const struct call *call, money *rest)
{
    const struct problem *problem = call->problem;
    const money rate_s = least_rate_s(call->vehicle);
    rest[call->stop_count] = least_end(call, rate_s);
    for (int32_t j = call->stop_count - 1; j > 0; j--) {
        int32_t from = call->stops[j - 1], to = call->stops[j];
        struct leg leg =
            leg_between(problem, call->shape->profile, problem->nodes[from].exit, problem->nodes[to].entry);
        rest[j] = rest[j + 1] + leg.m * call->rate_m + (leg.s + problem->nodes[to].service_s) * rate_s;
    }
}

static struct call call_of(const struct problem *problem, int32_t vehicle)
{
    return (struct call){.problem = problem,
                         .vehicle = &problem->instance->vehicles[vehicle],
                         .shape = &problem->shapes[problem->shape_of[vehicle]],
                         .start = node_start(problem, vehicle),
                         .end = node_end(problem, vehicle),
                         .rate_m = vehicle_rate_m(&problem->instance->vehicles[vehicle])};
}

/* Unloads what the site takes; how long that is. */
static int64_t unload(const struct call *call, int32_t s, struct cargo *cargo, struct truck *truck)
{
    const struct site *site = &call->problem->instance->sites[s];
    int64_t kg = 0;
    for (int32_t c = 0; c < call->shape->compartment_count; c++) {
        if (!(call->shape->emptied[s] >> c & 1)) continue;
        kg += cargo->kg[c];
        cargo->kg[c] = 0;
    }
    truck->way += kg * site->fee_per_kg;
    return site->unload_s + (kg * site->unload_us_per_kg + 999999) / 1000000;
}

money unload_cost(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count)
{
    const struct call call = call_of(problem, vehicle);
    struct truck truck = {.line = first_line(call.vehicle)};
    struct cargo cargo = {.loaded = 0};
    for (int32_t k = 1; k < count; k++) {
        int64_t duration_s = problem->nodes[nodes[k]].service_s;
        if (node_is_site(problem, nodes[k]))
            duration_s = unload(&call, nodes[k] - problem->stop_count, &cargo, &truck);
        if (node_is_stop(problem, nodes[k])) load_stop(&call, nodes[k], &cargo);
        if (!drive(&call, nodes[k - 1], nodes[k], duration_s, &truck)) return NO_COST;
    }
    return cost_of(&call, &truck);
}

int32_t unload_route(const struct problem *problem, int32_t vehicle, const int32_t *stops, int32_t stop_count,
                     const int64_t *room_kg, unload_aim aim, money limit, struct unloader *unloader,
                     int32_t *nodes)
{
    struct call call = call_of(problem, vehicle);
    call.stops = stops;
    call.stop_count = stop_count;
    call.room_kg = room_kg;
    call.aim = aim;
    call.limit = limit;
    call.rest = unloader->rest;
    call.near_ways =
        unloader->near_ways + (size_t)problem->shape_of[vehicle] * (size_t)problem->stop_count * UNLOAD_NEAR;
    struct unload_label home = {.cost = NO_COST};
    fill_rest(&call, unloader->rest);
    size_t label_count = (size_t)(stop_count + 1) * (size_t)problem->site_count;
    for (size_t k = 0; k < label_count; k++) unloader->labels[k].cost = NO_COST;
    for (int32_t i = 0; i < stop_count; i++) {
        struct unload_label *row = unloader->labels + (size_t)i * (size_t)problem->site_count;
        struct unload_label start = best_start(&call, i, row);
        if (start.cost != NO_COST && start.cost < limit - unloader->rest[i + 1])
            extend(&call, i, &start, unloader->labels, &home);
    }
    if (stop_count == 0 || home.cost == NO_COST) return 0;
    return trace(&call, unloader->labels, &home, nodes);
}

/* The unloadings of a shape by the length of the way from a stop to their first site. */
static void rank_ways(const struct problem *problem, const struct shape *shape, int32_t stop, int32_t *ways)
{
    int64_t metres[UNLOAD_NEAR];
    for (int32_t k = 0; k < UNLOAD_NEAR; k++) {
        ways[k] = -1;
        metres[k] = INT64_MAX;
    }
    for (int32_t w = 0; w < shape->unloading_count; w++) {
        int64_t far = leg_m(problem, shape->profile, stop, shape->unloadings[w].sites[0]);
        int32_t k = UNLOAD_NEAR;
        for (; k > 0 && far < metres[k - 1]; k--) {
            if (k == UNLOAD_NEAR) continue;
            metres[k] = metres[k - 1];
            ways[k] = ways[k - 1];
        }
        if (k == UNLOAD_NEAR) continue;
        metres[k] = far;
        ways[k] = w;
    }
}

bool unloader_init(struct unloader *unloader, const struct problem *problem)
{
    *unloader = (struct unloader){0};
    size_t stops = (size_t)problem->stop_count;
    unloader->near_ways =
        malloc(((size_t)problem->shape_count * stops * UNLOAD_NEAR + 1) * sizeof *unloader->near_ways);
    if (unloader->near_ways == NULL) return false;
    for (int32_t s = 0; s < problem->shape_count; s++)
        for (int32_t stop = 0; stop < problem->stop_count; stop++)
            rank_ways(problem, &problem->shapes[s], stop,
                      unloader->near_ways + ((size_t)s * stops + (size_t)stop) * UNLOAD_NEAR);
    return unloader_reserve(unloader, problem, 64);
}

bool unloader_reserve(struct unloader *unloader, const struct problem *problem, int32_t stops)
{
    if (stops <= unloader->capacity) return true;
    int32_t capacity = stops + stops / 2;
    size_t count = (size_t)(capacity + 1) * (size_t)problem->site_count + 1;
    struct unload_label *labels = realloc(unloader->labels, count * sizeof *labels);
    if (labels == NULL) return false;
    unloader->labels = labels;
    money *rest = realloc(unloader->rest, (size_t)(capacity + 2) * sizeof *rest);
    if (rest == NULL) return false;
    unloader->rest = rest;
    unloader->capacity = capacity;
    return true;
}

void unloader_free(struct unloader *unloader)
{
    free(unloader->labels);
    free(unloader->rest);
    free(unloader->near_ways);
    *unloader = (struct unloader){0};
}
