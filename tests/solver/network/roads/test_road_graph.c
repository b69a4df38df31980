/* Segments, arcs and parts of small towns; and random towns, where every turn of the graph is judged by the
 * roads alone (support/road_law.h). */
#include "solver/base/rng.h"
#include "solver/network/travel_build.h"

#include "tests/support/road_law.h"
#include "tests/support/road_town.h"
#include "tests/support/test.h"

#include <string.h>

static struct road_profile profile;

static void build(struct road_town *town, road_u_turns u_turns)
{
    profile = town_profile(ROAD_TRUCK, u_turns);
    town_build(town, &profile);
}

/* ---- Segments ---- */

static void one_segment(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    const int32_t a = town_node(town, 0, 0), b = town_node(town, 300, 400), c = town_node(town, 300, 1400);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(a, b, c));
    build(town, U_TURNS_AT_DEAD_ENDS);
    const struct road_graph *graph = &town->graph;
    assert_int_equal(graph->junction_count, 2);
    assert_int_equal(graph->segment_count, 1);
    assert_int_equal(graph->arc_count, 2);
    assert_int_equal(graph->state_count, 2);
    assert_int_equal(graph->segments[0].point_count, 3);
    assert_in_range(graph->segments[0].length_dm, 14999, 15002);
    assert_in_range(graph->arcs[0].time_ms, 149990, 150020);
    assert_true(graph->in_part[0] && graph->in_part[1]);
    for (int32_t k = 0; k < 3; k++) {
        const struct road_point along = road_arc_point(graph, 0, k),
                                against = road_arc_point(graph, 1, 2 - k);
        assert_int_equal(along.lat_e7, town->nodes[k].lat_e7);
        assert_int_equal(against.lat_e7, town->nodes[k].lat_e7);
        assert_int_equal(against.lon_e7, town->nodes[k].lon_e7);
    }
    const way_weight round = graph->turns.weight[0];
    assert_int_equal(way_time_ms(round), graph->arcs[0].time_ms + 20000);
    assert_int_equal(way_length_dm(round), graph->segments[0].length_dm);
    town_free(town);
}

/* Up, and by the sum of the pieces. */
static void lengths_round_up_once(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    int32_t nodes[101];
    double sum_m = 0;
    for (int32_t n = 0; n <= 100; n++) {
        nodes[n] = town_node(town, 0.73 * n, 0);
        if (n > 0)
            sum_m += travel_great_circle_m((struct position){0, town->nodes[n - 1].lon_e7 * 1e-7},
                                           (struct position){0, town->nodes[n].lon_e7 * 1e-7});
    }
    town_way(town, ROAD_RESIDENTIAL, nodes, 101);
    town->ways[0].limit_kmh[1] = 7;
    build(town, U_TURNS_AT_DEAD_ENDS);
    const double dm = sum_m * 10, ms[] = {sum_m * 3600 / 36, sum_m * 3600 / 7};
    assert_true(town->graph.segments[0].length_dm >= dm && town->graph.segments[0].length_dm < dm + 1);
    for (int32_t d = 0; d < 2; d++)
        assert_true(town->graph.arcs[d].time_ms >= ms[d] && town->graph.arcs[d].time_ms < ms[d] + 1);
    town_free(town);
}

/* Two nodes at one point are two nodes; one node named twice in a row is one. */
static void no_length(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    const int32_t a = town_node(town, 0, 0), same = town_node(town, 0, 0), b = town_node(town, 100, 0);
    const int32_t alone = town_node(town, 500, 0);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(a, same));
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(same, same, b, b));
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(alone, alone));
    build(town, U_TURNS_AT_DEAD_ENDS);
    const struct road_graph *graph = &town->graph;
    assert_int_equal(graph->segment_count, 2);
    assert_int_equal(graph->segments[0].length_dm, 0);
    assert_int_equal(graph->arcs[0].time_ms, 1);
    assert_int_equal(graph->segments[1].point_count, 2);
    assert_string_equal(town_path(town, 'a', 'B'), "abB");
    town_free(town);
}

