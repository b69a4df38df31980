/* The checker on a town small enough to check by hand: five places on a line, 10 s and 100 m apart. Place 0
 * is the depot, 1 to 3 are stops, 4 is the site. */
#include "solver/base/rng.h"
#include "solver/model/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { PLACES = 5, STOPS = 3 };

struct town {
    int32_t distance_m[PLACES * PLACES], duration_s[PLACES * PLACES];
    struct travel_matrix matrix;
    struct time_window windows[4];
    struct stop stops[STOPS];
    struct site sites[2];
    struct vehicle vehicles[2];
    struct instance instance;
};

/* Everything is allowed; a test then forbids one thing. */
static void build(struct town *town)
{
    *town = (struct town){0};
    for (int32_t a = 0; a < PLACES; a++)
        for (int32_t b = 0; b < PLACES; b++) {
            town->distance_m[a * PLACES + b] = 100 * (a > b ? a - b : b - a);
            town->duration_s[a * PLACES + b] = 10 * (a > b ? a - b : b - a);
        }
    for (int32_t s = 0; s < STOPS; s++)
        town->stops[s] = (struct stop){.entry_place = s + 1,
                                       .exit_place = s + 1,
                                       .service_s = 5,
                                       .load_kg = 100,
                                       .load_l = 1000,
                                       .prize = 7};
    town->sites[0] =
        (struct site){.place = 4, .streams = 1, .unload_s = 20, .unload_us_per_kg = 15000, .fee_per_kg = 2};
    town->sites[1] = (struct site){.place = 4, .streams = 2};
    for (int32_t v = 0; v < 2; v++)
        town->vehicles[v] = (struct vehicle){.shift_end_s = 1000,
                                             .max_work_s = TIME_MAX,
                                             .break_after_s = TIME_MAX,
                                             .break_window = {0, TIME_MAX},
                                             .compartment_count = 1,
                                             .compartments = {{1, 300, 3000}},
                                             .fixed_cost = 1000,
                                             .cost_per_m = 1,
                                             .cost_per_s = 3,
                                             .overtime_from_s = TIME_MAX,
                                             .overtime_cost_per_s = 5,
                                             .fuel_per_m = 2,
                                             .fuel_per_kg = 10,
                                             .carbon_per_m = 1,
                                             .carbon_per_kg = 20};
    town->matrix = (struct travel_matrix){town->distance_m, town->duration_s};
    town->instance =
        (struct instance){.stop_count = STOPS,
                          .site_count = 2,
                          .vehicle_count = 2,
                          .window_count = 4,
                          .stream_count = 2,
                          .stops = town->stops,
                          .sites = town->sites,
                          .vehicles = town->vehicles,
                          .windows = town->windows,
                          .travel = {.place_count = PLACES, .profile_count = 1, .profiles = &town->matrix}};
}

/* "0 1 d0 b 2": stops, sites and breaks of one route. */
static void add_route(struct plan *plan, int32_t vehicle, int32_t departure_s, const char *steps)
{
    assert_int_equal(plan_add_route(plan, vehicle, departure_s, NULL), ERROR_NONE);
    for (const char *c = steps; *c != '\0'; c++) {
        error_code rc = ERROR_NONE;
        if (*c == 'b')
            rc = plan_add_step(plan, STEP_BREAK, -1, NULL);
        else if (*c == 'd')
            rc = plan_add_step(plan, STEP_DISPOSAL, *++c - '0', NULL);
        else if (*c != ' ')
            rc = plan_add_step(plan, STEP_STOP, *c - '0', NULL);
        assert_int_equal(rc, ERROR_NONE);
    }
}

static struct check_report check(const struct town *town, const struct plan *plan, struct arena *arena)
{
    struct check_report report;
    struct error error;
    assert_int_equal(check_plan(&town->instance, plan, arena, &report, &error), ERROR_NONE);
    return report;
}

/* One route by vehicle 0 breaks exactly this rule, and nothing else. */
static void assert_breaks(struct town *town, int32_t departure_s, const char *steps,
                          struct violation expected)
{
    struct arena arena;
    arena_init(&arena);
    struct error error;
    struct plan plan;
    plan_init(&plan);
    assert_int_equal(instance_validate(&town->instance, &error), ERROR_NONE);
    add_route(&plan, 0, departure_s, steps);
    struct check_report report = check(town, &plan, &arena);
    assert_int_equal(report.violation_count, 1);
    const struct violation *found = &report.violations[0];
    assert_string_equal(violation_name(found->kind), violation_name(expected.kind));
    assert_int_equal(found->route, expected.route);
    assert_int_equal(found->step, expected.step);
    assert_int_equal(found->id, expected.id);
    assert_int_equal(found->amount, expected.amount);
    assert_int_equal(found->limit, expected.limit);
    plan_free(&plan);
    arena_free(&arena);
}

