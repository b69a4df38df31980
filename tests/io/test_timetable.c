/* The timetable agrees with the checker's account of the same route. */
#include "io/timetable.h"
#include "tests/support/fixture_night.h"
#include "tests/support/test.h"

#include <math.h>

static void assert_route_adds_up(const struct driven *driven, int32_t route,
                                 const struct timetable *timetable)
{
    const struct checked_route *checked = &driven->report->routes[route];
    int64_t metres = 0, driving_s = 0, collected_kg = 0, unloaded_kg = 0;
    int32_t stops = 0, trips = 0;
    for (int32_t i = 0; i < timetable->count; i++) {
        const struct visit *visit = &timetable->visits[i];
        metres += visit->distance_m;
        driving_s += visit->driving_s;
        collected_kg += visit->collected_kg;
        unloaded_kg += visit->unloaded_kg;
        stops += visit->kind == VISIT_STOP;
        if (visit->trip > trips) trips = visit->trip;
        assert_true(visit->arrival_s <= visit->begin_s && visit->begin_s <= visit->end_s);
        assert_true(visit->distance_m >= 0);
        if (i > 0) assert_true(visit->arrival_s >= timetable->visits[i - 1].end_s);
        if (visit->kind == VISIT_STOP) assert_true(visit->bin_count > 0 && !isnan(visit->risk));
    }
    assert_int_equal(metres, checked->distance_m);
    assert_int_equal(driving_s, checked->driving_s);
    assert_int_equal(collected_kg, checked->collected_kg);
    assert_int_equal(unloaded_kg, collected_kg);
    assert_int_equal(stops, checked->stops);
    assert_int_equal(trips, checked->trips);
    const struct visit *end = &timetable->visits[timetable->count - 1];
    assert_int_equal(timetable->visits[0].kind, VISIT_START);
    assert_int_equal(end->kind, VISIT_END);
    assert_int_equal(end->load_kg, 0);
    assert_int_equal(timetable->visits[0].begin_s, checked->departure_s);
    assert_int_equal(end->end_s, checked->return_s);
}

static void assert_all_add_up(struct fixture_night *fixture, const struct driven *driven)
{
    for (int32_t route = 0; route < driven->plan->route_count; route++) {
        struct timetable timetable;
        assert_int_equal(timetable_of_route(driven, route, &fixture->arena, &timetable, NULL), ERROR_NONE);
        assert_route_adds_up(driven, route, &timetable);
    }
}

static void test_plan_and_practice_add_up(void **state)
{
    (void)state;
    struct fixture_night fixture;
    assert_true(fixture_night_make(&fixture, 120, 10));
    struct driven plan = driven_plan(&fixture.night), practice = driven_practice(&fixture.night);
    assert_all_add_up(&fixture, &plan);
    assert_all_add_up(&fixture, &practice);
    fixture_night_free(&fixture);
}

static void test_a_stop_tells_the_strongest_of_its_bins(void **state)
{
    (void)state;
    struct fixture_night fixture;
    assert_true(fixture_night_make(&fixture, 16, 1));
    /* The first two stops become one of two bins. */
    struct day_problem *problem = &fixture.problem;
    int32_t first = problem->stop_bins[0], second = problem->stop_bins[1];
    fixture.choice.bins[first] = (struct bin_choice){.reason = REASON_PRIZE, .risk = 0.3};
    fixture.choice.bins[second] = (struct bin_choice){.reason = REASON_RISK, .risk = 0.2};
    problem->stop_bin_first[1] = 2;
    struct driven driven = driven_plan(&fixture.night);
    struct timetable timetable;
    assert_int_equal(timetable_of_route(&driven, 0, &fixture.arena, &timetable, NULL), ERROR_NONE);
    const struct visit *visit = &timetable.visits[1];
    assert_int_equal(visit->bin_count, 2);
    assert_int_equal(visit->reason, REASON_RISK);
    assert_true(fabs(visit->risk - 0.3) < 1e-12);
    double mean = (expected_fill_percent(&driven, first) + expected_fill_percent(&driven, second)) / 2;
    assert_true(fabs(visit->fill_percent - (mean)) < 1e-9);
    fixture_night_free(&fixture);
}

static void test_fuel_and_emissions(void **state)
{
    (void)state;
    struct fixture_night fixture;
    assert_true(fixture_night_make(&fixture, 16, 1));
    struct driven driven = driven_plan(&fixture.night);
    const struct checked_route *route = &fixture.report.routes[0];
    double litres = 0.55 * (double)route->distance_m / 1000 + 1.1 * (double)route->collected_kg / 1000;
    assert_true(fabs(route_litres(&driven, 0) - (litres)) < 1e-9);
    assert_true(fabs(route_kgco2e(&driven, 0) - (3.1 * litres)) < 1e-9);
    fixture.city.vehicles[0].energy = -1;
    assert_true(isnan(route_kgco2e(&driven, 0)));
    fixture_night_free(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plan_and_practice_add_up),
        cmocka_unit_test(test_a_stop_tells_the_strongest_of_its_bins),
        cmocka_unit_test(test_fuel_and_emissions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
