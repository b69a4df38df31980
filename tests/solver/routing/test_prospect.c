/* The route found for one vehicle: one that can be driven, over unserved stops, and nearly the best there is.
 */
#include "bench/tiny/random_instance.h"
#include "solver/routing/opening.h"
#include "solver/routing/proximity.h"
#include "tests/support/test.h"

enum { STOPS_MOST = 7 };

struct bench {
    struct arena arena;
    struct problem problem;
    struct solution solution;
    struct refit refit;
    struct prospect prospect;
    struct rng rng;
};

static void set_up(struct bench *bench, const struct instance *in, uint64_t seed)
{
    struct error error = {0};
    rng_seed(&bench->rng, seed);
    assert_int_equal(problem_build(in, &bench->arena, &bench->problem, &error), ERROR_NONE);
    assert_int_equal(proximity_find(&bench->problem, &bench->arena, &error), ERROR_NONE);
    assert_int_equal(solution_init(&bench->solution, &bench->problem, &error), ERROR_NONE);
    assert_int_equal(refit_init(&bench->refit, &bench->problem, &error), ERROR_NONE);
    assert_int_equal(prospect_init(&bench->prospect, &bench->problem, &error), ERROR_NONE);
}

static void tear_down(struct bench *bench)
{
    prospect_free(&bench->prospect);
    refit_free(&bench->refit);
    solution_free(&bench->solution);
    arena_free(&bench->arena);
}

/* What a route costs less than leaving its stops; INT64_MAX when it cannot be driven. */
static money cost_of(struct bench *bench, int32_t vehicle, const int32_t *stops, int32_t count)
{
    struct schedule schedule;
    if (refit_form(&bench->refit, &bench->solution, vehicle, stops, count, INT64_MAX, &schedule) == 0)
        return INT64_MAX;
    money cost = schedule.cost;
    for (int32_t k = 0; k < count; k++) cost -= bench->solution.leaving[stops[k]];
    return cost;
}

/* The least over all orders of all sets of stops, from `count` stops on. */
static money least_from(struct bench *bench, int32_t vehicle, int32_t *stops, int32_t count)
{
    money least = count > 0 ? cost_of(bench, vehicle, stops, count) : 0;
    for (int32_t s = 0; s < bench->problem.stop_count; s++) {
        bool in = !problem_may_serve(&bench->problem, vehicle, s);
        for (int32_t k = 0; k < count; k++) in |= stops[k] == s;
        if (in) continue;
        stops[count] = s;
        const money there = least_from(bench, vehicle, stops, count + 1);
        if (there < least) least = there;
    }
    return least;
}

static money found_by(struct bench *bench)
{
    prospect_find(&bench->prospect, &bench->solution, 0, 0, 0, &bench->rng);
    if (bench->prospect.route_count == 0) return 0;
    return cost_of(bench, 0, bench->prospect.route, bench->prospect.route_count);
}

/* Windows, loads and prizes: all that the labels see. */
struct day {
    struct travel_point points[STOPS_MOST + 1];
    struct travel_matrix computed;
    struct travel_rates rates;
    struct stop stops[STOPS_MOST];
    struct time_window windows[STOPS_MOST];
    struct vehicle vehicle;
    struct instance instance;
};

static void draw_day(struct day *day, uint64_t seed)
{
    struct rng rng;
    rng_seed(&rng, seed);
    *day = (struct day){.rates = {{1, 0.5, false}, {1, 0.5, false}}};
    for (int32_t p = 0; p <= STOPS_MOST; p++)
        day->points[p] = (struct travel_point){rng_below(&rng, 1000), rng_below(&rng, 1000), 0};
    for (int32_t s = 0; s < STOPS_MOST; s++) {
        const int32_t open_s = rng_below(&rng, 3000);
        day->windows[s] = (struct time_window){open_s, open_s + 100 + rng_below(&rng, 2000)};
        day->stops[s] = (struct stop){.entry_place = s + 1,
                                      .exit_place = s + 1,
                                      .service_s = rng_below(&rng, 60),
                                      .load_kg = 1 + rng_below(&rng, 9),
                                      .window_first = s,
                                      .window_count = s % 2,
                                      .prize = 100 + rng_below(&rng, 900)};
    }
    day->vehicle = (struct vehicle){.shift_end_s = 4000,
                                    .max_work_s = TIME_MAX,
                                    .break_after_s = TIME_MAX,
                                    .break_window = {0, TIME_MAX},
                                    .overtime_from_s = TIME_MAX,
                                    .compartment_count = 1,
                                    .compartments = {{1, 25, 0}},
                                    .home_takes_load = true,
                                    .cost_per_m = 1};
    day->instance = (struct instance){.stops = day->stops,
                                      .vehicles = &day->vehicle,
                                      .windows = day->windows,
                                      .stop_count = STOPS_MOST,
                                      .vehicle_count = 1,
                                      .window_count = STOPS_MOST,
                                      .stream_count = 1,
                                      .travel = {.place_count = STOPS_MOST + 1,
                                                 .profile_count = 1,
                                                 .profiles = &day->computed,
                                                 .points = day->points,
                                                 .rates = &day->rates}};
}

static void the_route_found_is_nearly_the_best(void **state)
{
    (void)state;
    enum { DAYS = 60 };
    int32_t best = 0;
    double sum = 0, sum_least = 0;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        struct day day;
        struct bench bench;
        int32_t stops[STOPS_MOST];
        arena_init(&bench.arena);
        draw_day(&day, seed);
        set_up(&bench, &day.instance, seed);
        const money least = least_from(&bench, 0, stops, 0), found = found_by(&bench);
        assert_true(found >= least);
        best += found == least;
        sum += (double)found;
        sum_least += (double)least;
        tear_down(&bench);
    }
    print_message("the best of %d of %d days; %.1f %% of what they pay\n", best, DAYS, 100 * sum / sum_least);
    assert_true(sum_least < 0 && sum <= 0.95 * sum_least && best * 2 > DAYS);
}

/* Over the whole model the labels do not see sites, breaks, releases and limits: what they find is then
 * shortened or paid more for. */
static void any_vehicle_may_be_sent(void **state)
{
    (void)state;
    int32_t sent = 0, paying = 0;
    for (uint64_t seed = 1; seed <= 600; seed++) {
        struct bench bench;
        struct ruin ruin;
        struct error error = {0};
        arena_init(&bench.arena);
        rng_seed(&bench.rng, seed);
        const struct instance in = random_tiny_instance(&bench.rng, &bench.arena);
        if (in.stop_count == 0) continue;
        set_up(&bench, &in, seed);
        assert_int_equal(ruin_init(&ruin, &bench.problem, &error), ERROR_NONE);
        const money before = bench.solution.totals.cost;
        solution_mark(&bench.solution);
        if (opening_make(&bench.prospect, &bench.refit, &ruin, &bench.solution, 0, &bench.rng)) {
            solution_assert(&bench.solution);
            assert_int_equal(ruin.count + bench.solution.totals.served,
                             in.stop_count - (bench.solution.visits[0].vehicle < 0));
            sent++;
            paying += bench.solution.totals.cost < before;
        }
        ruin_free(&ruin);
        tear_down(&bench);
    }
    print_message("%d vehicles sent, of which %d pay\n", sent, paying);
    assert_true(sent > 300 && paying * 2 > sent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_route_found_is_nearly_the_best),
                                       cmocka_unit_test(any_vehicle_may_be_sent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
