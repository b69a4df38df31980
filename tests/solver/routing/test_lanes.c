/* Lanes: what several threads find together is a plan that the checker accepts, at the cost that the search
 * says, and with a number of rounds it does not depend on how many threads there were. */
#include "bench/tiny/random_instance.h"
#include "solver/model/check.h"
#include "solver/routing/routing.h"
#include "tests/support/test.h"

#include <math.h>
#include <string.h>

enum { STOPS = 120, VEHICLES = 40, SITES = 2, PLACES = STOPS + SITES + 1, PARTNERS = 3, LOCKS = 24 };

/* A day of short routes with windows, trips to two sites and stops that may be left. */
struct day {
    struct stop stops[STOPS];
    struct site sites[SITES];
    struct vehicle vehicles[VEHICLES];
    struct time_window windows[STOPS];
    int32_t cells[PLACES * PLACES];
    struct travel_matrix matrix;
    struct stop_pair pairs[STOPS * PARTNERS];
    int32_t reference[STOPS];
    struct lock locks[LOCKS];
    struct instance instance;
};

static void lay_out(struct day *day, struct rng *rng)
{
    double x[PLACES], y[PLACES];
    for (int32_t p = 0; p < PLACES; p++) {
        x[p] = 1000 * rng_unit(rng);
        y[p] = 1000 * rng_unit(rng);
    }
    for (int32_t a = 0; a < PLACES; a++)
        for (int32_t b = 0; b < PLACES; b++)
            day->cells[a * PLACES + b] = (int32_t)ceil(hypot(x[a] - x[b], y[a] - y[b]));
    day->matrix = (struct travel_matrix){day->cells, day->cells};
}

static void draw_day(struct day *day, uint64_t seed)
{
    struct rng rng;
    rng_seed(&rng, seed);
    lay_out(day, &rng);
    for (int32_t s = 0; s < STOPS; s++) {
        const int32_t open_s = rng_below(&rng, 6000);
        day->windows[s] = (struct time_window){open_s, open_s + 3000};
        day->stops[s] = (struct stop){.entry_place = s,
                                      .exit_place = s,
                                      .service_s = 30,
                                      .load_kg = 1 + rng_below(&rng, 9),
                                      .window_first = s,
                                      .window_count = s % 2,
                                      .mandatory = s % 5 != 0,
                                      .prize = 300 + rng_below(&rng, 300)};
    }
    for (int32_t s = 0; s < SITES; s++)
        day->sites[s] = (struct site){.place = STOPS + s, .streams = 1, .unload_s = 100};
    for (int32_t v = 0; v < VEHICLES; v++)
        day->vehicles[v] = (struct vehicle){.start_place = PLACES - 1,
                                            .end_place = PLACES - 1,
                                            .shift_end_s = 10000,
                                            .max_work_s = 2000,
                                            .break_after_s = TIME_MAX,
                                            .break_window = {0, TIME_MAX},
                                            .overtime_from_s = TIME_MAX,
                                            .compartment_count = 1,
                                            .compartments = {{1, 12 + v % 3, 100}},
                                            .fixed_cost = 200,
                                            .cost_per_m = 1,
                                            .cost_per_s = 1};
    day->instance =
        (struct instance){.stops = day->stops,
                          .sites = day->sites,
                          .vehicles = day->vehicles,
                          .windows = day->windows,
                          .stop_count = STOPS,
                          .site_count = SITES,
                          .vehicle_count = VEHICLES,
                          .window_count = STOPS,
                          .stream_count = 1,
                          .travel = {.place_count = PLACES, .profile_count = 1, .profiles = &day->matrix}};
}

/* Pairs of stops, a vehicle that each is known to have, and work that is too long for most. */
static void price_quality(struct day *day, uint64_t seed)
{
    struct rng rng;
    rng_seed(&rng, seed);
    struct instance *in = &day->instance;
    for (int32_t s = 0; s < STOPS; s++) {
        for (int32_t k = 1; k <= PARTNERS && s + k < STOPS; k++)
            day->pairs[in->pair_count++] = (struct stop_pair){s, s + k, rng_below(&rng, 100)};
        day->reference[s] = rng_below(&rng, VEHICLES + 1) - 1;
    }
    in->pairs = day->pairs;
    in->reference = day->reference;
    in->change_cost = 80;
    for (int32_t v = 0; v < VEHICLES; v++) {
        day->vehicles[v].balance_from_s = 900;
        day->vehicles[v].imbalance_per_s2 = 1;
    }
}

/* Every fourth stop: locked in turn to a vehicle, to a position, and behind another. */
static void lock_stops(struct day *day)
{
    for (int32_t l = 0; l < LOCKS; l++) {
        day->locks[l] = (struct lock){.stop = 4 * l, .vehicle = -1, .behind = -1};
        if (l % 3 == 0) day->locks[l].vehicle = l;
        if (l % 3 == 1) day->locks[l].position = l % 2 == 0 ? 1 : -2;
        if (l % 3 == 2) day->locks[l].behind = 4 * l + 1;
    }
    day->instance.locks = day->locks;
    day->instance.lock_count = LOCKS;
}