static void assert_keeps_all(const struct town *town, int32_t departure_s, const char *steps)
{
    struct arena arena;
    arena_init(&arena);
    struct plan plan;
    plan_init(&plan);
    add_route(&plan, 0, departure_s, steps);
    struct check_report report = check(town, &plan, &arena);
    assert_int_equal(report.violation_count, 0);
    plan_free(&plan);
    arena_free(&arena);
}

static void a_good_route_is_driven_and_charged(void **state)
{
    (void)state;
    struct town town;
    build(&town);
    town.windows[0] = (struct time_window){0, 20};
    town.windows[1] = (struct time_window){140, 200};
    town.stops[1].window_count = 1;
    town.stops[2].window_first = 1;
    town.stops[2].window_count = 1;
    town.vehicles[0].overtime_from_s = 200;
    struct arena arena;
    arena_init(&arena);
    struct plan plan;
    plan_init(&plan);
    add_route(&plan, 0, 0, "1 d0 2 d0"); /* stop 0 is left at its prize */
    struct check_report report = check(&town, &plan, &arena);
    assert_int_equal(report.violation_count, 0);
    /* Drive 20, serve 20-25, drive 20, unload 45-67 (20 s + 1.5 s rounded up), drive to place 3 by 77,
     * wait until 140, serve to 145, drive 10, unload 155-177, home (40 s) at 217. */
    const int64_t expected[][3] = {{20, 20, 25}, {45, 45, 67}, {77, 140, 145}, {155, 155, 177}};
    for (int32_t i = 0; i < 4; i++) {
        assert_int_equal(report.steps[i].arrival_s, expected[i][0]);
        assert_int_equal(report.steps[i].begin_s, expected[i][1]);
        assert_int_equal(report.steps[i].end_s, expected[i][2]);
    }
    assert_int_equal(report.steps[0].load_kg, 100);
    assert_int_equal(report.steps[0].load_l, 1000);
    assert_int_equal(report.steps[1].load_kg, 0);
    assert_int_equal(report.steps[1].unloaded_kg, 100);
    const struct checked_route *route = &report.routes[0];
    assert_int_equal(route->return_s, 217);
    assert_int_equal(route->work_s, 217);
    assert_int_equal(route->overtime_s, 17);
    assert_int_equal(route->driving_s, 100);
    assert_int_equal(route->waiting_s, 63);
    assert_int_equal(route->distance_m, 1000);
    assert_int_equal(route->trips, 2);
    assert_int_equal(route->stops, 2);
    assert_int_equal(route->collected_kg, 200);
    const money parts[COST_PART_COUNT] = {1000, 600, 85, 1000, 4000, 5000, 400, 7};
    for (int32_t part = 0; part < COST_PART_COUNT; part++)
        assert_int_equal(report.cost.parts[part], parts[part]);
    assert_int_equal(report.site_kg[0], 200);
    assert_int_equal(report.stop_route[0], -1);
    assert_int_equal(report.stop_route[1], 0);
    assert_int_equal(report.served, 2);
    assert_int_equal(report.unserved_optional, 1);
    plan_free(&plan);
    arena_free(&arena);
}

