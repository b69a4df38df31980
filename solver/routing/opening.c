#include "solver/routing/opening.h"

#include "solver/routing/locks.h"

/* Share of candidates overlooked: else the same route would be found again and again. */
static const double OVERLOOKED = 0.05;
/* Unserved stops around the seed that the round tries to insert. */
enum { OPENING_REACH = 60 };

/* Takes all stops out of a vehicle's route and lists them; false when locks bind one. */
static bool give_up(struct ruin *ruin, struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct visit *visits = solution->visits;
    solution_save(solution, vehicle);
    for (int32_t x = visits[visit_start(problem, vehicle)].next; visits[x].next >= 0; x = visits[x].next) {
        if (!node_is_stop(problem, visits[x].node)) continue;
        if (locks_bind(problem, x)) return false;
        ruin->stops[ruin->count++] = x;
    }
    solution_assign(solution, vehicle, NULL, 0);
    return true;
}

/* The vehicle of the seed, its route given up, or an idle one; -1: none. */
static int32_t make_free(struct ruin *ruin, struct solution *solution, int32_t seed, struct rng *rng)
{
    int32_t vehicle = solution->visits[seed].vehicle;
    if (vehicle >= 0 && rng_below(rng, 2) == 0) return give_up(ruin, solution, vehicle) ? vehicle : -1;
    vehicle = solution_idle(solution, rng_below(rng, solution->problem->kind_count));
    if (vehicle >= 0) solution_save(solution, vehicle);
    return vehicle;
}

/* Sends the vehicle on the route found, or as much of it as can be done. */
static bool send(struct prospect *prospect, struct refit *refit, struct solution *solution, int32_t vehicle)
{
    struct schedule schedule;
    for (int32_t stops = prospect->route_count; stops > 0; stops /= 2) {
        const int32_t count =
            refit_form(refit, solution, vehicle, prospect->route, stops, INT64_MAX, &schedule);
        if (count == 0) continue;
        solution_assign(solution, vehicle, refit->nodes + 1, count - 2);
        solution_set_cost(solution, vehicle, schedule.cost);
        return true;
    }
    return false;
}

/* Keeps of the stops listed those that are unserved, and lists others around the seed. */
static void list_unserved(struct ruin *ruin, const struct solution *solution, int32_t seed)
{
    const struct problem *problem = solution->problem;
    const int32_t *near = problem->neighbours + (size_t)seed * (size_t)problem->neighbour_count;
    const int32_t given_up = ruin->count;
    ruin->round++;
    ruin->count = 0;
    for (int32_t k = 0; k < given_up; k++)
        if (solution->visits[ruin->stops[k]].vehicle < 0) ruin_list(ruin, ruin->stops[k]);
    const int32_t most = ruin->count + OPENING_REACH;
    for (int32_t k = 0; k < problem->neighbour_count && ruin->count < most; k++)
        if (solution->visits[near[k]].vehicle < 0) ruin_list(ruin, near[k]);
}

bool opening_make(struct prospect *prospect, struct refit *refit, struct ruin *ruin,
                  struct solution *solution, int32_t seed, struct rng *rng)
{
    ruin->count = 0;
    const int32_t vehicle = make_free(ruin, solution, seed, rng);
    if (vehicle < 0) return false;
    prospect_find(prospect, solution, vehicle, seed, OVERLOOKED, rng);
    const bool sent = send(prospect, refit, solution, vehicle);
    if (!sent && ruin->count == 0) return false;
    list_unserved(ruin, solution, seed);
    return true;
}
