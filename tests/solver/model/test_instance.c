/* Each fault that an instance can have is refused, with a sentence that says what it is. */
#include "solver/model/instance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int32_t CELLS[4] = {0, 5, 5, 0};
static struct travel_matrix MATRIX;
static struct time_window WINDOWS[2];
static struct stop STOP;
static struct site SITE;
static struct vehicle VEHICLE;
static struct instance INSTANCE;

static void build(void)
{
    CELLS[1] = 5;
    MATRIX = (struct travel_matrix){CELLS, CELLS};
    WINDOWS[0] = (struct time_window){0, 10};
    WINDOWS[1] = (struct time_window){11, 20};
    STOP = (struct stop){.entry_place = 1, .exit_place = 1, .load_kg = 3, .window_count = 2};
    SITE = (struct site){.place = 0, .streams = 1};
    VEHICLE = (struct vehicle){
        .shift_end_s = 100, .compartment_count = 2, .compartments = {{1, 10, 10}, {2, 10, 10}}};
    INSTANCE = (struct instance){.stop_count = 1,
                                 .site_count = 1,
                                 .vehicle_count = 1,
                                 .window_count = 2,
                                 .stream_count = 2,
                                 .stops = &STOP,
                                 .sites = &SITE,
                                 .vehicles = &VEHICLE,
                                 .windows = WINDOWS,
                                 .travel = {.place_count = 2, .profile_count = 1, .profiles = &MATRIX}};
}

static void assert_refused(const char *sentence)
{
    struct error error = {0};
    assert_int_equal(instance_validate(&INSTANCE, &error), ERROR_INPUT);
    if (strstr(error.message, sentence) == NULL) fail_msg("'%s' does not say '%s'", error.message, sentence);
    build();
    assert_int_equal(instance_validate(&INSTANCE, &error), ERROR_NONE);
}

#define REFUSED(sentence, fault)  \
    do {                          \
        build();                  \
        fault;                    \
        assert_refused(sentence); \
    } while (0)

static void wrong_counts_and_travel_are_refused(void **state)
{
    (void)state;
    REFUSED("number of stops", INSTANCE.stop_count = -1);
    REFUSED("number of sites", INSTANCE.sites = NULL);
    REFUSED("number of vehicles", INSTANCE.vehicles = NULL);
    REFUSED("number of windows", INSTANCE.windows = NULL);
    REFUSED("number of places", INSTANCE.travel.place_count = -1);
    REFUSED("33 streams", INSTANCE.stream_count = 33);
    REFUSED("no matrix", MATRIX.duration_s = NULL);
    REFUSED("travel profile 0: a distance or a time", CELLS[1] = -1);
    REFUSED("travel profile 0: a distance or a time", CELLS[1] = TRAVEL_UNREACHABLE + 1);
    REFUSED("window 1: it closes before it opens", WINDOWS[1].close_s = 10);
    REFUSED("window 0: it closes before it opens", WINDOWS[0].open_s = -1);
    REFUSED("stop 0: its windows are not sorted", WINDOWS[1].open_s = 10);
    build();
    CELLS[1] = TRAVEL_UNREACHABLE;
    struct error error;
    assert_int_equal(instance_validate(&INSTANCE, &error), ERROR_NONE);
}

/* The same, its two places as points. */
static struct travel_point POINTS[2];
static struct travel_rates RATES;

static void build_points(void)
{
    build();
    MATRIX = (struct travel_matrix){NULL, NULL};
    POINTS[0] = (struct travel_point){0, 0, 0};
    POINTS[1] = (struct travel_point){3, 4, 0};
    RATES = (struct travel_rates){travel_rate(1, TRAVEL_NEAREST), travel_rate(2, TRAVEL_UP)};
    INSTANCE.travel.points = POINTS;
    INSTANCE.travel.rates = &RATES;
}

#define POINTS_REFUSED(sentence, fault) \
    do {                                \
        build_points();                 \
        fault;                          \
        assert_refused(sentence);       \
    } while (0)

