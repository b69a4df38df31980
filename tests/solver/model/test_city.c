#include "solver/model/city.h"
#include "tests/support/test.h"

#include <math.h>

/* Monday 2026-11-23 is day 0 of the tables here; vehicle 0 works Monday to Friday, vehicle 1 on Saturday. */
enum { MONDAY = 20780 };

static struct city_vehicle vehicles[] = {{.weekdays = 0x1f}, {.weekdays = 0x20}};
static struct calendar_day calendar[] = {
    {MONDAY + 1, CALENDAR_STRIKE, "strike", 1},
    {MONDAY + 2, CALENDAR_HOLIDAY, "holiday", 0.5},
    {MONDAY + 2, CALENDAR_EVENT, "market", 3},
    {MONDAY + 4, CALENDAR_EVENT, "fair", 1.6},
};

static struct city make_city(void)
{
    return (struct city){.vehicles = vehicles, .vehicle_count = 2, .calendar = calendar, .calendar_count = 4};
}

static void days_of_service(void **state)
{
    (void)state;
    const struct city city = make_city();
    assert_int_equal(day_weekday(MONDAY), 0);
    static const bool first[] = {true, false, true, true, true, false, false};
    static const bool served[] = {true, false, false, true, true, true, false};
    for (int32_t d = 0; d < WEEK_DAYS; d++) {
        assert_int_equal(city_vehicle_works(&city, 0, MONDAY + d), first[d]);
        assert_int_equal(city_vehicle_works(&city, 1, MONDAY + d), d == 5);
        assert_int_equal(city_day_served(&city, MONDAY + d), served[d]);
    }
}

static void factors_of_one_day_multiply(void **state)
{
    (void)state;
    const struct city city = make_city();
    static const double factors[] = {1, 1, 1.5, 1, 1.6, 1};
    for (int32_t d = 0; d < 6; d++) {
        assert_true(fabs(city_demand_factor(&city, MONDAY + d) - factors[d]) < 1e-12);
    }
    struct city bare = make_city();
    bare.calendar_count = 0;
    assert_true(fabs(city_demand_factor(&bare, MONDAY + 2) - 1) < 1e-12);
    city_close(&bare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_of_service),
        cmocka_unit_test(factors_of_one_day_multiply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
