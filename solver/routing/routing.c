#include "solver/routing/routing.h"

#include "solver/routing/descent.h"
#include "solver/routing/insertion.h"
#include "solver/routing/proximity.h"
#include "solver/routing/quality.h"
#include "solver/routing/recombine.h"
#include "solver/routing/refit.h"
#include "solver/routing/ruin.h"
#include "solver/routing/snapshot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Annealing from twice the mean leg of the first solution to a hundredth of that. The figures here and below
 * are of a prototype for capacities alone: mean gap of ten X instances, 5 s, one seed, differences under 0.05
 * being noise. Starts in mean legs: 0.5 0.52 %, 1 0.50 %, 2 0.44 %, 4 0.50 %. */
static const double TEMPERATURE_START = 2.0, TEMPERATURE_COOLING = 0.01;
/* Probability of overlooking a place when stops are put back (Christiaens and Vanden Berghe 2020). */
static const double BLINK = 0.01;
/* Probability of a round in which full routes may be handed to larger vehicles. Mean gap of ten HFVRP
 * instances at 10 s: never 30 %, 0.03 2.1 %, 0.15 1.4 %, 0.5 2.0 %, always 2.5 %. */
static const double LARGER = 0.15;
/* With optional stops, one round in so many opens a vehicle; of so many stops drawn the dearest is its first;
 * so many around it are then inserted. */
enum { OPENING_EVERY = 20, OPENING_DRAWS = 10, OPENING_REACH = 60 };
/* Stops taken out in a round on average: 4 0.52 %, 6 0.50 %, and 8 could not be told from 6. */
static const double REMOVED = 8;
/* Share of rounds that need no repair, and rounds after which the price of overload is set anew: 60 % 0.82 %,
 * 80 % 0.64 %, 90 % 0.50 %, 96 % 0.48 %; with stops put back within capacity alone 0.72 %. */
static const double SOUND_LEAST = 0.85, SOUND_MOST = 0.95;
enum { STEER_EVERY = 100 };
/* Routes are pooled from here on when their solution is at most so much dearer than the best, and put
 * together anew at these milestones, in at most this share of the time. Chosen after the figures in
 * pool/partition.h, which are of the search without descents; not measured again. */
static const double POOLED_FROM = 0.6, POOLED_WITHIN = 1.01, RECOMBINATION_SHARE = 0.04;
static const double MILESTONES[] = {0.8, 0.9, 0.97};
enum { MILESTONE_COUNT = sizeof MILESTONES / sizeof *MILESTONES };
/* Rounds between two looks at the clock, which costs as much as a few insertions. */
enum { CLOCK_EVERY = 16 };
/* Seconds between two calls of the progress function. */
static const double PROGRESS_EVERY_S = 0.2;

