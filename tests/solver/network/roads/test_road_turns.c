/* What turns cost and where a vehicle turns round. */
#include "tests/support/road_town.h"
#include "tests/support/test.h"

/* A crossing of four streets: a from the west into it, b east, c north, d south out of it, 100 m each. */
struct crossing {
    struct road_town *town;
    int32_t centre, west, east, north, south;
};

static struct crossing make_crossing(void)
{
    struct crossing at = {.town = town_make()};
    at.centre = town_node(at.town, 0, 0);
    at.west = town_node(at.town, -100, 0);
    at.east = town_node(at.town, 100, 0);
    at.north = town_node(at.town, 0, 100);
    at.south = town_node(at.town, 0, -100);
    town_way(at.town, ROAD_RESIDENTIAL, TOWN_NODES(at.west, at.centre));
    town_way(at.town, ROAD_RESIDENTIAL, TOWN_NODES(at.centre, at.east));
    town_way(at.town, ROAD_RESIDENTIAL, TOWN_NODES(at.centre, at.north));
    town_way(at.town, ROAD_RESIDENTIAL, TOWN_NODES(at.centre, at.south));
    return at;
}

static void build(struct road_town *town, road_u_turns u_turns)
{
    static struct road_profile profile;
    profile = town_profile(ROAD_TRUCK, u_turns);
    town_build(town, &profile);
}

static int64_t turn_ms(const struct road_town *town, int from, int to)
{
    return town_turn_ms(town, town_arc(town, from), town_arc(town, to));
}

static void turns_by_side(void **state)
{
    (void)state;
    struct crossing at = make_crossing();
    for (int32_t left_hand = 0; left_hand < 2; left_hand++) {
        const int64_t left = left_hand ? 4000 : 8000, right = left_hand ? 8000 : 4000;
        at.town->data.left_hand = left_hand;
        build(at.town, U_TURNS_ANYWHERE);
        assert_int_equal(turn_ms(at.town, 'a', 'b'), 0);
        assert_int_equal(turn_ms(at.town, 'a', 'c'), left);
        assert_int_equal(turn_ms(at.town, 'a', 'd'), right);
        assert_int_equal(turn_ms(at.town, 'C', 'A'), right);
        assert_int_equal(turn_ms(at.town, 'C', 'b'), left);
        assert_int_equal(turn_ms(at.town, 'a', 'A'), 20000);
    }
    town_free(at.town);
}

/* The last metres tell where a road comes from, not a bend of one metre; and within 45 degrees is ahead. */
static void turns_by_angle(void **state)
{
    (void)state;
    static const struct {
        double east, north;
        int64_t ms;
    } cases[] = {{100, 99, 0},      {100, 101, 8000}, {100, -99, 0},
                 {100, -101, 4000}, {-100, 1, 8000},  {-100, -1, 4000}};
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct crossing at = make_crossing();
        const int32_t crook = town_node(at.town, 0, cases[c].north > 0 ? -1 : 1);
        const int32_t end = town_node(at.town, cases[c].east, cases[c].north);
        town_way(at.town, ROAD_RESIDENTIAL, TOWN_NODES(at.centre, crook, end));
        build(at.town, U_TURNS_ANYWHERE);
        assert_int_equal(turn_ms(at.town, 'a', 'e'), cases[c].ms);
        town_free(at.town);
    }
}

/* Where the way changes but the road goes on nothing is lost, nor may one turn round. */
static void bends_are_free(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    const int32_t a = town_node(town, 0, 0), b = town_node(town, 100, 0), c = town_node(town, 100, 100);
    town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(a, b));
    town_way(town, ROAD_TERTIARY, TOWN_NODES(b, c));
    build(town, U_TURNS_ANYWHERE);
    assert_int_equal(turn_ms(town, 'a', 'b'), 0);
    assert_int_equal(turn_ms(town, 'a', 'A'), -1);
    assert_int_equal(turn_ms(town, 'b', 'B'), 20000);
    town_free(town);
}

static void signals_and_crossings(void **state)
{
    (void)state;
    struct crossing at = make_crossing();
    const int32_t stop = town_node(at.town, 150, 0), end = town_node(at.town, 200, 0);
    town_way(at.town, ROAD_RESIDENTIAL, TOWN_NODES(at.east, stop, end));
    at.town->nodes[at.centre].flags = ROAD_SIGNALS;
    at.town->nodes[at.east].flags = ROAD_CROSSING;
    at.town->nodes[stop].flags = ROAD_SIGNALS | ROAD_CROSSING;
    build(at.town, U_TURNS_ANYWHERE);
    assert_int_equal(turn_ms(at.town, 'a', 'b'), 5000);
    assert_int_equal(turn_ms(at.town, 'a', 'c'), 5000 + 8000);
    assert_int_equal(turn_ms(at.town, 'a', 'A'), 5000 + 20000);
    assert_int_equal(turn_ms(at.town, 'b', 'e'), 1000);
    assert_in_range(at.town->graph.arcs[town_arc(at.town, 'e')].time_ms, 10000 + 6000, 10005 + 6000);
    assert_in_range(at.town->graph.arcs[town_arc(at.town, 'a')].time_ms, 10000, 10005);
    town_free(at.town);
}