/* Cut where ways meet, where one comes by twice, at turning places and at barriers: not by ways that are not
 * driven, nor at signals. */
static void junctions(void **state)
{
    (void)state;
    enum { PLAIN = 1, MET, PLACE, BARRED, SIGNALLED, TOUCHED, LAST = 8 };
    struct road_town *town = town_make();
    int32_t nodes[LAST + 1];
    for (int32_t n = 0; n <= LAST; n++) nodes[n] = town_node(town, 100 * n, 0);
    town_way(town, ROAD_RESIDENTIAL, nodes, LAST + 1);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(town_node(town, 200, 100), nodes[MET]));
    const int32_t closed =
        town_way(town, ROAD_PEDESTRIAN, TOWN_NODES(town_node(town, 600, 100), nodes[TOUCHED], nodes[MET]));
    town_close(town, closed, 0);
    town_close(town, closed, 1);
    town->nodes[PLACE].flags = ROAD_TURNING_PLACE;
    town->nodes[SIGNALLED].flags = ROAD_SIGNALS;
    town_bar(town, BARRED);
    build(town, U_TURNS_AT_DEAD_ENDS);
    const struct road_graph *graph = &town->graph;
    static const int32_t ends[] = {0, MET, PLACE, BARRED, LAST};
    for (int32_t s = 0; s < 4; s++) {
        const struct road_arc *arc = &graph->arcs[town_nth_arc(town, 'a', s)];
        assert_int_equal(graph->junction_node[arc->tail], ends[s]);
        assert_int_equal(graph->junction_node[arc->head], ends[s + 1]);
    }
    assert_int_equal(graph->segment_count, 4 + 1 + 1);
    assert_int_equal(graph->segments[5].point_count, 3);
    assert_int_equal(graph->segments[5].arc[0], -1);
    assert_int_equal(graph->segments[5].arc[1], -1);
    assert_int_equal(graph->arc_count, 10);
    town_free(town);
}

/* Two streets between the same corners, and a street from a corner to itself. */
static void parallel_and_loop(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    const int32_t a = town_node(town, 0, 0), b = town_node(town, 100, 0), bend = town_node(town, 50, 80);
    const int32_t far = town_node(town, 150, 50), down = town_node(town, 150, -50);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(a, b));
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(a, bend, b));
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(b, far, down, b));
    build(town, U_TURNS_AT_TURNING_PLACES);
    assert_int_equal(town->graph.segment_count, 3);
    assert_string_equal(town_path(town, 'a', 'c'), "ac");
    assert_string_equal(town_path(town, 'a', 'A'), "acA");
    assert_string_equal(town_path(town, 'a', 'B'), "aB");
    for (int32_t arc = 0; arc < town->graph.arc_count; arc++) assert_true(town->graph.in_part[arc]);
    town_free(town);
}

static void weight_and_height(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    const int32_t a = town_node(town, 0, 0), b = town_node(town, 100, 0), c = town_node(town, 50, 100);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(town_node(town, -100, 0), a));
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(a, b));
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(a, c, b));
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(b, town_node(town, 200, 0)));
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'd'), "abd");
    town->ways[1].weight_kg = 3500;
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'd'), "acd");
    town->ways[1].weight_kg = 0;
    town->ways[1].height_cm = 299;
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'd'), "acd");
    town->ways[1].height_cm = 300;
    town_close(town, 1, 0);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'd'), "acd");
    assert_string_equal(town_path(town, 'D', 'A'), "DBA");
    town_free(town);
}

/* Across the Earth at walking pace is an error of the map. */
static void longer_than_a_day(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    const int32_t a = town_node(town, 0, 0), b = town_node(town, 100, 0);
    const int32_t c = town_node(town, 100, 9e6);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(a, b, c));
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(a, b));
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_int_equal(town_nth_arc(town, 'a', 1), -1);
    assert_string_equal(town_path(town, 'b', 'A'), "bA");
    town_free(town);
}

