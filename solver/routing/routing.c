#include "solver/routing/routing.h"

#include "solver/routing/descent.h"
#include "solver/routing/insertion.h"
#include "solver/routing/ruin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Annealing from the mean leg of the first solution to a hundredth of it: Christiaens and Vanden Berghe
 * (2020) anneal from 100 to 1 on instances whose legs are of that size. Of eight starts from 0.01 to 6 legs,
 * 5 s and one seed on each of ten X instances, 1.2 had the least mean gap (0.83 %, the others 0.88 to 1.15
 * %); a city's night, two seeds each, hardly told them apart. Rounded to 1. */
static const double TEMPERATURE_START = 1.0;
static const double TEMPERATURE_END = 0.01;
/* Probability of overlooking a place when stops are put back (Christiaens and Vanden Berghe 2020). */
static const double BLINK = 0.01;
/* Rounds between two looks at the vehicles that stand idle: each look costs about as much as ten rounds. */
enum { OPENING_EVERY = 250 };
/* Seconds between two calls of the progress function. */
static const double PROGRESS_EVERY_S = 0.2;

struct search {
    const struct routing_options *options;
    struct problem problem;
    struct solution solution;
    struct workshop workshop;
    struct descent descent;
    struct ruin ruin;
    struct snapshot best;
    struct rng rng;
    double start_s, last_progress_s;
    double leg_scale; /* mean cost of a leg of the first solution: the scale of the annealing */
    int64_t iterations;
    bool memory; /* false once an allocation has failed */
};

struct routing_options routing_options_default(void)
{
    return (struct routing_options){.seed = 1, .time_limit_s = 10, .threads = 1};
}

static double clock_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double elapsed_s(const struct search *search)
{
    return clock_s() - search->start_s;
}

static bool is_over(void *context)
{
    const struct search *search = context;
    const struct routing_options *options = search->options;
    if (!search->memory || (options->cancel != NULL && *options->cancel != 0)) return true;
    if (options->iterations > 0 && search->iterations >= options->iterations) return true;
    return options->time_limit_s > 0 && elapsed_s(search) >= options->time_limit_s;
}

/* How far the search is, 0 to 1, by the limit that is nearer. */
static double part_done(const struct search *search)
{
    const struct routing_options *options = search->options;
    double by_count = options->iterations > 0 ? (double)search->iterations / (double)options->iterations : 0;
    double by_time = options->time_limit_s > 0 ? elapsed_s(search) / options->time_limit_s : 0;
    double done = by_count > by_time ? by_count : by_time;
    return done < 1 ? done : 1;
}

static void report(struct search *search)
{
    if (search->options->progress == NULL) return;
    double now = elapsed_s(search);
    if (now - search->last_progress_s < PROGRESS_EVERY_S) return;
    search->last_progress_s = now;
    struct routing_progress progress = {now, search->iterations, search->best.cost,
                                        search->best.unserved_mandatory};
    search->options->progress(&progress, search->options->progress_context);
}

/* Puts the ruined stops back, one by one, and descends around them. */
static void rebuild(struct search *search, double blink)
{
    const struct problem *problem = &search->problem;
    struct ruin *ruin = &search->ruin;
    ruin_order(ruin, problem, &search->rng);
    for (int32_t k = 0; k < ruin->count; k++)
        insertion_make(&search->workshop, ruin->stops[k], blink, &search->rng, &search->memory);
    for (int32_t k = 0; k < ruin->count; k++) descent_queue(&search->descent, problem, ruin->stops[k]);
    descent_run(&search->descent, &search->workshop, is_over, search, &search->memory);
}

/* What a leg of the solution costs on average, in metres and seconds driven. */
static double mean_leg_cost(const struct solution *solution)
{
    const struct problem *problem = solution->problem;
    double sum = 0, legs = 0;
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        const struct route *route = &solution->routes[v];
        if (route->stops == 0) continue;
        for (int32_t k = 0; k <= route->count; k++, legs++)
            sum += (double)leg_price(problem, v, route->nodes[k], route->nodes[k + 1]);
    }
    return legs > 0 ? sum / legs : 0;
}

static void construct(struct search *search)
{
    for (int32_t stop = 0; stop < search->problem.stop_count; stop++) search->ruin.stops[stop] = stop;
    search->ruin.count = search->problem.stop_count;
    rebuild(search, 0);
    search->memory &= snapshot_take(&search->best, &search->solution);
    search->leg_scale = mean_leg_cost(&search->solution);
}

