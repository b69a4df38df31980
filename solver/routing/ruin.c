#include "solver/routing/ruin.h"

#include "solver/routing/block.h"
#include "solver/routing/locks.h"

#include <stdlib.h>

/* Longest string: 10 in the paper for instances of all sizes. */
static const double STRING_MAX = 10.0;
/* A string may keep some stops in its middle (split string): half of the time, as in the paper. */
static const double SPLIT_PROBABILITY = 0.5;
static const double SPLIT_GROWTH = 0.01;

/* Unserved stops tried again in a round. */
enum { UNSERVED_MAX = 20 };

/* How often a route of mean length is emptied whole, where that can pay. */
static const double EMPTYING_PROBABILITY = 0.05;

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

void ruin_list(struct ruin *ruin, int32_t stop)
{
    if (ruin->seen[stop] == ruin->round) return;
    ruin->seen[stop] = ruin->round;
    ruin->stops[ruin->count++] = stop;
}

static void unlink_listed(const struct ruin *ruin, struct solution *solution, int32_t from)
{
    for (int32_t k = from; k < ruin->count; k++) solution_unlink(solution, ruin->stops[k]);
}

/* Lists the rest of the sequences of the stops listed from `from` on. */
static void list_sequences(struct ruin *ruin, const struct locks *locks, int32_t from)
{
    for (int32_t k = from; k < ruin->count; k++) {
        const int32_t stop = ruin->stops[k];
        if (locks->before[stop] >= 0) ruin_list(ruin, locks->before[stop]);
        if (locks->behind[stop] >= 0) ruin_list(ruin, locks->behind[stop]);
    }
}

/* Takes out with their sequences the stops that have lost their position. */
static void unlink_displaced(struct ruin *ruin, struct solution *solution, int32_t vehicle)
{
    for (int32_t stop; (stop = locks_displaced(solution, vehicle)) >= 0;) {
        const int32_t from = ruin->count;
        ruin_list(ruin, stop);
        list_sequences(ruin, solution->problem->locks, from);
        unlink_listed(ruin, solution, from);
    }
}

/* Takes the stops listed from `from` on out of a vehicle's route. */
static bool take_out(struct ruin *ruin, struct solution *solution, int32_t vehicle, int32_t from)
{
    const struct problem *problem = solution->problem;
    if (problem->locks != NULL) list_sequences(ruin, problem->locks, from);
    unlink_listed(ruin, solution, from);
    if (problem->locks != NULL) unlink_displaced(ruin, solution, vehicle);
    if (problem->site_count > 0) solution_tidy(solution, vehicle);
    solution_refresh(solution, vehicle, visit_start(problem, vehicle), visit_end(problem, vehicle));
    return solution_confirm(solution, vehicle);
}

/* The nearest stop before (or behind) a visit in its route; -1: none. */
static int32_t stop_before(const struct solution *solution, int32_t visit)
{
    do visit = solution->visits[visit].prev;
    while (visit >= 0 && node_is_site(solution->problem, solution->visits[visit].node));
    return visit >= 0 && visit < solution->problem->stop_count ? visit : -1;
}

static int32_t stop_behind(const struct solution *solution, int32_t visit)
{
    do visit = solution->visits[visit].next;
    while (visit >= 0 && node_is_site(solution->problem, solution->visits[visit].node));
    return visit >= 0 && visit < solution->problem->stop_count ? visit : -1;
}

/* Takes `length` stops around one, perhaps keeping some in the middle. Calls at sites count for nothing:
 * they are passed over. */
static bool cut_string(struct ruin *ruin, struct solution *solution, int32_t stop, int32_t length,
                       struct rng *rng)
{
    int32_t vehicle = solution->visits[stop].vehicle, stops = solution->routes[vehicle].stops;
    int32_t kept = 0, from = ruin->count;
    solution_save(solution, vehicle);
    if (length > 1 && stops > length && rng_unit(rng) < SPLIT_PROBABILITY) {
        kept = 1;
        while (length + kept < stops && rng_unit(rng) > SPLIT_GROWTH) kept++;
    }
    int32_t window = length + kept, before = 0, behind = 0, first = stop;
    for (int32_t x = stop_before(solution, stop); x >= 0 && before < window - 1; before++)
        x = stop_before(solution, x);
    for (int32_t x = stop_behind(solution, stop); x >= 0 && behind < window - 1; behind++)
        x = stop_behind(solution, x);
    int32_t least = window - 1 - behind > 0 ? window - 1 - behind : 0;
    for (int32_t back = least + rng_below(rng, before - least + 1); back > 0; back--)
        first = stop_before(solution, first);
    int32_t skip = kept > 0 ? 1 + rng_below(rng, length) : window;
    for (int32_t k = 0, x = first; k < window; k++, x = stop_behind(solution, x))
        if (k < skip || k >= skip + kept) ruin_list(ruin, x);
    return take_out(ruin, solution, vehicle, from);
}