/* Where a break falls and what it delays: "steps", window of the break, then expected times. */
static void a_break_begins_as_early_as_it_may(void **state)
{
    (void)state;
    const struct {
        const char *steps;
        int32_t open_s, close_s;
        int32_t break_step;
        int64_t arrival_s, begin_s; /* of the break */
        int64_t stop_s, return_s;   /* beginning at stop 2; back home */
        int64_t waiting_s;
    } cases[] = {
        {"b2", 0, 100, 0, 0, 0, 90, 125, 0},      /* before leaving: 60 s, then 30 s of road */
        {"b2", 12, 100, 0, 12, 12, 90, 125, 0},   /* on the way, after 12 s of driving */
        {"b2", 30, 100, 0, 30, 30, 90, 125, 0},   /* on arriving */
        {"b2", 50, 100, 0, 30, 50, 110, 145, 20}, /* there, having waited for the break's window */
        {"2b", 0, 100, 1, 35, 35, 30, 125, 0},
        {"2b", 50, 100, 1, 50, 50, 30, 125, 0},  /* on the way home */
        {"2b", 80, 100, 1, 65, 80, 30, 140, 15}, /* at home */
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct town town;
        build(&town);
        town.vehicles[0].home_takes_load = true;
        town.vehicles[0].break_s = 60;
        town.vehicles[0].break_window = (struct time_window){cases[c].open_s, cases[c].close_s};
        struct arena arena;
        arena_init(&arena);
        struct plan plan;
        plan_init(&plan);
        add_route(&plan, 0, 0, cases[c].steps);
        struct check_report report = check(&town, &plan, &arena);
        assert_int_equal(report.violation_count, 0);
        const struct checked_step *pause = &report.steps[cases[c].break_step];
        assert_int_equal(pause->arrival_s, cases[c].arrival_s);
        assert_int_equal(pause->begin_s, cases[c].begin_s);
        assert_int_equal(pause->end_s, cases[c].begin_s + 60);
        assert_int_equal(report.steps[1 - cases[c].break_step].begin_s, cases[c].stop_s);
        assert_int_equal(report.routes[0].return_s, cases[c].return_s);
        assert_int_equal(report.routes[0].work_s, cases[c].return_s - 60);
        assert_int_equal(report.routes[0].waiting_s, cases[c].waiting_s);
        plan_free(&plan);
        arena_free(&arena);
    }
}

#define BREAKS(departure, steps, ...) assert_breaks(&town, departure, steps, (struct violation){__VA_ARGS__})

static void loads_and_access_are_judged(void **state)
{
    (void)state;
    struct town town;
    build(&town);
    assert_keeps_all(&town, 0, "0 1 2 d0");
    BREAKS(0, "0 1", VIOLATION_NOT_EMPTY, 0, -1, 0, 200, 0);
    BREAKS(0, "0 0 d0", VIOLATION_STOP_TWICE, 0, 1, 0, 2, 1);
    BREAKS(0, "0 d1 d0", VIOLATION_SITE_STREAM, 0, 1, 1, 0, 0);
    assert_keeps_all(&town, 0, "d1 0 d0"); /* an empty truck may call anywhere */
    town.stops[0].stream = 1;
    BREAKS(0, "0 1 d0", VIOLATION_STREAM, 0, 0, 0, 1, 0);
    build(&town);
    town.stops[1].tags = 5;
    town.vehicles[0].tags = 6;
    BREAKS(0, "0 1 d0", VIOLATION_ACCESS, 0, 1, 1, 0, 0);
    build(&town);
    town.vehicles[0].compartments[0].capacity_kg = 199; /* reported once, with the most carried */
    BREAKS(0, "0 1 2 d0", VIOLATION_CAPACITY_KG, 0, 1, 1, 300, 199);
    assert_keeps_all(&town, 0, "0 d0 1 d0 2 d0");
    build(&town);
    town.vehicles[0].compartments[0].capacity_l = 2999;
    BREAKS(0, "0 1 2 d0", VIOLATION_CAPACITY_L, 0, 2, 2, 3000, 2999);
    build(&town);
    town.vehicles[0].max_load_kg = 299;
    BREAKS(0, "0 1 d0 2 d0", VIOLATION_DAY_LOAD_KG, 0, -1, 0, 300, 299);
    build(&town);
    town.vehicles[0].max_load_l = 2999;
    BREAKS(0, "0 1 d0 2 d0", VIOLATION_DAY_LOAD_L, 0, -1, 0, 3000, 2999);
    build(&town);
    town.sites[0].daily_limit_kg = 299;
    BREAKS(0, "0 1 d0 2 d0", VIOLATION_SITE_LIMIT, -1, -1, 0, 300, 299);
    build(&town);
    town.stops[0].load_kg = 0; /* litres alone are a load too */
    BREAKS(0, "0", VIOLATION_NOT_EMPTY, 0, -1, 0, 1000, 0);
}

static void a_compartment_is_emptied_whole_or_not(void **state)
{
    (void)state;
    struct town town;
    build(&town);
    town.vehicles[0].compartments[0].streams = 3; /* both streams in one: no site takes both */
    town.vehicles[0].home_takes_load = true;
    BREAKS(0, "0 d0", VIOLATION_SITE_STREAM, 0, 1, 0, 0, 0);
    town.sites[0].streams = 3;
    assert_keeps_all(&town, 0, "0 d0");
}

