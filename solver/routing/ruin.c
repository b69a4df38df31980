#include "solver/routing/ruin.h"

#include <stdlib.h>

/* Stops removed on average, longest string: 10 and 10 in the paper for instances of all sizes. */
static const double MEAN_REMOVED = 10.0;
static const double STRING_MAX = 10.0;
/* A string may keep some stops in its middle (split string): half of the time, as in the paper. */
static const double SPLIT_PROBABILITY = 0.5;
static const double SPLIT_GROWTH = 0.01;

/* How often a route of mean length is emptied whole, where that can save a vehicle's fixed cost. */
static const double EMPTYING_PROBABILITY = 0.05;

struct ruin_key {
    int64_t key;
    int32_t stop;
};

error_code ruin_init(struct ruin *ruin, const struct problem *problem, struct error *error)
{
    size_t stops = (size_t)problem->stop_count + 1, vehicles = (size_t)problem->vehicle_count + 1;
    *ruin = (struct ruin){.stops = malloc(stops * sizeof *ruin->stops),
                          .seen = calloc(stops, sizeof *ruin->seen),
                          .cut = calloc(vehicles, sizeof *ruin->cut),
                          .keys = malloc(stops * sizeof *ruin->keys)};
    return ruin->stops && ruin->seen && ruin->cut && ruin->keys ? ERROR_NONE : error_memory(error);
}

void ruin_free(struct ruin *ruin)
{
    free(ruin->stops);
    free(ruin->seen);
    free(ruin->cut);
    free(ruin->keys);
    *ruin = (struct ruin){0};
}

static void take(struct ruin *ruin, int32_t stop)
{
    if (ruin->seen[stop] == ruin->round) return;
    ruin->seen[stop] = ruin->round;
    ruin->stops[ruin->count++] = stop;
}

/* Gives the route its remaining stops; when even fewer stops keep no rule (a triangle that fails), the
 * route stays as it was and its stops are not taken. */
static void shrink(struct ruin *ruin, struct workshop *workshop, int32_t vehicle, int32_t taken_before,
                   bool *memory)
{
    const struct problem *problem = workshop->problem;
    const struct route *route = &workshop->solution->routes[vehicle];
    struct schedule schedule;
    int32_t count = 0;
    for (int32_t k = 1; k <= route->count; k++) {
        int32_t node = route->nodes[k];
        if (node_is_stop(problem, node) && ruin->seen[node] != ruin->round) workshop->stops[count++] = node;
    }
    count = workshop_form(workshop, vehicle, workshop->stops, count, workshop->nodes[0], &schedule);
    if (count > 0) {
        *memory &= solution_set(workshop->solution, vehicle, workshop->nodes[0], count, &schedule);
        return;
    }
    while (ruin->count > taken_before) ruin->seen[ruin->stops[--ruin->count]] = 0;
}

/* Takes `length` stops around position `at`, perhaps keeping some in the middle. Positions of sites count
 * for nothing: they are passed over. */
static void cut_string(struct ruin *ruin, struct workshop *workshop, int32_t vehicle, int32_t at,
                       int32_t length, struct rng *rng, bool *memory)
{
    const struct problem *problem = workshop->problem;
    const struct route *route = &workshop->solution->routes[vehicle];
    int32_t kept = 0, before = ruin->count;
    if (length > 1 && route->stops > length && rng_unit(rng) < SPLIT_PROBABILITY) {
        kept = 1;
        while (length + kept < route->stops && rng_unit(rng) > SPLIT_GROWTH) kept++;
    }
    int32_t rank = route->stops_to[at]; /* 1 … stops */
    int32_t window = length + kept;
    int32_t low = rank - window + 1 > 1 ? rank - window + 1 : 1;
    int32_t high = rank + window - 1 < route->stops ? rank : route->stops - window + 1;
    int32_t first = low + rng_below(rng, high - low + 1);
    int32_t skip_from = kept > 0 ? first + 1 + rng_below(rng, length) : 0;
    for (int32_t k = 1; k <= route->count; k++) {
        if (!node_is_stop(problem, route->nodes[k])) continue;
        int32_t r = route->stops_to[k];
        if (r < first || r >= first + window) continue;
        if (kept > 0 && r >= skip_from && r < skip_from + kept) continue;
        take(ruin, route->nodes[k]);
    }
    shrink(ruin, workshop, vehicle, before, memory);
}

static int32_t strings_to_cut(double mean_length, struct rng *rng)
{
    double longest = mean_length < STRING_MAX ? mean_length : STRING_MAX;
    double most = 4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0;
    return (int32_t)(1.0 + rng_unit(rng) * most);
}