struct search {
    const struct routing_options *options;
    struct problem problem;
    struct solution solution;
    struct refit refit;
    struct ruin ruin;
    struct descent descent;
    struct recombination recombination;
    int32_t recombined;         /* milestones passed */
    int32_t tried, tried_sound; /* rounds since overload got its price; those that needed no repair */
    struct snapshot best;
    struct rng rng;
    double start_s, last_progress_s;
    double leg_scale; /* mean cost of a leg of the first solution: the scale of the annealing */
    int64_t iterations;
    bool optional;        /* some stop is */
    double by_time, done; /* how far the search is, 0 to 1, by the limit that is nearer */
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

static bool cancelled(const struct search *search)
{
    return search->options->cancel != NULL && *search->options->cancel != 0;
}

/* Looks at the limits; at the clock only now and then. */
static bool is_over(struct search *search)
{
    const struct routing_options *options = search->options;
    if (!search->solution.memory || cancelled(search)) return true;
    if (options->iterations > 0) {
        if (search->iterations >= options->iterations) return true;
        search->done = (double)search->iterations / (double)options->iterations;
    }
    if (options->time_limit_s > 0 && search->iterations % CLOCK_EVERY == 0) {
        double by_time = elapsed_s(search) / options->time_limit_s;
        if (by_time >= 1) return true;
        search->by_time = by_time;
    }
    if (search->by_time > search->done) search->done = search->by_time;
    return false;
}

static void report(struct search *search)
{
    if (search->options->progress == NULL) return;
    double now = elapsed_s(search);
    if (now - search->last_progress_s < PROGRESS_EVERY_S) return;
    search->last_progress_s = now;
    struct routing_progress progress = {now, search->iterations, search->best.totals.cost,
                                        search->best.totals.unserved_mandatory};
    search->options->progress(&progress, search->options->progress_context);
}

/* Puts the listed stops back, one by one, and brings the routes touched to their best form. */
static void rebuild(struct search *search)
{
    struct ruin *ruin = &search->ruin;
    const struct insertion_terms terms = {.blink = BLINK,
                                          .larger = search->problem.sizes && rng_unit(&search->rng) < LARGER};
    ruin_order(ruin, &search->problem, &search->rng);
    for (int32_t k = 0; k < ruin->count; k++)
        insertion_make(&search->solution, ruin->stops[k], &terms, &search->rng);
    refit_changed(&search->refit, &search->solution);
}

/* What a leg of the solution costs on average, in metres and seconds driven. */
static double mean_leg_cost(const struct solution *solution)
{
    const struct problem *problem = solution->problem;
    double sum = 0, legs = 0;
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        const struct kind *kind = kind_of(problem, v);
        if (solution->routes[v].stops == 0) continue;
        for (int32_t x = visit_start(problem, v); solution->visits[x].next >= 0;
             x = solution->visits[x].next) {
            struct leg leg = leg_visits(solution, kind->profile, x, solution->visits[x].next);
            sum += (double)leg.m * (double)kind->rate_m +
                   (double)leg.s * (double)problem->instance->vehicles[v].cost_per_s;
            legs++;
        }
    }
    return legs > 0 ? sum / legs : 0;
}

/* Inserts every unserved stop, in an order drawn at random, each undoable alone so that the log stays small;
 * then brings all routes to their best form. */
static void insert_all(struct search *search, bool at_any_price)
{
    struct ruin *ruin = &search->ruin;
    struct solution *solution = &search->solution;
    const struct insertion_terms terms = {.at_any_price = at_any_price, .larger = true};
    ruin->count = 0;
    for (int32_t stop = 0; stop < search->problem.stop_count; stop++)
        if (solution->visits[stop].vehicle < 0) ruin->stops[ruin->count++] = stop;
    ruin_order(ruin, &search->problem, &search->rng);
    for (int32_t k = 0; k < ruin->count && !cancelled(search); k++) {
        solution_mark(solution);
        insertion_make(solution, ruin->stops[k], &terms, &search->rng);
    }
    solution_mark(solution);
    for (int32_t v = 0; v < search->problem.vehicle_count; v++)
        if (solution->routes[v].stops > 0) solution_save(solution, v);
    refit_changed(&search->refit, solution);
}

static bool some_optional(const struct problem *problem)
{
    for (int32_t stop = 0; stop < problem->stop_count; stop++)
        if (!problem->instance->stops[stop].mandatory) return true;
    return false;
}

/* Keeps the best. */
static void note_best(struct search *search)
{
    if (search->solution.totals.cost < search->best.totals.cost)
        search->solution.memory &= snapshot_take(&search->best, &search->solution);
}

/* The first price of overload: as much as four legs for a load of mean size. */
static void price_overload(struct search *search)
{
    const struct instance *instance = search->problem.instance;
    struct load sum = {0, 0};
    for (int32_t s = 0; s < instance->stop_count; s++) {
        sum.kg += instance->stops[s].load_kg;
        sum.l += instance->stops[s].load_l;
    }
    const double price = 4 * search->leg_scale * (double)instance->stop_count;
    search->solution.soft.per_kg = 1 + (money)(sum.kg > 0 ? price / (double)sum.kg : 0);
    search->solution.soft.per_l = 1 + (money)(sum.l > 0 ? price / (double)sum.l : 0);
}

/* The first solution. Optional stops come in at any price once those that pay by themselves are in: many
 * that do not would pay together, and the search takes out what does not. */
