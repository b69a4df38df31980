/* Each kind of turn restriction, by the path that it leaves. */
#include "tests/support/road_town.h"
#include "tests/support/test.h"

enum { A, B, C, D, E, F };

static void build(struct road_town *town, road_u_turns u_turns)
{
    static struct road_profile profile;
    profile = town_profile(ROAD_TRUCK, u_turns);
    town_build(town, &profile);
}

/* ---- Over a node: a from the west, b east, c north, d south, all of 100 m with dead ends ---- */

enum { CENTRE, WEST, EAST, NORTH, SOUTH };

static struct road_town *make_crossing(void)
{
    struct road_town *town = town_make();
    static const double at[][2] = {{0, 0}, {-100, 0}, {100, 0}, {0, 100}, {0, -100}};
    for (int32_t n = 0; n < 5; n++) town_node(town, at[n][0], at[n][1]);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(WEST, CENTRE));
    for (int32_t n = EAST; n <= SOUTH; n++) town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(CENTRE, n));
    return town;
}

static void no_turn(void **state)
{
    (void)state;
    struct road_town *town = make_crossing();
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'c'), "ac");
    town_forbid(town, A, CENTRE, C);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'c'), "abBc");
    assert_string_equal(town_path(town, 'a', 'd'), "ad");
    assert_string_equal(town_path(town, 'C', 'A'), "CA");
    town_forbid(town, A, CENTRE, B);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'c'), "adDc");
    town_free(town);
}

/* With every other turn forbidden the street is a dead end, where one may turn round. */
static void no_turn_at_all(void **state)
{
    (void)state;
    struct road_town *town = make_crossing();
    for (int32_t to = B; to <= D; to++) town_forbid(town, A, CENTRE, to);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'c'), "");
    assert_string_equal(town_path(town, 'a', 'A'), "aA");
    town_free(town);
}

static void only_turn(void **state)
{
    (void)state;
    struct road_town *town = make_crossing();
    town_only(town, A, CENTRE, B);
    build(town, U_TURNS_ANYWHERE);
    assert_string_equal(town_path(town, 'a', 'b'), "ab");
    assert_string_equal(town_path(town, 'a', 'd'), "abBd");
    assert_string_equal(town_path(town, 'a', 'A'), "abBA");
    assert_string_equal(town_path(town, 'D', 'c'), "Dc");
    town_only(town, A, CENTRE, D); /* either of the two */
    build(town, U_TURNS_ANYWHERE);
    assert_string_equal(town_path(town, 'a', 'd'), "ad");
    assert_string_equal(town_path(town, 'a', 'b'), "ab");
    assert_string_equal(town_path(town, 'a', 'c'), "abBc");
    town_free(town);
}

static void no_u_turn(void **state)
{
    (void)state;
    struct road_town *town = make_crossing();
    build(town, U_TURNS_ANYWHERE);
    assert_string_equal(town_path(town, 'a', 'A'), "aA");
    town_forbid(town, A, CENTRE, A);
    town_forbid(town, C, NORTH, C); /* holds at a dead end too */
    build(town, U_TURNS_ANYWHERE);
    assert_string_equal(town_path(town, 'a', 'A'), "abBA");
    assert_string_equal(town_path(town, 'c', 'C'), "");
    assert_false(town->graph.in_part[town_arc(town, 'c')]);
    town_free(town);
}

/* A way that goes on over the via node may be driven on; a turn out of it is bound from both directions. */
static void way_not_split(void **state)
{
    (void)state;
    struct road_town *town = make_crossing();
    const int32_t through = town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(WEST, CENTRE, EAST));
    town_close(town, A, 0);
    town_close(town, A, 1);
    town_close(town, B, 0);
    town_close(town, B, 1);
    town_forbid(town, through, CENTRE, through);
    town_forbid(town, through, CENTRE, C);
    build(town, U_TURNS_ANYWHERE);
    const int32_t first = town_nth_arc(town, 'e', 0), second = town_nth_arc(town, 'e', 1);
    assert_int_equal(town_turn_ms(town, first, second), 0);
    assert_int_equal(town_turn_ms(town, first, town_nth_arc(town, 'E', 0)), -1);
    assert_int_equal(town_turn_ms(town, first, town_arc(town, 'c')), -1);
    assert_int_equal(town_turn_ms(town, town_nth_arc(town, 'E', 1), town_arc(town, 'c')), -1);
    town_free(town);
}

