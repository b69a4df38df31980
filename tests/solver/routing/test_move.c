/* Moves: each on routes small enough to check by hand, and on random ones against the timetable. */
#include "solver/routing/descent.h"
#include "solver/routing/insertion.h"
#include "solver/routing/proximity.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

enum { STOPS_MOST = 24, VEHICLES_MOST = 6, PAIRS_MOST = 2 * STOPS_MOST };

/* Stops, then the depot, on a plane; one stream. */
struct town {
    struct stop stops[STOPS_MOST];
    struct vehicle vehicles[VEHICLES_MOST];
    struct time_window windows[STOPS_MOST];
    struct site site;
    struct stop_pair pairs[PAIRS_MOST];
    int32_t reference[STOPS_MOST];
    int32_t cells[(STOPS_MOST + 1) * (STOPS_MOST + 1)];
    struct travel_matrix matrix;
    struct instance instance;
    struct arena arena;
    struct problem problem;
    struct solution solution;
    struct descent descent;
};

struct point {
    int32_t x, y;
};

static int32_t length(struct point a, struct point b)
{
    return abs(a.x - b.x) + abs(a.y - b.y);
}

/* points[stop_count] is the depot. */
static void lay_out(struct town *town, const struct point *points, int32_t stop_count, int32_t vehicle_count,
                    int64_t capacity_kg)
{
    *town = (struct town){0};
    const int32_t places = stop_count + 1;
    for (int32_t a = 0; a < places; a++)
        for (int32_t b = 0; b < places; b++) town->cells[a * places + b] = length(points[a], points[b]);
    for (int32_t s = 0; s < stop_count; s++)
        town->stops[s] = (struct stop){.entry_place = s, .exit_place = s, .load_kg = 1, .mandatory = true};
    for (int32_t v = 0; v < vehicle_count; v++)
        town->vehicles[v] = (struct vehicle){.start_place = stop_count,
                                             .end_place = stop_count,
                                             .shift_end_s = TIME_MAX,
                                             .max_work_s = TIME_MAX,
                                             .break_after_s = TIME_MAX,
                                             .break_window = {0, TIME_MAX},
                                             .overtime_from_s = TIME_MAX,
                                             .compartment_count = 1,
                                             .compartments = {{1, capacity_kg, 1000}},
                                             .home_takes_load = true,
                                             .cost_per_m = 1};
    town->matrix = (struct travel_matrix){town->cells, town->cells};
    town->instance = (struct instance){.stops = town->stops,
                                       .vehicles = town->vehicles,
                                       .windows = town->windows,
                                       .stop_count = stop_count,
                                       .vehicle_count = vehicle_count,
                                       .stream_count = 1,
                                       .travel = {.place_count = places, .profile_count = 1}};
}

static void open_town(struct town *town)
{
    town->instance.travel.profiles = &town->matrix;
    arena_init(&town->arena);
    assert_int_equal(instance_validate(&town->instance, NULL), ERROR_NONE);
    assert_int_equal(problem_build(&town->instance, &town->arena, &town->problem, NULL), ERROR_NONE);
    assert_int_equal(proximity_find(&town->problem, &town->arena, NULL), ERROR_NONE);
    assert_int_equal(solution_init(&town->solution, &town->problem, NULL), ERROR_NONE);
    assert_int_equal(descent_init(&town->descent, &town->solution, NULL), ERROR_NONE);
}

static void close_town(struct town *town)
{
    descent_free(&town->descent);
    solution_free(&town->solution);
    arena_free(&town->arena);
}

static void drive_route(struct town *town, int32_t vehicle, const int32_t *stops, int32_t count)
{
    solution_assign(&town->solution, vehicle, stops, count);
}

/* Makes the best move of a stop and checks what it promised. */
static struct move best_move(struct town *town, int32_t stop)
{
    struct solution *solution = &town->solution;
    int32_t ends[MOVE_ENDS_MAX];
    const struct move move = move_find(&town->descent.mover, stop);
    if (move.kind == MOVE_NONE) return move;
    const money before = solution->totals.cost + overload_price(&solution->soft, solution->totals.over);
    move_make(&town->descent.mover, &move, ends);
    assert_true(solution->totals.cost + overload_price(&solution->soft, solution->totals.over) ==
                before + move.delta);
    return move;
}

static void assert_route(const struct town *town, int32_t vehicle, const int32_t *stops, int32_t count)
{
    int32_t nodes[STOPS_MOST + 2];
    assert_int_equal(solution_nodes(&town->solution, vehicle, nodes), count + 2);
    assert_memory_equal(nodes + 1, stops, (size_t)count * sizeof *stops);
}