static void construct(struct search *search)
{
    struct solution *solution = &search->solution;
    insert_all(search, false);
    solution->memory &= snapshot_take(&search->best, solution);
    search->optional = some_optional(&search->problem);
    if (search->optional) insert_all(search, true);
    note_best(search);
    search->leg_scale = mean_leg_cost(solution) + quality_mean_cost(solution);
    if (search->problem.site_count == 0) price_overload(search);
}

/* An unserved stop that an idle vehicle of the kind may take, the dearest of a few drawn; -1: none met. */
static int32_t draw_unserved(struct search *search, int32_t vehicle)
{
    const struct problem *problem = &search->problem;
    int32_t best = -1;
    for (int32_t draw = 0; draw < OPENING_DRAWS; draw++) {
        int32_t stop = rng_below(&search->rng, problem->stop_count);
        if (search->solution.visits[stop].vehicle >= 0 || !problem_may_serve(problem, vehicle, stop))
            continue;
        if (best < 0 || problem->instance->stops[stop].prize > problem->instance->stops[best].prize)
            best = stop;
    }
    return best;
}

/* A vehicle that no single optional stop pays for may be paid for by many: sends an idle one to an unserved
 * stop and lists what is left around it. False when there is none to send. */
static bool open_vehicle(struct search *search)
{
    const struct problem *problem = &search->problem;
    struct solution *solution = &search->solution;
    struct ruin *ruin = &search->ruin;
    struct schedule schedule;
    int32_t vehicle = solution_idle(solution, rng_below(&search->rng, problem->kind_count));
    int32_t seed = vehicle < 0 ? -1 : draw_unserved(search, vehicle);
    if (seed < 0) return false;
    int32_t count = refit_form(&search->refit, solution, vehicle, &seed, 1, INT64_MAX, &schedule);
    if (count == 0) return false;
    solution_save(solution, vehicle);
    solution_assign(solution, vehicle, search->refit.nodes + 1, count - 2);
    solution_set_cost(solution, vehicle, schedule.cost);
    ruin->count = ruin->gap_count = 0;
    for (int32_t k = 0; k < problem->neighbour_count && ruin->count < OPENING_REACH; k++) {
        int32_t near = problem->neighbours[(size_t)seed * (size_t)problem->neighbour_count + (size_t)k];
        if (solution->visits[near].vehicle < 0) ruin->stops[ruin->count++] = near;
    }
    return true;
}

/* Offers the routes that the round has changed, if it ends well. */
static void pool_routes(struct search *search)
{
    struct solution *solution = &search->solution;
    if (search->done < POOLED_FROM ||
        solution->totals.unserved_mandatory > search->best.totals.unserved_mandatory ||
        (double)solution->totals.cost > POOLED_WITHIN * (double)search->best.totals.cost)
        return;
    for (int64_t k = 0; k < solution->saved.count; k++)
        recombination_offer(&search->recombination, solution, solution->saved.items[k].vehicle);
}

/* At a milestone, goes on from the best combination of the routes pooled. */
static error_code recombine(struct search *search, struct error *error)
{
    const struct routing_options *options = search->options;
    bool improved;
    if (search->recombined == MILESTONE_COUNT || search->done < MILESTONES[search->recombined])
        return ERROR_NONE;
    search->recombined++;
    if (options->iterations == 0 && !partition_pays(&search->recombination.pool, options->time_limit_s))
        return ERROR_NONE;
    snapshot_restore(&search->best, &search->solution);
    const error_code rc =
        recombination_run(&search->recombination, &search->solution,
                          options->iterations == 0 ? RECOMBINATION_SHARE * options->time_limit_s : 0,
                          options->cancel, &improved, error);
    if (rc == ERROR_NONE && improved) note_best(search);
    return rc;
}

/* One round: ruin (or, now and then, open a vehicle), rebuild, keep or undo. */
/* Sets the price of overload so that most rounds end without any: what it takes, and no more, lets the search
 * go through overload without wasting rounds on its repair. */
