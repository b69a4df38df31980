#include "solver/routing/construct.h"

#include "solver/routing/quality.h"

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

double construct_leg_scale(const struct solution *solution)
{
    return mean_leg_cost(solution) + quality_mean_cost(solution);
}

struct soft construct_soft(const struct problem *problem, double leg_scale)
{
    struct load sum = {0, 0};
    if (problem->site_count > 0) return (struct soft){0, 0};
    for (int32_t s = 0; s < problem->stop_count; s++) {
        sum.kg += problem->instance->stops[s].load_kg;
        sum.l += problem->instance->stops[s].load_l;
    }
    const double price = 4 * leg_scale * (double)problem->stop_count;
    return (struct soft){.per_kg = 1 + (money)(sum.kg > 0 ? price / (double)sum.kg : 0),
                         .per_l = 1 + (money)(sum.l > 0 ? price / (double)sum.l : 0)};
}

/* Inserts every unserved stop, in an order drawn at random, each undoable alone so that the log stays small;
 * then brings all routes to their best form. */
static void insert_all(struct lane *lane, bool at_any_price)
{
    struct ruin *ruin = &lane->ruin;
    struct solution *solution = &lane->solution;
    const struct insertion_terms terms = {.at_any_price = at_any_price, .larger = true};
    ruin->count = 0;
    for (int32_t stop = 0; stop < solution->problem->stop_count; stop++)
        if (solution->visits[stop].vehicle < 0) ruin->stops[ruin->count++] = stop;
    ruin_order(ruin, solution->problem, &lane->rng);
    for (int32_t k = 0; k < ruin->count && !limits_cancelled(lane->course->limits); k++) {
        solution_mark(solution);
        lane_put_back(lane, ruin->stops[k], &terms);
    }
    solution_mark(solution);
    for (int32_t v = 0; v < solution->problem->vehicle_count; v++)
        if (solution->routes[v].stops > 0) solution_save(solution, v);
    refit_changed(&lane->refit, solution);
}

void construct(struct lane *lane)
{
    struct solution *solution = &lane->solution;
    insert_all(lane, false);
    solution->memory &= snapshot_take(&lane->best, solution);
    if (!lane->course->optional || lane->course->warm) return;
    insert_all(lane, true);
    if (solution->totals.cost < lane->best.totals.cost)
        solution->memory &= snapshot_take(&lane->best, solution);
}
