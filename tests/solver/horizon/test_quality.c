/* The city's prices of quality on a day's problem. */
#include "solver/horizon/quality.h"
#include "tests/support/small_city.h"
#include "tests/support/test.h"

#include <string.h>

static struct day_problem pose(struct small_city *small)
{
    struct day_problem problem;
    struct choice choice = {.day = small->city.start, .bin_count = SMALL_BINS};
    struct error error = {0};
    choice.bins = arena_alloc(&small->arena, SMALL_BINS, sizeof *choice.bins);
    assert_non_null(choice.bins);
    for (int32_t b = 0; b < SMALL_BINS; b++) choice.bins[b].reason = REASON_RISK;
    if (day_problem_from_choice(&small->city, &small->forecast, &choice, NULL, 0, &small->arena, &problem,
                                &error) != ERROR_NONE)
        fail_msg("%s", error.message);
    return problem;
}

static struct day_problem price(struct small_city *small, const int32_t *vehicle_of_bin)
{
    struct day_problem problem = pose(small);
    struct error error = {0};
    if (day_price_quality(&small->city, vehicle_of_bin, &small->arena, &problem, &error) != ERROR_NONE)
        fail_msg("%s", error.message);
    return problem;
}

static void without_prices_nothing_changes(void **state)
{
    (void)state;
    struct small_city small;
    small_city_make(&small);
    const struct day_problem problem = price(&small, NULL);
    assert_null(problem.instance.reference);
    assert_int_equal(problem.instance.pair_count, 0);
    for (int32_t v = 0; v < problem.instance.vehicle_count; v++)
        assert_int_equal(problem.instance.vehicles[v].imbalance_per_s2, 0);
    small_city_free(&small);
}

/* The first round of the weekday counts; bins that no round comes to have no reference. */
static void fixed_rounds_are_the_reference(void **state)
{
    (void)state;
    struct small_city small;
    small_city_make(&small);
    small.city.change_cost = 3 * MONEY_UNIT;
    small.fixed_visits[0] = (struct fixed_visit){.weekday = 0, .vehicle = 1, .bin = 2};
    small.fixed_visits[1] = (struct fixed_visit){.weekday = 0, .vehicle = 0, .bin = 2};
    small.fixed_visits[2] = (struct fixed_visit){.weekday = 0, .vehicle = 0, .bin = 4};
    small.fixed_visits[3] = (struct fixed_visit){.weekday = 1, .vehicle = 0, .bin = 0};
    small.city.fixed_visit_count = 4;
    const struct day_problem problem = price(&small, NULL);
    static const int32_t expected[SMALL_BINS] = {-1, -1, 1, -1, 0};
    for (int32_t b = 0; b < SMALL_BINS; b++)
        assert_int_equal(problem.instance.reference[problem.stop_of_bin[b]], expected[b]);
    assert_int_equal(problem.instance.change_cost, 3 * MONEY_UNIT);
    small_city_free(&small);
}

/* A plan given takes the place of the rounds; what a vehicle at rest had is nobody's. */
static void a_plan_is_the_reference(void **state)
{
    (void)state;
    static const int32_t vehicle_of_bin[SMALL_BINS] = {0, 1, -1, 0, 1};
    struct small_city small;
    small_city_make(&small);
    small.city.change_cost = MONEY_UNIT;
    small.vehicles[0].weekdays = 1 << 1;
    const struct day_problem problem = price(&small, vehicle_of_bin);
    assert_int_equal(problem.instance.vehicle_count, 1);
    static const int32_t expected[SMALL_BINS] = {-1, 0, -1, -1, 0};
    for (int32_t b = 0; b < SMALL_BINS; b++)
        assert_int_equal(problem.instance.reference[problem.stop_of_bin[b]], expected[b]);
    small_city_free(&small);
}

/* Five bins on a line are all near each other: ten pairs, but those that no one vehicle may serve. */
static void near_stops_are_pairs(void **state)
{
    (void)state;
    struct small_city small;
    small_city_make(&small);
    small.city.overlap_cost = 2 * MONEY_UNIT;
    struct day_problem problem = price(&small, NULL);
    assert_int_equal(problem.instance.pair_count, 10);
    assert_int_equal(problem.instance.pairs[0].one, 0);
    assert_int_equal(problem.instance.pairs[0].other, 1);
    assert_int_equal(problem.instance.pairs[0].price, 2 * MONEY_UNIT);
    small.bins[1].access_tags = 4;
    problem = price(&small, NULL);
    assert_int_equal(problem.instance.pair_count, 6);
    small_city_free(&small);
}

/* 12.96 units for a squared hour are a millionth for a squared second. */
static void long_days_have_a_price(void **state)
{
    (void)state;
    struct small_city small;
    small_city_make(&small);
    small.city.imbalance_cost_per_h2 = 1296 * MONEY_UNIT / 100;
    small.city.target_work_s = 6 * 3600;
    const struct day_problem problem = price(&small, NULL);
    assert_int_equal(problem.instance.vehicles[1].imbalance_per_s2, MONEY_UNIT / 1000000);
    assert_int_equal(problem.instance.vehicles[1].balance_from_s, 6 * 3600);
    small_city_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_prices_nothing_changes), cmocka_unit_test(fixed_rounds_are_the_reference),
        cmocka_unit_test(a_plan_is_the_reference),        cmocka_unit_test(near_stops_are_pairs),
        cmocka_unit_test(long_days_have_a_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