static void times_are_judged(void **state)
{
    (void)state;
    struct town town;
    build(&town);
    town.vehicles[0].shift_start_s = 10;
    BREAKS(9, "0 d0", VIOLATION_SHIFT_START, 0, -1, 0, 9, 10);
    build(&town);
    town.vehicles[0].shift_end_s = 106; /* 10 + 5 + 30 + 22 + 40 = 107 */
    BREAKS(0, "0 d0", VIOLATION_SHIFT_END, 0, -1, 0, 107, 106);
    build(&town);
    town.vehicles[0].max_work_s = 106;
    BREAKS(50, "0 d0", VIOLATION_MAX_WORK, 0, -1, 0, 107, 106);
    build(&town);
    town.windows[0] = (struct time_window){0, 4};
    town.windows[1] = (struct time_window){6, 9};
    town.stops[0].window_count = 2;
    BREAKS(0, "0 d0", VIOLATION_STOP_WINDOW, 0, 0, 0, 10, 9);
    town.windows[1].close_s = 10;
    assert_keeps_all(&town, 0, "0 d0");
    build(&town);
    town.windows[0] = (struct time_window){0, 44};
    town.sites[0].window_count = 1;
    BREAKS(0, "0 d0", VIOLATION_SITE_WINDOW, 0, 1, 0, 45, 44);
    build(&town);
    town.duration_s[0 * PLACES + 1] = TRAVEL_UNREACHABLE;
    BREAKS(0, "0 d0", VIOLATION_UNREACHABLE, 0, 0, -1, 0, 1);
    build(&town);
    town.vehicles[0].max_stops = 1;
    BREAKS(0, "0 1 d0", VIOLATION_MAX_STOPS, 0, -1, 0, 2, 1);
    build(&town);
    town.vehicles[0].max_distance_m = 799;
    BREAKS(0, "0 d0", VIOLATION_MAX_DISTANCE, 0, -1, 0, 800, 799);
    town.vehicles[0].max_distance_m = 800;
    assert_keeps_all(&town, 0, "0 d0");
}

static void releases_are_judged(void **state)
{
    (void)state;
    struct town town;
    build(&town);
    town.vehicles[0].break_s = 30;
    town.vehicles[0].break_window.open_s = 100;
    town.stops[0].release_s = 10;
    town.stops[1].release_s = 12;
    assert_keeps_all(&town, 12, "0 1 d0");
    BREAKS(11, "0 1 d0", VIOLATION_RELEASE, 0, 1, 1, 11, 12); /* the one released last is named */
    BREAKS(9, "2 0 d0 1 d0", VIOLATION_RELEASE, 0, 1, 0, 9, 10);
    assert_keeps_all(&town, 10, "2 0 d0 1 d0"); /* the second trip's stops bind the second trip */
    town.stops[1].release_s = TIME_MAX + 1;
    struct error error;
    assert_int_equal(instance_validate(&town.instance, &error), ERROR_INPUT);

    const struct {
        const char *steps;
        int32_t release_s;
        int64_t begin_s, waiting_s;                 /* at stop 1, by hand; unloaded at 67, 20 s away */
    } cases[] = {{"0 d0 1 d0", 67, 87, 0},          /* ready in time */
                 {"0 d0 1 d0", 70, 90, 3},          /* waits at the site, then drives */
                 {"0 d0 2 1 d0", 70, 95, 3},        /* by way of stop 2, which is not kept back */
                 {"0 d0 b 1 d0", 70, 120 + 10, 13}, /* sets out at 70, there at 90, break from 100 */
                 {"0 d0 b 1 d0", 105, 155, 38}};    /* the break counts from setting out */
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        town.stops[1].release_s = cases[c].release_s;
        struct arena arena;
        arena_init(&arena);
        struct plan plan;
        plan_init(&plan);
        add_route(&plan, 0, 10, cases[c].steps);
        plan.routes[0].departure_s = 0;
        town.stops[0].release_s = 0;
        struct check_report report = check(&town, &plan, &arena);
        assert_int_equal(report.violation_count, 0);
        const int32_t at = plan.step_count - 2;
        assert_int_equal(plan.steps[at].id, 1);
        assert_int_equal(report.steps[1].end_s, 67); /* the unloading itself is not longer */
        assert_int_equal(report.steps[at].begin_s, cases[c].begin_s);
        assert_int_equal(report.routes[0].waiting_s, cases[c].waiting_s);
        plan_free(&plan);
        arena_free(&arena);
    }
}