static void points_that_cannot_be_driven_are_refused(void **state)
{
    (void)state;
    struct error error;
    build_points();
    assert_int_equal(instance_validate(&INSTANCE, &error), ERROR_NONE);
    POINTS_REFUSED("no matrix", INSTANCE.travel.points = NULL);
    POINTS_REFUSED("no matrix", INSTANCE.travel.rates = NULL);
    POINTS_REFUSED("no matrix", MATRIX.distance_m = CELLS);
    POINTS_REFUSED("travel profile 0: a distance or a time", POINTS[1].y = NAN);
    POINTS_REFUSED("travel profile 0: a distance or a time", POINTS[1].y = 1e9);
    POINTS_REFUSED("travel profile 0: a distance or a time", RATES.duration_s.factor = 2e8);
    POINTS_REFUSED("travel profile 0: a distance or a time", RATES.distance_m.factor = -1);
    POINTS_REFUSED("travel profile 0: a distance or a time", RATES.distance_m.shift = -1);
    POINTS_REFUSED("travel profile 0: a distance or a time", INSTANCE.travel.curvature = -1);
    /* The longest leg bounds what metres may cost, as a matrix's does. */
    build_points();
    VEHICLE.cost_per_m = INT64_MAX / 32 / (1 + 4 * 6);
    assert_int_equal(instance_validate(&INSTANCE, &error), ERROR_NONE);
    POINTS[1].x *= 2;
    assert_int_equal(instance_validate(&INSTANCE, &error), ERROR_INPUT);
}

static void wrong_stops_and_sites_are_refused(void **state)
{
    (void)state;
    REFUSED("stop 0: its place", STOP.entry_place = 2);
    REFUSED("stop 0: its place", STOP.exit_place = -1);
    REFUSED("stop 0: its stream", STOP.stream = 2);
    REFUSED("stop 0: its load", STOP.load_kg = -1);
    REFUSED("stop 0: its load", STOP.load_l = MEASURE_MAX + 1);
    REFUSED("stop 0: its service time", STOP.service_s = -1);
    REFUSED("stop 0: its service time", STOP.inner_m = INT64_MAX);
    REFUSED("stop 0: its release", STOP.release_s = -1);
    REFUSED("stop 0: its release", STOP.release_s = TIME_MAX + 1);
    REFUSED("stop 0: its prize", STOP.prize = -1);
    REFUSED("stop 0: its windows do not exist", STOP.window_first = 1);
    REFUSED("stop 0: its windows do not exist", STOP.window_count = INT32_MAX);
    REFUSED("site 0: its place", SITE.place = 2);
    REFUSED("site 0: it takes a stream", SITE.streams = 4);
    REFUSED("site 0: its unloading time", SITE.unload_us_per_kg = INT64_MAX);
    REFUSED("site 0: its fee", SITE.fee_per_kg = INT64_MAX / 4);
    REFUSED("site 0: its fee or daily limit", SITE.daily_limit_kg = -1);
    REFUSED("site 0: its windows", SITE.window_count = 3);
}

static void wrong_vehicles_are_refused(void **state)
{
    (void)state;
    REFUSED("vehicle 0: its depot", VEHICLE.start_place = 2);
    REFUSED("vehicle 0: its depot", VEHICLE.end_place = -1);
    REFUSED("vehicle 0: its profile", VEHICLE.profile = 1);
    REFUSED("vehicle 0: its shift", VEHICLE.shift_start_s = 101);
    REFUSED("vehicle 0: its work limits", VEHICLE.max_work_s = -1);
    REFUSED("vehicle 0: its break", VEHICLE.break_window.open_s = 1);
    REFUSED("vehicle 0: its limits", VEHICLE.max_stops = -1);
    REFUSED("vehicle 0: it has too many compartments", VEHICLE.compartment_count = 5);
    REFUSED("vehicle 0: two compartments", VEHICLE.compartments[1].streams = 3);
    REFUSED("vehicle 0: a compartment takes a stream", VEHICLE.compartments[1].streams = 8);
    REFUSED("vehicle 0: a capacity", VEHICLE.compartments[1].capacity_l = -1);
    REFUSED("vehicle 0: a cost is negative", VEHICLE.cost_per_m = -1);
    REFUSED("vehicle 0: a cost is negative", VEHICLE.overtime_cost_per_s = -1);
    REFUSED("vehicle 0: a cost is negative, or so large", VEHICLE.fuel_per_m = INT64_MAX / 64);
    REFUSED("vehicle 0: a cost is negative, or so large", VEHICLE.carbon_per_kg = INT64_MAX);
}

