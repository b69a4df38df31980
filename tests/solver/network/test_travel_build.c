/* Straight-line travel: against the haversine formula, on known arcs, and the triangle inequality as a
 * property of the whole numbers. */
#include "solver/base/rng.h"
#include "solver/network/travel_build.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const double PI = 3.14159265358979323846;
static const double RADIUS_M = 6371008.8;

static const struct travel_profile PROFILES[] = {
    {.name = "truck", .speed_kmh = 36, .detour = 1.5}, /* 10 m/s */
    {.name = "van", .speed_kmh = 72, .detour = 1.5},
    {.name = "crane", .speed_kmh = 36, .detour = 1.25},
    {.name = "twin", .speed_kmh = 36, .detour = 1.5},
};

static double haversine_m(struct position a, struct position b)
{
    const double rad = PI / 180;
    const double half_lat = sin((b.lat - a.lat) * rad / 2), half_lon = sin((b.lon - a.lon) * rad / 2);
    const double h = half_lat * half_lat + cos(a.lat * rad) * cos(b.lat * rad) * half_lon * half_lon;
    return 2 * RADIUS_M * asin(sqrt(h < 1 ? h : 1));
}

static void random_positions(struct rng *rng, double lat, double lon, double spread,
                             struct position *positions, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        positions[i] =
            (struct position){lat + spread * (rng_unit(rng) - 0.5), lon + spread * (rng_unit(rng) - 0.5)};
}

static void test_agrees_with_haversine(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 1);
    const double spreads[] = {1e-4, 0.1, 10, 170};
    for (size_t s = 0; s < sizeof spreads / sizeof *spreads; s++) {
        struct position positions[40];
        random_positions(&rng, 3, 10, spreads[s], positions, 40);
        for (int32_t i = 0; i < 40; i++)
            for (int32_t j = 0; j < 40; j++) {
                const double expected = haversine_m(positions[i], positions[j]);
                const double found = travel_great_circle_m(positions[i], positions[j]);
                assert_true(fabs(found - expected) <= 1e-6 + 1e-11 * expected);
            }
    }
}

static void test_known_arcs(void **state)
{
    (void)state;
    const struct position equator = {0, 0}, east = {0, 90}, pole = {90, 12}, opposite = {0, 180};
    const double quarter = RADIUS_M * PI / 2;
    assert_true(fabs(travel_great_circle_m(equator, east) - quarter) < 1e-6);
    assert_true(fabs(travel_great_circle_m(equator, pole) - quarter) < 1e-6);
    assert_true(fabs(travel_great_circle_m(equator, opposite) - 2 * quarter) < 1e-6);
    assert_true(travel_great_circle_m(east, east) == 0);
    /* Across the date line: half a degree each side of it on the equator. */
    const struct position west_of_line = {0, 179.5}, east_of_line = {0, -179.5};
    assert_true(fabs(travel_great_circle_m(west_of_line, east_of_line) - quarter / 90) < 1e-6);
}

static void test_detour_speed_and_rounding_up(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    /* 0.01 degree of a meridian: 1111.9508 m; × 1.5 = 1667.93 m, at 10 m/s 166.793 s. */
    const struct position positions[] = {{47, -1.5}, {47.01, -1.5}, {47, -1.5}};
    struct travel travel;
    assert_int_equal(travel_from_positions(PROFILES, 4, positions, 3, &arena, &travel, NULL), ERROR_NONE);
    assert_int_equal(travel.place_count, 3);
    assert_int_equal(travel.profile_count, 4);
    assert_int_equal(travel_distance_m(&travel, 0, 0, 1), 1668);
    assert_int_equal(travel_distance_m(&travel, 0, 1, 0), 1668);
    assert_int_equal(travel_duration_s(&travel, 0, 0, 1), 167);
    assert_int_equal(travel_duration_s(&travel, 1, 0, 1), 84);
    assert_int_equal(travel_distance_m(&travel, 2, 0, 1), 1390);
    assert_int_equal(travel_distance_m(&travel, 0, 0, 0), 0);
    assert_int_equal(travel_distance_m(&travel, 0, 0, 2), 0); /* two places at the same point */
    assert_int_equal(travel_duration_s(&travel, 0, 2, 1), 167);
    arena_free(&arena);
}

static void test_equal_profiles_share(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const struct position positions[] = {{47, -1.5}, {47.01, -1.5}};
    struct travel travel;
    assert_int_equal(travel_from_positions(PROFILES, 4, positions, 2, &arena, &travel, NULL), ERROR_NONE);
    assert_ptr_equal(travel.profiles[0].distance_m, travel.profiles[1].distance_m);
    assert_ptr_not_equal(travel.profiles[0].duration_s, travel.profiles[1].duration_s);
    assert_ptr_not_equal(travel.profiles[0].distance_m, travel.profiles[2].distance_m);
    assert_ptr_equal(travel.profiles[0].distance_m, travel.profiles[3].distance_m);
    assert_ptr_equal(travel.profiles[0].duration_s, travel.profiles[3].duration_s);
    arena_free(&arena);
}

