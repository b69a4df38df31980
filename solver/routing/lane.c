#include "solver/routing/lane.h"

#include "solver/routing/block.h"
#include "solver/routing/locks.h"

#include <math.h>
#include <stdlib.h>

/* Annealing from the mean leg of the first solution to a hundredth of that. Mean gaps at 10 s, one seed, of a
 * start at half, one and two mean legs: ten X instances 0.51, 0.43, 0.56 %; three of VRPTW with 1,000
 * stops 1.66, 1.36, 1.60 %; six with several trips 1.01, 1.08, 1.23 %. Other figures here are of a prototype
 * for capacities alone: ten X instances, 5 s, one seed, differences under 0.05 being noise. */
static const double TEMPERATURE_START = 1.0, TEMPERATURE_COOLING = 0.01;
/* A search that begins with a plan begins its annealing from here on, of 0 to 1. Gain over a plan of 20,000
 * rounds in as many more, mean of two seeds on X-n1001, R1_10_1, RC2_10_3 and the waste instance of 804 stops
 * (none was ever worse than its start): 0.3 0.31 %, 0.5 0.35 %, 0.7 0.35 %, 0.85 0.38 %. */
static const double WARM_FROM = 0.7;
/* Probability of overlooking a place when stops are put back (Christiaens and Vanden Berghe 2020). */
static const double BLINK = 0.01;
/* Probability of a round in which full routes may be handed to larger vehicles. Mean gap of ten HFVRP
 * instances at 10 s: never 30 %, 0.03 2.1 %, 0.15 1.4 %, 0.5 2.0 %, always 2.5 %. */
static const double LARGER = 0.15;
/* With optional stops, one round in so many gives a vehicle a new route. Mean gap of six prize-collecting
 * instances of long routes at 60 s: idle vehicles sent around their dearest stop 1.60 %, new routes every 400
 * rounds 1.27 %, 100 1.36 %; with routes emptied whole too (ruin.h), 100 0.84 %, 60 0.57 to 1.17 % over two
 * seeds; as it stands 0.73 %. On city days a new route takes as long as some ten rounds: 60 was too often
 * there. */
enum { OPENING_EVERY = 100 };
/* An optional stop may cost so many temperatures more than its prize when it is put back: many that do not
 * pay alone pay together. Mean gap of four prize-collecting instances at 10 s, one seed, differences under
 * 0.5 being noise: 0 1.9 %, 1 1.6 %, 3 2.4 %. */
static const double GENEROSITY = 1;
/* Stops taken out in a round on average: 4 0.52 %, 6 0.50 %, and 8 could not be told from 6. */
static const double REMOVED = 8;
/* Share of rounds that need no repair, and rounds after which the price of overload is set anew: 60 % 0.82 %,
 * 80 % 0.64 %, 90 % 0.50 %, 96 % 0.48 %; with stops put back within capacity alone 0.72 %. */
static const double SOUND_LEAST = 0.85, SOUND_MOST = 0.95;
enum { STEER_EVERY = 100 };
/* Routes are pooled from here on when their solution is at most so much dearer than the best. */
static const double POOLED_FROM = 0.6, POOLED_WITHIN = 1.01;
/* Rounds between two looks at the clock, which costs as much as a few insertions. */
enum { CLOCK_EVERY = 16 };

error_code lane_init(struct lane *lane, const struct course *course, uint64_t seed, int32_t number,
                     struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct problem *problem = course->problem;
    const struct pool_size size = recombination_pool_size(problem);
    *lane = (struct lane){.course = course, .seed_count = problem->stop_count};
    lane->seeds = malloc(((size_t)problem->stop_count + 1) * sizeof *lane->seeds);
    if (lane->seeds == NULL) return error_memory(error);
    for (int32_t stop = 0; stop < problem->stop_count; stop++) lane->seeds[stop] = stop;
    rng_seed_stream(&lane->rng, seed, (uint64_t)number);
    TRY(solution_init(&lane->solution, problem, error));
    TRY(snapshot_init(&lane->best, problem, error));
    lane->best.totals = lane->solution.totals;
    TRY(route_pool_init(&lane->pool, &size, error));
    TRY(refit_init(&lane->refit, problem, error));
    TRY(ruin_init(&lane->ruin, problem, error));
    TRY(prospect_init(&lane->prospect, problem, error));
    TRY(descent_init(&lane->descent, &lane->solution, error));
done:
    return rc;
}

void lane_free(struct lane *lane)
{
    descent_free(&lane->descent);
    prospect_free(&lane->prospect);
    ruin_free(&lane->ruin);
    refit_free(&lane->refit);
    route_pool_free(&lane->pool);
    snapshot_free(&lane->best);
    solution_free(&lane->solution);
    free(lane->seeds);
}

void lane_put_back(struct lane *lane, int32_t stop, const struct insertion_terms *terms)
{
    if (locks_bind(lane->course->problem, stop))
        block_insert(&lane->refit, &lane->solution, stop, terms, &lane->rng);
    else
        insertion_make(&lane->solution, stop, terms, &lane->rng);
}

/* Puts the stops listed back, and brings the routes touched to their best form. */
static void rebuild(struct lane *lane, const struct insertion_terms *terms)
{
    struct ruin *ruin = &lane->ruin;
    ruin_order(ruin, lane->course->problem, &lane->rng);
    for (int32_t k = 0; k < ruin->count; k++) lane_put_back(lane, ruin->stops[k], terms);
    refit_changed(&lane->refit, &lane->solution);
}

