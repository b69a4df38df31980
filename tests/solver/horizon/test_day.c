#include "solver/horizon/day.h"
#include "solver/horizon/practice.h"
#include "tests/support/small_city.h"
#include "tests/support/test.h"

#include <string.h>

static const int32_t ALL[SMALL_BINS] = {0, 1, 2, 3, 4};

static struct day_problem pose(struct small_city *small, const int32_t *bins, int32_t count)
{
    struct day_problem problem;
    struct choice choice = {.day = small->city.start, .bin_count = SMALL_BINS};
    struct error error = {0};
    choice.bins = arena_alloc(&small->arena, SMALL_BINS, sizeof *choice.bins);
    assert_non_null(choice.bins);
    for (int32_t k = 0; k < count; k++) choice.bins[bins[k]].reason = REASON_RISK;
    if (day_problem_from_choice(&small->city, &small->forecast, &choice, NULL, 0, &small->arena, &problem,
                                &error) != ERROR_NONE)
        fail_msg("%s", error.message);
    return problem;
}

static void a_bin_is_a_stop_with_its_load(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    small.level[2 * SMALL_DAYS] = 62.51f; /* 1250.2 l, rounded up; 312.75 kg, rounded up */
    small.level[3 * SMALL_DAYS] = 130;    /* never more than the bin holds */
    const int32_t bins[] = {2, 3};
    struct day_problem problem = pose(&small, bins, 2);
    assert_int_equal(problem.instance.stop_count, 2);
    assert_int_equal(problem.instance.stops[0].load_l, 1251);
    assert_int_equal(problem.instance.stops[0].load_kg, 313);
    assert_int_equal(problem.instance.stops[0].service_s, 120);
    assert_true(problem.instance.stops[0].mandatory);
    assert_int_equal(problem.instance.stops[1].load_l, 2000);
    assert_int_equal(problem.stop_of_bin[2], 0);
    assert_int_equal(problem.stop_of_bin[0], -1);
    assert_int_equal(problem.stop_bins[1], 3);
    small_city_free(&small);
}

static void bins_of_a_point_share_a_stop(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    small.bins[0].point = small.bins[3].point = small.bins[4].point = "P1";
    small.windows[0] = (struct time_window){7 * 3600, 9 * 3600};
    small.bins[4].windows = (struct span){0, 1}; /* other hours: a stop of its own */
    struct day_problem problem = pose(&small, ALL, SMALL_BINS);
    assert_int_equal(problem.instance.stop_count, 4);
    assert_int_equal(problem.stop_of_bin[0], problem.stop_of_bin[3]);
    assert_int_not_equal(problem.stop_of_bin[0], problem.stop_of_bin[4]);
    const struct stop *shared = &problem.instance.stops[problem.stop_of_bin[0]];
    assert_int_equal(shared->service_s, 240);
    assert_int_equal(shared->load_l, 2 * 500);
    /* Every bin of the problem is in exactly one stop. */
    int32_t seen[SMALL_BINS] = {0};
    for (int32_t k = 0; k < problem.stop_bin_first[4]; k++) seen[problem.stop_bins[k]]++;
    for (int32_t b = 0; b < SMALL_BINS; b++) assert_int_equal(seen[b], 1);
    small_city_free(&small);
}

static void what_can_wait_is_not_carried_for_what_cannot(void **state)
{
    struct small_city small;
    struct day_problem problem;
    struct choice choice;
    struct error error = {0};
    (void)state;
    small_city_make(&small);
    small.bins[0].point = small.bins[1].point = small.bins[2].point = "P1";
    small.bins[0].mandatory = true;
    for (int32_t b = 1; b < 3; b++)
        for (int32_t d = 0; d < SMALL_DAYS; d++)
            small.overflow[b * SMALL_DAYS + d] = 0.01f; /* worth a prize */
    assert_int_equal(
        choice_make(&small.city, &small.forecast, small.city.start, &small.arena, &choice, &error),
        ERROR_NONE);
    assert_int_equal(day_problem_from_choice(&small.city, &small.forecast, &choice, NULL, 0, &small.arena,
                                             &problem, &error),
                     ERROR_NONE);
    assert_int_equal(problem.instance.stop_count, 2);
    assert_int_not_equal(problem.stop_of_bin[0], problem.stop_of_bin[1]);
    assert_int_equal(problem.stop_of_bin[1], problem.stop_of_bin[2]);
    assert_true(problem.instance.stops[problem.stop_of_bin[0]].mandatory);
    assert_false(problem.instance.stops[problem.stop_of_bin[1]].mandatory);
    small_city_free(&small);
}

