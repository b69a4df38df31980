#include "solver/routing/lanes.h"

#include "solver/routing/fleet.h"

#include <stdlib.h>

/* Rounds of a lane alone between two looks at what the search is to do next. */
enum { ROUNDS_ALONE = 500 };
/* Rounds of a lane between two meetings, and meetings between which regions stay. */
enum { ROUNDS_LEAST = 4, ROUNDS_MOST = 400, REGIONS_EVERY = 20 };
/* Changes of a lane between two meetings; one more for each so many routes. */
static const double CHANGES = 1, ROUTES_A_CHANGE = 50;
/* Weight of a meeting in the change rate. */
static const double RATE_WEIGHT = 0.05;

struct region_key {
    int64_t key;
    int32_t stop;
};

static bool allocate(struct lanes *lanes, const struct problem *problem)
{
    const size_t stops = (size_t)problem->stop_count + 1, vehicles = (size_t)problem->vehicle_count + 1;
    const size_t changes = vehicles * (size_t)lanes->count;
    lanes->vehicle_of = malloc(stops * sizeof *lanes->vehicle_of);
    lanes->taken = malloc(vehicles * sizeof *lanes->taken);
    lanes->dropped = malloc(changes * sizeof *lanes->dropped);
    lanes->changed = malloc(vehicles * sizeof *lanes->changed);
    lanes->group = malloc(vehicles * sizeof *lanes->group);
    lanes->changed_at = calloc(vehicles, sizeof *lanes->changed_at);
    lanes->taken_at = calloc(vehicles, sizeof *lanes->taken_at);
    lanes->clashes = malloc(vehicles * sizeof *lanes->clashes);
    lanes->keys = malloc(stops * sizeof *lanes->keys);
    return lanes->vehicle_of && lanes->taken && lanes->dropped && lanes->changed && lanes->group &&
           lanes->changed_at && lanes->taken_at && lanes->clashes && lanes->keys;
}

error_code lanes_init(struct lanes *lanes, const struct problem *problem, const struct limits *limits,
                      int32_t count, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct routing_options *options = limits->options;
    *lanes =
        (struct lanes){.count = count, .change_rate = 1, .course = {.problem = problem, .limits = limits}};
    crew_start(&lanes->crew, options->threads < count ? options->threads : count);
    rng_seed_stream(&lanes->rng, options->seed, (uint64_t)count);
    lanes->lanes = calloc((size_t)count, sizeof *lanes->lanes);
    if (lanes->lanes == NULL || !allocate(lanes, problem)) return error_memory(error);
    TRY(snapshot_init(&lanes->plan, problem, error));
    for (int32_t stop = 0; stop < problem->stop_count; stop++) lanes->vehicle_of[stop] = -1;
    for (int32_t k = 0; k < count; k++)
        TRY(lane_init(&lanes->lanes[k], &lanes->course, options->seed, k, error));
done:
    return rc;
}

void lanes_free(struct lanes *lanes)
{
    if (lanes->count > 0) crew_stop(&lanes->crew);
    for (int32_t k = 0; lanes->lanes != NULL && k < lanes->count; k++) lane_free(&lanes->lanes[k]);
    free(lanes->lanes);
    snapshot_free(&lanes->plan);
    free(lanes->vehicle_of);
    free(lanes->taken);
    free(lanes->dropped);
    free(lanes->changed);
    free(lanes->group);
    free(lanes->changed_at);
    free(lanes->taken_at);
    free(lanes->clashes);
    free(lanes->keys);
}

void lanes_limit(struct lanes *lanes, int32_t count)
{
    while (lanes->count > count) lane_free(&lanes->lanes[--lanes->count]);
}

bool lanes_memory(const struct lanes *lanes)
{
    for (int32_t k = 0; k < lanes->count; k++)
        if (!lanes->lanes[k].solution.memory) return false;
    return true;
}

const struct snapshot *lanes_best(const struct lanes *lanes)
{
    const struct snapshot *best = &lanes->lanes[0].best;
    for (int32_t k = 1; k < lanes->count; k++)
        if (lanes->lanes[k].best.totals.cost < best->totals.cost) best = &lanes->lanes[k].best;
    return best;
}

/* --- the plan agreed on --- */

static void forget_dirty(struct solution *solution)
{
    for (int64_t k = 0; k < solution->dirty.count; k++) solution->is_dirty[solution->dirty.items[k]] = false;
    solution->dirty.count = 0;
}

/* Writes a route's stops into vehicle_of as served by `vehicle`, or by none. */
static void write_stops(struct lanes *lanes, int32_t route, int32_t vehicle)
{
    const struct snapshot_route *r = &lanes->plan.routes[route];
    for (int32_t k = 0; k < r->count; k++)
        if (node_is_stop(lanes->course.problem, r->nodes[k])) lanes->vehicle_of[r->nodes[k]] = vehicle;
}