static int32_t strings_to_cut(double mean_length, double mean_removed, struct rng *rng)
{
    double longest = mean_length < STRING_MAX ? mean_length : STRING_MAX;
    double most = 4.0 * mean_removed / (1.0 + longest) - 1.0;
    return (int32_t)(1.0 + rng_unit(rng) * most);
}

static double mean_route_length(const struct solution *solution)
{
    int32_t routes = solution->used_count;
    return routes > 0 ? (double)solution->totals.served / (double)routes : 1.0;
}

/* Takes a whole route out, so that its vehicle may stay at home. */
static bool cut_route(struct ruin *ruin, struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    int32_t from = ruin->count;
    ruin->cut[vehicle] = ruin->round;
    solution_save(solution, vehicle);
    for (int32_t x = stop_behind(solution, visit_start(problem, vehicle)); x >= 0;
         x = stop_behind(solution, x))
        ruin_list(ruin, x);
    return take_out(ruin, solution, vehicle, from);
}

/* A route is worth emptying where vehicles cost something by being used, another size may do better, or its
 * stops may be left; the shorter the likelier. */
static bool worth_emptying(const struct solution *solution, int32_t vehicle, double mean_length,
                           const struct ruin_terms *terms, struct rng *rng)
{
    const struct problem *problem = solution->problem;
    if (vehicle < 0 ||
        (problem->instance->vehicles[vehicle].fixed_cost == 0 && !problem->sizes && !terms->optional))
        return false;
    double length = solution->routes[vehicle].stops;
    return rng_unit(rng) < EMPTYING_PROBABILITY * mean_length / length;
}

/* A stop to ruin around: half of the time one that must be served and is not, if there is any. */
static int32_t choose_seed(const struct solution *solution, const struct ruin_terms *terms, struct rng *rng)
{
    const struct problem *problem = solution->problem;
    const int32_t seed = terms->seeds[rng_below(rng, terms->seed_count)];
    if (solution->totals.unserved_mandatory == 0 || rng_below(rng, 2) == 0) return seed;
    for (int32_t k = 0; k < problem->stop_count; k++) {
        int32_t stop = (seed + k) % problem->stop_count;
        if (solution->visits[stop].vehicle < 0 && problem->instance->stops[stop].mandatory) return stop;
    }
    return seed;
}

static bool cut_strings(struct ruin *ruin, struct solution *solution, int32_t seed,
                        const struct ruin_terms *terms, struct rng *rng)
{
    const struct problem *problem = solution->problem;
    const double mean_length = mean_route_length(solution);
    const int32_t *neighbours = problem->neighbours + (size_t)seed * (size_t)problem->neighbour_count;
    const int32_t seed_vehicle = solution->visits[seed].vehicle;
    int32_t strings = strings_to_cut(mean_length, terms->mean_removed, rng), unserved = 0;
    bool sound = true;
    if (worth_emptying(solution, seed_vehicle, mean_length, terms, rng))
        sound = cut_route(ruin, solution, seed_vehicle);
    for (int32_t k = -1; k < problem->neighbour_count && strings > 0 && sound; k++) {
        int32_t stop = k < 0 ? seed : neighbours[k];
        int32_t vehicle = solution->visits[stop].vehicle;
        if (vehicle < 0) {
            if (unserved < UNSERVED_MAX) ruin_list(ruin, stop);
            unserved++;
            continue;
        }
        if (ruin->cut[vehicle] == ruin->round) continue;
        ruin->cut[vehicle] = ruin->round;
        int32_t stops = solution->routes[vehicle].stops;
        double most = stops < STRING_MAX ? stops : STRING_MAX;
        if (most > mean_length) most = mean_length;
        int32_t length = (int32_t)(1.0 + rng_unit(rng) * most);
        sound = cut_string(ruin, solution, stop, length < stops ? length : stops, rng);
        strings--;
    }
    return sound;
}

