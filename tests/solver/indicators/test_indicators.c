/* Each indicator on a night of five bins and two trucks that can be worked out by hand, and the cases where
 * a figure cannot be known. */
#include "solver/indicators/indicators.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { DAY = 20780, BINS = 5 }; /* 2026-11-23, a Monday */

/* Bins 0 and 1 are one stop, 2 and 3 one each, 4 is no candidate. The plan serves the first two stops. */
struct example {
    struct city city;
    struct city_vehicle vehicles[2];
    struct energy energies[2];
    struct bin bins[BINS];
    struct fill_forecast forecast;
    struct bin_fill fills[BINS];
    float levels[BINS], overflows[BINS];
    struct choice choice;
    struct bin_choice choices[BINS];
    struct day_problem problem;
    int32_t vehicle_of[2], stop_of_bin[BINS];
    struct plan plan;
    struct plan_route routes[2];
    struct check_report report;
    struct checked_route checked[2];
    int32_t stop_route[3];
    struct practice practice;
    struct night night;
    struct arena arena;
    struct indicator_values values;
};

static money units(double amount)
{
    return (money)llround(amount * (double)MONEY_UNIT);
}

static void make_city(struct example *x)
{
    x->energies[0] = (struct energy){"diesel", "test", 3.0};
    x->energies[1] = (struct energy){"electric", NULL, (double)NAN};
    x->vehicles[0] = (struct city_vehicle){.id = "E", .litres_per_km = 0.4, .litres_per_t = 2, .energy = 1};
    x->vehicles[1] = (struct city_vehicle){.id = "D", .litres_per_km = 0.5, .litres_per_t = 1, .energy = 0};
    x->city = (struct city){.currency = "EUR",
                            .overflow_probability_max = 0.02,
                            .overflow_cost = units(60),
                            .vehicles = x->vehicles,
                            .vehicle_count = 2,
                            .energies = x->energies,
                            .energy_count = 2,
                            .bins = x->bins,
                            .bin_count = BINS};
}

/* Bins fill by 1 % a day: emptied today, none is full tomorrow. */
static void make_forecast(struct example *x)
{
    const float levels[BINS] = {80, 60, 120, 50, 10};
    const fill_source sources[BINS] = {FILL_SENSOR, FILL_POOLED, FILL_PRIOR, FILL_PRIOR, FILL_SENSOR};
    for (int32_t b = 0; b < BINS; b++) {
        x->levels[b] = levels[b];
        x->fills[b] = (struct bin_fill){.source = sources[b], .rate_per_day = 1, .increment_sd = 1};
        for (int32_t d = 0; d < WEEK_DAYS; d++) x->fills[b].weekday_factor[d] = 1;
    }
    x->forecast = (struct fill_forecast){.first_day = DAY,
                                         .bin_count = BINS,
                                         .days = 1,
                                         .bins = x->fills,
                                         .level_percent = x->levels,
                                         .overflow_probability = x->overflows};
}

static void make_choice(struct example *x)
{
    const double risks[BINS] = {0.3, 0.2, 0.9, 0.05, 0.001};
    const choice_reason reasons[BINS] = {REASON_RISK, REASON_PRIZE, REASON_FLAG, REASON_PRIZE, REASON_NONE};
    for (int32_t b = 0; b < BINS; b++)
        x->choices[b] = (struct bin_choice){.reason = reasons[b], .risk = risks[b]};
    x->choice = (struct choice){.day = DAY, .next_chance = DAY + 1, .bin_count = BINS, .bins = x->choices};
}

static const int32_t REFERENCE[3] = {-1, -1, -1};

static void make_plan(struct example *x)
{
    const int32_t stop_of_bin[BINS] = {0, 0, 1, 2, -1}, stop_route[3] = {0, 1, -1};
    memcpy(x->stop_of_bin, stop_of_bin, sizeof stop_of_bin);
    memcpy(x->stop_route, stop_route, sizeof stop_route);
    x->vehicle_of[0] = 1;
    x->vehicle_of[1] = 0;
    x->problem = (struct day_problem){
        .day = DAY,
        .instance = {.stop_count = 3, .vehicle_count = 2, .reference = REFERENCE, .pair_count = 1},
        .vehicle_of = x->vehicle_of,
        .stop_of_bin = x->stop_of_bin};
    x->routes[0].vehicle = 0;
    x->routes[1].vehicle = 1;
    x->plan = (struct plan){.routes = x->routes, .route_count = 2};
    x->checked[0] = (struct checked_route){.work_s = 21600,
                                           .driving_s = 7200,
                                           .waiting_s = 600,
                                           .distance_m = 30000,
                                           .collected_kg = 3000,
                                           .trips = 2};
    x->checked[1] = (struct checked_route){.work_s = 14400,
                                           .driving_s = 3600,
                                           .overtime_s = 1800,
                                           .distance_m = 10000,
                                           .collected_kg = 1000,
                                           .trips = 1};
    x->report = (struct check_report){
        .routes = x->checked, .stop_route = x->stop_route, .changed = 2, .pairs_split = 1};
    const double parts[COST_PART_COUNT] = {
        [COST_FIXED] = 190,   [COST_WORK] = 380, [COST_OVERTIME] = 28.5, [COST_DISTANCE] = 14,
        [COST_FUEL] = 30,     [COST_CARBON] = 5, [COST_FEES] = 40,       [COST_PRIZES] = 7,
        [COST_STABILITY] = 4, [COST_OVERLAP] = 8};
    for (int32_t p = 0; p < COST_PART_COUNT; p++) x->report.cost.parts[p] = units(parts[p]);
}