void lanes_restart(struct lanes *lanes, const struct snapshot *plan)
{
    const struct problem *problem = lanes->course.problem;
    lanes->taken_count = lanes->dropped_count = 0;
    for (int32_t v = 0; v < problem->vehicle_count; v++) write_stops(lanes, v, -1);
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        lanes->lanes[0].solution.memory &= snapshot_copy_route(&lanes->plan, plan, v);
        write_stops(lanes, v, v);
    }
    for (int32_t k = 0; k < lanes->count; k++) {
        struct lane *lane = &lanes->lanes[k];
        snapshot_restore(&lanes->plan, &lane->solution);
        forget_dirty(&lane->solution);
        lane_note_best(lane);
    }
}

/* --- a meeting --- */

static bool differs(const struct lanes *lanes, const struct solution *solution, int32_t vehicle)
{
    const struct snapshot_route *route = &lanes->plan.routes[vehicle];
    int32_t x = solution->visits[visit_start(solution->problem, vehicle)].next, k = 0;
    for (; k < route->count && solution->visits[x].node == route->nodes[k]; k++) x = solution->visits[x].next;
    return k < route->count || solution->visits[x].next >= 0;
}

/* Lists the routes that the lane has changed; their number. */
static int32_t list_changed(struct lanes *lanes, const struct solution *solution, int64_t stamp)
{
    int32_t count = 0;
    for (int64_t k = 0; k < solution->dirty.count; k++) {
        const int32_t vehicle = solution->dirty.items[k];
        if (!differs(lanes, solution, vehicle)) continue;
        lanes->changed[count++] = vehicle;
        lanes->changed_at[vehicle] = stamp;
        lanes->group[vehicle] = vehicle;
        lanes->clashes[vehicle] = false;
    }
    return count;
}

static int32_t group_of(struct lanes *lanes, int32_t vehicle)
{
    while (lanes->group[vehicle] != vehicle)
        vehicle = lanes->group[vehicle] = lanes->group[lanes->group[vehicle]];
    return vehicle;
}

/* Joins the route to those that its stops come from; what another lane has taken over clashes. */
static void join(struct lanes *lanes, const struct solution *solution, int32_t vehicle, int64_t stamp)
{
    const struct problem *problem = solution->problem;
    bool clashes = lanes->taken_at[vehicle] == lanes->meetings;
    for (int32_t x = solution->visits[visit_start(problem, vehicle)].next; x >= 0;
         x = solution->visits[x].next) {
        if (!node_is_stop(problem, solution->visits[x].node)) continue;
        const int32_t from = lanes->vehicle_of[x];
        if (from < 0) continue;
        if (lanes->changed_at[from] != stamp) {
            clashes = true;
            continue;
        }
        const int32_t a = group_of(lanes, vehicle), b = group_of(lanes, from);
        if (a == b) continue;
        lanes->group[a] = b;
        lanes->clashes[b] |= lanes->clashes[a];
    }
    if (clashes) lanes->clashes[group_of(lanes, vehicle)] = true;
}

/* Takes over what the lane has changed, as far as it touches nothing taken over before. */
static void take_over(struct lanes *lanes, int32_t number)
{
    struct solution *solution = &lanes->lanes[number].solution;
    const int64_t stamp = lanes->meetings * lanes->count + number;
    const int32_t count = list_changed(lanes, solution, stamp), first = lanes->taken_count;
    for (int32_t k = 0; k < count; k++) join(lanes, solution, lanes->changed[k], stamp);
    for (int32_t k = 0; k < count; k++) {
        const int32_t vehicle = lanes->changed[k];
        if (lanes->clashes[group_of(lanes, vehicle)]) {
            if (lanes->taken_at[vehicle] != lanes->meetings)
                lanes->dropped[lanes->dropped_count++] = (struct change){vehicle, number};
            continue;
        }
        write_stops(lanes, vehicle, -1);
        lanes->taken_at[vehicle] = lanes->meetings;
        lanes->taken[lanes->taken_count++] = (struct change){vehicle, number};
    }
    for (int32_t k = first; k < lanes->taken_count; k++) {
        const int32_t vehicle = lanes->taken[k].vehicle;
        solution->memory &= snapshot_take_route(&lanes->plan, solution, vehicle);
        write_stops(lanes, vehicle, vehicle);
    }
    forget_dirty(solution);
}

static void meet(struct lanes *lanes)
{
    int64_t rounds = 0, changes = 0;
    lanes->meetings++;
    lanes->taken_count = lanes->dropped_count = 0;
    for (int32_t k = 0; k < lanes->count; k++) {
        take_over(lanes, k);
        rounds += lanes->lanes[k].rounds;
        changes += lanes->lanes[k].changes;
    }
    if (rounds > 0)
        lanes->change_rate += RATE_WEIGHT * ((double)changes / (double)rounds - lanes->change_rate);
}

