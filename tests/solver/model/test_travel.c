/* Legs computed from points: the plane against the textbook's formula, the sphere against haversines, each
 * rounding at its edges, and the bound on the longest. */
#include "solver/base/rng.h"
#include "solver/model/travel.h"

#include "tests/support/test.h"

#include <math.h>

static const double RADIUS_M = 6371008.8;

static struct travel travel_of(const struct travel_point *points, int32_t count, double radius)
{
    return (struct travel){
        .place_count = count, .points = points, .curvature = radius > 0 ? 1 / (radius * radius) : 0};
}

/* Bit for bit, whole coordinates (whose lengths may be whole or end in a half) and others. */
static void plane_is_the_plain_formula(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 1);
    for (int32_t round = 0; round < 20000; round++) {
        const double size = round % 2 == 0 ? 100 : 1e6, grain = round % 4 < 2 ? 1 : 0.37;
        double at[4];
        for (int32_t i = 0; i < 4; i++) at[i] = grain * floor(size * (rng_unit(&rng) - 0.5));
        const struct travel_point points[] = {{at[0], at[1], 0}, {at[2], at[3], 0}};
        const struct travel travel = travel_of(points, 2, 0);
        const double x = at[0] - at[2], y = at[1] - at[3], length = sqrt(x * x + y * y);
        assert_true(travel_length(&travel, 0, 1) == length);
        assert_true(travel_round(length, travel_rate(1, TRAVEL_NEAREST)) == (int32_t)floor(length + 0.5));
        assert_true(travel_round(length, travel_rate(10, TRAVEL_DOWN)) == (int32_t)floor(10 * length));
        assert_true(travel_round(length, travel_rate(1, TRAVEL_UP)) == (int32_t)ceil(length));
    }
}

static void roundings_at_their_edges(void **state)
{
    (void)state;
    const struct {
        double length;
        int32_t nearest, down, up, guarded;
    } cases[] = {
        {0, 0, 0, 0, 0},       {1e-9, 0, 0, 1, 1},    {0.49, 0, 0, 1, 1},
        {0.5, 1, 0, 1, 1},     {2.5, 3, 2, 3, 3},     {3, 3, 3, 3, 4},
        {2.99985, 3, 2, 3, 3}, {2.99995, 3, 2, 3, 4}, {1e8, 100000000, 100000000, 100000000, 100000001}};
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        assert_int_equal(travel_round(cases[c].length, travel_rate(1, TRAVEL_NEAREST)), cases[c].nearest);
        assert_int_equal(travel_round(cases[c].length, travel_rate(1, TRAVEL_DOWN)), cases[c].down);
        assert_int_equal(travel_round(cases[c].length, travel_rate(1, TRAVEL_UP)), cases[c].up);
        assert_int_equal(travel_round(cases[c].length, travel_rate(1, TRAVEL_UP_GUARDED)), cases[c].guarded);
    }
}

static struct travel_point on_sphere(double lat, double lon)
{
    return (struct travel_point){RADIUS_M * cos(lat) * cos(lon), RADIUS_M * cos(lat) * sin(lon),
                                 RADIUS_M * sin(lat)};
}

/* Along a meridian, whose arcs are known: from a millimetre to the antipodes, on both sides of where the
 * series ends, at 0.04 of the radius. */
static void sphere_is_right_at_every_length(void **state)
{
    (void)state;
    const double angles[] = {1.6e-10, 1e-6,  1e-4, 0.01, 0.0399, 0.03999, 0.04, 0.04000268,
                             0.0401,  0.044, 0.1,  1,    2,      3,       3.14, 3.14159265358979};
    for (size_t a = 0; a < COUNT_OF(angles); a++)
        for (int32_t part = 0; part <= 4; part++) {
            const double from = -angles[a] / 2 * part / 4, lon = 0.3 * part;
            const bool over_the_pole = fabs(from) > 1.5 || from + angles[a] > 1.5;
            if (over_the_pole && part != 0) continue;
            const struct travel_point points[] = {
                over_the_pole ? on_sphere(0, -angles[a] / 2) : on_sphere(from, lon),
                over_the_pole ? on_sphere(0, angles[a] / 2) : on_sphere(from + angles[a], lon)};
            const struct travel travel = travel_of(points, 2, RADIUS_M);
            const double expected = RADIUS_M * angles[a];
            assert_true(fabs(travel_length(&travel, 0, 1) - expected) < 2e-8);
            assert_true(travel_length(&travel, 1, 0) == travel_length(&travel, 0, 1));
            assert_true(travel_longest_length(&travel) >= travel_length(&travel, 0, 1));
        }
}

/* No leg is longer than the bound, and a box around points in the plane does not exaggerate. */
static void longest_bounds_every_leg(void **state)
{
    (void)state;
    enum { N = 40 };
    struct rng rng;
    rng_seed(&rng, 2);
    for (int32_t round = 0; round < 60; round++) {
        const double radius = round % 2 == 0 ? 0 : RADIUS_M, spread = round % 3 == 0 ? 3 : 0.01;
        struct travel_point points[N];
        for (int32_t p = 0; p < N; p++) {
            const double a = spread * (rng_unit(&rng) - 0.5), b = spread * (rng_unit(&rng) - 0.5);
            points[p] = radius > 0 ? on_sphere(a, b) : (struct travel_point){1e5 * a, 1e5 * b, 0};
        }
        const struct travel travel = travel_of(points, N, radius);
        const struct travel_rate rates[] = {travel_rate(1, TRAVEL_NEAREST),
                                            travel_rate(7.3, TRAVEL_UP_GUARDED),
                                            travel_rate(0.1, TRAVEL_DOWN)};
        double longest = 0;
        for (int32_t i = 0; i < N; i++)
            for (int32_t j = 0; j < N; j++) {
                const double length = travel_length(&travel, i, j);
                if (length > longest) longest = length;
                assert_true(length <= travel_longest_length(&travel));
                for (size_t r = 0; r < COUNT_OF(rates); r++)
                    assert_true(travel_round(length, rates[r]) <= travel_longest(&travel, rates[r]));
            }
        if (radius == 0) assert_true(travel_longest_length(&travel) <= 1.5 * longest);
    }
}

static void what_cannot_be_bounded_is_no_number(void **state)
{
    (void)state;
    const struct travel_point points[] = {{0, 0, 0}, {1, NAN, 0}}, far[] = {{0, 0, 0}, {INFINITY, 0, 0}};
    const struct travel_rate rate = travel_rate(1, TRAVEL_NEAREST);
    const struct travel nowhere = travel_of(points, 2, 0), endless = travel_of(far, 2, 0),
                        here = travel_of(points, 1, 0);
    assert_true(isnan(travel_longest(&nowhere, rate)));
    assert_true(isnan(travel_longest(&endless, rate)));
    assert_true(isnan(travel_longest(&here, travel_rate(-1, TRAVEL_NEAREST))));
    assert_true(isnan(travel_longest(&here, travel_rate(NAN, TRAVEL_NEAREST))));
    assert_true(travel_longest(&here, rate) < 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plane_is_the_plain_formula),          cmocka_unit_test(roundings_at_their_edges),
        cmocka_unit_test(sphere_is_right_at_every_length),     cmocka_unit_test(longest_bounds_every_leg),
        cmocka_unit_test(what_cannot_be_bounded_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