/* Takes one stop out, or lists it when it is in no route. */
static bool cut_stop(struct ruin *ruin, struct solution *solution, int32_t stop)
{
    const int32_t vehicle = solution->visits[stop].vehicle, from = ruin->count;
    ruin_list(ruin, stop);
    if (vehicle < 0) return true;
    solution_save(solution, vehicle);
    return take_out(ruin, solution, vehicle, from);
}

static bool cut_circle(struct ruin *ruin, struct solution *solution, int32_t seed, int32_t size)
{
    const struct problem *problem = solution->problem;
    const int32_t *neighbours = problem->neighbours + (size_t)seed * (size_t)problem->neighbour_count;
    bool sound = cut_stop(ruin, solution, seed);
    for (int32_t k = 0; k < problem->neighbour_count && ruin->count < size && sound; k++)
        sound = cut_stop(ruin, solution, neighbours[k]);
    return sound;
}

static bool cut_row(struct ruin *ruin, struct solution *solution, int32_t seed, int32_t size)
{
    const struct problem *problem = solution->problem;
    const int32_t vehicle = solution->visits[seed].vehicle;
    if (vehicle < 0) return cut_circle(ruin, solution, seed, size);
    if (size > solution->routes[vehicle].stops) size = solution->routes[vehicle].stops;
    solution_save(solution, vehicle);
    for (int32_t x = seed; ruin->count < size;) {
        ruin_list(ruin, x);
        x = stop_behind(solution, x);
        if (x < 0) x = stop_behind(solution, visit_start(problem, vehicle));
    }
    return take_out(ruin, solution, vehicle, 0);
}

bool ruin_make(struct ruin *ruin, struct solution *solution, const struct ruin_terms *terms, struct rng *rng)
{
    const int32_t seed = choose_seed(solution, terms, rng);
    const int32_t size = 1 + rng_below(rng, (int32_t)(2 * terms->mean_removed) - 1);
    ruin->round++;
    ruin->count = 0;
    switch (terms->shape) {
    case RUIN_CIRCLE:
        return cut_circle(ruin, solution, seed, size);
    case RUIN_ROW:
        return cut_row(ruin, solution, seed, size);
    case RUIN_STRINGS:
        break;
    }
    return cut_strings(ruin, solution, seed, terms, rng);
}

static bool comes_before(const struct ruin *ruin, int32_t a, int32_t b)
{
    return ruin->keys[a] != ruin->keys[b] ? ruin->keys[a] < ruin->keys[b] : a < b;
}

/* By shell sort: lists are short but for the first, which has every stop. */
static void sort(struct ruin *ruin)
{
    int32_t *stops = ruin->stops, gap = 1;
    while (gap < ruin->count / 3) gap = 3 * gap + 1;
    for (; gap > 0; gap /= 3)
        for (int32_t k = gap; k < ruin->count; k++) {
            int32_t stop = stops[k], at = k;
            for (; at >= gap && comes_before(ruin, stop, stops[at - gap]); at -= gap)
                stops[at] = stops[at - gap];
            stops[at] = stop;
        }
}

void ruin_order(struct ruin *ruin, const struct problem *problem, struct rng *rng)
{
    /* Weights of the paper: random 4, load 4, far 2, near 1. */
    int32_t draw = rng_below(rng, 11);
    int32_t depot = node_start(problem, 0);
    const bool late = problem->locks != NULL && rng_below(rng, 2) == 0;
    for (int32_t k = 0; k < ruin->count; k++) {
        int32_t stop = ruin->stops[k];
        const struct stop *s = &problem->instance->stops[stop];
        int64_t key = draw < 4    ? (int64_t)(rng_next(rng) >> 24)
                      : draw < 8  ? -(s->load_kg + s->load_l)
                      : draw < 10 ? -leg_m(problem, 0, depot, stop)
                                  : leg_m(problem, 0, depot, stop);
        ruin->keys[stop] = (s->mandatory ? key - MEASURE_MAX * 2 : key) + block_rank(problem, stop, late);
    }
    sort(ruin);
}