/* Brings a lane to what was agreed on at the last meeting. */
static void renew(struct lanes *lanes, int32_t number)
{
    struct lane *lane = &lanes->lanes[number];
    struct solution *solution = &lane->solution;
    solution_mark(solution);
    for (int pass = 0; pass < 2; pass++) {
        const struct change *changes = pass == 0 ? lanes->taken : lanes->dropped;
        const int32_t count = pass == 0 ? lanes->taken_count : lanes->dropped_count;
        for (int32_t k = 0; k < count; k++) {
            if ((changes[k].lane == number) == (pass == 0)) continue;
            solution_save(solution, changes[k].vehicle);
            solution_assign(solution, changes[k].vehicle, NULL, 0);
        }
    }
    for (int64_t k = 0; k < solution->saved.count; k++) {
        const int32_t vehicle = solution->saved.items[k].vehicle;
        if (lanes->plan.routes[vehicle].count > 0) snapshot_put_route(&lanes->plan, solution, vehicle);
    }
    solution_mark(solution);
    forget_dirty(solution);
    solution_assert(solution);
    lane_note_best(lane);
}

/* --- regions --- */

static int by_key(const void *a, const void *b)
{
    const struct region_key *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return x->stop < y->stop ? -1 : 1;
}

/* Deals stops out to so many lanes from `first` on, halving them along the line between two of them. */
static void deal_region(struct lanes *lanes, struct region_key *keys, int32_t count, int32_t first,
                        int32_t parts)
{
    const struct problem *problem = lanes->course.problem;
    if (parts == 1) {
        struct lane *lane = &lanes->lanes[first];
        lane->seed_count = count;
        for (int32_t k = 0; k < count; k++) lane->seeds[k] = keys[k].stop;
        return;
    }
    const int32_t here = keys[rng_below(&lanes->rng, count)].stop;
    const int32_t there = keys[rng_below(&lanes->rng, count)].stop;
    for (int32_t k = 0; k < count; k++)
        keys[k].key = leg_m(problem, problem->kinds[0].profile, keys[k].stop, here) -
                      leg_m(problem, problem->kinds[0].profile, keys[k].stop, there);
    qsort(keys, (size_t)count, sizeof *keys, by_key);
    const int32_t less = parts / 2, cut = (int32_t)((int64_t)count * less / parts);
    deal_region(lanes, keys, cut, first, less);
    deal_region(lanes, keys + cut, count - cut, first + less, parts - less);
}

static void deal_regions(struct lanes *lanes)
{
    const int32_t count = lanes->course.problem->stop_count;
    if (count < lanes->count) return;
    for (int32_t stop = 0; stop < count; stop++) lanes->keys[stop].stop = stop;
    deal_region(lanes, lanes->keys, count, 0, lanes->count);
}

/* --- running --- */

static void run_one(void *context, int32_t k)
{
    struct lanes *lanes = context;
    if (lanes->count > 1) renew(lanes, k);
    lane_run(&lanes->lanes[k]);
}

static void reduce_one(void *context, int32_t k)
{
    struct lanes *lanes = context;
    fleet_reduce(&lanes->lanes[k]);
}

/* Lets the lanes do so many rounds in all, each a like share. */
static void run_all(struct lanes *lanes, int64_t rounds, void (*task)(void *context, int32_t k))
{
    lanes->course.due = rounds;
    for (int32_t k = 0; k < lanes->count; k++) {
        struct lane *lane = &lanes->lanes[k];
        lane->share = rounds / lanes->count + (k < rounds % lanes->count);
        lane->rounds = lane->changes = 0;
    }
    crew_run(&lanes->crew, lanes->count, task, lanes);
    for (int32_t k = 0; k < lanes->count; k++) lanes->course.rounds += lanes->lanes[k].rounds;
}

void lanes_reduce_fleet(struct lanes *lanes, double share)
{
    const int64_t most = lanes->course.limits->options->iterations;
    if (!fleet_comes_first(&lanes->lanes[0])) return;
    lanes->course.until = share;
    run_all(lanes, most > 0 ? (int64_t)(share * (double)most) : INT64_MAX / 2, reduce_one);
    lanes_restart(lanes, lanes_best(lanes));
}

/* Rounds of a lane until the next meeting. */
static int64_t rounds_apart(const struct lanes *lanes)
{
    if (lanes->count == 1) return ROUNDS_ALONE;
    const double changes = CHANGES + lanes->lanes[0].solution.used_count / ROUTES_A_CHANGE;
    const double rounds = changes / (lanes->change_rate + 1e-9);
    return rounds < ROUNDS_LEAST ? ROUNDS_LEAST : rounds > ROUNDS_MOST ? ROUNDS_MOST : (int64_t)rounds;
}

void lanes_run(struct lanes *lanes, int64_t rounds_most)
{
    const int64_t wanted = rounds_apart(lanes) * lanes->count;
    const int64_t rounds = wanted < rounds_most ? wanted : rounds_most;
    if (lanes->count > 1 && lanes->meetings % REGIONS_EVERY == 0) deal_regions(lanes);
    lanes->course.until = 1;
    run_all(lanes, rounds, run_one);
    if (lanes->count > 1) meet(lanes);
}