static void no_roads(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    struct error error;
    profile = town_profile(ROAD_TRUCK, U_TURNS_ANYWHERE);
    for (int32_t round = 0; round < 3; round++) {
        assert_int_equal(road_graph_build(&town->data, &profile, &town->arena, &town->graph, &error),
                         ERROR_NETWORK);
        assert_non_null(strstr(error.message, "town"));
        if (round == 0) town_way(town, ROAD_TRACK, TOWN_NODES(town_node(town, 0, 0), town_node(town, 9, 0)));
        profile.speed_kmh[ROAD_TRACK] = 0;
    }
    town_free(town);
}

/* ---- Parts ---- */

/* A square of streets; b is a cul-de-sac of it, c leads out of the town and d into it. */
static void out_of_the_part(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    const int32_t w = town_node(town, 0, 0), e = town_node(town, 100, 0), n = town_node(town, 50, 90);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(w, e, n, w));
    const int32_t end = town_node(town, 0, -50), out = town_node(town, 200, 0), in = town_node(town, 50, 190);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(w, end));
    town_close(town, town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(e, out)), 1);
    town_close(town, town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(in, n)), 1);
    build(town, U_TURNS_AT_TURNING_PLACES);
    static const char outside[] = "bBcd";
    for (const char *letter = outside; *letter != '\0'; letter++)
        assert_false(town->graph.in_part[town_arc(town, *letter)]);
    /* The square itself is two rings, driven one way or the other, as long as nobody can change over. */
    town->nodes[end].flags = ROAD_TURNING_PLACE;
    build(town, U_TURNS_AT_TURNING_PLACES);
    static const char inside[] = "aAbB";
    for (const char *letter = inside; *letter != '\0'; letter++)
        assert_true(town->graph.in_part[town_arc(town, *letter)]);
    assert_false(town->graph.in_part[town_arc(town, 'c')]);
    assert_false(town->graph.in_part[town_arc(town, 'd')]);
    town_free(town);
}

/* ---- Random towns ---- */

enum { SIDE = 5, STATES_MAX = 4096 };

static int32_t grid_node(int32_t x, int32_t y)
{
    return y * SIDE + x;
}

static int32_t random_way(struct road_town *town, struct rng *rng)
{
    int32_t nodes[7], count = 2 + rng_below(rng, 6), x = rng_below(rng, SIDE), y = rng_below(rng, SIDE);
    for (int32_t n = 0; n < count;) {
        nodes[n++] = grid_node(x, y);
        int32_t *along = rng_below(rng, 2) ? &x : &y;
        *along += *along == 0 ? 1 : *along == SIDE - 1 ? -1 : 2 * rng_below(rng, 2) - 1;
    }
    const int32_t way = town_way(town, (road_class)rng_below(rng, ROAD_CLASSES), nodes, count);
    const int32_t kind = rng_below(rng, 10);
    if (kind < 3) town_close(town, way, kind == 0 ? 0 : 1);
    if (kind == 3) town->ways[way].weight_kg = 3500;
    if (kind == 4) town->ways[way].roundabout = true;
    return way;
}

static int32_t any_node(const struct road_town *town, int32_t way, struct rng *rng)
{
    const struct road_way *of = &town->ways[way];
    const int32_t k = rng_below(rng, 3);
    return town->way_nodes[of->first_node + (k == 0   ? 0
                                             : k == 1 ? of->node_count - 1
                                                      : rng_below(rng, of->node_count))];
}

static bool has_node(const struct road_town *town, int32_t way, int32_t node)
{
    for (int32_t k = 0; k < town->ways[way].node_count; k++)
        if (town->way_nodes[town->ways[way].first_node + k] == node) return true;
    return false;
}

