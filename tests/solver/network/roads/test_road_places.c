/* Places on the roads of random towns: the matrix is what a plain search says, ways keep the triangle
 * inequality, and lines are as long as the matrix says. */
#include "solver/base/rng.h"
#include "solver/network/roads/road_places.h"
#include "tests/support/road_town.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdlib.h>

enum { SIDE_NODES = 7, BLOCK_M = 90, STOPS = 40, YARDS = 2, PLACES = STOPS + YARDS };

/* 10^-7 degrees at the equator. */
static const double METRES_PER_UNIT = 0.0111195;

struct bench {
    struct road_town *town;
    struct arena arena;
    struct hierarchy hierarchy;
    struct road_network network;
    struct road_place places[PLACES];
    struct travel_matrix matrix;
};

/* Streets between neighbours on a shaken grid; some are missing, some are one way, some turns are forbidden.
 */
static void draw_town(struct road_town *town, struct rng *rng)
{
    int32_t nodes[SIDE_NODES][SIDE_NODES], ways = 0;
    for (int32_t r = 0; r < SIDE_NODES; r++)
        for (int32_t c = 0; c < SIDE_NODES; c++)
            nodes[r][c] = town_node(town, c * BLOCK_M + rng_below(rng, 40), r * BLOCK_M + rng_below(rng, 40));
    for (int32_t r = 0; r < SIDE_NODES; r++)
        for (int32_t c = 0; c < SIDE_NODES; c++)
            for (int32_t along = 0; along < 2; along++) {
                if ((along ? r : c) == SIDE_NODES - 1 || rng_below(rng, 10) == 0) continue;
                const int32_t to = along ? nodes[r + 1][c] : nodes[r][c + 1];
                ways = town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(nodes[r][c], to));
                if (rng_below(rng, 4) == 0) town_close(town, ways, rng_below(rng, 2));
            }
    for (int32_t k = 0; k < 12; k++) {
        const int32_t from = rng_below(rng, ways), to = rng_below(rng, ways);
        const struct road_way *way = &town->ways[from];
        town_forbid(town, from, town->way_nodes[way->first_node + rng_below(rng, 2)], to);
    }
    for (int32_t k = 0; k < 4; k++)
        town_forbid_over(town, rng_below(rng, ways), rng_below(rng, ways), rng_below(rng, ways));
}

static void place_all(struct bench *bench, struct rng *rng)
{
    struct error error = {0};
    struct road_grid *grid;
    const double size = (SIDE_NODES - 1) * BLOCK_M * 1e-7 / METRES_PER_UNIT;
    assert_int_equal(road_grid_build(&bench->town->graph, &bench->arena, &grid, &error), ERROR_NONE);
    for (int32_t p = 0; p < PLACES; p++) {
        const double lat = rng_unit(rng) * size, lon = rng_unit(rng) * size;
        const street_side side = p < YARDS ? SIDE_BOTH : (street_side)rng_below(rng, 3);
        bench->places[p] =
            (struct road_place){.spot = road_snap(grid, lat, lon, side), .yard = p < YARDS, .arc = -1};
        /* Several on one arc, before and behind each other. */
        if (p > YARDS && p % 4 == 0) {
            struct road_spot *spot = &bench->places[p].spot;
            *spot = bench->places[p - 1].spot;
            if (spot->segment >= 0)
                spot->offset_dm = (uint32_t)rng_below(
                    rng, (int32_t)bench->town->graph.segments[spot->segment].length_dm + 1);
        }
    }
}

static void set_up(struct bench *bench, uint64_t seed)
{
    struct rng rng;
    struct error error = {0};
    const struct road_profile profile = town_profile(ROAD_TRUCK, U_TURNS_AT_TURNING_PLACES);
    rng_seed(&rng, seed);
    arena_init(&bench->arena);
    bench->town = town_make();
    draw_town(bench->town, &rng);
    town_build(bench->town, &profile);
    assert_int_equal(hierarchy_build(&bench->town->graph.turns, &bench->arena, &bench->hierarchy, &error),
                     ERROR_NONE);
    bench->network = (struct road_network){&bench->town->graph, &bench->hierarchy, 1};
    place_all(bench, &rng);
    assert_int_equal(road_places_choose(&bench->network, bench->places, PLACES, &error), ERROR_NONE);
    assert_int_equal(
        road_places_matrix(&bench->network, bench->places, PLACES, &bench->arena, &bench->matrix, &error),
        ERROR_NONE);
}

static void tear_down(struct bench *bench)
{
    arena_free(&bench->arena);
    town_free(bench->town);
}

/* --- a plain search --- */

static way_weight piece_before(const struct road_graph *graph, const struct road_place *place, int32_t arc)
{
    const struct road_arc *a = &graph->arcs[arc];
    const uint32_t length = graph->segments[a->segment].length_dm;
    const uint32_t before = a->against ? length - place->spot.offset_dm : place->spot.offset_dm;
    return way_of((uint32_t)((uint64_t)a->time_ms * before / length), before);
}

/* From one arc to any state of another by one turn or more. */
static way_weight way_between(const struct road_graph *graph, int32_t from, int32_t to)
{
    way_weight *ways = malloc((size_t)graph->state_count * sizeof *ways), best = WAY_NONE;
    const int32_t leave = graph->arcs[from].leave_state;
    assert_non_null(ways);
    for (int32_t t = graph->turns.first[leave]; t < graph->turns.first[leave + 1]; t++) {
        assert_int_equal(digraph_ways(&graph->turns, graph->turns.head[t], ways, NULL, NULL), ERROR_NONE);
        for (int32_t s = 0; s < graph->arcs[to].state_count; s++) {
            const way_weight rest = ways[graph->arcs[to].state + s];
            if (rest != WAY_NONE && graph->turns.weight[t] + rest < best)
                best = graph->turns.weight[t] + rest;
        }
    }
    free(ways);
    return best;
}