static void money_comes_from_prices(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    struct day_problem problem = pose(&small, ALL, 1);
    const struct vehicle *vehicle = &problem.instance.vehicles[0];
    assert_true(vehicle->cost_per_m == MONEY_UNIT / 2000);
    assert_true(vehicle->cost_per_s == MONEY_UNIT / 100);
    assert_true(vehicle->fuel_per_m == MONEY_UNIT / 1000);      /* 0.5 l/km at 2 a litre */
    assert_true(vehicle->fuel_per_kg == 2 * MONEY_UNIT / 1000); /* 1 l/t */
    assert_true(vehicle->carbon_per_m == 150000);               /* 0.5 l × 3 kg × 0.1 a kg = 0.15 a km */
    small_city_free(&small);
}

static void a_vehicle_that_rests_stays_out(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    small.vehicles[0].weekdays = 0x1e; /* not on Mondays */
    struct day_problem problem = pose(&small, ALL, 2);
    assert_int_equal(problem.instance.vehicle_count, 1);
    assert_int_equal(problem.vehicle_of[0], 1);
    small_city_free(&small);
}

static void depots_cut_the_shift(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    small.windows[0] = (struct time_window){7 * 3600, 13 * 3600};
    small.depots[0].opening = (struct span){0, 1};
    struct day_problem problem = pose(&small, ALL, 1);
    assert_int_equal(problem.instance.vehicles[0].shift_start_s, 7 * 3600);
    assert_int_equal(problem.instance.vehicles[0].shift_end_s, 13 * 3600);
    small_city_free(&small);
}

static void hours_come_round_again_after_midnight(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    small.windows[0] = (struct time_window){0, 5 * 3600};
    small.windows[1] = (struct time_window){22 * 3600, 24 * 3600};
    small.sites[0].opening = (struct span){0, 2};
    small.bins[0].windows = (struct span){0, 1};
    struct day_problem by_day = pose(&small, ALL, 1);
    assert_int_equal(by_day.instance.sites[0].window_count, 2);
    assert_int_equal(by_day.instance.stops[0].window_count, 1);
    small.vehicles[1].shift_start_s = 21 * 3600;
    small.vehicles[1].shift_end_s = 29 * 3600;
    struct day_problem by_night = pose(&small, ALL, 1);
    const struct site *site = &by_night.instance.sites[0];
    const struct stop *stop = &by_night.instance.stops[0];
    const struct time_window *windows = by_night.instance.windows;
    assert_int_equal(stop->window_count, 2);
    assert_int_equal(windows[stop->window_first].close_s, 5 * 3600);
    assert_int_equal(windows[stop->window_first + 1].open_s, 24 * 3600);
    assert_int_equal(windows[stop->window_first + 1].close_s, 29 * 3600);
    assert_int_equal(site->window_count, 3); /* the evening and the next morning are one */
    assert_int_equal(windows[site->window_first + 1].open_s, 22 * 3600);
    assert_int_equal(windows[site->window_first + 1].close_s, 29 * 3600);
    small_city_free(&small);
}

static void no_stop_is_more_than_a_truck_holds(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    for (int b = 0; b < SMALL_BINS; b++) small.bins[b].point = "P1"; /* 500 l and 125 kg each */
    small.vehicles[0].compartments[0].capacity_l = 900;
    small.vehicles[1].compartments[0].capacity_l = 1300;
    struct day_problem problem = pose(&small, ALL, SMALL_BINS);
    assert_int_equal(problem.instance.stop_count, 3);
    for (int32_t s = 0; s < 3; s++) assert_true(problem.instance.stops[s].load_l <= 1000);
    /* A bin that no truck takes has no company that would stay with it. */
    small.vehicles[0].compartments[0].capacity_l = small.vehicles[1].compartments[0].capacity_l = 400;
    problem = pose(&small, ALL, SMALL_BINS);
    assert_int_equal(problem.instance.stop_count, SMALL_BINS);
    small_city_free(&small);
}