/* Stops 0 to 3 on a line from the depot, stop 2 in the other route. */
static void a_stop_comes_home_to_its_neighbours(void **state)
{
    (void)state;
    static const struct point points[] = {{10, 0}, {11, 0}, {12, 0}, {0, 10}, {0, 0}};
    struct town town;
    lay_out(&town, points, 4, 2, 10);
    open_town(&town);
    drive_route(&town, 0, (int32_t[]){0, 1}, 2);
    drive_route(&town, 1, (int32_t[]){3, 2}, 2);
    const struct move move = best_move(&town, 2);
    assert_true(move.kind == MOVE_EXCHANGE || move.kind == MOVE_TAILS);
    assert_true(move.delta == 24 + 20 - 22 - 44);
    assert_route(&town, 0, (int32_t[]){0, 1, 2}, 3);
    assert_route(&town, 1, (int32_t[]){3}, 1);
    close_town(&town);
}

/* Stop 1 lies as far from the one way as from the other; its neighbour is stop 2. */
static void neighbours_come_together_at_a_price(void **state)
{
    (void)state;
    static const struct point points[] = {{20, 0}, {5, 5}, {0, 10}, {0, 20}, {0, 0}};
    static const struct stop_pair pair = {1, 2, 5};
    for (int priced = 0; priced < 2; priced++) {
        struct town town;
        lay_out(&town, points, 4, 2, 3);
        town.instance.pairs = &pair;
        town.instance.pair_count = priced;
        open_town(&town);
        town.solution.soft = (struct soft){1000, 1000};
        drive_route(&town, 0, (int32_t[]){1, 0}, 2);
        drive_route(&town, 1, (int32_t[]){2, 3}, 2);
        const struct move move = best_move(&town, 1);
        assert_int_equal(move.delta, priced ? -5 : 0);
        assert_int_equal(move.kind != MOVE_NONE, priced);
        assert_int_equal(town.solution.totals.apart, 0);
        solution_assert(&town.solution);
        close_town(&town);
    }
}

/* The same for a stop that another vehicle is known to serve. */
static void a_stop_goes_back_to_whom_it_knows(void **state)
{
    (void)state;
    static const struct point points[] = {{20, 0}, {5, 5}, {0, 10}, {0, 20}, {0, 0}};
    static const int32_t reference[] = {-1, 1, -1, -1};
    struct town town;
    lay_out(&town, points, 4, 2, 3);
    town.instance.reference = reference;
    town.instance.change_cost = 5;
    open_town(&town);
    town.solution.soft = (struct soft){1000, 1000};
    drive_route(&town, 0, (int32_t[]){1, 0}, 2);
    drive_route(&town, 1, (int32_t[]){2, 3}, 2);
    assert_int_equal(town.solution.totals.cost, 50 + 40 + 5);
    assert_int_equal(best_move(&town, 1).delta, -5);
    assert_int_equal(town.solution.visits[1].vehicle, 1);
    solution_assert(&town.solution);
    close_town(&town);
}

/* Full routes: only an exchange of one for one mends it. */
static void full_routes_exchange_stops(void **state)
{
    (void)state;
    static const struct point points[] = {{10, 0}, {11, 0}, {0, 10}, {0, 11}, {0, 0}};
    struct town town;
    lay_out(&town, points, 4, 2, 2);
    town.stops[0].load_kg = town.stops[2].load_kg = 2;
    for (int32_t v = 0; v < 2; v++) town.vehicles[v].compartments[0].capacity_kg = 3;
    open_town(&town);
    town.solution.soft = (struct soft){1000, 1000};
    drive_route(&town, 0, (int32_t[]){0, 3}, 2);
    drive_route(&town, 1, (int32_t[]){2, 1}, 2);
    const struct move move = best_move(&town, 1);
    assert_true(move.kind == MOVE_EXCHANGE || move.kind == MOVE_TAILS);
    assert_int_equal(town.solution.totals.cost, 44);
    assert_int_equal(town.solution.totals.over.kg, 0);
    close_town(&town);
}

/* Both routes go out on one side and come home on the other. */
static void tails_are_exchanged(void **state)
{
    (void)state;
    static const struct point points[] = {{10, 0},  {11, 0},  {12, 0},  {13, 0}, {-10, 0}, {-11, 0},
                                          {-12, 0}, {-13, 0}, {-14, 0}, {14, 0}, {0, 0}};
    struct town town;
    lay_out(&town, points, 10, 2, 5);
    open_town(&town);
    town.solution.soft = (struct soft){1000, 1000};
    drive_route(&town, 0, (int32_t[]){0, 5, 6, 7, 8}, 5);
    drive_route(&town, 1, (int32_t[]){4, 1, 2, 3, 9}, 5);
    const struct move move = best_move(&town, 1);
    assert_int_equal(move.kind, MOVE_TAILS);
    assert_route(&town, 0, (int32_t[]){0, 1, 2, 3, 9}, 5);
    assert_route(&town, 1, (int32_t[]){4, 5, 6, 7, 8}, 5);
    close_town(&town);
}