static void begin(struct example *x)
{
    *x = (struct example){0};
    arena_init(&x->arena);
    make_city(x);
    make_forecast(x);
    make_choice(x);
    make_plan(x);
    x->night = (struct night){.city = &x->city,
                              .forecast = &x->forecast,
                              .choice = &x->choice,
                              .problem = &x->problem,
                              .plan = &x->plan,
                              .report = &x->report,
                              .practice = &x->practice};
}

static void measure(struct example *x)
{
    assert_int_equal(indicators_compute(&x->night, &x->arena, &x->values, NULL), ERROR_NONE);
}

static double value_of(const double *values, const char *name)
{
    for (int32_t i = 0; i < INDICATOR_COUNT; i++)
        if (strcmp(INDICATORS[i].name, name) == 0) return values[i];
    fail_msg("no indicator %s", name);
    return (double)NAN;
}

static void assert_value(const double *values, const char *name, double expected)
{
    const double found = value_of(values, name);
    if (!(fabs(found - expected) <= 1e-9 * fmax(1, fabs(expected))))
        fail_msg("%s: %.12g, expected %.12g", name, found, expected);
}

static void assert_unknown(const double *values, const char *name)
{
    if (!isnan(value_of(values, name))) fail_msg("%s should be unknown", name);
}

static void test_a_night_by_hand(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double value;
    } expected[] = {
        {"distance_km", 40},
        {"work_h", 10},
        {"driving_h", 3},
        {"waiting_h", 600.0 / 3600},
        {"overtime_h", 0.5},
        {"work_max_h", 6},
        {"work_spread_percent", 40}, /* (6 − 4) / 5 */
        {"vehicles", 2},
        {"trips", 3},
        {"stops", 3}, /* bins 0, 1, 2 */
        {"collected_t", 4},
        {"kg_per_km", 100},
        {"bins_per_h", 0.3},
        {"fill_at_emptying_percent", 80}, /* (80 + 60 + 100) / 3: bin 2 is at most full */
        {"fill_left_percent", 12},        /* (50 + 10) / 5 */
        {"expected_overflows", 0.051},    /* bins 3 and 4 */
        {"bins_over_target", 1},          /* bin 3 */
        {"unserved_mandatory", 0},
        {"unserved_optional", 1},            /* bin 3 */
        {"poorly_known_percent", 200.0 / 3}, /* bins 1 and 2 of three */
        {"violations", 0},
        {"cost_total", 687.5}, /* without the prizes */
        {"cost_fixed", 190},
        {"cost_work", 380},
        {"cost_overtime", 28.5},
        {"cost_distance", 14},
        {"cost_fuel", 30},
        {"cost_carbon", 5},
        {"cost_fees", 40},
        {"cost_quality", 12}, /* and no expense */
        {"stops_changed", 2},
        {"pairs_split", 1},
        {"cost_per_t", 171.875},
        {"cost_overflows", 3.06},
        {"cost_with_overflows", 690.56},
        {"fuel_l", 24}, /* diesel 15 + 3, electric 4 + 2 */
        {"fuel_l_per_t", 6},
        {"emissions_kgco2e", 54}, /* the diesel's 18 l × 3 */
        {"emissions_kgco2e_per_t", 18},
        {"vehicles_without_factor", 1},
    };
    struct example x;
    begin(&x);
    measure(&x);
    assert_null(x.values.practice);
    assert_int_equal(INDICATOR_COUNT, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_value(x.values.plan, expected[i].name, expected[i].value);
    arena_free(&x.arena);
}