static void the_clock_change_costs_nobody_an_hour(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    /* 25 October 2026, a Sunday of 25 hours: 06:00 on the wall is 7 h after midnight. */
    small.city.start = day_from_civil((struct civil_date){2026, 10, 25});
    small.forecast.first_day = small.city.start;
    small.vehicles[0].weekdays = 0x7f;
    struct day_problem problem = pose(&small, ALL, 1);
    assert_int_equal(problem.instance.vehicles[0].shift_start_s, 7 * 3600);
    assert_int_equal(problem.instance.vehicles[0].shift_end_s, 15 * 3600);
    small_city_free(&small);
}

static void the_practice_is_driven_in_its_own_order(void **state)
{
    struct small_city small;
    struct practice practice;
    struct error error = {0};
    (void)state;
    small_city_make(&small);
    const struct fixed_visit visits[] = {{0, 0, 0, 1, 4}, {0, 0, 0, 2, 1}, {0, 0, 0, 3, 2}, {1, 1, 1, 1, 0}};
    memcpy(small.fixed_visits, visits, sizeof visits);
    small.city.fixed_visit_count = 4;
    assert_int_equal(
        practice_drive(&small.city, &small.forecast, small.city.start, &small.arena, &practice, &error),
        ERROR_NONE);
    assert_true(practice.known);
    assert_int_equal(practice.report.violation_count, 0);
    assert_int_equal(practice.plan.route_count, 1);
    const int32_t order[] = {4, 1, 2};
    for (int32_t k = 0; k < 3; k++) {
        assert_int_equal(practice.plan.steps[k].kind, STEP_STOP);
        assert_int_equal(
            practice.problem.stop_bins[practice.problem.stop_bin_first[practice.plan.steps[k].id]], order[k]);
    }
    assert_int_equal(practice.plan.steps[3].kind, STEP_DISPOSAL);
    practice_free(&practice);
    /* No round on Wednesdays. */
    assert_int_equal(
        practice_drive(&small.city, &small.forecast, small.city.start + 2, &small.arena, &practice, &error),
        ERROR_NONE);
    assert_false(practice.known);
    practice_free(&practice);
    small_city_free(&small);
}

static void a_practice_that_breaks_the_rules_is_still_driven(void **state)
{
    struct small_city small;
    struct practice practice;
    struct error error = {0};
    (void)state;
    small_city_make(&small);
    small.vehicles[0].shift_end_s = small.vehicles[0].shift_start_s + 600; /* ten minutes are not enough */
    const struct fixed_visit visits[] = {{0, 0, 0, 1, 4}, {0, 0, 0, 2, 1}};
    memcpy(small.fixed_visits, visits, sizeof visits);
    small.city.fixed_visit_count = 2;
    assert_int_equal(
        practice_drive(&small.city, &small.forecast, small.city.start, &small.arena, &practice, &error),
        ERROR_NONE);
    assert_int_equal(practice.report.served, 2);
    assert_true(practice.report.violation_count > 0);
    for (int32_t v = 0; v < practice.report.violation_count; v++)
        assert_int_equal(practice.report.violations[v].kind, VIOLATION_SHIFT_END);
    practice_free(&practice);
    small_city_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bin_is_a_stop_with_its_load),
        cmocka_unit_test(bins_of_a_point_share_a_stop),
        cmocka_unit_test(what_can_wait_is_not_carried_for_what_cannot),
        cmocka_unit_test(money_comes_from_prices),
        cmocka_unit_test(a_vehicle_that_rests_stays_out),
        cmocka_unit_test(depots_cut_the_shift),
        cmocka_unit_test(hours_come_round_again_after_midnight),
        cmocka_unit_test(no_stop_is_more_than_a_truck_holds),
        cmocka_unit_test(the_clock_change_costs_nobody_an_hour),
        cmocka_unit_test(the_practice_is_driven_in_its_own_order),
        cmocka_unit_test(a_practice_that_breaks_the_rules_is_still_driven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