/* Heads that belong together, and tails that do: ten stops on either side. */
static void ends_are_joined(void **state)
{
    (void)state;
    struct point points[21];
    struct town town;
    for (int32_t p = 0; p < 10; p++) {
        points[p] = (struct point){10 + p, 0};
        points[10 + p] = (struct point){-10 - p, 0};
    }
    points[20] = (struct point){0, 0};
    lay_out(&town, points, 20, 2, 10);
    open_town(&town);
    town.solution.soft = (struct soft){1000, 1000};
    drive_route(&town, 0, (int32_t[]){0, 1, 2, 3, 4, 10, 11, 12, 13, 14}, 10);
    drive_route(&town, 1, (int32_t[]){9, 8, 7, 6, 5, 19, 18, 17, 16, 15}, 10);
    const struct move move = best_move(&town, 5);
    assert_int_equal(move.kind, MOVE_ENDS);
    for (int32_t s = 0; s < 9; s++)
        assert_int_equal(town.solution.visits[s].vehicle, town.solution.visits[9].vehicle);
    assert_int_equal(town.solution.routes[town.solution.visits[9].vehicle].cost, 2 * 19);
    close_town(&town);
}

static void a_crossing_is_undone(void **state)
{
    (void)state;
    struct point points[11];
    struct town town;
    for (int32_t p = 0; p < 8; p++) points[p] = (struct point){5 + 5 * p, 0};
    points[8] = (struct point){40, 5};
    points[9] = (struct point){0, 5};
    points[10] = (struct point){0, 0};
    lay_out(&town, points, 10, 1, 10);
    open_town(&town);
    drive_route(&town, 0, (int32_t[]){7, 6, 5, 4, 3, 2, 1, 0, 8, 9}, 10);
    const struct move move = best_move(&town, 7);
    assert_int_equal(move.kind, MOVE_REVERSAL);
    assert_route(&town, 0, (int32_t[]){0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 10);
    close_town(&town);
}

static void an_overloaded_route_takes_a_vehicle_on(void **state)
{
    (void)state;
    static const struct point points[] = {{10, 0}, {10, 1}, {-10, 0}, {-10, 1}, {0, 0}};
    struct town town;
    lay_out(&town, points, 4, 2, 2);
    open_town(&town);
    town.solution.soft = (struct soft){1000, 1000};
    drive_route(&town, 0, (int32_t[]){0, 1, 3, 2}, 4);
    const struct move move = best_move(&town, 3);
    assert_int_equal(move.kind, MOVE_NEW_TAIL);
    assert_int_equal(town.solution.totals.over.kg, 0);
    assert_route(&town, 0, (int32_t[]){0, 1}, 2);
    close_town(&town);
}

/* What cannot be carried is left out: the stop that is least worth. */
static void repair_sheds_what_finds_no_room(void **state)
{
    (void)state;
    static const struct point points[] = {{10, 0}, {10, 1}, {10, 2}, {0, 0}};
    struct town town;
    struct rng rng;
    lay_out(&town, points, 3, 1, 2);
    for (int32_t s = 0; s < 3; s++) {
        town.stops[s].mandatory = false;
        town.stops[s].prize = s == 1 ? 5 : 500;
    }
    open_town(&town);
    rng_seed(&rng, 1);
    town.solution.soft = (struct soft){1, 1};
    solution_mark(&town.solution);
    solution_save(&town.solution, 0);
    drive_route(&town, 0, (int32_t[]){0, 1, 2}, 3);
    assert_true(descent_repair(&town.descent, &rng));
    assert_int_equal(town.solution.totals.over.kg, 0);
    assert_route(&town, 0, (int32_t[]){0, 2}, 2);
    close_town(&town);
}

/* --- random towns --- */

/* Prices of who serves which stop, and of long days, each half of the time. */
static void price_quality(struct town *town, struct rng *rng)
{
    const int32_t stops = town->instance.stop_count;
    for (int32_t one = 0; one + 2 < stops; one++)
        for (int32_t other = one + 1; other < one + 3; other++)
            town->pairs[town->instance.pair_count++] = (struct stop_pair){one, other, rng_below(rng, 30)};
    if (rng_below(rng, 2) == 0) town->instance.pair_count = 0;
    town->instance.pairs = town->pairs;
    for (int32_t s = 0; s < stops; s++) town->reference[s] = rng_below(rng, VEHICLES_MOST) - 1;
    town->instance.reference = town->reference;
    town->instance.change_cost = rng_below(rng, 2) * 12;
    const bool balanced = rng_below(rng, 2) == 0;
    for (int32_t v = 0; v < VEHICLES_MOST && balanced; v++) {
        town->vehicles[v].balance_from_s = 60;
        town->vehicles[v].imbalance_per_s2 = 1;
    }
}

static void random_town(struct town *town, struct rng *rng)
{
    struct point points[STOPS_MOST + 1];
    const int32_t stops = 6 + rng_below(rng, STOPS_MOST - 6), style = rng_below(rng, 5);
    for (int32_t p = 0; p <= stops; p++) {
        points[p].x = rng_below(rng, 40);
        points[p].y = rng_below(rng, 40);
    }
    lay_out(town, points, stops, VEHICLES_MOST, 6);
    for (int32_t s = 0; s < stops; s++) {
        town->stops[s].load_kg = 1 + rng_below(rng, 3);
        town->stops[s].service_s = style == 0 ? 0 : rng_below(rng, 5);
        if (style == 0 || style == 4) continue;
        const int32_t open_s = rng_below(rng, 150);
        town->windows[s] = (struct time_window){open_s, open_s + 60 + rng_below(rng, 100)};
        town->stops[s].window_first = s;
        town->stops[s].window_count = 1;
        if (style == 3) town->stops[s].release_s = rng_below(rng, 40);
    }
    town->instance.window_count = stops;
    for (int32_t v = 0; v < VEHICLES_MOST; v++) {
        if (style == 2) town->vehicles[v].cost_per_s = 2;
        if (style == 4) town->vehicles[v].cost_per_m = 1 + v % 2;
        if (style == 4) town->vehicles[v].compartments[0].capacity_kg = 5 + v % 2;
        if (style == 3) town->vehicles[v].home_takes_load = false;
    }
    if (style != 3) return;
    town->site = (struct site){.place = stops, .streams = 1, .unload_s = 2};
    town->instance.sites = &town->site;
    town->instance.site_count = 1;
}

static int32_t descend(struct town *town, struct rng *rng)
{
    struct solution *solution = &town->solution;
    int32_t moves = 0;
    const struct insertion_terms terms = {.blink = 0.5};
    for (int32_t s = 0; s < town->instance.stop_count; s++) {
        solution_mark(solution);
        insertion_make(solution, s, &terms, rng);
    }
    if (town->problem.site_count == 0) solution->soft = (struct soft){1 + rng_below(rng, 20), 1};
    for (int32_t round = 0; round < 200; round++) {
        const int32_t stop = rng_below(rng, town->instance.stop_count);
        if (solution->visits[stop].vehicle < 0) continue;
        solution_mark(solution);
        const int64_t before = town->descent.moves;
        descent_touch(&town->descent, stop);
        assert_true(descent_run(&town->descent, rng));
        moves += (int32_t)(town->descent.moves - before);
    }
    return moves;
}

/* The routes as the exact timetable sees them: allowed, and at the cost that the moves have summed up. */
static void descents_keep_rules_and_cost(void **state)
{
    (void)state;
    int32_t moves = 0;
    for (uint64_t seed = 1; seed <= 600; seed++) {
        struct town town;
        struct rng rng;
        rng_seed(&rng, seed);
        random_town(&town, &rng);
        if (seed % 2 == 0) price_quality(&town, &rng);
        open_town(&town);
        moves += descend(&town, &rng);
        struct solution *solution = &town.solution;
        for (int32_t v = 0; v < VEHICLES_MOST; v++) {
            struct schedule schedule;
            const int32_t count = solution_nodes(solution, v, NULL);
            assert_true(timetable_reserve(&solution->timetable, count));
            schedule_route(&town.problem, v, solution->scratch, count, &solution->timetable, &schedule);
            assert_true(solution->routes[v].stops == 0 || schedule.feasible);
            assert_true(schedule.cost == solution->routes[v].cost);
        }
        solution_assert(solution);
        close_town(&town);
    }
    print_message("%d moves\n", moves);
    assert_true(moves > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stop_comes_home_to_its_neighbours),
        cmocka_unit_test(neighbours_come_together_at_a_price),
        cmocka_unit_test(a_stop_goes_back_to_whom_it_knows),
        cmocka_unit_test(full_routes_exchange_stops),
        cmocka_unit_test(tails_are_exchanged),
        cmocka_unit_test(ends_are_joined),
        cmocka_unit_test(a_crossing_is_undone),
        cmocka_unit_test(an_overloaded_route_takes_a_vehicle_on),
        cmocka_unit_test(repair_sheds_what_finds_no_room),
        cmocka_unit_test(descents_keep_rules_and_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
