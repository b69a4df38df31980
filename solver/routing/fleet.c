#include "solver/routing/fleet.h"

/* The number of vehicles comes first when they cost so many times what the driving does. */
static const double VEHICLES_OVER_DRIVING = 3;
/* In mean legs: the price of a stop left out at first, what a round adds to it, and the temperature. Vehicles
 * on the instances and seeds of routing.c, share 0.4: adding 0.005 13, 13; 18, 18. 0.1 13, 13; 18, 16. Adding
 * 0.02 at a temperature of 0.1 12, 13; 18, 18; of 1 14, 13; 18, 16. */
static const double PRICE_AT_FIRST = 1, PRICE_A_ROUND = 0.1, TEMPERATURE = 0.3;

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* What one vehicle can do in a day at most, whichever it is; INT64_MAX: no limit. */
struct reach {
    int64_t kg, l, stops, busy_s;
};

static struct reach find_reach(const struct problem *problem)
{
    struct reach reach = {0};
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        const struct vehicle *vehicle = &problem->instance->vehicles[v];
        const bool one_trip = problem->site_count == 0 && vehicle->compartment_count == 1;
        const int64_t shift_s = vehicle->shift_end_s - vehicle->shift_start_s;
        const int64_t kg = one_trip ? vehicle->compartments[0].capacity_kg : INT64_MAX;
        const int64_t l = one_trip ? vehicle->compartments[0].capacity_l : INT64_MAX;
        reach.kg = larger(reach.kg, vehicle->max_load_kg > 0 ? vehicle->max_load_kg : kg);
        reach.l = larger(reach.l, vehicle->max_load_l > 0 ? vehicle->max_load_l : l);
        reach.stops = larger(reach.stops, vehicle->max_stops > 0 ? vehicle->max_stops : INT64_MAX);
        reach.busy_s = larger(reach.busy_s, vehicle->max_work_s < shift_s ? vehicle->max_work_s : shift_s);
    }
    return reach;
}

static int64_t parts_of(int64_t whole, int64_t part)
{
    return part <= 0 || part == INT64_MAX ? 0 : (whole + part - 1) / part;
}

/* Vehicles that the mandatory stops need at least. */
static int64_t vehicles_least(const struct problem *problem)
{
    const struct reach reach = find_reach(problem);
    int64_t kg = 0, l = 0, stops = 0, busy_s = 0;
    for (int32_t s = 0; s < problem->stop_count; s++) {
        const struct stop *stop = &problem->instance->stops[s];
        if (!stop->mandatory) continue;
        kg += stop->load_kg;
        l += stop->load_l;
        busy_s += stop->service_s;
        stops++;
    }
    return larger(larger(parts_of(kg, reach.kg), parts_of(l, reach.l)),
                  larger(parts_of(stops, reach.stops), parts_of(busy_s, reach.busy_s)));
}

static bool may_spare(const struct lane *lane)
{
    return lane->solution.used_count > 1 && lane->solution.used_count > vehicles_least(lane->course->problem);
}

bool fleet_comes_first(const struct lane *lane)
{
    const struct solution *solution = &lane->solution;
    double vehicles = 0, all = 0;
    for (int32_t k = 0; k < solution->used_count; k++) {
        const int32_t v = solution->used[k];
        vehicles += (double)solution->problem->instance->vehicles[v].fixed_cost;
        all += (double)solution->routes[v].cost;
    }
    return vehicles > VEHICLES_OVER_DRIVING * (all - vehicles) && may_spare(lane);
}

/* The route of the fewest stops of three drawn. */
static int32_t draw_route(struct lane *lane)
{
    const struct solution *solution = &lane->solution;
    int32_t best = -1;
    for (int draw = 0; draw < 3; draw++) {
        const int32_t v = solution->used[rng_below(&lane->rng, solution->used_count)];
        if (best < 0 || solution->routes[v].stops < solution->routes[best].stops) best = v;
    }
    return best;
}

/* Prices for leaving mandatory stops: cheap ones, or those of the search. */
static void price_all(struct lane *lane, bool cheap)
{
    const struct problem *problem = lane->course->problem;
    const money price = 1 + (money)(PRICE_AT_FIRST * lane->course->leg_scale);
    for (int32_t s = 0; s < problem->stop_count; s++)
        if (problem->instance->stops[s].mandatory)
            solution_price_leaving(&lane->solution, s, cheap ? price : solution_leaving_price(problem, s));
}

static void raise_prices(struct lane *lane)
{
    struct solution *solution = &lane->solution;
    const struct problem *problem = solution->problem;
    const money more = 1 + (money)(PRICE_A_ROUND * lane->course->leg_scale);
    for (int32_t s = 0, left = solution->totals.unserved_mandatory; left > 0; s++) {
        if (solution->visits[s].vehicle >= 0 || !problem->instance->stops[s].mandatory) continue;
        solution_price_leaving(solution, s, solution->leaving[s] + more);
        left--;
    }
}

/* Takes a route apart and tries to place its stops elsewhere. */
static void spare_one(struct lane *lane)
{
    struct solution *solution = &lane->solution;
    const int32_t vehicle = draw_route(lane);
    price_all(lane, true);
    solution_mark(solution);
    solution_save(solution, vehicle);
    solution_assign(solution, vehicle, NULL, 0);
    solution->used_most = solution->used_count;
    while (solution->totals.unserved_mandatory > 0 && lane_goes_on(lane)) {
        lane_round(lane, TEMPERATURE * lane->course->leg_scale);
        raise_prices(lane);
    }
    solution->used_most = INT32_MAX;
    price_all(lane, false);
    lane_note_best(lane);
}

/* Rounds for the mandatory stops that the first solution has left, as many as there are stops at most. */
static bool place_all(struct lane *lane)
{
    for (int32_t k = 0; k < lane->course->problem->stop_count; k++) {
        if (lane->solution.totals.unserved_mandatory == 0) return true;
        if (!lane_goes_on(lane)) return false;
        lane_round(lane, TEMPERATURE * lane->course->leg_scale);
    }
    return lane->solution.totals.unserved_mandatory == 0;
}

void fleet_reduce(struct lane *lane)
{
    lane_note_best(lane);
    bool placed = place_all(lane);
    while (placed && may_spare(lane) && lane_goes_on(lane)) {
        spare_one(lane);
        placed = lane->solution.totals.unserved_mandatory == 0;
    }
    snapshot_restore(&lane->best, &lane->solution);
}
