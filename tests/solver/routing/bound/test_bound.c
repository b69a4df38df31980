/* No bound exceeds the cost of any plan: against the optimum of tiny instances over the whole model. No plan
 * is given to the bound there, so that nothing caps it. */
#include "bench/tiny/optimum.h"
#include "bench/tiny/random_instance.h"
#include "solver/routing/bound/bound.h"
#include "tests/support/search.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

static struct bound_result bound_of(const struct instance *in, money about)
{
    const struct bound_options options = {.plan_cost = about};
    struct bound_result result;
    struct error error = {0};
    if (bound_compute(in, &options, &result, &error) != ERROR_NONE) fail_msg("%s", error.message);
    return result;
}

/* The whole model, up to seven stops and three vehicles. */
static void no_bound_exceeds_the_optimum(void **state)
{
    (void)state;
    int32_t instances = 0, met = 0;
    double tightness = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        struct arena arena;
        struct rng rng;
        struct error error = {0};
        struct optimum best;
        struct plan plan;
        arena_init(&arena);
        rng_seed(&rng, seed);
        const struct instance in = random_tiny_instance(&rng, &arena);
        assert_int_equal(optimum_find(&in, true, &best, &plan, &error), ERROR_NONE);
        plan_free(&plan);
        if (best.unserved_mandatory == 0 && best.value > 0) {
            const struct bound_result result = bound_of(&in, best.value);
            if (result.bound > best.value)
                fail_msg("seed %llu: bound %lld over %lld", (unsigned long long)seed, (long long)result.bound,
                         (long long)best.value);
            assert_true(result.ended);
            instances++;
            met += result.bound == best.value;
            tightness += (double)result.bound / (double)best.value;
        }
        arena_free(&arena);
    }
    print_message("%d instances, on %d the bound is the optimum; %.3f of it in the mean\n", (int)instances,
                  (int)met, tightness / instances);
    assert_true(instances > 200);
    assert_true(met * 3 > instances);
    assert_true(tightness > 0.8 * instances);
}

/* ---- A day of some size ------------------------------------------------------------------------------- */

enum { DAY_STOPS = 20, DAY_PLACES = DAY_STOPS + 2 };

struct day {
    struct instance in;
    struct stop stops[DAY_STOPS];
    struct site site;
    struct vehicle vehicles[3];
    struct travel_matrix matrix;
    int32_t cells[DAY_PLACES * DAY_PLACES];
};

/* Points on a grid of 100 by 100, six a trip, several trips a shift; ways along the grid. */
static void make_day(struct day *day, uint64_t seed)
{
    struct rng rng;
    int32_t at[DAY_PLACES][2];
    rng_seed(&rng, seed);
    for (int32_t p = 0; p < DAY_PLACES; p++)
        for (int32_t axis = 0; axis < 2; axis++) at[p][axis] = rng_below(&rng, 100);
    for (int32_t c = 0; c < DAY_PLACES * DAY_PLACES; c++)
        day->cells[c] = abs(at[c / DAY_PLACES][0] - at[c % DAY_PLACES][0]) +
                        abs(at[c / DAY_PLACES][1] - at[c % DAY_PLACES][1]);
    day->matrix = (struct travel_matrix){day->cells, day->cells};
    for (int32_t s = 0; s < DAY_STOPS; s++)
        day->stops[s] = (struct stop){.entry_place = s,
                                      .exit_place = s,
                                      .service_s = 10,
                                      .load_kg = 10 + rng_below(&rng, 10),
                                      .mandatory = true};
    day->site = (struct site){.place = DAY_STOPS, .streams = 1, .unload_s = 20};
    for (int32_t v = 0; v < 3; v++)
        day->vehicles[v] = (struct vehicle){.start_place = DAY_STOPS + 1,
                                            .end_place = DAY_STOPS + 1,
                                            .shift_end_s = 2500,
                                            .max_work_s = TIME_MAX,
                                            .break_after_s = TIME_MAX,
                                            .break_window = {0, TIME_MAX},
                                            .compartment_count = 1,
                                            .compartments = {{1, 90, 1}},
                                            .fixed_cost = 200,
                                            .cost_per_m = 1,
                                            .cost_per_s = 1,
                                            .overtime_from_s = TIME_MAX};
    day->in = (struct instance){
        .stops = day->stops,
        .sites = &day->site,
        .vehicles = day->vehicles,
        .stop_count = DAY_STOPS,
        .site_count = 1,
        .vehicle_count = 3,
        .stream_count = 1,
        .travel = {.place_count = DAY_PLACES, .profile_count = 1, .profiles = &day->matrix}};
}