static void breaks_are_judged(void **state)
{
    (void)state;
    struct town town;
    build(&town);
    BREAKS(0, "0 b d0", VIOLATION_BREAK_TWICE, 0, 1, 0, 1, 0); /* the vehicle has none */
    town.vehicles[0].break_s = 30;
    assert_keeps_all(&town, 0, "0 d0"); /* not due */
    assert_keeps_all(&town, 0, "0 b d0");
    BREAKS(0, "0 b d0 b", VIOLATION_BREAK_TWICE, 0, 3, 0, 2, 1);
    town.vehicles[0].break_after_s = 106;
    BREAKS(0, "0 d0", VIOLATION_BREAK_MISSING, 0, -1, 0, 107, 106);
    town.vehicles[0].break_after_s = 107;
    assert_keeps_all(&town, 0, "0 d0");
    town.vehicles[0].break_after_s = 60;
    BREAKS(0, "0 d0 b", VIOLATION_BREAK_LATE, 0, 2, 0, 67, 60);
    assert_keeps_all(&town, 0, "0 b d0");
    build(&town);
    town.vehicles[0].break_s = 30;
    town.vehicles[0].break_window = (struct time_window){20, 60};
    BREAKS(0, "0 d0", VIOLATION_BREAK_MISSING, 0, -1, 0, 107, TIME_MAX); /* under way when it closes */
    BREAKS(0, "0 d0 b", VIOLATION_BREAK_WINDOW, 0, 2, 0, 67, 60);
    assert_keeps_all(&town, 61, "0 d0"); /* left after the window */
    town.vehicles[0].break_window.close_s = 107;
    assert_keeps_all(&town, 0, "0 d0"); /* back as it closes */
}

static void whole_plans_are_judged(void **state)
{
    (void)state;
    struct town town;
    build(&town);
    town.stops[2].mandatory = true;
    struct arena arena;
    arena_init(&arena);
    struct plan plan;
    plan_init(&plan);
    add_route(&plan, 0, 0, "0 d0");
    struct check_report report = check(&town, &plan, &arena);
    assert_int_equal(report.violation_count, 1);
    assert_int_equal(report.violations[0].kind, VIOLATION_UNSERVED);
    assert_int_equal(report.violations[0].id, 2);
    assert_int_equal(report.violations[0].route, -1);
    assert_int_equal(report.unserved_mandatory, 1);
    assert_int_equal(report.cost.parts[COST_PRIZES], 7); /* of stop 1; a mandatory one has no price */

    add_route(&plan, 0, 500, "2 d0");
    report = check(&town, &plan, &arena);
    assert_int_equal(report.violation_count, 1);
    assert_int_equal(report.violations[0].kind, VIOLATION_VEHICLE_TWICE);
    assert_int_equal(report.violations[0].route, 1);
    assert_int_equal(report.stop_route[2], 1);
    plan.routes[1].vehicle = 1;
    add_route(&plan, 1, 0, ""); /* an empty route is driven and charged, and is its vehicle's second */
    plan.routes[2].vehicle = 0;
    report = check(&town, &plan, &arena);
    assert_int_equal(report.violation_count, 1);
    assert_int_equal(report.violations[0].kind, VIOLATION_VEHICLE_TWICE);
    assert_int_equal(cost_total(&report.routes[2].cost), 1000);
    plan_free(&plan);
    arena_free(&arena);
}