static void assert_metric(const struct travel *travel, int32_t profile)
{
    const int32_t n = travel->place_count;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++) {
            const struct travel_leg there = travel_leg(travel, profile, i, j),
                                    back = travel_leg(travel, profile, j, i);
            assert_true(there.distance_m == back.distance_m && there.duration_s == back.duration_s);
            for (int32_t k = 0; k < n; k++) {
                const struct travel_leg on = travel_leg(travel, profile, j, k),
                                        straight = travel_leg(travel, profile, i, k);
                assert_true(straight.distance_m <= there.distance_m + on.distance_m);
                assert_true(straight.duration_s <= there.duration_s + on.duration_s);
            }
        }
}

/* The hard cases are places in line (where a + b = c, so that only rounding decides), whole-metre steps,
 * steps around the longest arc of the series, places on top of each other and a hair apart. */
static void test_triangle_inequality_in_whole_numbers(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 2);
    enum { N = 60 };
    const double metre = 180 / (PI * RADIUS_M);
    for (int32_t round = 0; round < 15; round++) {
        struct arena arena;
        arena_init(&arena);
        struct position positions[N];
        const double step = round < 12 ? round + 1 : 127416 + round; /* two: 254,857 m is the seam */
        random_positions(&rng, 47.2, -1.5, round % 2 ? 0.2 : 40, positions, N);
        for (int32_t i = 0; i < N / 2; i++) positions[i] = (struct position){0, i * metre * step};
        positions[N - 1] = positions[N - 2];
        positions[N - 3] = (struct position){positions[N - 2].lat + 1e-13, positions[N - 2].lon};
        const struct travel_profile profiles[] = {{.speed_kmh = 27, .detour = 1.32},
                                                  {.speed_kmh = 3.6, .detour = 1}};
        struct travel travel;
        assert_int_equal(travel_from_positions(profiles, 2, positions, N, &arena, &travel, NULL), ERROR_NONE);
        for (int32_t p = 0; p < 2; p++) assert_metric(&travel, p);
        arena_free(&arena);
    }
}

/* The same places and rates, written out and computed. */
static void assert_table_as_computed(const struct travel *computed, struct arena *arena)
{
    struct travel table = *computed;
    assert_int_equal(travel_tabulate(&table, arena, NULL), ERROR_NONE);
    for (int32_t p = 0; p < table.profile_count; p++) {
        assert_non_null(table.profiles[p].distance_m);
        assert_null(computed->profiles[p].distance_m);
        for (int32_t i = 0; i < table.place_count; i++)
            for (int32_t j = 0; j < table.place_count; j++) {
                assert_int_equal(travel_distance_m(&table, p, i, j), travel_distance_m(computed, p, i, j));
                assert_int_equal(travel_duration_s(&table, p, i, j), travel_duration_s(computed, p, i, j));
                const struct travel_leg read = travel_leg(&table, p, i, j),
                                        leg = travel_leg(computed, p, i, j);
                assert_int_equal(read.distance_m, leg.distance_m);
                assert_int_equal(read.duration_s, leg.duration_s);
                assert_int_equal(leg.distance_m, travel_distance_m(computed, p, i, j));
                assert_int_equal(leg.duration_s, travel_duration_s(computed, p, i, j));
            }
    }
}

static void test_table_is_what_is_computed(void **state)
{
    (void)state;
    enum { N = 70 };
    struct rng rng;
    rng_seed(&rng, 3);
    for (int32_t round = 0; round < 20; round++) {
        struct arena arena;
        arena_init(&arena);
        const double radius = round % 2 == 0 ? 0 : RADIUS_M, spread = round % 4 < 2 ? 1000 : 1e6;
        struct travel_point points[N];
        for (int32_t i = 0; i < N; i++) {
            points[i] = (struct travel_point){spread * (rng_unit(&rng) - 0.5),
                                              floor(spread * (rng_unit(&rng) - 0.5)), 0};
            if (radius > 0)
                points[i].z = sqrt(radius * radius - points[i].x * points[i].x - points[i].y * points[i].y);
        }
        points[N - 1] = points[0];
        const struct travel_rates rates[] = {
            {travel_rate(1, TRAVEL_NEAREST), travel_rate(1, TRAVEL_NEAREST)},
            {travel_rate(10, TRAVEL_DOWN), travel_rate(1, TRAVEL_UP)},
            {travel_rate(1.32, TRAVEL_UP_GUARDED), travel_rate(1.32 / 7.5, TRAVEL_UP_GUARDED)}};
        struct travel travel;
        assert_int_equal(travel_from_points(points, N, radius > 0 ? 1 / (radius * radius) : 0, rates, 3,
                                            &arena, &travel, NULL),
                         ERROR_NONE);
        assert_table_as_computed(&travel, &arena);
        arena_free(&arena);
    }
}