/* A way through the node, itself perhaps. */
static int32_t any_way_at(const struct road_town *town, int32_t node, struct rng *rng)
{
    for (;;) {
        const int32_t way = rng_below(rng, town->data.way_count);
        if (has_node(town, way, node)) return way;
    }
}

static void random_restriction(struct road_town *town, struct rng *rng)
{
    const int32_t over = rng_below(rng, town->data.way_count);
    const int32_t enter = any_node(town, over, rng), leave = any_node(town, over, rng);
    const int32_t from = any_way_at(town, enter, rng);
    switch (rng_below(rng, 5)) {
    case 0:
        town_only(town, from, enter, any_way_at(town, enter, rng));
        break;
    case 1:
        town_only_over(town, from, over, any_way_at(town, leave, rng));
        break;
    case 2:
        town_forbid(town, from, enter, any_way_at(town, enter, rng));
        break;
    default:
        town_forbid_over(town, from, over, any_way_at(town, leave, rng));
        break;
    }
    if (rng_below(rng, 8) == 0)
        town->restrictions[town->data.restriction_count - 1].binds[ROAD_TRUCK] = false;
}

static struct road_town *random_town(struct rng *rng)
{
    struct road_town *town = town_make();
    for (int32_t y = 0; y < SIDE; y++)
        for (int32_t x = 0; x < SIDE; x++) {
            const int32_t node = town_node(town, 60 * x + rng_below(rng, 20), 60 * y + rng_below(rng, 20));
            if (rng_below(rng, 8) == 0) town->nodes[node].flags = (uint8_t)rng_below(rng, 8);
            if (rng_below(rng, 20) == 0) town_bar(town, node);
        }
    for (int32_t w = 8 + rng_below(rng, 12); w > 0; w--) random_way(town, rng);
    for (int32_t r = rng_below(rng, 20); r > 0; r--) random_restriction(town, rng);
    town->data.left_hand = rng_below(rng, 2);
    build(town, (road_u_turns)rng_below(rng, 3));
    return town;
}

/* A random state without copies beside it: a free one. */
static int32_t free_state(const struct road_graph *graph, struct rng *rng)
{
    for (;;) {
        const int32_t s = rng_below(rng, graph->state_count), arc = graph->arc_of[s];
        const bool is_first = s == 0 || graph->arc_of[s - 1] != arc;
        if (is_first && (s + 1 == graph->state_count || graph->arc_of[s + 1] != arc)) return s;
    }
}

static int32_t turn_into(const struct road_graph *graph, int32_t state, int32_t arc)
{
    int32_t found = -1;
    for (int32_t t = graph->turns.first[state]; t < graph->turns.first[state + 1]; t++)
        if (graph->arc_of[graph->turns.head[t]] == arc) {
            assert_int_equal(found, -1);
            found = graph->turns.head[t];
        }
    return found;
}

/* Drives at random from an arc that no rule has a say in, and asks at each junction about every arc. */
static void drive(const struct road_town *town, int32_t state, struct rng *rng)
{
    enum { LEGS_MAX = 24 };
    const struct road_graph *graph = &town->graph;
    struct law_leg legs[LEGS_MAX];
    for (int32_t count = 1; count <= LEGS_MAX; count++) {
        int32_t choices[16], choice_count = 0;
        const int32_t arc = graph->arc_of[state];
        legs[count - 1] = law_leg_of(graph, arc);
        for (int32_t next = 0; next < graph->arc_count; next++) {
            const int32_t into = turn_into(graph, state, next);
            if (graph->arcs[next].tail != graph->arcs[arc].head) assert_int_equal(into, -1);
            assert_int_equal(into >= 0,
                             law_allows(&town->data, &profile, legs, count, law_leg_of(graph, next)));
            if (into >= 0 && choice_count < 16) choices[choice_count++] = into;
        }
        if (choice_count == 0) return;
        state = choices[rng_below(rng, choice_count)];
    }
}