static int32_t seconds(way_weight way)
{
    return way == WAY_NONE ? TRAVEL_UNREACHABLE : (int32_t)((way_time_ms(way) + 999) / 1000);
}

static int32_t plain_seconds(const struct bench *bench, int32_t i, int32_t j)
{
    const struct road_graph *graph = &bench->town->graph;
    const struct road_place *from = &bench->places[i], *to = &bench->places[j];
    int32_t best = i == j ? 0 : TRAVEL_UNREACHABLE;
    for (int32_t d = 0; d < 2; d++)
        for (int32_t e = 0; e < 2; e++) {
            const int32_t exit = road_place_arc(from, d), entry = road_place_arc(to, e);
            if (exit < 0 || entry < 0) continue;
            const way_weight here = piece_before(graph, from, exit), there = piece_before(graph, to, entry);
            way_weight way = there - here;
            if (exit != entry || there < here) {
                way = way_between(graph, exit, entry);
                if (way != WAY_NONE) way = way - here + there;
            }
            if (seconds(way) < best) best = seconds(way);
        }
    return best;
}

static void the_matrix_is_what_a_plain_search_says(void **state)
{
    (void)state;
    int32_t known = 0, tours = 0;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct bench bench;
        set_up(&bench, seed);
        for (int32_t i = 0; i < PLACES; i++)
            for (int32_t j = 0; j < PLACES; j++) {
                const int32_t s = bench.matrix.duration_s[i * PLACES + j];
                assert_int_equal(s, plain_seconds(&bench, i, j));
                known += s < TRAVEL_UNREACHABLE;
                tours += i != j && !bench.places[i].yard && bench.places[i].arc >= 0 &&
                         bench.places[i].arc == bench.places[j].arc && s > 20;
            }
        tear_down(&bench);
    }
    print_message("%d pairs, %d of them tours\n", known, tours);
    assert_true(known > 5000 && tours > 20);
}

/* Yards may be turned round in: a way over one can be shorter than any without. */
static void ways_over_stops_are_ways(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct bench bench;
        set_up(&bench, seed);
        const int32_t *s = bench.matrix.duration_s;
        for (int32_t i = 0; i < PLACES; i++)
            for (int32_t j = YARDS; j < PLACES; j++)
                for (int32_t k = 0; k < PLACES; k++)
                    assert_true((int64_t)s[i * PLACES + k] <=
                                (int64_t)s[i * PLACES + j] + (int64_t)s[j * PLACES + k]);
        tear_down(&bench);
    }
}

static double length_m(const struct road_point *points, int32_t count)
{
    double sum = 0;
    for (int32_t k = 0; k + 1 < count; k++)
        sum += hypot((double)points[k + 1].lat_e7 - points[k].lat_e7,
                     (double)points[k + 1].lon_e7 - points[k].lon_e7);
    return sum * METRES_PER_UNIT;
}

static void lines_are_as_long_as_the_matrix_says(void **state)
{
    (void)state;
    int32_t drawn = 0;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct bench bench;
        struct error error = {0};
        set_up(&bench, seed);
        for (int32_t i = 0; i < PLACES; i++)
            for (int32_t j = 0; j < PLACES; j++) {
                struct road_point *points;
                int32_t count;
                const int32_t m = bench.matrix.distance_m[i * PLACES + j];
                assert_int_equal(road_places_line(&bench.network, &bench.places[i], &bench.places[j],
                                                  &bench.arena, &points, &count, &error),
                                 ERROR_NONE);
                if (m == TRAVEL_UNREACHABLE || bench.places[i].spot.segment < 0) {
                    assert_int_equal(count, 0);
                    continue;
                }
                assert_true(count > 0);
                assert_true(fabs(length_m(points, count) - m) < 2 + 0.01 * m);
                drawn++;
            }
        tear_down(&bench);
    }
    assert_true(drawn > 2500);
}

static void no_places_are_no_matrix(void **state)
{
    (void)state;
    struct bench bench;
    struct error error = {0};
    struct travel_matrix matrix;
    set_up(&bench, 1);
    assert_int_equal(road_places_choose(&bench.network, bench.places, 0, &error), ERROR_NONE);
    assert_int_equal(road_places_matrix(&bench.network, bench.places, 0, &bench.arena, &matrix, &error),
                     ERROR_NONE);
    tear_down(&bench);
}

static void exhausted_memory_is_an_error(void **state)
{
    (void)state;
    struct bench bench;
    set_up(&bench, 2);
    for (int64_t allocation = 1; allocation < 60; allocation++) {
        struct error error = {0};
        struct travel_matrix matrix;
        arena_fail_after(allocation);
        error_code rc = road_places_choose(&bench.network, bench.places, PLACES, &error);
        if (rc == ERROR_NONE)
            rc = road_places_matrix(&bench.network, bench.places, PLACES, &bench.arena, &matrix, &error);
        arena_fail_after(0);
        assert_true(rc == ERROR_MEMORY || rc == ERROR_NONE);
    }
    tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_matrix_is_what_a_plain_search_says), cmocka_unit_test(ways_over_stops_are_ways),
        cmocka_unit_test(lines_are_as_long_as_the_matrix_says),   cmocka_unit_test(no_places_are_no_matrix),
        cmocka_unit_test(exhausted_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
