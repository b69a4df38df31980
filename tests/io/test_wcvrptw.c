/* Waste collection after Kim, Kim and Sahoo: the traps of the files, and what each becomes. */
#include "io/wcvrptw.h"
#include "solver/base/rng.h"
#include "tests/support/benchmark_data.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "20.0 \t// capacity\n40\t// a day\n500\n3600 // lunch\n40\t// speed: MPH\nStop_ID\tX\tY\n"
#define DEPOT "0 0 0 0400 1500 0 9999 0\n"
#define SITE "7 5280 0 0600 1700 20 9999.00 2\t\t\t\n"

struct reading {
    struct arena arena;
    struct diagnostics diagnostics;
    struct benchmark benchmark;
    struct error error;
    error_code rc;
};

static void read_text(struct reading *reading, const char *text, size_t length)
{
    memset(reading, 0, sizeof *reading);
    arena_init(&reading->arena);
    diagnostics_init(&reading->diagnostics, 50);
    reading->rc = wcvrptw_read("t.txt", text, length, &reading->arena, &reading->benchmark,
                               &reading->diagnostics, &reading->error);
    reading->benchmark.family = &WCVRPTW_FAMILY;
}

static void release(struct reading *reading)
{
    diagnostics_free(&reading->diagnostics);
    arena_free(&reading->arena);
}

static void a_file_becomes_an_instance(void **state)
{
    (void)state;
    struct reading reading;
    /* Stops, sites and the depot in any order; CRLF; tabs and blanks. */
    const char *text =
        HEAD "12 5280.25\t-1000  0000 2400 60 4.5 1\r\n" SITE DEPOT "x9 -2640 0 0700 1230 30 12.00 1";
    read_text(&reading, text, strlen(text));
    assert_int_equal(reading.rc, ERROR_NONE);
    assert_int_equal(reading.diagnostics.count, 0);
    const struct instance *in = &reading.benchmark.instance;
    assert_int_equal(in->stop_count, 2);
    assert_int_equal(in->site_count, 1);
    assert_int_equal(in->vehicle_count, 2);
    assert_string_equal(reading.benchmark.stop_ids[0], "12");
    assert_string_equal(reading.benchmark.stop_ids[1], "x9");
    assert_string_equal(reading.benchmark.site_ids[0], "7");
    /* 6280.25 feet from the depot (row 2) to stop 12 (row 0); a mile in 90 s. */
    assert_int_equal(travel_distance_m(&in->travel, 0, 2, 0), 628025);
    assert_int_equal(travel_duration_s(&in->travel, 0, 2, 1), 90);
    assert_int_equal(travel_duration_s(&in->travel, 0, 2, 0), 108); /* 107.05 s */
    assert_int_equal(reading.benchmark.distance_unit, 528000);
    assert_int_equal(in->stops[0].load_l, 4500);
    assert_int_equal(in->stops[0].window_count, 0);
    assert_int_equal(in->windows[in->stops[1].window_first].open_s, 7 * 3600);
    assert_int_equal(in->windows[in->stops[1].window_first].close_s, 12 * 3600 + 1800);
    assert_int_equal(in->windows[in->sites[0].window_first].close_s, 17 * 3600);
    assert_int_equal(in->sites[0].unload_s, 20);
    const struct vehicle *v = &in->vehicles[1];
    assert_int_equal(v->start_place, 2);
    assert_int_equal(v->shift_start_s, 4 * 3600);
    assert_int_equal(v->shift_end_s, 15 * 3600);
    assert_int_equal(v->compartments[0].capacity_l, 20000);
    assert_int_equal(v->max_load_l, 40000);
    assert_int_equal(v->max_stops, 500);
    assert_int_equal(v->break_s, 3600);
    assert_int_equal(v->break_window.open_s, 11 * 3600);
    assert_int_equal(v->break_window.close_s, 12 * 3600);
    assert_false(v->home_takes_load);
    assert_true(v->fixed_cost == 1000 * v->cost_per_m * 528000);
    release(&reading);
}

/* 16.75 hours or 17:15; 7.75 hours or 8:15: what both allow. */
static void odd_minutes_hold_under_both_readings(void **state)
{
    (void)state;
    struct reading reading;
    const char *text = HEAD DEPOT "7 5280 0 0650 1675 20 9999 2\n12 10 0 0775 1575 60 4.5 1\n";
    read_text(&reading, text, strlen(text));
    assert_int_equal(reading.rc, ERROR_NONE);
    const struct instance *in = &reading.benchmark.instance;
    const struct time_window site = in->windows[in->sites[0].window_first];
    const struct time_window stop = in->windows[in->stops[0].window_first];
    assert_int_equal(site.open_s, 6 * 3600 + 50 * 60);
    assert_int_equal(site.close_s, 16 * 3600 + 45 * 60);
    assert_int_equal(stop.open_s, 8 * 3600 + 15 * 60);
    assert_int_equal(stop.close_s, 15 * 3600 + 45 * 60);
    assert_int_equal(reading.diagnostics.count, 3);
    assert_int_equal(reading.diagnostics.items[0].severity, SEVERITY_NOTE);
    assert_non_null(strstr(reading.diagnostics.items[0].message, "75 minutes: taken as 16:45"));
    release(&reading);
}