/* Sites and breaks in between do not count; a stop left has no lock to keep. */
static void locks_are_judged(void **state)
{
    (void)state;
    struct town town;
    struct lock locks[2];
    build(&town);
    town.vehicles[0].break_s = 1;
    town.instance.locks = locks;
    town.instance.lock_count = 1;
    locks[0] = (struct lock){1, 1, 0, -1};
    BREAKS(0, "0 1 d0", VIOLATION_LOCK_VEHICLE, 0, 1, 1, 0, 1);
    locks[0] = (struct lock){1, 0, 2, -1};
    BREAKS(0, "1 0 d0", VIOLATION_LOCK_POSITION, 0, 0, 1, 1, 2);
    locks[0].position = -1;
    BREAKS(0, "b 1 d0 0 2 d0", VIOLATION_LOCK_POSITION, 0, 1, 1, -3, -1);
    locks[0] = (struct lock){1, -1, 0, 2};
    BREAKS(0, "2 0 1 d0", VIOLATION_LOCK_SEQUENCE, 0, 2, 1, 0, 2);
    BREAKS(0, "1 2 d0", VIOLATION_LOCK_SEQUENCE, 0, 0, 1, -1, 2);
    BREAKS(0, "0 1 d0", VIOLATION_LOCK_SEQUENCE, 0, 1, 1, 0, 2);
    BREAKS(0, "0 2 d0", VIOLATION_LOCK_SEQUENCE, 0, 1, 1, -1, 2);
    locks[0] = (struct lock){0, -1, 3, 1};
    locks[1] = (struct lock){1, -1, -2, 2};
    town.instance.lock_count = 2;
    const char *kept[] = {"2 d0 1 b 0 d0", "d0"};
    for (size_t k = 0; k < 2; k++) {
        struct arena arena;
        struct plan plan;
        arena_init(&arena);
        plan_init(&plan);
        add_route(&plan, 0, 0, kept[k]);
        assert_int_equal(check(&town, &plan, &arena).violation_count, 0);
        plan_free(&plan);
        arena_free(&arena);
    }
}

static void what_does_not_exist_is_named(void **state)
{
    (void)state;
    struct town town;
    build(&town);
    const int32_t wrong[] = {-1, 3, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena arena;
        arena_init(&arena);
        struct plan plan;
        plan_init(&plan);
        add_route(&plan, wrong[i], 0, "0 1");
        add_route(&plan, 0, 0, "0 1 d0");
        plan.steps[3].id = wrong[i];
        struct check_report report = check(&town, &plan, &arena);
        assert_int_equal(report.violation_count, 2);
        for (int32_t k = 0; k < 2; k++) {
            assert_int_equal(report.violations[k].kind, VIOLATION_INDEX);
            assert_int_equal(report.violations[k].amount, wrong[i]);
            assert_int_equal(report.violations[k].step, k == 0 ? -1 : 3);
        }
        assert_int_equal(report.served, 1);
        plan_free(&plan);
        arena_free(&arena);
    }
}

/* Any bytes at all make a plan; none may crash the checker or make its sums overflow. */
static void garbage_is_judged(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 7);
    const int32_t odd[] = {-1, 0, 1, 2, 3, 4, 1000000, INT32_MAX, INT32_MIN};
    for (int32_t round = 0; round < 3000; round++) {
        struct town town;
        build(&town);
        town.vehicles[0].cost_per_m = INT64_MAX / 100000000;
        town.vehicles[1].break_s = 10;
        struct plan_step steps[12];
        struct plan_route routes[5];
        for (int32_t i = 0; i < 12; i++)
            steps[i] = (struct plan_step){rng_below(&rng, 5) - 1, odd[rng_below(&rng, 9)]};
        for (int32_t r = 0; r < 5; r++)
            routes[r] = (struct plan_route){rng_below(&rng, 4) - 1, odd[rng_below(&rng, 9)],
                                            rng_below(&rng, 14) - 1, rng_below(&rng, 9)};
        if (round % 5 == 0) routes[1].step_count = odd[rng_below(&rng, 9)];
        const struct plan plan = {routes, steps, 5, 12, 5, 12};
        struct arena arena;
        arena_init(&arena);
        struct check_report report = check(&town, &plan, &arena);
        assert_int_equal(report.served + report.unserved_optional, STOPS);
        assert_true(cost_total(&report.cost) >= 0);
        for (int32_t k = 0; k < report.violation_count; k++)
            assert_true(report.violations[k].route < 5 && report.violations[k].step < 12);
        arena_free(&arena);
    }
}

static void exhausted_memory_is_an_error(void **state)
{
    (void)state;
    struct town town;
    build(&town);
    struct plan plan;
    plan_init(&plan);
    add_route(&plan, 0, 0, "0 0 1 b b");
    int64_t refused = 0;
    for (error_code rc = ERROR_MEMORY; rc != ERROR_NONE;) {
        struct arena arena;
        arena_init(&arena);
        struct check_report report;
        struct error error = {0};
        arena_fail_after(++refused);
        rc = check_plan(&town.instance, &plan, &arena, &report, &error);
        arena_fail_after(0);
        assert_true(rc == ERROR_NONE || (rc == ERROR_MEMORY && error.message[0] != '\0'));
        arena_free(&arena);
    }
    assert_true(refused > 6);
    plan_free(&plan);
}