static void excepted_vehicle(void **state)
{
    (void)state;
    struct road_town *town = make_crossing();
    town->restrictions[town_forbid(town, A, CENTRE, C)].binds[ROAD_TRUCK] = false;
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'c'), "ac");
    const struct road_profile car = town_profile(ROAD_CAR, U_TURNS_AT_DEAD_ENDS);
    town_build(town, &car);
    assert_string_equal(town_path(town, 'a', 'c'), "abBc");
    town_free(town);
}

/* "Only into c" means nothing to whom c is closed. */
static void ways_not_driven(void **state)
{
    (void)state;
    struct road_town *town = make_crossing();
    town_only(town, A, CENTRE, C);
    town_only_over(town, A, C, B);
    town_only_over(town, C, B, A);
    town_close(town, C, 0);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'd'), "ad");
    town_close(town, C, 1);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'd'), "ad");
    town_free(town);
}

/* ---- Over a way: two carriageways, a and d below, c and e above, joined by b; f comes from the south ----
 */

static struct road_town *make_link(bool with_lane)
{
    struct road_town *town = town_make();
    const int32_t below = town_node(town, 0, 0), above = town_node(town, 0, 50);
    const int32_t west = town_node(town, -100, 0), back = town_node(town, -100, 50);
    const int32_t east = town_node(town, 300, 0), on = town_node(town, 200, 50),
                  south = town_node(town, 0, -200);
    town_way(town, ROAD_PRIMARY, TOWN_NODES(west, below));
    if (with_lane) {
        const int32_t middle = town_node(town, 0, 25), end = town_node(town, 50, 25);
        town_way(town, ROAD_TERTIARY, TOWN_NODES(below, middle, above));
        town_way(town, ROAD_PRIMARY, TOWN_NODES(above, back));
        town_way(town, ROAD_PRIMARY, TOWN_NODES(below, east));
        town_way(town, ROAD_PRIMARY, TOWN_NODES(above, on));
        town_way(town, ROAD_TERTIARY, TOWN_NODES(south, below));
        town_way(town, ROAD_SERVICE, TOWN_NODES(middle, end));
        return town;
    }
    town_way(town, ROAD_TERTIARY, TOWN_NODES(below, above));
    town_way(town, ROAD_PRIMARY, TOWN_NODES(above, back));
    town_way(town, ROAD_PRIMARY, TOWN_NODES(below, east));
    town_way(town, ROAD_PRIMARY, TOWN_NODES(above, on));
    town_way(town, ROAD_TERTIARY, TOWN_NODES(south, below));
    return town;
}

static int32_t turns_of(const struct road_town *town, int32_t state)
{
    return town->graph.turns.first[state + 1] - town->graph.turns.first[state];
}

static void no_turn_over_way(void **state)
{
    (void)state;
    struct road_town *town = make_link(false);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'c'), "abc");
    assert_int_equal(town->graph.state_count, town->graph.arc_count);
    town_forbid_over(town, A, B, C);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'c'), "abeEc");
    assert_string_equal(town_path(town, 'a', 'e'), "abe");
    assert_string_equal(town_path(town, 'f', 'c'), "fbc");
    assert_string_equal(town_path(town, 'D', 'c'), "Dbc");
    assert_string_equal(town_path(town, 'b', 'c'), "bc");
    assert_string_equal(town_path(town, 'C', 'A'), "CBA");
    town_free(town);
}