static void steer(struct search *search, bool sound)
{
    struct soft *soft = &search->solution.soft;
    search->tried_sound += sound;
    if (++search->tried < STEER_EVERY) return;
    const double share = (double)search->tried_sound / (double)search->tried;
    const double factor = share < SOUND_LEAST ? 1.1 : share > SOUND_MOST ? 0.9 : 1;
    soft->per_kg = (money)((double)soft->per_kg * factor + (factor > 1));
    soft->per_l = (money)((double)soft->per_l * factor + (factor > 1));
    if (soft->per_kg < 1) soft->per_kg = 1;
    if (soft->per_l < 1) soft->per_l = 1;
    search->tried = search->tried_sound = 0;
}

/* Descends from all that the round has changed. False when overload is left. */
static bool descend(struct search *search)
{
    const struct ruin *ruin = &search->ruin;
    struct descent *descent = &search->descent;
    const struct visit *visits = search->solution.visits;
    for (int32_t k = 0; k < ruin->gap_count; k++) descent_touch(descent, ruin->gaps[k]);
    for (int32_t k = 0; k < ruin->count; k++) {
        const int32_t stop = ruin->stops[k];
        if (visits[stop].vehicle < 0) continue;
        descent_touch(descent, stop);
        descent_touch(descent, visits[stop].prev);
        descent_touch(descent, visits[stop].next);
    }
    if (!descent_run(descent, &search->rng)) return false;
    refit_changed(&search->refit, &search->solution);
    if (search->problem.site_count > 0) return true;
    const bool sound = !is_overloaded(&search->solution);
    steer(search, sound);
    return sound || descent_repair(descent, &search->rng);
}

static void iterate(struct search *search)
{
    struct solution *solution = &search->solution;
    money before = solution->totals.cost;
    const double temperature = search->leg_scale * TEMPERATURE_START * pow(TEMPERATURE_COOLING, search->done);
    solution_mark(solution);
    bool opened = search->optional && rng_below(&search->rng, OPENING_EVERY) == 0 && open_vehicle(search);
    const struct ruin_terms terms = {(ruin_shape)rng_below(&search->rng, RUIN_SHAPES), REMOVED};
    bool sound = opened || ruin_make(&search->ruin, solution, &terms, &search->rng);
    if (sound) rebuild(search);
    if (sound) sound = descend(search);
    double worst = (double)before - temperature * log(1.0 - rng_unit(&search->rng));
    if (!sound || (double)solution->totals.cost > worst) {
        solution_undo(solution);
    } else {
        note_best(search);
        pool_routes(search);
    }
    solution_assert(solution);
    search->iterations++;
}

static void search_free(struct search *search)
{
    snapshot_free(&search->best);
    ruin_free(&search->ruin);
    recombination_free(&search->recombination);
    descent_free(&search->descent);
    refit_free(&search->refit);
    solution_free(&search->solution);
}

error_code routing_solve(const struct instance *instance, const struct routing_options *options,
                         struct routing_result *result, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct search search = {.options = options, .start_s = clock_s()};
    *result = (struct routing_result){0};
    arena_init(&arena);
    plan_init(&result->plan);
    rng_seed(&search.rng, options->seed);
    if (instance->stop_count == 0 || instance->vehicle_count == 0) goto done;
    TRY(problem_build(instance, &arena, &search.problem, error));
    TRY(proximity_find(&search.problem, &arena, error));
    TRY(solution_init(&search.solution, &search.problem, error));
    TRY(refit_init(&search.refit, &search.problem, error));
    TRY(snapshot_init(&search.best, &search.problem, error));
    TRY(ruin_init(&search.ruin, &search.problem, error));
    TRY(descent_init(&search.descent, &search.solution, error));
    TRY(recombination_init(&search.recombination, &search.problem, error));
    construct(&search);
    while (search.problem.stop_count > 1 && !is_over(&search)) {
        iterate(&search);
        TRY(recombine(&search, error));
        report(&search);
    }
    if (!search.solution.memory) {
        rc = error_memory(error);
        goto done;
    }
    TRY(snapshot_plan(&search.best, &search.problem, &search.solution, &result->plan, &result->cost, error));
    result->iterations = search.iterations;
    result->seconds = elapsed_s(&search);
done:
    search_free(&search);
    arena_free(&arena);
    return rc;
}