static void every_kind_has_a_name(void **state)
{
    (void)state;
    for (int32_t a = 0; a < VIOLATION_KIND_COUNT; a++) {
        assert_true(strlen(violation_name((violation_kind)a)) > 0);
        assert_true(strlen(violation_sentence((violation_kind)a)) > 10);
        for (int32_t b = 0; b < a; b++)
            assert_string_not_equal(violation_name((violation_kind)a), violation_name((violation_kind)b));
    }
    assert_string_equal(cost_part_name(COST_FIXED), "fixed");
    assert_string_equal(cost_part_name(COST_PRIZES), "prizes");
}

/* Vehicle 0 works 10 + 5 + 30 + 22 + 40 = 107 s; stop 0 is vehicle 1's by the reference. */
static void quality_is_charged(void **state)
{
    (void)state;
    static const int32_t reference[STOPS] = {1, 1, -1};
    static const struct stop_pair pairs[] = {{0, 1, 4}, {0, 2, 16}, {1, 2, 8}};
    struct town town;
    struct arena arena;
    struct plan plan;
    build(&town);
    town.instance.reference = reference;
    town.instance.change_cost = 9;
    town.instance.pairs = pairs;
    town.instance.pair_count = 3;
    town.vehicles[0].balance_from_s = 100;
    town.vehicles[0].imbalance_per_s2 = 3;
    arena_init(&arena);
    plan_init(&plan);
    assert_int_equal(instance_validate(&town.instance, NULL), ERROR_NONE);
    add_route(&plan, 0, 0, "0 d0");
    add_route(&plan, 1, 0, "1 2 d0");
    const struct check_report report = check(&town, &plan, &arena);
    assert_int_equal(report.violation_count, 0);
    assert_int_equal(report.routes[0].work_s, 107);
    assert_int_equal(report.changed, 1);
    assert_int_equal(report.pairs_split, 2);
    assert_int_equal(report.cost.parts[COST_STABILITY], 9);
    assert_int_equal(report.cost.parts[COST_OVERLAP], 20);
    assert_int_equal(report.cost.parts[COST_IMBALANCE], 3 * 7 * 7);
    assert_int_equal(cost_total(&report.cost) - cost_of_quality(&report.cost), cost_bounded(&report.cost));
    plan_free(&plan);
    arena_free(&arena);
}

/* A stop left costs neither a change nor a pair: only two vehicles tear one apart. */
static void stops_left_tear_nothing(void **state)
{
    (void)state;
    static const int32_t reference[STOPS] = {1, 1, 1};
    static const struct stop_pair pair = {0, 1, 4};
    struct town town;
    struct arena arena;
    struct plan plan;
    build(&town);
    town.instance.reference = reference;
    town.instance.change_cost = 9;
    town.instance.pairs = &pair;
    town.instance.pair_count = 1;
    arena_init(&arena);
    plan_init(&plan);
    add_route(&plan, 0, 0, "0 d0");
    const struct check_report report = check(&town, &plan, &arena);
    assert_int_equal(report.cost.parts[COST_STABILITY], 9);
    assert_int_equal(report.cost.parts[COST_OVERLAP], 0);
    plan_free(&plan);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_good_route_is_driven_and_charged),
                                       cmocka_unit_test(quality_is_charged),
                                       cmocka_unit_test(stops_left_tear_nothing),
                                       cmocka_unit_test(a_break_begins_as_early_as_it_may),
                                       cmocka_unit_test(loads_and_access_are_judged),
                                       cmocka_unit_test(a_compartment_is_emptied_whole_or_not),
                                       cmocka_unit_test(times_are_judged),
                                       cmocka_unit_test(releases_are_judged),
                                       cmocka_unit_test(breaks_are_judged),
                                       cmocka_unit_test(whole_plans_are_judged),
                                       cmocka_unit_test(locks_are_judged),
                                       cmocka_unit_test(what_does_not_exist_is_named),
                                       cmocka_unit_test(garbage_is_judged),
                                       cmocka_unit_test(exhausted_memory_is_an_error),
                                       cmocka_unit_test(every_kind_has_a_name)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