/* A stop on the way between does not undo what its driver is bound to. */
static void leaves_by_fewest_turns(void **state)
{
    (void)state;
    struct road_town *town = make_link(false);
    town_forbid_over(town, A, B, C);
    build(town, U_TURNS_AT_DEAD_ENDS);
    const struct road_graph *graph = &town->graph;
    const struct road_arc *link = &graph->arcs[town_arc(town, 'b')];
    assert_int_equal(link->state_count, 2);
    assert_int_equal(link->leave_state, link->state + 1);
    assert_int_equal(turns_of(town, link->state), 2);
    assert_int_equal(turns_of(town, link->leave_state), 1);
    assert_int_equal(graph->arc_of[graph->turns.head[graph->turns.first[link->leave_state]]],
                     town_arc(town, 'e'));
    for (int32_t a = 0; a < graph->arc_count; a++)
        if (&graph->arcs[a] != link) assert_int_equal(graph->arcs[a].leave_state, graph->arcs[a].state);
    town_free(town);
}

static void only_turn_over_way(void **state)
{
    (void)state;
    struct road_town *town = make_link(false);
    town_only_over(town, A, B, E);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'e'), "abe");
    assert_string_equal(town_path(town, 'a', 'd'), "abeEBd");
    assert_string_equal(town_path(town, 'a', 'c'), "abeEc");
    assert_string_equal(town_path(town, 'f', 'd'), "fd");
    assert_string_equal(town_path(town, 'f', 'c'), "fbc");
    town_free(town);
}

/* The via way is two segments, between which lane g leaves. */
static void over_way_of_two_segments(void **state)
{
    (void)state;
    struct road_town *town = make_link(true);
    const int32_t restriction = town_forbid_over(town, A, B, C);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'g'), "abg");
    assert_string_equal(town_path(town, 'a', 'c'), "abgGbc");
    assert_int_equal(town->graph.state_count, town->graph.arc_count + 2);
    town->restrictions[restriction] = (struct road_restriction){
        .from = A, .to = E, .via = -1, .via_way = B, .only = true, .binds = {true, true}};
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'g'), "abeEBg");
    assert_string_equal(town_path(town, 'f', 'g'), "fbg");
    town_free(town);
}

/* Two over the same way bind together; who has no way on turns round, if he may. */
static void two_over_one_way(void **state)
{
    (void)state;
    struct road_town *town = make_link(false);
    town_forbid_over(town, A, B, C);
    town_forbid_over(town, A, B, E);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'c'), "aFfbc");
    build(town, U_TURNS_AT_TURNING_PLACES);
    assert_string_equal(town_path(town, 'a', 'c'), "");
    town_free(town);
}

/* The turn that one lets through may begin another: the first must not shake off the second. */
static void one_after_another(void **state)
{
    (void)state;
    struct road_town *town = make_link(false);
    enum { ON = 5 };
    const int32_t north = town_node(town, 200, 150), east = town_node(town, 300, 50);
    town_way(town, ROAD_PRIMARY, TOWN_NODES(ON, north));
    town_way(town, ROAD_PRIMARY, TOWN_NODES(ON, east));
    town_forbid_over(town, A, B, C);
    town_forbid_over(town, B, E, F + 1);
    build(town, U_TURNS_AT_DEAD_ENDS);
    assert_string_equal(town_path(town, 'a', 'g'), "abehHg");
    assert_string_equal(town_path(town, 'f', 'g'), "fbehHg");
    assert_string_equal(town_path(town, 'c', 'g'), "cCeg");
    town_free(town);
}