/* Stops without a load weigh something, and no limit is felt sooner or later for it. */
static void empty_stops_end_at_a_disposal_site(void **state)
{
    (void)state;
    struct reading reading;
    const char *text = HEAD DEPOT SITE
        "1 10 0 0 2400 0 0 1\n2 10 0 0 2400 0 0.0 1\n3 10 0 0 2400 0 20 1\n4 10 0 0 2400 0 .5 1\n";
    read_text(&reading, text, strlen(text));
    assert_int_equal(reading.rc, ERROR_NONE);
    const struct instance *in = &reading.benchmark.instance;
    const int64_t capacity = in->vehicles[0].compartments[0].capacity_l;
    assert_true(in->stops[0].load_l > 0 && in->stops[1].load_l > 0);
    assert_true(in->stops[0].load_l + in->stops[1].load_l + in->stops[2].load_l <= capacity);
    assert_true(in->stops[2].load_l + in->stops[3].load_l > capacity);
    assert_true(in->stops[2].load_l + in->stops[3].load_l / 500 >
                capacity); /* a thousandth of a yard is too much */
    release(&reading);
}

/* Times that hold with seconds rounded up hold in exact arithmetic: walks are never faster than they are. */
static void rounded_times_are_never_short(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 11);
    char text[4096];
    int used = snprintf(text, sizeof text, "%s", HEAD DEPOT SITE);
    double x[40], y[40];
    for (int i = 0; i < 40; i++) {
        x[i] = rng_below(&rng, 100000000) / 100.0;
        y[i] = rng_below(&rng, 100000000) / 100.0;
        used +=
            snprintf(text + used, sizeof text - (size_t)used, "s%d %.2f %.2f 0 2400 1 1 1\n", i, x[i], y[i]);
    }
    struct reading reading;
    read_text(&reading, text, (size_t)used);
    assert_int_equal(reading.rc, ERROR_NONE);
    const struct travel *travel = &reading.benchmark.instance.travel;
    for (int i = 0; i < 40; i++)
        for (int j = 0; j < 40; j++) {
            const double feet = fabs(x[i] - x[j]) + fabs(y[i] - y[j]), seconds = feet / 5280 / 40 * 3600;
            const double metres = (double)travel_distance_m(travel, 0, i + 2, j + 2);
            const double rounded_s = (double)travel_duration_s(travel, 0, i + 2, j + 2);
            assert_true(fabs(metres / 100 - feet) < 1e-4);
            assert_true(rounded_s > seconds - 1e-6 && rounded_s < seconds + 1);
        }
    release(&reading);
}

static void faults_are_named_with_their_place(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int64_t line;
        int32_t column;
        const char *message;
    } faults[] = {
        {"", 0, 0, "capacity was expected"},
        {"20\n40\n500\n", 0, 0, "duration of lunch was expected"},
        {"x\n40\n500\n3600\n40\nStop_ID\n" DEPOT SITE, 1, 1, "capacity was expected"},
        {"20\n40\n0\n3600\n40\nStop_ID\n", 3, 1, "stops a vehicle may make"},
        {"20\n40\n5\n3600.5\n40\nStop_ID\n", 4, 1, "duration of lunch"},
        {"20\n40\n5\n3600\n0\nStop_ID\n", 5, 1, "the speed was expected"},
        {"20\n40\n5\n3600\n40\n" DEPOT SITE, 0, 0, "the line of column names was expected"},
        {HEAD DEPOT SITE, 0, 0, "no row is a stop"},
        {HEAD DEPOT "1 0 0 0 2400 0 1 1\n", 0, 0, "no row is a disposal site"},
        {HEAD SITE "1 0 0 0 2400 0 1 1\n", 0, 0, "no row is a depot"},
        {HEAD DEPOT "5 0 0 0 2400 0 1 0\n", 8, 19, "a second depot"},
        {HEAD "1 0 0 0 2400 0 1 1\n1 0 0 0 2400 0 1 1\n", 8, 1, "this id is in the file already"},
        {HEAD "1 zero 0 0 2400 0 1 1\n", 7, 3, "a coordinate in feet was expected"},
        {HEAD "1 0\n", 7, 4, "a coordinate in feet was expected"},
        {HEAD "1 0 1e12 0 2400 0 1 1\n", 7, 5, "a coordinate in feet was expected"},
        {HEAD "1 0 0 -5 2400 0 1 1\n", 7, 7, "a time was expected"},
        {HEAD "1 0 0 0 2401 0 1 1\n", 7, 9, "a time was expected"},
        {HEAD "1 0 0 12:00 2400 0 1 1\n", 7, 7, "a time was expected"},
        {HEAD "1 0 0 0900 0800 0 1 1\n", 7, 22, "it closes before it opens"},
        {HEAD "1 0 0 0 2400 -1 1 1\n", 7, 14, "a service time was expected"},
        {HEAD "1 0 0 0 2400 0 -1 1\n", 7, 16, "a load was expected"},
        {HEAD "1 0 0 0 2400 0 1 3\n", 7, 18, "a type was expected"},
        {HEAD "1 0 0 0 2400 0 1 1.5\n", 7, 21, "a type was expected"},
        {HEAD "1 0 0 0 2400 0 1 1 9\n", 7, 20, "the line is too long"},
        {HEAD DEPOT SITE "1 90000000 0 0 2400 0 1 1\n", 0, 0, "more than a day apart"},
    };
    for (size_t f = 0; f < COUNT_OF(faults); f++) {
        struct reading reading;
        read_text(&reading, faults[f].text, strlen(faults[f].text));
        assert_int_equal(reading.rc, ERROR_INPUT);
        bool named = false;
        for (int64_t d = 0; d < reading.diagnostics.count; d++) {
            const struct diagnostic *it = &reading.diagnostics.items[d];
            named = named || (it->place.line == faults[f].line && it->place.column == faults[f].column &&
                              strstr(it->message, faults[f].message) != NULL);
        }
        if (!named)
            fail_msg("nothing says '%s' at %d:%d", faults[f].message, (int)faults[f].line, faults[f].column);
        release(&reading);
    }
}