static struct routing_result solve(const struct instance *in, int32_t threads, int64_t iterations,
                                   double time_limit_s)
{
    struct routing_options options = routing_options_default();
    struct routing_result result;
    struct error error = {0};
    options.seed = 7;
    options.threads = threads;
    options.iterations = iterations;
    options.time_limit_s = time_limit_s;
    if (routing_solve(in, &options, &result, &error) != ERROR_NONE) fail_msg("%s", error.message);
    return result;
}

static struct cost assert_sound(const struct instance *in, const struct routing_result *result)
{
    struct arena arena;
    struct check_report report;
    struct error error = {0};
    arena_init(&arena);
    assert_int_equal(check_plan(in, &result->plan, &arena, &report, &error), ERROR_NONE);
    assert_int_equal(report.violation_count, report.unserved_mandatory);
    assert_true(result->cost == cost_total(&report.cost));
    const struct cost cost = report.cost;
    arena_free(&arena);
    return cost;
}

/* One thread and several make the same plan, and a sound one: what it costs. */
static struct cost assert_same_plan(const struct instance *in)
{
    struct routing_result one = solve(in, 1, 801, 0);
    const struct cost cost = assert_sound(in, &one);
    assert_true(one.plan.route_count >= 20); /* else there would be one lane */
    assert_int_equal(one.iterations, 801);
    for (int32_t threads = 2; threads <= 4; threads++) {
        struct routing_result many = solve(in, threads, 801, 0);
        assert_true(one.cost == many.cost);
        assert_int_equal(one.plan.step_count, many.plan.step_count);
        assert_int_equal(one.plan.route_count, many.plan.route_count);
        assert_memory_equal(one.plan.steps, many.plan.steps,
                            (size_t)one.plan.step_count * sizeof *one.plan.steps);
        assert_memory_equal(one.plan.routes, many.plan.routes,
                            (size_t)one.plan.route_count * sizeof *one.plan.routes);
        plan_free(&many.plan);
    }
    plan_free(&one.plan);
    return cost;
}

static void the_number_of_threads_changes_nothing(void **state)
{
    (void)state;
    static struct day day;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        draw_day(&day, seed);
        assert_same_plan(&day.instance);
    }
}

/* Torn pairs are a part of no route: each lane counts its own, and what the others have changed. */
static void lanes_agree_on_the_price_of_quality(void **state)
{
    (void)state;
    static struct day day;
    for (uint64_t seed = 1; seed <= 2; seed++) {
        draw_day(&day, seed);
        price_quality(&day, seed);
        const struct cost cost = assert_same_plan(&day.instance);
        assert_true(cost.parts[COST_STABILITY] > 0 && cost.parts[COST_OVERLAP] > 0 &&
                    cost.parts[COST_IMBALANCE] > 0);
    }
}

static void lanes_keep_locks(void **state)
{
    (void)state;
    static struct day day;
    draw_day(&day, 1);
    lock_stops(&day);
    assert_same_plan(&day.instance);
    price_quality(&day, 1);
    assert_same_plan(&day.instance);
}

/* So dear that their number comes first: routes are taken apart in every lane. */
static void lanes_spare_dear_vehicles(void **state)
{
    (void)state;
    static struct day day;
    draw_day(&day, 1);
    for (int32_t v = 0; v < VEHICLES; v++) day.vehicles[v].fixed_cost = 1;
    const int64_t many = assert_same_plan(&day.instance).parts[COST_FIXED];
    for (int32_t v = 0; v < VEHICLES; v++) day.vehicles[v].fixed_cost = 20000;
    const struct cost dear = assert_same_plan(&day.instance);
    const int64_t few = dear.parts[COST_FIXED] / 20000;
    print_message("%lld vehicles, %lld when they are dear\n", (long long)many, (long long)few);
    assert_true(few <= many);
}

/* A few routes for three lanes: most changes clash. */
static void lanes_in_each_others_way_agree(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct arena arena;
        struct rng rng;
        arena_init(&arena);
        rng_seed(&rng, seed);
        struct instance in = random_instance(&rng, &arena, seed % 3 == 0);
        struct routing_result result = solve(&in, 3, 0, 0.01);
        assert_sound(&in, &result);
        plan_free(&result.plan);
        arena_free(&arena);
    }
}

static void a_day_by_time_is_sound(void **state)
{
    (void)state;
    static struct day day;
    draw_day(&day, 9);
    struct routing_result result = solve(&day.instance, 2, 0, 0.5);
    assert_sound(&day.instance, &result);
    plan_free(&result.plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_of_threads_changes_nothing),
        cmocka_unit_test(lanes_agree_on_the_price_of_quality),
        cmocka_unit_test(lanes_keep_locks),
        cmocka_unit_test(lanes_spare_dear_vehicles),
        cmocka_unit_test(lanes_in_each_others_way_agree),
        cmocka_unit_test(a_day_by_time_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
