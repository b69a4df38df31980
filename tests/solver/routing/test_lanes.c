/* Lanes: what several threads find together is a plan that the checker accepts, at the cost that the search
 * says, and with a number of rounds it does not depend on how many threads there were. */
#include "bench/tiny/random_instance.h"
#include "tests/support/search.h"
#include "tests/support/short_routes.h"
#include "tests/support/test.h"

static struct routing_result solve(const struct instance *in, int32_t threads, int64_t iterations)
{
    struct routing_options options = search_options(7, iterations);
    options.threads = threads;
    return search_with(in, &options);
}

static struct routing_result solve_by_time(const struct instance *in, int32_t threads, double time_limit_s)
{
    struct routing_options options = search_options(7, 0);
    options.threads = threads;
    options.time_limit_s = time_limit_s;
    return search_with(in, &options);
}

static struct cost assert_sound(const struct instance *in, const struct routing_result *result)
{
    struct arena arena;
    arena_init(&arena);
    const struct cost cost = assert_accepted(in, result, &arena, 7).cost;
    arena_free(&arena);
    return cost;
}

/* One thread and several make the same plan, and a sound one: what it costs. */
static struct cost assert_same_plan(const struct instance *in)
{
    struct routing_result one = solve(in, 1, 801);
    const struct cost cost = assert_sound(in, &one);
    assert_true(one.plan.route_count >= 20); /* else there would be one lane */
    assert_int_equal(one.iterations, 801);
    for (int32_t threads = 2; threads <= 4; threads++) {
        struct routing_result many = solve(in, threads, 801);
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
    static struct short_routes day;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        short_routes_draw(&day, seed);
        assert_same_plan(&day.instance);
    }
}

/* Torn pairs are a part of no route: each lane counts its own, and what the others have changed. */
static void lanes_agree_on_the_price_of_quality(void **state)
{
    (void)state;
    static struct short_routes day;
    for (uint64_t seed = 1; seed <= 2; seed++) {
        short_routes_draw(&day, seed);
        short_routes_price_quality(&day, seed);
        const struct cost cost = assert_same_plan(&day.instance);
        assert_true(cost.parts[COST_STABILITY] > 0 && cost.parts[COST_OVERLAP] > 0 &&
                    cost.parts[COST_IMBALANCE] > 0);
    }
}

static void lanes_keep_locks(void **state)
{
    (void)state;
    static struct short_routes day;
    short_routes_draw(&day, 1);
    short_routes_lock(&day);
    assert_same_plan(&day.instance);
    short_routes_price_quality(&day, 1);
    assert_same_plan(&day.instance);
}

/* So dear that their number comes first: routes are taken apart in every lane. */
static void lanes_spare_dear_vehicles(void **state)
{
    (void)state;
    static struct short_routes day;
    short_routes_draw(&day, 1);
    short_routes_price_vehicles(&day, 20000);
    assert_same_plan(&day.instance);
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
        struct routing_result result = solve_by_time(&in, 3, 0.01);
        assert_sound(&in, &result);
        plan_free(&result.plan);
        arena_free(&arena);
    }
}

static void a_day_by_time_is_sound(void **state)
{
    (void)state;
    static struct short_routes day;
    short_routes_draw(&day, 9);
    struct routing_result result = solve_by_time(&day.instance, 2, 0.5);
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
