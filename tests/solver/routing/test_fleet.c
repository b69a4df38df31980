/* Vehicles first: routes are taken apart until fewer vehicles serve all that must be served. */
#include "solver/routing/construct.h"
#include "solver/routing/fleet.h"
#include "solver/routing/proximity.h"
#include "tests/support/search.h"
#include "tests/support/short_routes.h"
#include "tests/support/test.h"

enum { ROUNDS = 1000 };

/* Vehicles of the first solution and of the last, and mandatory stops that this leaves. */
struct fleets {
    int32_t before, after, left;
    bool comes_first;
};

static struct fleets reduce(const struct instance *in, uint64_t seed)
{
    struct arena arena;
    struct problem problem;
    struct lane lane;
    struct error error = {0};
    const struct routing_options options = search_options(seed, ROUNDS);
    const struct limits limits = limits_from_now(&options);
    struct course course = {
        .problem = &problem, .limits = &limits, .due = ROUNDS, .until = 1, .optional = true};
    arena_init(&arena);
    assert_int_equal(problem_build(in, &arena, &problem, &error), ERROR_NONE);
    assert_int_equal(proximity_find(&problem, &arena, &error), ERROR_NONE);
    assert_int_equal(lane_init(&lane, &course, seed, 0, &error), ERROR_NONE);
    construct(&lane);
    course.leg_scale = construct_leg_scale(&lane.solution);
    lane.solution.soft = construct_soft(&problem, course.leg_scale);
    lane.share = ROUNDS;
    struct fleets fleets = {.before = lane.solution.used_count};
    fleets.comes_first = fleet_comes_first(&lane);
    fleet_reduce(&lane);
    fleets.after = lane.solution.used_count;
    fleets.left = lane.solution.totals.unserved_mandatory;
    lane_free(&lane);
    arena_free(&arena);
    return fleets;
}

static void dear_vehicles_are_spared(void **state)
{
    (void)state;
    static struct short_routes day;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        short_routes_draw(&day, seed);
        short_routes_price_vehicles(&day, 1000000);
        for (int32_t v = 0; v < SHORT_VEHICLES; v++)
            day.vehicles[v].max_work_s = 5000; /* none out of reach */
        const struct fleets fleets = reduce(&day.instance, seed);
        print_message("%d vehicles, then %d\n", fleets.before, fleets.after);
        assert_true(fleets.comes_first);
        assert_int_equal(fleets.left, 0);
        assert_true(fleets.after < fleets.before);
    }
}

static void cheap_vehicles_do_not_come_first(void **state)
{
    (void)state;
    static struct short_routes day;
    short_routes_draw(&day, 1);
    short_routes_price_vehicles(&day, 1);
    assert_false(reduce(&day.instance, 1).comes_first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(dear_vehicles_are_spared),
                                       cmocka_unit_test(cheap_vehicles_do_not_come_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