static void turns_are_the_law(void **state)
{
    (void)state;
    struct rng rng;
    int32_t copies = 0;
    rng_seed(&rng, 1);
    for (int32_t round = 0; round < 600; round++) {
        struct road_town *town = random_town(&rng);
        copies += town->graph.state_count - town->graph.arc_count;
        for (int32_t trip = 0; trip < 12; trip++) drive(town, free_state(&town->graph, &rng), &rng);
        town_free(town);
    }
    assert_true(copies > 500);
}

/* Marks what can be reached from a state, along the turns or against them. */
static void spread(const struct digraph *graph, int32_t from, bool backwards, bool *reached)
{
    memset(reached, 0, STATES_MAX * sizeof *reached);
    reached[from] = true;
    for (bool more = true; more;) {
        more = false;
        for (int32_t s = 0; s < graph->count; s++)
            for (int32_t t = graph->first[s]; t < graph->first[s + 1]; t++) {
                const int32_t here = backwards ? graph->head[t] : s, there = backwards ? s : graph->head[t];
                if (!reached[here] || reached[there]) continue;
                reached[there] = more = true;
            }
    }
}

static void check_states(const struct road_graph *graph, int32_t arc, const bool *onwards, const bool *back)
{
    const struct road_arc *of = &graph->arcs[arc];
    const int32_t leave = of->leave_state;
    assert_true(of->state_count >= 1 && leave >= of->state && leave < of->state + of->state_count);
    for (int32_t s = 0; s < graph->state_count; s++) {
        const bool listed = s >= of->state && s < of->state + of->state_count;
        if (graph->arc_of[s] != arc) {
            assert_false(listed);
            continue;
        }
        if (listed) {
            assert_int_equal(onwards[s] && back[s], graph->in_part[arc]);
            assert_true(graph->turns.first[leave + 1] - graph->turns.first[leave] <=
                        graph->turns.first[s + 1] - graph->turns.first[s]);
        } else {
            assert_true(graph->in_part[arc] && !(onwards[s] && back[s]));
        }
    }
}

static void states_of_the_part(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 2);
    static bool onwards[STATES_MAX], back[STATES_MAX];
    for (int32_t round = 0; round < 300; round++) {
        struct road_town *town = random_town(&rng);
        const struct road_graph *graph = &town->graph;
        int32_t some = 0;
        while (!graph->in_part[some]) some++;
        assert_true(graph->state_count < STATES_MAX);
        spread(&graph->turns, graph->arcs[some].state, false, onwards);
        spread(&graph->turns, graph->arcs[some].state, true, back);
        for (int32_t arc = 0; arc < graph->arc_count; arc++) check_states(graph, arc, onwards, back);
        town_free(town);
    }
}

static void memory_exhausted(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 3);
    struct road_town *town;
    for (town = random_town(&rng); town->graph.state_count < town->graph.arc_count + 4;
         town = random_town(&rng))
        town_free(town);
    error_code rc = ERROR_MEMORY;
    int64_t n = 1;
    for (; rc != ERROR_NONE; n++) {
        struct error error;
        arena_fail_after(n);
        rc = road_graph_build(&town->data, &profile, &town->arena, &town->graph, &error);
        arena_fail_after(0);
        if (rc != ERROR_NONE) assert_int_equal(rc, ERROR_MEMORY);
    }
    assert_true(n > 25);
    town_free(town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_segment),        cmocka_unit_test(lengths_round_up_once),
        cmocka_unit_test(no_length),          cmocka_unit_test(junctions),
        cmocka_unit_test(parallel_and_loop),  cmocka_unit_test(weight_and_height),
        cmocka_unit_test(longer_than_a_day),  cmocka_unit_test(no_roads),
        cmocka_unit_test(out_of_the_part),    cmocka_unit_test(turns_are_the_law),
        cmocka_unit_test(states_of_the_part), cmocka_unit_test(memory_exhausted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