/* From a over the ring d into b is forbidden: b is passed once more, and then free. */
static void over_a_ring(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    const int32_t west = town_node(town, -20, 0), south = town_node(town, 0, -20),
                  east = town_node(town, 20, 0);
    const int32_t north = town_node(town, 0, 20);
    town_way(town, ROAD_TERTIARY, TOWN_NODES(town_node(town, -100, 0), west));
    town_way(town, ROAD_TERTIARY, TOWN_NODES(town_node(town, 100, 0), east));
    town_way(town, ROAD_TERTIARY, TOWN_NODES(town_node(town, 0, 100), north));
    const int32_t ring = town_way(town, ROAD_TERTIARY, TOWN_NODES(east, north, west, south, east));
    town->ways[ring].roundabout = true;
    town_close(town, ring, 1);
    way_weight ways[32];
    uint32_t length_dm[2];
    for (int32_t round = 0; round < 2; round++) {
        if (round == 1) town_forbid_over(town, A, ring, B);
        build(town, U_TURNS_AT_DEAD_ENDS);
        const struct road_graph *graph = &town->graph;
        assert_string_equal(town_path(town, 'a', 'B'), "adB");
        assert_int_equal(
            digraph_ways(&graph->turns, graph->arcs[town_arc(town, 'a')].state, ways, NULL, NULL),
            ERROR_NONE);
        length_dm[round] = way_length_dm(ways[graph->arcs[town_arc(town, 'B')].state]);
    }
    uint32_t around_dm = 0;
    for (int32_t k = 0; k < 3; k++)
        around_dm += town->graph.segments[town->graph.arcs[town_nth_arc(town, 'd', k)].segment].length_dm;
    assert_int_equal(length_dm[1], length_dm[0] + around_dm);
    town_free(town);
}

/* What cannot be left is left out of the arc's states, and the arc stays. */
static void copy_without_way_out(void **state)
{
    (void)state;
    struct road_town *town = make_link(false);
    for (int32_t n = 0; n < town->data.node_count; n++)
        if (n > 1) town->nodes[n].flags = ROAD_TURNING_PLACE;
    town_forbid_over(town, A, B, C);
    town_forbid_over(town, A, B, E);
    build(town, U_TURNS_AT_TURNING_PLACES);
    const struct road_arc *link = &town->graph.arcs[town_arc(town, 'b')];
    assert_true(town->graph.in_part[town_arc(town, 'b')]);
    assert_int_equal(link->state_count, 1);
    assert_int_equal(link->leave_state, link->state);
    assert_int_equal(town->graph.arc_of[link->state + 1], town_arc(town, 'b'));
    assert_int_equal(turns_of(town, link->state + 1), 0);
    town_free(town);
}

/* A link that can be entered from a alone, which binds: nobody comes by its free state. */
static void copy_alone_come_by(void **state)
{
    (void)state;
    enum { WEST_END = 2, BACK_END = 3 };
    struct road_town *town = make_link(false);
    town_close(town, B, 1);
    for (int32_t d = 0; d < 2; d++) {
        town_close(town, D, d);
        town_close(town, F, d);
    }
    town_way(town, ROAD_PRIMARY, TOWN_NODES(BACK_END, WEST_END));
    town_forbid_over(town, A, B, C);
    build(town, U_TURNS_AT_DEAD_ENDS);
    const struct road_arc *link = &town->graph.arcs[town_arc(town, 'b')];
    assert_true(town->graph.in_part[town_arc(town, 'b')]);
    assert_int_equal(link->state_count, 1);
    assert_int_equal(turns_of(town, link->state), 1);
    assert_int_equal(town->graph.state_count, town->graph.arc_count + 1);
    town_free(town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_turn),
        cmocka_unit_test(no_turn_at_all),
        cmocka_unit_test(only_turn),
        cmocka_unit_test(no_u_turn),
        cmocka_unit_test(way_not_split),
        cmocka_unit_test(excepted_vehicle),
        cmocka_unit_test(ways_not_driven),
        cmocka_unit_test(no_turn_over_way),
        cmocka_unit_test(leaves_by_fewest_turns),
        cmocka_unit_test(only_turn_over_way),
        cmocka_unit_test(over_way_of_two_segments),
        cmocka_unit_test(two_over_one_way),
        cmocka_unit_test(one_after_another),
        cmocka_unit_test(over_a_ring),
        cmocka_unit_test(copy_without_way_out),
        cmocka_unit_test(copy_alone_come_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
