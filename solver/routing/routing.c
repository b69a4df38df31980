#include "solver/routing/routing.h"

#include "solver/routing/construct.h"
#include "solver/routing/lanes.h"
#include "solver/routing/proximity.h"
#include "solver/routing/start.h"

/* Routes are put together anew at these milestones, in at most this share of the time. Chosen after the
 * figures in pool/partition.h, which are of the search without descents; not measured again. */
static const double RECOMBINATION_SHARE = 0.04;
static const double MILESTONES[] = {0.8, 0.9, 0.97};
enum { MILESTONE_COUNT = sizeof MILESTONES / sizeof *MILESTONES };
/* Share of the search for plans of fewer vehicles, where vehicles come first; the annealing then begins as
 * cool as it would be by then. Vehicles on the waste instances of 1,599 and 2,100 stops, 20 s, two seeds,
 * with a fifth of the price a round of fleet.c: 0 14, 15; 18, 18. 0.3 14, 13; 18, 18. 0.6 15, 13; 16, 16. */
static const double FLEET_SHARE = 0.5;
/* Lanes where the number of rounds is given, and routes for each: with fewer, lanes are in each other's way.
 */
enum { LANES_MOST = 4, ROUTES_A_LANE = 10 };
/* Seconds between two calls of the progress function. */
static const double PROGRESS_EVERY_S = 0.2;

struct search {
    const struct routing_options *options;
    struct limits limits;
    struct problem problem;
    struct lanes lanes;
    struct recombination recombination;
    int32_t recombined; /* milestones passed */
    double last_progress_s;
};

struct routing_options routing_options_default(void)
{
    return (struct routing_options){.seed = 1, .time_limit_s = 10, .threads = 1};
}

static bool some_optional(const struct problem *problem)
{
    for (int32_t stop = 0; stop < problem->stop_count; stop++)
        if (!problem->instance->stops[stop].mandatory) return true;
    return false;
}

static double done(const struct search *search)
{
    const double by_time = limits_by_time(&search->limits);
    const double by_rounds = limits_by_rounds(&search->limits, search->lanes.course.rounds);
    return by_time > by_rounds ? by_time : by_rounds;
}

static bool is_over(const struct search *search)
{
    return !lanes_memory(&search->lanes) || limits_cancelled(&search->limits) || done(search) >= 1;
}

static void report(struct search *search)
{
    if (search->options->progress == NULL) return;
    double now = limits_elapsed_s(&search->limits);
    if (now - search->last_progress_s < PROGRESS_EVERY_S) return;
    search->last_progress_s = now;
    const struct snapshot *best = lanes_best(&search->lanes);
    struct routing_progress progress = {now, search->lanes.course.rounds, best->totals.cost,
                                        best->totals.unserved_mandatory};
    search->options->progress(&progress, search->options->progress_context);
}

/* The first solution, and what the annealing is scaled by. */
static error_code begin(struct search *search, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct lanes *lanes = &search->lanes;
    struct course *course = &lanes->course;
    struct lane *first = &lanes->lanes[0];
    const struct plan *start = search->options->start;
    course->warm = start != NULL;
    if (start != NULL) TRY(start_from_plan(start, &first->refit, &first->solution, arena, error));
    course->optional = some_optional(&search->problem);
    construct(first);
    course->leg_scale = construct_leg_scale(&first->solution);
    if (search->options->iterations > 0) lanes_limit(lanes, 1 + first->solution.used_count / ROUTES_A_LANE);
    for (int32_t k = 0; k < lanes->count; k++)
        lanes->lanes[k].solution.soft = construct_soft(&search->problem, course->leg_scale);
    if (lanes->count > 1) lanes_restart(lanes, &first->best);
    lanes_reduce_fleet(lanes, FLEET_SHARE);
done:
    return rc;
}

static int64_t rounds_left(const struct search *search)
{
    const int64_t most = search->options->iterations;
    return most > 0 ? most - search->lanes.course.rounds : INT64_MAX;
}

/* At a milestone, goes on from the best combination of the routes pooled. */
static error_code recombine(struct search *search, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct routing_options *options = search->options;
    struct lanes *lanes = &search->lanes;
    struct solution *solution = &lanes->lanes[0].solution;
    struct route_pool *pool = &search->recombination.pool;
    bool improved;
    if (search->recombined == MILESTONE_COUNT || done(search) < MILESTONES[search->recombined])
        return ERROR_NONE;
    search->recombined++;
    for (int32_t k = 0; k < lanes->count; k++) route_pool_collect(pool, &lanes->lanes[k].pool);
    if (options->iterations == 0 && !partition_pays(pool, options->time_limit_s)) return ERROR_NONE;
    lanes_restart(lanes, lanes_best(lanes));
    TRY(recombination_run(&search->recombination, solution,
                          options->iterations == 0 ? RECOMBINATION_SHARE * options->time_limit_s : 0,
                          options->cancel, &improved, error));
    if (!improved) goto done;
    lane_note_best(&lanes->lanes[0]);
    lanes_restart(lanes, &lanes->lanes[0].best);
done:
    return rc;
}

static void search_free(struct search *search)
{
    recombination_free(&search->recombination);
    lanes_free(&search->lanes);
}

/* Supplies that all routes share cannot be parted. */
static int32_t lane_count(const struct search *search)
{
    if (search->problem.sites_limited) return 1;
    if (search->options->iterations > 0) return LANES_MOST;
    return search->options->threads > 1 ? search->options->threads : 1;
}

error_code routing_solve(const struct instance *instance, const struct routing_options *options,
                         struct routing_result *result, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct search search = {.options = options, .limits = limits_from_now(options)};
    const struct problem *problem = &search.problem;
    *result = (struct routing_result){0};
    arena_init(&arena);
    plan_init(&result->plan);
    if (instance->stop_count == 0 || instance->vehicle_count == 0) goto done;
    TRY(problem_build(instance, &arena, &search.problem, error));
    TRY(proximity_find(&search.problem, &arena, error));
    TRY(lanes_init(&search.lanes, problem, &search.limits, lane_count(&search), error));
    TRY(recombination_init(&search.recombination, problem, error));
    TRY(begin(&search, &arena, error));
    while (problem->stop_count > 1 && !is_over(&search)) {
        lanes_run(&search.lanes, rounds_left(&search));
        TRY(recombine(&search, error));
        report(&search);
    }
    if (!lanes_memory(&search.lanes)) {
        rc = error_memory(error);
        goto done;
    }
    TRY(snapshot_plan(lanes_best(&search.lanes), problem, &search.lanes.lanes[0].solution, &result->plan,
                      &result->cost, error));
    result->iterations = search.lanes.course.rounds;
    result->seconds = limits_elapsed_s(&search.limits);
done:
    search_free(&search);
    arena_free(&arena);
    return rc;
}
