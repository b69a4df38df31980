/* Places beside the streets of small towns; and of random ones, against looking at every segment. */
#include "solver/base/rng.h"
#include "solver/network/roads/road_snap.h"

#include "tests/support/road_town.h"
#include "tests/support/test.h"

#include <math.h>

static const double M_PER_DEGREE = 111194.927;

static struct road_profile profile;

static const struct road_grid *build(struct road_town *town)
{
    struct road_grid *grid;
    profile = town_profile(ROAD_TRUCK, U_TURNS_AT_TURNING_PLACES);
    town_build(town, &profile);
    assert_int_equal(road_grid_build(&town->graph, &town->arena, &grid, NULL), ERROR_NONE);
    return grid;
}

static struct road_spot snap(const struct road_grid *grid, double east_m, double north_m, street_side side)
{
    return road_snap(grid, north_m / M_PER_DEGREE, east_m / M_PER_DEGREE, side);
}

enum { WEST, MIDDLE, EAST };

/* A street of 200 m to the east, a, that one turns round on at both ends. */
static struct road_town *make_street(void)
{
    struct road_town *town = town_make();
    for (int32_t n = WEST; n <= EAST; n++) town_node(town, 100 * n, 0);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(WEST, MIDDLE, EAST));
    town->nodes[WEST].flags = town->nodes[EAST].flags = ROAD_TURNING_PLACE;
    return town;
}

static void along_and_beside(void **state)
{
    (void)state;
    struct road_town *town = make_street();
    const struct road_grid *grid = build(town);
    static const struct {
        double east, north, offset_m, distance_m;
    } cases[] = {{50, 10, 50, 10}, {130, -7, 130, 7}, {100, 0, 100, 0}, {-30, 40, 0, 50}, {203, 4, 200, 5}};
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        const struct road_spot spot = snap(grid, cases[c].east, cases[c].north, SIDE_BOTH);
        assert_int_equal(spot.segment, 0);
        assert_int_equal(spot.reason, SNAP_GOOD);
        assert_int_equal(spot.passed_way, -1);
        assert_true(fabs(spot.offset_dm - 10 * cases[c].offset_m) <= 1);
        assert_true(fabs(spot.distance_m - cases[c].distance_m) < 0.02);
        assert_int_equal(spot.arcs[0], town->graph.segments[0].arc[0]);
        assert_int_equal(spot.arcs[1], town->graph.segments[0].arc[1]);
    }
    town_free(town);
}

/* Going east the north is on the left: traffic keeps right, so that who goes west has it at the kerb. */
static void the_kerb_is_where_traffic_keeps(void **state)
{
    (void)state;
    struct road_town *town = make_street();
    const struct road_grid *grid = build(town);
    assert_int_equal(snap(grid, 50, 10, SIDE_BOTH).kerb, 1);
    assert_int_equal(snap(grid, 50, -10, SIDE_BOTH).kerb, 0);
    town->data.left_hand = true;
    assert_int_equal(snap(grid, 50, 10, SIDE_BOTH).kerb, 0);
    assert_int_equal(snap(grid, 50, -10, SIDE_BOTH).kerb, 1);
    town_free(town);
}

static void sides(void **state)
{
    (void)state;
    struct road_town *town = make_street();
    const struct road_grid *grid = build(town);
    static const struct {
        double east, north;
        street_side side;
        bool arcs[2];
    } cases[] = {{50, 10, SIDE_LEFT, {true, false}},  {50, 10, SIDE_RIGHT, {false, true}},
                 {50, -10, SIDE_LEFT, {false, true}}, {50, -10, SIDE_RIGHT, {true, false}},
                 {50, 0.4, SIDE_RIGHT, {true, true}}, {50, 0.6, SIDE_RIGHT, {false, true}},
                 {210, 0.3, SIDE_LEFT, {true, true}}, {210, 3, SIDE_LEFT, {true, false}}};
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        const struct road_spot spot = snap(grid, cases[c].east, cases[c].north, cases[c].side);
        assert_int_equal(spot.reason, SNAP_GOOD);
        for (int32_t d = 0; d < 2; d++) assert_int_equal(spot.arcs[d] >= 0, cases[c].arcs[d]);
    }
    town_free(town);
}