static void a_day_is_bounded_within_three_percent(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct day day;
        make_day(&day, seed);
        struct routing_result found = search(&day.in, seed, 20000);
        const struct bound_options options = {.plan = &found.plan, .plan_cost = found.cost};
        struct bound_result with_plan;
        assert_int_equal(bound_compute(&day.in, &options, &with_plan, NULL), ERROR_NONE);
        assert_true(with_plan.known && with_plan.bound <= found.cost);
        if (with_plan.bound < found.cost - found.cost * 3 / 100)
            fail_msg("seed %llu: bound %lld, cost %lld", (unsigned long long)seed, (long long)with_plan.bound,
                     (long long)found.cost);
        assert_true(with_plan.branches >= 1 && with_plan.trips > 0 && with_plan.pricings > 0);
        plan_free(&found.plan);
    }
}

static void stop_it(const struct bound_progress *progress, void *context)
{
    volatile sig_atomic_t *cancel = context;
    assert_true(progress->bound >= 0 && progress->seconds >= 0);
    *cancel = 1;
}

/* Cancelled at its first word, or out of time at once, it still says nothing that is wrong. */
static void an_interrupted_bound_is_valid(void **state)
{
    (void)state;
    struct day day;
    volatile sig_atomic_t cancel = 0;
    make_day(&day, 7);
    struct routing_result found = search(&day.in, 7, 500);
    struct bound_options options = {.plan = &found.plan,
                                    .plan_cost = found.cost,
                                    .cancel = &cancel,
                                    .progress = stop_it,
                                    .progress_context = (void *)&cancel};
    struct bound_result result;
    assert_int_equal(bound_compute(&day.in, &options, &result, NULL), ERROR_NONE);
    assert_int_equal(cancel, 1);
    assert_true(result.bound <= found.cost && !result.ended);
    const struct bound_options hasty = {.plan = &found.plan, .plan_cost = found.cost, .time_limit_s = 1e-9};
    assert_int_equal(bound_compute(&day.in, &hasty, &result, NULL), ERROR_NONE);
    assert_false(result.known);
    assert_int_equal(result.bound, 0);
    const struct bound_options brief = {.plan = &found.plan, .plan_cost = found.cost, .time_limit_s = 0.1};
    assert_int_equal(bound_compute(&day.in, &brief, &result, NULL), ERROR_NONE);
    assert_true(result.bound <= found.cost);
    plan_free(&found.plan);
}

static void what_is_too_large_has_no_bound(void **state)
{
    (void)state;
    const struct instance large = {.stop_count = BOUND_STOPS_MAX + 1};
    const struct bound_options options = {.plan_cost = 5};
    struct bound_result result;
    assert_int_equal(bound_compute(&large, &options, &result, NULL), ERROR_NONE);
    assert_false(result.known);
    const struct instance nothing = {0};
    assert_int_equal(bound_compute(&nothing, &options, &result, NULL), ERROR_NONE);
    assert_false(result.known);
}

static void exhausted_memory_is_an_error(void **state)
{
    (void)state;
    struct arena arena;
    struct rng rng;
    arena_init(&arena);
    rng_seed(&rng, 8);
    const struct instance in = random_instance(&rng, &arena, true);
    struct routing_result found = search(&in, 8, 40);
    const struct bound_options options = {.plan = &found.plan, .plan_cost = found.cost};
    int64_t refused = 0;
    error_code rc;
    assert_true(found.cost > 0);
    do {
        struct bound_result result;
        arena_fail_after(++refused);
        rc = bound_compute(&in, &options, &result, NULL);
        arena_fail_after(0);
        assert_true(rc == ERROR_NONE || rc == ERROR_MEMORY);
    } while (rc == ERROR_MEMORY);
    assert_true(refused > 40);
    plan_free(&found.plan);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_bound_exceeds_the_optimum),
        cmocka_unit_test(a_day_is_bounded_within_three_percent),
        cmocka_unit_test(an_interrupted_bound_is_valid),
        cmocka_unit_test(what_is_too_large_has_no_bound),
        cmocka_unit_test(exhausted_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