/* The practice serves bins 3 and 4: the same forecast and list of due bins, its own problem. */
static void test_practice_by_the_same_functions(void **state)
{
    (void)state;
    struct example x;
    begin(&x);
    int32_t stop_of_bin[BINS] = {-1, -1, -1, 0, 1}, stop_route[2] = {0, 0}, vehicle_of[1] = {1};
    struct plan_route route = {.vehicle = 0};
    struct checked_route checked = {.work_s = 7200, .distance_m = 5000, .collected_kg = 500, .trips = 1};
    x.practice =
        (struct practice){.known = true,
                          .problem = {.day = DAY,
                                      .instance = {.stop_count = 2, .vehicle_count = 1},
                                      .vehicle_of = vehicle_of,
                                      .stop_of_bin = stop_of_bin},
                          .plan = {.routes = &route, .route_count = 1},
                          .report = {.routes = &checked, .stop_route = stop_route, .violation_count = 2}};
    measure(&x);
    const double *practice = x.values.practice;
    assert_non_null(practice);
    assert_value(practice, "stops", 2);
    assert_value(practice, "fill_at_emptying_percent", 30);
    assert_value(practice, "fill_left_percent", 48); /* (80 + 60 + 100) / 5 */
    assert_value(practice, "expected_overflows", 1.4);
    assert_value(practice, "bins_over_target", 3);
    assert_value(practice, "unserved_mandatory", 2);
    assert_value(practice, "unserved_optional", 1);
    assert_value(practice, "violations", 2);
    assert_value(practice, "emissions_kgco2e", 9); /* 2.5 l + 0.5 l, × 3 */
    assert_value(practice, "distance_km", 5);
    assert_unknown(practice, "work_spread_percent"); /* one route */
    assert_value(x.values.plan, "distance_km", 40);
    arena_free(&x.arena);
}

static void test_without_any_factor_emissions_are_unknown(void **state)
{
    (void)state;
    struct example x;
    begin(&x);
    x.vehicles[1].energy = -1;
    measure(&x);
    assert_unknown(x.values.plan, "emissions_kgco2e");
    assert_unknown(x.values.plan, "emissions_kgco2e_per_t");
    assert_value(x.values.plan, "vehicles_without_factor", 2);
    assert_value(x.values.plan, "fuel_l", 24);
    arena_free(&x.arena);
}

static void test_an_empty_plan(void **state)
{
    (void)state;
    struct example x;
    begin(&x);
    x.plan.route_count = 0;
    for (int32_t s = 0; s < 3; s++) x.stop_route[s] = -1;
    x.report.cost = (struct cost){0};
    measure(&x);
    const double *plan = x.values.plan;
    const char *const zeros[] = {"distance_km", "work_h", "stops",      "collected_t",      "trips",
                                 "vehicles",    "fuel_l", "cost_total", "emissions_kgco2e", "work_max_h"};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) assert_value(plan, zeros[i], 0);
    const char *const unknown[] = {
        "kg_per_km",    "bins_per_h",          "fill_at_emptying_percent", "cost_per_t",
        "fuel_l_per_t", "work_spread_percent", "emissions_kgco2e_per_t",   "poorly_known_percent"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) assert_unknown(plan, unknown[i]);
    assert_value(plan, "expected_overflows", 1.451);
    assert_value(plan, "unserved_mandatory", 2);
    arena_free(&x.arena);
}

/* An emptied bin that fills by 60 % a day, give or take, is at risk again before the next truck: on average
 * over that day, its risk at the end of today and at the end of tomorrow. */
static void test_risk_of_an_emptied_bin(void **state)
{
    (void)state;
    struct example x;
    begin(&x);
    x.fills[0].rate_per_day = 60;
    x.fills[0].increment_sd = 20;
    measure(&x);
    const double today = forecast_overflow_if_emptied(&x.forecast, &x.city, 0, DAY, DAY);
    const double tomorrow = forecast_overflow_if_emptied(&x.forecast, &x.city, 0, DAY, DAY + 1);
    assert_true(today > 0.001 && tomorrow > today + 0.3);
    assert_value(x.values.plan, "expected_overflows", 0.051 + (today + tomorrow) / 2);
    assert_value(x.values.plan, "bins_over_target", 2);
    arena_free(&x.arena);
}

/* A plan edited by hand may name a vehicle that does not exist. */
static void test_a_plan_with_an_unknown_vehicle(void **state)
{
    (void)state;
    struct example x;
    begin(&x);
    x.routes[0].vehicle = 99;
    x.routes[1].vehicle = -1;
    measure(&x);
    assert_value(x.values.plan, "fuel_l", 0);
    assert_value(x.values.plan, "emissions_kgco2e", 0);
    arena_free(&x.arena);
}

static void test_the_table(void **state)
{
    (void)state;
    for (int32_t i = 0; i < INDICATOR_COUNT; i++) {
        const struct indicator *it = &INDICATORS[i];
        assert_true(strlen(it->name) > 0 && strlen(it->label) > 0 && strlen(it->formula) > 0);
        assert_true(it->unit != NULL && it->value != NULL);
        assert_true(it->decimals >= 0 && it->decimals <= 3);
        assert_true(strspn(it->name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(it->name));
        for (int32_t j = 0; j < i; j++) assert_string_not_equal(it->name, INDICATORS[j].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_night_by_hand),
        cmocka_unit_test(test_practice_by_the_same_functions),
        cmocka_unit_test(test_without_any_factor_emissions_are_unknown),
        cmocka_unit_test(test_an_empty_plan),
        cmocka_unit_test(test_risk_of_an_emptied_bin),
        cmocka_unit_test(test_a_plan_with_an_unknown_vehicle),
        cmocka_unit_test(test_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