/* Outside of a sharp bend the piece that is a little nearer, prolonged, passes on the wrong side. */
static void side_at_a_sharp_bend(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    const int32_t one = town_node(town, 0, 0), bend = town_node(town, 100, 0), other = town_node(town, 0, 20);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(one, bend, other));
    town->nodes[one].flags = town->nodes[other].flags = ROAD_TURNING_PLACE;
    const struct road_grid *grid = build(town);
    for (int32_t north = -3; north <= 3; north++) {
        const struct road_spot spot = snap(grid, 110, north, SIDE_RIGHT);
        assert_true(spot.arcs[0] >= 0 && spot.arcs[1] < 0);
    }
    const struct road_spot inside = snap(grid, 60, 4, SIDE_LEFT);
    assert_true(inside.arcs[0] >= 0 && inside.arcs[1] < 0);
    town_free(town);
}

/* Beyond the street a stand, 20 m north of it, three more that do not serve, nearer. */
static void reasons(void **state)
{
    (void)state;
    enum { CLOSED = 1, DEAD_END, ONEWAY };
    struct road_town *town = make_street();
    const int32_t closed =
        town_way(town, ROAD_PEDESTRIAN, TOWN_NODES(town_node(town, 10, 15), town_node(town, 40, 15)));
    const int32_t dead_end =
        town_way(town, ROAD_SERVICE, TOWN_NODES(MIDDLE, town_node(town, 100, 30), town_node(town, 130, 30)));
    const int32_t oneway = town_way(
        town, ROAD_SERVICE, TOWN_NODES(WEST, town_node(town, 0, -60), town_node(town, 200, -60), EAST));
    town_close(town, closed, 0);
    town_close(town, closed, 1);
    town_close(town, oneway, 1);
    const struct road_grid *grid = build(town);
    static const struct {
        double east, north;
        street_side side;
        int32_t way;
        snap_reason reason;
        int32_t passed;
    } cases[] = {{20, 20, SIDE_BOTH, 0, SNAP_CLOSED, CLOSED},
                 {20, 5, SIDE_BOTH, 0, SNAP_GOOD, -1},
                 {120, 32, SIDE_BOTH, 0, SNAP_NO_WAY_OUT, DEAD_END},
                 {50, -50, SIDE_BOTH, ONEWAY, SNAP_GOOD, -1},
                 {50, -50, SIDE_LEFT, ONEWAY, SNAP_GOOD, -1},
                 {50, -50, SIDE_RIGHT, 0, SNAP_WRONG_SIDE, ONEWAY},
                 {50, -70, SIDE_RIGHT, ONEWAY, SNAP_GOOD, -1},
                 {50, 251, SIDE_BOTH, -1, SNAP_NO_WAY_OUT, DEAD_END},
                 {50, 300, SIDE_BOTH, -1, SNAP_FAR, -1},
                 {5000, 0, SIDE_BOTH, -1, SNAP_FAR, -1}};
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        const struct road_spot spot = snap(grid, cases[c].east, cases[c].north, cases[c].side);
        assert_int_equal(spot.segment < 0 ? -1 : town->graph.segments[spot.segment].way, cases[c].way);
        assert_int_equal(spot.reason, cases[c].reason);
        assert_int_equal(spot.passed_way, cases[c].passed);
        assert_true((spot.segment < 0) == (spot.arcs[0] < 0 && spot.arcs[1] < 0));
    }
    assert_int_equal(dead_end, DEAD_END);
    town_free(town);
}

/* Where a closed way begins on an open one, both are as near: nothing nearer was passed over. */
static void as_near_is_not_nearer(void **state)
{
    (void)state;
    struct road_town *town = make_street();
    const int32_t closed = town_way(town, ROAD_PEDESTRIAN, TOWN_NODES(MIDDLE, town_node(town, 100, 50)));
    town_close(town, closed, 0);
    town_close(town, closed, 1);
    const struct road_grid *grid = build(town);
    assert_int_equal(snap(grid, 100, -20, SIDE_BOTH).reason, SNAP_GOOD);
    assert_int_equal(snap(grid, 100.5, 20, SIDE_BOTH).reason, SNAP_CLOSED);
    town_free(town);
}