static void test_many_places_need_no_table(void **state)
{
    (void)state;
    enum { N = TRAVEL_TABLE_MAX + 1 };
    struct rng rng;
    rng_seed(&rng, 4);
    struct arena arena;
    arena_init(&arena);
    struct position *positions = arena_alloc(&arena, N, sizeof *positions);
    random_positions(&rng, 47.2, -1.5, 0.2, positions, N);
    struct travel many, few;
    assert_int_equal(travel_from_positions(PROFILES, 2, positions, N, &arena, &many, NULL), ERROR_NONE);
    assert_int_equal(travel_from_positions(PROFILES, 2, positions, 50, &arena, &few, NULL), ERROR_NONE);
    assert_true(arena.used < (size_t)200 * N);
    many.place_count = TRAVEL_PLACES_MAX + 1;
    assert_int_equal(travel_tabulate(&many, &arena, NULL), ERROR_NETWORK);
    many.place_count = N;
    assert_null(many.profiles[1].distance_m);
    assert_non_null(few.profiles[1].distance_m);
    for (int32_t i = 0; i < 50; i++)
        for (int32_t j = 0; j < 50; j++) {
            assert_int_equal(travel_distance_m(&many, 1, i, j), travel_distance_m(&few, 1, i, j));
            assert_int_equal(travel_duration_s(&many, 0, i, j), travel_duration_s(&few, 0, i, j));
        }
    arena_free(&arena);
}

static void test_refusals(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct travel travel;
    struct error error;
    const struct position far[] = {{0, 0}, {0, 180}}, nowhere[] = {{0, NAN}};
    const struct travel_profile slow = {.speed_kmh = 0.001, .detour = 1},
                                wild = {.speed_kmh = 30, .detour = 60}, still = {.speed_kmh = 0, .detour = 1},
                                odd = {.speed_kmh = 30, .detour = NAN};
    assert_int_equal(travel_from_positions(&slow, 1, far, 2, &arena, &travel, &error), ERROR_NETWORK);
    assert_int_equal(travel_from_positions(&wild, 1, far, 2, &arena, &travel, &error), ERROR_NETWORK);
    assert_int_equal(travel_from_positions(&still, 1, far, 2, &arena, &travel, &error), ERROR_NETWORK);
    assert_int_equal(travel_from_positions(&odd, 1, far, 2, &arena, &travel, &error), ERROR_NETWORK);
    assert_int_equal(travel_from_positions(PROFILES, 1, nowhere, 1, &arena, &travel, &error), ERROR_NETWORK);
    arena_free(&arena);
}

static void test_failing_allocations(void **state)
{
    (void)state;
    for (int64_t n = 1;; n++) {
        struct arena arena;
        arena_init(&arena);
        struct travel travel;
        const struct position positions[] = {{47, -1.5}, {47.01, -1.5}};
        arena_fail_after(n);
        const error_code rc = travel_from_positions(PROFILES, 2, positions, 2, &arena, &travel, NULL);
        arena_fail_after(0);
        arena_free(&arena);
        if (rc == ERROR_NONE) {
            assert_true(n > 7); /* points, rates, profiles twice, one distance and two duration matrices */
            break;
        }
        assert_int_equal(rc, ERROR_MEMORY);
    }
}

static void test_part_of_a_city_matrix(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    int32_t distance[25], duration[25];
    for (int32_t i = 0; i < 25; i++) distance[i] = 100 + i, duration[i] = 200 + i;
    distance[4 * 5 + 1] = TRAVEL_UNREACHABLE;
    struct city city = {.depot_count = 1, .site_count = 1, .bin_count = 3, .profile_count = 2};
    struct travel travel;
    const int32_t places[] = {4, 1, 1}, outside[] = {5};
    assert_int_equal(travel_from_city_matrix(&city, places, 3, &arena, &travel, NULL), ERROR_NETWORK);
    city.matrix = (struct travel_matrix){distance, duration};
    assert_int_equal(travel_from_city_matrix(&city, places, 3, &arena, &travel, NULL), ERROR_NONE);
    assert_int_equal(travel.profile_count, 2);
    for (int32_t i = 0; i < 3; i++)
        for (int32_t j = 0; j < 3; j++) {
            assert_int_equal(travel_distance_m(&travel, 1, i, j), distance[places[i] * 5 + places[j]]);
            assert_int_equal(travel_duration_s(&travel, 0, i, j), duration[places[i] * 5 + places[j]]);
        }
    assert_int_equal(travel_distance_m(&travel, 0, 0, 1), TRAVEL_UNREACHABLE);
    assert_int_equal(travel_from_city_matrix(&city, outside, 1, &arena, &travel, NULL), ERROR_NETWORK);
    struct error error;
    assert_int_equal(travel_from_city_matrix(&city, places, TRAVEL_PLACES_MAX + 1, &arena, &travel, &error),
                     ERROR_NETWORK);
    assert_non_null(strstr(error.message, "20000"));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees_with_haversine),
        cmocka_unit_test(test_known_arcs),
        cmocka_unit_test(test_detour_speed_and_rounding_up),
        cmocka_unit_test(test_equal_profiles_share),
        cmocka_unit_test(test_triangle_inequality_in_whole_numbers),
        cmocka_unit_test(test_table_is_what_is_computed),
        cmocka_unit_test(test_many_places_need_no_table),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_failing_allocations),
        cmocka_unit_test(test_part_of_a_city_matrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