static void wrong_quality_is_refused(void **state)
{
    (void)state;
    static const int32_t reference = 1;
    static const struct stop_pair pair = {0, 1, 1};
    REFUSED("cost of a change", INSTANCE.change_cost = -1);
    REFUSED("stop 0: the vehicle of its reference", INSTANCE.reference = &reference);
    REFUSED("number of pairs", INSTANCE.pair_count = 1);
    REFUSED("pair 0: its stops", (INSTANCE.pairs = &pair, INSTANCE.pair_count = 1));
    REFUSED("vehicle 0: its price of imbalance", VEHICLE.imbalance_per_s2 = -1);
    REFUSED("vehicle 0: its price of imbalance", VEHICLE.imbalance_per_s2 = INT64_C(1) << 24);
    REFUSED("vehicle 0: its price of imbalance", VEHICLE.balance_from_s = -1);
}

/* Of three stops: the pairs are in order, each there once, and their prices add up. */
static void pairs_are_in_order(void **state)
{
    (void)state;
    static const struct stop_pair good[] = {{0, 1, 1}, {0, 2, 1}, {1, 2, 1}};
    struct stop stops[3];
    build();
    for (int32_t s = 0; s < 3; s++) stops[s] = STOP;
    for (int32_t fault = 0; fault < 4; fault++) {
        struct stop_pair pairs[3];
        memcpy(pairs, good, sizeof pairs);
        if (fault == 1) pairs[1] = pairs[0];
        if (fault == 2) pairs[2] = (struct stop_pair){0, 1, 1};
        if (fault == 3) pairs[0].price = pairs[1].price = INT64_MAX / 20;
        INSTANCE.stops = stops;
        INSTANCE.stop_count = 3;
        INSTANCE.pairs = pairs;
        INSTANCE.pair_count = 3;
        assert_int_equal(instance_validate(&INSTANCE, NULL), fault == 0 ? ERROR_NONE : ERROR_INPUT);
    }
}

static void a_vehicle_serves_what_it_can_hold_and_reach(void **state)
{
    (void)state;
    build();
    assert_int_equal(vehicle_compartment_for(&VEHICLE, 0), 0);
    assert_int_equal(vehicle_compartment_for(&VEHICLE, 1), 1);
    assert_int_equal(vehicle_compartment_for(&VEHICLE, 2), -1);
    assert_true(vehicle_may_serve(&INSTANCE, 0, 0));
    STOP.load_kg = 11;
    assert_false(vehicle_may_serve(&INSTANCE, 0, 0));
    build();
    STOP.load_l = 11;
    assert_false(vehicle_may_serve(&INSTANCE, 0, 0));
    build();
    STOP.tags = 3;
    VEHICLE.tags = 2;
    assert_false(vehicle_may_serve(&INSTANCE, 0, 0));
    VEHICLE.tags = 7;
    assert_true(vehicle_may_serve(&INSTANCE, 0, 0));
    VEHICLE.compartment_count = 0;
    assert_false(vehicle_may_serve(&INSTANCE, 0, 0));
}

static void an_empty_instance_is_one(void **state)
{
    (void)state;
    const struct instance nothing = {0};
    struct error error;
    assert_int_equal(instance_validate(&nothing, &error), ERROR_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(wrong_counts_and_travel_are_refused),
                                       cmocka_unit_test(points_that_cannot_be_driven_are_refused),
                                       cmocka_unit_test(wrong_stops_and_sites_are_refused),
                                       cmocka_unit_test(wrong_vehicles_are_refused),
                                       cmocka_unit_test(wrong_quality_is_refused),
                                       cmocka_unit_test(pairs_are_in_order),
                                       cmocka_unit_test(a_vehicle_serves_what_it_can_hold_and_reach),
                                       cmocka_unit_test(an_empty_instance_is_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