static void no_place(void **state)
{
    (void)state;
    struct road_town *town = make_street();
    const struct road_grid *grid = build(town);
    static const double places[][2] = {{NAN, 0}, {0, NAN},   {INFINITY, 0}, {0, -INFINITY},
                                       {90, 0},  {-90, 180}, {1e300, 0}};
    for (size_t p = 0; p < COUNT_OF(places); p++) {
        const struct road_spot spot = road_snap(grid, places[p][0], places[p][1], SIDE_BOTH);
        assert_int_equal(spot.segment, -1);
        assert_int_equal(spot.reason, SNAP_FAR);
    }
    town_free(town);
}

/* ---- Random towns ---- */

struct seen {
    double distance_m, beside_m; /* beside: positive to the left as listed */
};

/* By sampling no point: each piece's nearest one; the side by the mean direction of the pieces that share it.
 */
static struct seen look_at(const struct road_graph *graph, int32_t s, double east, double north)
{
    const double m_per_unit = M_PER_DEGREE / 1e7, shrink = cos(north / M_PER_DEGREE * 3.14159265358979 / 180);
    const struct road_segment *segment = &graph->segments[s];
    struct seen seen = {.distance_m = INFINITY};
    double tangent_x = 0, tangent_y = 0, most = 0, near_x = 0, near_y = 0;
    for (int32_t k = 0; k + 1 < segment->point_count; k++) {
        const struct road_point *points = graph->points + segment->first_point + k;
        const double ax = (points[0].lon_e7 * m_per_unit - east) * shrink;
        const double bx = (points[1].lon_e7 * m_per_unit - east) * shrink;
        const double ay = points[0].lat_e7 * m_per_unit - north, by = points[1].lat_e7 * m_per_unit - north;
        const double length = hypot(bx - ax, by - ay);
        if (length == 0) continue;
        const double x = (bx - ax) / length, y = (by - ay) / length;
        const double along = fmin(fmax(-(ax * x + ay * y), 0), length);
        const double px = ax + along * x, py = ay + along * y, distance = hypot(px, py);
        if (distance > seen.distance_m + 1e-7) continue;
        if (distance < seen.distance_m - 1e-7) tangent_x = tangent_y = most = 0;
        seen.distance_m = fmin(distance, seen.distance_m);
        tangent_x += x;
        tangent_y += y;
        most = fmax(most, fabs(ax * y - ay * x));
        near_x = px;
        near_y = py;
    }
    seen.beside_m = tangent_y * near_x - tangent_x * near_y > 0 ? most : -most;
    return seen;
}

/* The arcs that serve, as bits. */
static int32_t serving(const struct road_graph *graph, int32_t s, double beside_m, street_side side)
{
    int32_t bits = 0;
    for (int32_t d = 0; d < 2; d++) {
        const int32_t arc = graph->segments[s].arc[d];
        const bool left = (beside_m > 0) == (d == 0), either = side == SIDE_BOTH || fabs(beside_m) <= 0.5;
        if (arc >= 0 && graph->in_part[arc] && (either || left == (side == SIDE_LEFT))) bits |= 1 << d;
    }
    return bits;
}