/* Giving way on entering alone: roads a, b, c meet a ring e of one direction. */
static void roundabout(void **state)
{
    (void)state;
    struct road_town *town = town_make();
    const int32_t west = town_node(town, -20, 0), south = town_node(town, 0, -20),
                  east = town_node(town, 20, 0);
    const int32_t north = town_node(town, 0, 20);
    town_way(town, ROAD_TERTIARY, TOWN_NODES(town_node(town, -100, 0), west));
    town_way(town, ROAD_TERTIARY, TOWN_NODES(town_node(town, 100, 0), east));
    town_way(town, ROAD_TERTIARY, TOWN_NODES(town_node(town, 0, 100), north));
    const int32_t ring = town_way(town, ROAD_TERTIARY, TOWN_NODES(west, south, east, north, west));
    town->ways[ring].roundabout = true;
    town_close(town, ring, 1);
    build(town, U_TURNS_AT_TURNING_PLACES);
    const int32_t into = town_nth_arc(town, 'd', 0), on = town_nth_arc(town, 'd', 1);
    assert_int_equal(town_turn_ms(town, town_arc(town, 'a'), into), 4000);
    assert_int_equal(town_turn_ms(town, into, on), 0);
    assert_int_equal(town_turn_ms(town, into, town_arc(town, 'B')), 0);
    assert_string_equal(town_path(town, 'a', 'A'), "adA");
    assert_int_equal(turn_ms(town, 'a', 'A'), -1);
    town_free(town);
}

static void turning_round(void **state)
{
    (void)state;
    static const struct {
        road_u_turns u_turns;
        bool crossing, dead_end;
    } cases[] = {{U_TURNS_AT_TURNING_PLACES, false, false},
                 {U_TURNS_AT_DEAD_ENDS, false, true},
                 {U_TURNS_ANYWHERE, true, true}};
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct crossing at = make_crossing();
        at.town->nodes[at.north].flags = ROAD_TURNING_PLACE;
        build(at.town, cases[c].u_turns);
        assert_int_equal(turn_ms(at.town, 'a', 'A'), cases[c].crossing ? 20000 : -1);
        assert_int_equal(turn_ms(at.town, 'b', 'B'), cases[c].dead_end ? 20000 : -1);
        assert_int_equal(turn_ms(at.town, 'c', 'C'), 20000);
        town_free(at.town);
    }
}

/* A turning place in the middle of a street, and one at a crossing. */
static void turning_places(void **state)
{
    (void)state;
    struct crossing at = make_crossing();
    const int32_t place = town_node(at.town, 150, 0), end = town_node(at.town, 200, 0);
    town_way(at.town, ROAD_RESIDENTIAL, TOWN_NODES(at.east, place, end));
    at.town->nodes[place].flags = at.town->nodes[at.centre].flags = ROAD_TURNING_PLACE;
    build(at.town, U_TURNS_AT_TURNING_PLACES);
    assert_int_equal(town_turn_ms(at.town, town_nth_arc(at.town, 'e', 0), town_nth_arc(at.town, 'E', 0)),
                     20000);
    assert_int_equal(town_turn_ms(at.town, town_nth_arc(at.town, 'e', 1), town_nth_arc(at.town, 'E', 1)), -1);
    assert_int_equal(turn_ms(at.town, 'a', 'A'), 20000);
    assert_true(at.town->graph.in_part[town_nth_arc(at.town, 'e', 0)]);
    assert_false(at.town->graph.in_part[town_nth_arc(at.town, 'e', 1)]);
    town_free(at.town);
}

/* A barrier ends the road on both sides; whoever is let through sees none. */
static void barrier(void **state)
{
    (void)state;
    struct crossing at = make_crossing();
    const int32_t gate = town_node(at.town, 150, 0), end = town_node(at.town, 200, 0);
    town_way(at.town, ROAD_RESIDENTIAL, TOWN_NODES(at.east, gate, end));
    at.town->nodes[gate].access[ROAD_TRUCK] = ROAD_PRIVATE;
    build(at.town, U_TURNS_AT_DEAD_ENDS);
    const int32_t before = town_nth_arc(at.town, 'e', 0), behind = town_nth_arc(at.town, 'e', 1);
    assert_int_equal(town_turn_ms(at.town, before, behind), -1);
    assert_int_equal(town_turn_ms(at.town, before, town_nth_arc(at.town, 'E', 0)), 20000);
    assert_true(at.town->graph.in_part[before]);
    assert_false(at.town->graph.in_part[behind]);
    struct road_profile resident = town_profile(ROAD_TRUCK, U_TURNS_AT_DEAD_ENDS);
    resident.enters_private = true;
    town_build(at.town, &resident);
    assert_int_equal(town_nth_arc(at.town, 'e', 1), -1);
    assert_true(at.town->graph.in_part[town_arc(at.town, 'e')]);
    town_free(at.town);
}

/* A cul-de-sac that ends in a loop needs no turning round. */
static void loop_at_the_end(void **state)
{
    (void)state;
    struct crossing at = make_crossing();
    const int32_t one = town_node(at.town, 150, 40), two = town_node(at.town, 150, -40);
    town_way(at.town, ROAD_RESIDENTIAL, TOWN_NODES(at.east, one, two, at.east));
    at.town->nodes[at.west].flags = ROAD_TURNING_PLACE;
    build(at.town, U_TURNS_AT_TURNING_PLACES);
    assert_string_equal(town_path(at.town, 'a', 'A'), "abeBA");
    assert_true(at.town->graph.in_part[town_arc(at.town, 'e')] &&
                at.town->graph.in_part[town_arc(at.town, 'E')]);
    assert_int_equal(turn_ms(at.town, 'e', 'E'), -1);
    assert_int_equal(turn_ms(at.town, 'e', 'e'), 4000);
    town_free(at.town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_by_side),   cmocka_unit_test(turns_by_angle),
        cmocka_unit_test(bends_are_free),  cmocka_unit_test(signals_and_crossings),
        cmocka_unit_test(roundabout),      cmocka_unit_test(turning_round),
        cmocka_unit_test(turning_places),  cmocka_unit_test(barrier),
        cmocka_unit_test(loop_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