static double mean_route_length(const struct solution *solution)
{
    int64_t stops = 0, routes = 0;
    for (int32_t v = 0; v < solution->problem->vehicle_count; v++) {
        stops += solution->routes[v].stops;
        routes += solution->routes[v].stops > 0;
    }
    return routes > 0 ? (double)stops / (double)routes : 1.0;
}

/* Takes a whole route out, so that its vehicle may stay at home. */
static void cut_route(struct ruin *ruin, struct workshop *workshop, int32_t vehicle, bool *memory)
{
    const struct route *route = &workshop->solution->routes[vehicle];
    int32_t before = ruin->count;
    ruin->cut[vehicle] = ruin->round;
    for (int32_t k = 1; k <= route->count; k++)
        if (node_is_stop(workshop->problem, route->nodes[k])) take(ruin, route->nodes[k]);
    shrink(ruin, workshop, vehicle, before, memory);
}

/* A route is worth emptying where vehicles cost something by being used, the shorter the likelier. */
static bool worth_emptying(const struct workshop *workshop, int32_t vehicle, double mean_length,
                           struct rng *rng)
{
    if (vehicle < 0 || workshop->problem->instance->vehicles[vehicle].fixed_cost == 0) return false;
    double length = workshop->solution->routes[vehicle].stops;
    return rng_unit(rng) < EMPTYING_PROBABILITY * mean_length / length;
}

/* A stop to ruin around: half of the time one that must be served and is not, if there is any. */
static int32_t choose_seed(const struct solution *solution, struct rng *rng)
{
    const struct problem *problem = solution->problem;
    int32_t seed = rng_below(rng, problem->stop_count);
    if (solution->unserved_mandatory == 0 || rng_below(rng, 2) == 0) return seed;
    for (int32_t k = 0; k < problem->stop_count; k++) {
        int32_t stop = (seed + k) % problem->stop_count;
        if (solution->route_of[stop] < 0 && problem->instance->stops[stop].mandatory) return stop;
    }
    return seed;
}

void ruin_make(struct ruin *ruin, struct workshop *workshop, struct rng *rng, bool *memory)
{
    const struct problem *problem = workshop->problem;
    struct solution *solution = workshop->solution;
    double mean_length = mean_route_length(solution);
    int32_t strings = strings_to_cut(mean_length, rng);
    int32_t seed = choose_seed(solution, rng);
    ruin->round++;
    ruin->count = 0;
    int32_t seed_vehicle = solution->route_of[seed];
    if (worth_emptying(workshop, seed_vehicle, mean_length, rng))
        cut_route(ruin, workshop, seed_vehicle, memory);
    for (int32_t k = -1; k < problem->neighbour_count && strings > 0; k++) {
        int32_t stop =
            k < 0 ? seed : problem->neighbours[(size_t)seed * (size_t)problem->neighbour_count + (size_t)k];
        int32_t vehicle = solution->route_of[stop];
        if (vehicle < 0) {
            take(ruin, stop);
            continue;
        }
        if (ruin->cut[vehicle] == ruin->round) continue;
        ruin->cut[vehicle] = ruin->round;
        double most =
            solution->routes[vehicle].stops < STRING_MAX ? solution->routes[vehicle].stops : STRING_MAX;
        if (most > mean_length) most = mean_length;
        int32_t length = (int32_t)(1.0 + rng_unit(rng) * most);
        if (length > solution->routes[vehicle].stops) length = solution->routes[vehicle].stops;
        cut_string(ruin, workshop, vehicle, solution->position_of[stop], length, rng, memory);
        strings--;
    }
}

static int compare_keys(const void *left, const void *right)
{
    const struct ruin_key *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return a->stop < b->stop ? -1 : a->stop > b->stop;
}

void ruin_order(struct ruin *ruin, const struct problem *problem, struct rng *rng)
{
    /* Weights of the paper: random 4, load 4, far 2, near 1. */
    int32_t draw = rng_below(rng, 11);
    int32_t depot = node_start(problem, 0);
    for (int32_t k = 0; k < ruin->count; k++) {
        int32_t stop = ruin->stops[k];
        const struct stop *s = &problem->instance->stops[stop];
        int64_t key = draw < 4    ? (int64_t)(rng_next(rng) >> 24)
                      : draw < 8  ? -(s->load_kg + s->load_l)
                      : draw < 10 ? -leg_m(problem, 0, depot, stop)
                                  : leg_m(problem, 0, depot, stop);
        ruin->keys[k] = (struct ruin_key){s->mandatory ? key - MEASURE_MAX * 2 : key, stop};
    }
    qsort(ruin->keys, (size_t)ruin->count, sizeof *ruin->keys, compare_keys);
    for (int32_t k = 0; k < ruin->count; k++) ruin->stops[k] = ruin->keys[k].stop;
}