static void check_place(const struct road_town *town, const struct road_grid *grid, double east, double north,
                        street_side side)
{
    const struct road_graph *graph = &town->graph;
    const struct road_spot spot = snap(grid, east, north, side);
    double best = INFINITY, passed = INFINITY;
    for (int32_t s = 0; s < graph->segment_count; s++) {
        const struct seen seen = look_at(graph, s, east, north);
        if (fabs(fabs(seen.beside_m) - 0.5) < 1e-3) return; /* a matter of rounding */
        double *kept = serving(graph, s, seen.beside_m, side) != 0 ? &best : &passed;
        *kept = fmin(*kept, seen.distance_m);
    }
    assert_int_equal(spot.segment >= 0, best <= SNAP_MOST_M);
    const double reach = fmin(best, SNAP_MOST_M);
    if (fabs(passed - reach) > 1e-6) assert_int_equal(spot.passed_way >= 0, passed < reach);
    if (spot.segment < 0) {
        assert_int_equal(spot.reason, passed < reach ? spot.reason : SNAP_FAR);
        return;
    }
    const struct seen seen = look_at(graph, spot.segment, east, north);
    assert_true(fabs(seen.distance_m - best) < 1e-6 && fabs(spot.distance_m - best) < 1e-3);
    const int32_t bits = (spot.arcs[0] >= 0 ? 1 : 0) | (spot.arcs[1] >= 0 ? 2 : 0);
    assert_int_equal(bits, serving(graph, spot.segment, seen.beside_m, side));
    assert_true(spot.offset_dm <= graph->segments[spot.segment].length_dm);
}

static struct road_town *random_town(struct rng *rng, double size_m)
{
    struct road_town *town = town_make();
    const int32_t nodes = 4 + rng_below(rng, 40);
    for (int32_t n = 0; n < nodes; n++) {
        const int32_t node = town_node(town, size_m * rng_unit(rng), size_m * rng_unit(rng));
        if (rng_below(rng, 2) == 0) town->nodes[node].flags = ROAD_TURNING_PLACE;
    }
    for (int32_t w = 2 + rng_below(rng, 30); w > 0; w--) {
        int32_t of[5], count = 2 + rng_below(rng, 4);
        for (int32_t k = 0; k < count; k++) /* not back in its own track, where it would have two sides */
            do of[k] = rng_below(rng, nodes);
            while (k > 1 && of[k] == of[k - 2]);
        const int32_t way = town_way(town, ROAD_RESIDENTIAL, of, count);
        if (w > 1 && rng_below(rng, 3) == 0) town_close(town, way, rng_below(rng, 2));
        if (w > 1 && rng_below(rng, 4) == 0) town_close(town, way, 1);
    }
    return town;
}

static void agrees_with_every_segment(void **state)
{
    (void)state;
    static const double sizes_m[] = {60, 400, 1500, 6000, 100000};
    struct rng rng;
    rng_seed(&rng, 1);
    for (int32_t round = 0; round < 200; round++) {
        const double size_m = sizes_m[round % 5], spare_m = 300;
        struct road_town *town = random_town(&rng, size_m);
        const struct road_grid *grid = build(town);
        for (int32_t p = 0; p < 60; p++)
            check_place(town, grid, (size_m + 2 * spare_m) * rng_unit(&rng) - spare_m,
                        (size_m + 2 * spare_m) * rng_unit(&rng) - spare_m, (street_side)rng_below(&rng, 3));
        for (int32_t p = 0; p < 10; p++) { /* near a corner, where segments are as near as each other */
            const struct road_node *at = &town->nodes[rng_below(&rng, town->data.node_count)];
            check_place(town, grid, at->lon_e7 * 0.0111194927 + 4 * rng_unit(&rng) - 2,
                        at->lat_e7 * 0.0111194927 + 4 * rng_unit(&rng) - 2, (street_side)rng_below(&rng, 3));
        }
        town_free(town);
    }
}

static void memory_exhausted(void **state)
{
    (void)state;
    struct road_town *town = make_street();
    build(town);
    for (int64_t n = 1; n <= 3; n++) {
        struct road_grid *grid;
        arena_fail_after(n);
        const error_code rc = road_grid_build(&town->graph, &town->arena, &grid, NULL);
        arena_fail_after(0);
        assert_int_equal(rc, ERROR_MEMORY);
    }
    town_free(town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(along_and_beside),
        cmocka_unit_test(the_kerb_is_where_traffic_keeps),
        cmocka_unit_test(sides),
        cmocka_unit_test(side_at_a_sharp_bend),
        cmocka_unit_test(reasons),
        cmocka_unit_test(as_near_is_not_nearer),
        cmocka_unit_test(no_place),
        cmocka_unit_test(agrees_with_every_segment),
        cmocka_unit_test(memory_exhausted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