/* Where stops may be left, now and then gives a vehicle a new route. */
static bool open_route(struct lane *lane)
{
    if (!lane->course->optional || rng_below(&lane->rng, OPENING_EVERY) != 0) return false;
    const int32_t seed = lane->seeds[rng_below(&lane->rng, lane->seed_count)];
    if (opening_make(&lane->prospect, &lane->refit, &lane->ruin, &lane->solution, seed, &lane->rng))
        return true;
    solution_undo(&lane->solution);
    return false;
}

static bool ruin(struct lane *lane)
{
    const struct ruin_terms terms = {(ruin_shape)rng_below(&lane->rng, RUIN_SHAPES), REMOVED, lane->seeds,
                                     lane->seed_count, lane->course->optional};
    return ruin_make(&lane->ruin, &lane->solution, &terms, &lane->rng);
}

/* Sets the price of overload so that most rounds end without any: what it takes, and no more, lets the search
 * go through overload without wasting rounds on its repair. */
static void steer(struct lane *lane, bool sound)
{
    struct soft *soft = &lane->solution.soft;
    lane->tried_sound += sound;
    if (++lane->tried < STEER_EVERY) return;
    const double share = (double)lane->tried_sound / (double)lane->tried;
    const double factor = share < SOUND_LEAST ? 1.1 : share > SOUND_MOST ? 0.9 : 1;
    soft->per_kg = (money)((double)soft->per_kg * factor + (factor > 1));
    soft->per_l = (money)((double)soft->per_l * factor + (factor > 1));
    if (soft->per_kg < 1) soft->per_kg = 1;
    if (soft->per_l < 1) soft->per_l = 1;
    lane->tried = lane->tried_sound = 0;
}

/* Descends from all that the round has changed. False when overload is left. */
static bool descend(struct lane *lane)
{
    struct descent *descent = &lane->descent;
    descent_touch_changed(descent);
    if (!descent_run(descent, &lane->rng)) return false;
    refit_changed(&lane->refit, &lane->solution);
    if (lane->course->problem->site_count > 0) return true;
    const bool sound = !is_overloaded(&lane->solution);
    steer(lane, sound);
    return sound || descent_repair(descent, &lane->rng);
}

void lane_note_best(struct lane *lane)
{
    const struct totals *totals = &lane->solution.totals, *best = &lane->best.totals;
    if (totals->cost < best->cost && totals->unserved_mandatory <= best->unserved_mandatory)
        lane->solution.memory &= snapshot_take(&lane->best, &lane->solution);
}

/* Offers the routes that the round has changed, if it ends well. */
static void pool_routes(struct lane *lane)
{
    struct solution *solution = &lane->solution;
    if (lane->done < POOLED_FROM ||
        solution->totals.unserved_mandatory > lane->best.totals.unserved_mandatory ||
        (double)solution->totals.cost > POOLED_WITHIN * (double)lane->best.totals.cost)
        return;
    for (int64_t k = 0; k < solution->saved.count; k++)
        recombination_offer(&lane->pool, solution, solution->saved.items[k].vehicle);
}

/* One round: ruin (or, now and then, a new route), rebuild, descend, keep or undo. */
void lane_round(struct lane *lane, double temperature)
{
    struct solution *solution = &lane->solution;
    const struct course *course = lane->course;
    const money before = solution->totals.cost;
    solution_mark(solution);
    bool sound = open_route(lane) || ruin(lane);
    if (sound) {
        const struct insertion_terms insertion = {.blink = BLINK,
                                                  .generosity = GENEROSITY * temperature,
                                                  .larger = course->problem->sizes &&
                                                            rng_unit(&lane->rng) < LARGER};
        rebuild(lane, &insertion);
        sound = descend(lane);
    }
    const double worst = (double)before - temperature * log(1.0 - rng_unit(&lane->rng));
    if (!sound || (double)solution->totals.cost > worst) {
        solution_undo(solution);
    } else {
        lane->changes += solution->totals.cost != before;
        lane_note_best(lane);
        pool_routes(lane);
    }
    solution_assert(solution);
    lane->rounds++;
}

/* The temperature of the annealing, of now. */
static double temperature_of(const struct lane *lane)
{
    const struct course *course = lane->course;
    const double cooled = course->warm ? WARM_FROM + (1 - WARM_FROM) * lane->done : lane->done;
    return course->leg_scale * TEMPERATURE_START * pow(TEMPERATURE_COOLING, cooled);
}

bool lane_goes_on(struct lane *lane)
{
    const struct course *course = lane->course;
    if (lane->rounds >= lane->share || !lane->solution.memory || limits_cancelled(course->limits))
        return false;
    const double part = (double)lane->rounds / (double)lane->share;
    const double done =
        limits_by_rounds(course->limits, course->rounds + (int64_t)(part * (double)course->due));
    if (done > lane->done) lane->done = done;
    if (lane->rounds % CLOCK_EVERY != 0) return true;
    const double by_time = limits_by_time(course->limits);
    if (by_time > lane->done) lane->done = by_time;
    return by_time < course->until;
}

void lane_run(struct lane *lane)
{
    while (lane_goes_on(lane)) lane_round(lane, temperature_of(lane));
}