/* The optional stop with the highest prizes around it that vehicles of the kind may take; -1: none. */
static int32_t richest_stop(const struct search *search, int32_t vehicle)
{
    const struct problem *problem = &search->problem;
    const struct solution *solution = &search->solution;
    money most = 0;
    int32_t richest = -1;
    for (int32_t stop = 0; stop < problem->stop_count; stop++) {
        if (solution->route_of[stop] >= 0 || !problem_may_serve(problem, vehicle, stop)) continue;
        money sum = problem->instance->stops[stop].prize;
        for (int32_t k = 0; k < problem->neighbour_count; k++) {
            int32_t near = problem->neighbours[(size_t)stop * (size_t)problem->neighbour_count + (size_t)k];
            if (solution->route_of[near] < 0 && problem_may_serve(problem, vehicle, near))
                sum += problem->instance->stops[near].prize;
        }
        if (sum <= most) continue;
        most = sum;
        richest = stop;
    }
    return richest;
}

/* A vehicle that no single optional stop pays for may be paid for by many: sends an idle one where most is
 * left, fills it with what lies around, and keeps it if that is cheaper. Otherwise no trace is left. */
static void open_vehicle(struct search *search, int32_t kind)
{
    const struct problem *problem = &search->problem;
    struct solution *solution = &search->solution;
    struct workshop *workshop = &search->workshop;
    struct ruin *ruin = &search->ruin;
    struct schedule schedule;
    int32_t vehicle = solution_idle(solution, kind);
    int32_t seed = vehicle < 0 ? -1 : richest_stop(search, vehicle);
    if (seed < 0) return;
    int32_t count = workshop_form(workshop, vehicle, &seed, 1, workshop->nodes[0], &schedule);
    if (count == 0) return;
    const struct rng rng = search->rng;
    const money before = solution->cost;
    solution_mark(solution);
    search->memory &= solution_set(solution, vehicle, workshop->nodes[0], count, &schedule);
    ruin->count = 0;
    for (int32_t k = 0; k < problem->neighbour_count; k++) {
        int32_t near = problem->neighbours[(size_t)seed * (size_t)problem->neighbour_count + (size_t)k];
        if (solution->route_of[near] < 0) ruin->stops[ruin->count++] = near;
    }
    rebuild(search, 0);
    if (solution->cost < before) {
        if (solution->cost < search->best.cost) search->memory &= snapshot_take(&search->best, solution);
        return;
    }
    search->memory &= solution_undo(solution);
    search->rng = rng;
}

/* One round: ruin, rebuild, keep or undo. */
static void iterate(struct search *search)
{
    struct solution *solution = &search->solution;
    money before = solution->cost;
    double temperature =
        search->leg_scale * TEMPERATURE_START * pow(TEMPERATURE_END / TEMPERATURE_START, part_done(search));
    solution_mark(solution);
    ruin_make(&search->ruin, &search->workshop, &search->rng, &search->memory);
    rebuild(search, BLINK);
    double worst = (double)before - temperature * log(1.0 - rng_unit(&search->rng));
    if ((double)solution->cost > worst)
        search->memory &= solution_undo(solution);
    else if (solution->cost < search->best.cost)
        search->memory &= snapshot_take(&search->best, solution);
    solution_assert(solution);
    search->iterations++;
}

static void search_free(struct search *search)
{
    snapshot_free(&search->best);
    ruin_free(&search->ruin);
    descent_free(&search->descent);
    workshop_free(&search->workshop);
    solution_free(&search->solution);
}

error_code routing_solve(const struct instance *instance, const struct routing_options *options,
                         struct routing_result *result, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct search search = {.options = options, .memory = true, .start_s = clock_s()};
    *result = (struct routing_result){0};
    arena_init(&arena);
    plan_init(&result->plan);
    rng_seed(&search.rng, options->seed);
    if (instance->stop_count == 0 || instance->vehicle_count == 0) goto done;
    TRY(problem_build(instance, &arena, &search.problem, error));
    TRY(problem_find_neighbours(&search.problem, &arena, error));
    TRY(solution_init(&search.solution, &search.problem, error));
    TRY(workshop_init(&search.workshop, &search.problem, &search.solution, error));
    TRY(descent_init(&search.descent, &search.problem, error));
    TRY(ruin_init(&search.ruin, &search.problem, error));
    construct(&search);
    while (search.problem.stop_count > 1 && !is_over(&search)) {
        if (search.iterations % OPENING_EVERY == 0)
            for (int32_t kind = 0; kind < search.problem.kind_count; kind++) open_vehicle(&search, kind);
        iterate(&search);
        report(&search);
    }
    if (!search.memory) {
        rc = error_memory(error);
        goto done;
    }
    TRY(snapshot_plan(&search.best, &search.problem, &search.solution.timetable, &result->plan, error));
    TRY(snapshot_cost(&search.best, &search.problem, &arena, &result->cost, error));
    result->iterations = search.iterations;
    result->seconds = elapsed_s(&search);
done:
    search_free(&search);
    arena_free(&arena);
    return rc;
}