static void exhausted_memory_is_an_error(void **state)
{
    (void)state;
    const char *text = HEAD DEPOT SITE "1 10 0 0 2300 0 3 1\n2 10 0 0 2300 0 3 1\n";
    int64_t refused = 0;
    for (error_code rc = ERROR_MEMORY; rc != ERROR_NONE;) {
        struct reading reading;
        arena_fail_after(++refused);
        read_text(&reading, text, strlen(text));
        arena_fail_after(0);
        rc = reading.rc;
        assert_true(rc == ERROR_NONE || rc == ERROR_MEMORY);
        release(&reading);
    }
    assert_true(refused > 10);
}

/* A solution's text tells no lunch: it is put where the route keeps its rules. */
static void lunch_is_found_when_a_solution_is_read(void **state)
{
    (void)state;
    struct reading reading;
    const char *text = HEAD DEPOT SITE "1 2640 0 1200 1230 60 3 1\n2 2640 0 1330 1400 60 3 1\n";
    read_text(&reading, text, strlen(text));
    assert_int_equal(reading.rc, ERROR_NONE);
    struct plan plan;
    struct check_report report;
    double stated;
    const char *solution = "Route #1: 1 2 7\nCost 2.000\n";
    assert_int_equal(benchmark_parse_solution("t.sol", solution, strlen(solution), &reading.benchmark, &plan,
                                              &stated, &reading.diagnostics, &reading.error),
                     ERROR_NONE);
    assert_int_equal(check_plan(&reading.benchmark.instance, &plan, &reading.arena, &report, &reading.error),
                     ERROR_NONE);
    assert_int_equal(report.violation_count, 0);
    assert_int_equal(plan.step_count, 4);
    assert_int_equal(plan.steps[0].kind, STEP_BREAK); /* from 11:00 to 12:00, on the way to stop 1 */
    assert_true(benchmark_cost(&reading.benchmark, &plan, &report) == 2.0);
    plan_free(&plan);
    release(&reading);
}

static void every_published_file_is_read(void **state)
{
    (void)state;
    const struct {
        const char *name;
        int32_t stops, sites;
    } files[] = {{"102_stop.txt", 99, 2},    {"335_stop.txt", 330, 4},   {"804_stop.txt", 784, 19},
                 {"1051_stop.txt", 1048, 2}, {"1599_stop.txt", 1596, 2}, {"2100_stop.txt", 2092, 7}};
    bool found = false;
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        char path[DATA_PATH_SIZE];
        if (!data_path("wcvrptw", files[f].name, path)) continue;
        found = true;
        size_t length;
        char *text = data_load(path, &length);
        assert_non_null(text);
        assert_true(WCVRPTW_FAMILY.recognises(text, length));
        struct reading reading;
        read_text(&reading, text, length);
        assert_int_equal(reading.rc, ERROR_NONE);
        assert_int_equal(reading.benchmark.instance.stop_count, files[f].stops);
        assert_int_equal(reading.benchmark.instance.site_count, files[f].sites);
        assert_int_equal(reading.diagnostics.count, f == 5 ? 3 : 0);
        if (f == 0) { /* the value published with the data: 15387 ft, 262.3 s from 0 to 1 */
            assert_int_equal(travel_distance_m(&reading.benchmark.instance.travel, 0, 0, 1), 1538700);
            assert_int_equal(travel_duration_s(&reading.benchmark.instance.travel, 0, 0, 1), 263);
        }
        release(&reading);
        free(text);
    }
    if (!found) skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_file_becomes_an_instance),
                                       cmocka_unit_test(odd_minutes_hold_under_both_readings),
                                       cmocka_unit_test(empty_stops_end_at_a_disposal_site),
                                       cmocka_unit_test(rounded_times_are_never_short),
                                       cmocka_unit_test(faults_are_named_with_their_place),
                                       cmocka_unit_test(exhausted_memory_is_an_error),
                                       cmocka_unit_test(lunch_is_found_when_a_solution_is_read),
                                       cmocka_unit_test(every_published_file_is_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
