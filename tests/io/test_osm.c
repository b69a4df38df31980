/* A small town in every form that a file may have: the roads are the same, and those that were drawn. */
#include "io/osm.h"
#include "solver/base/array.h"
#include "tests/support/osm_forms.h"
#include "tests/support/road_check.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOWN "tests/fuzz/corpus/osm/crossroads.osm"

static char path[64];

static void read_roads(const char *file, struct arena *arena, struct road_data *roads)
{
    struct error error;
    arena_init(arena);
    if (osm_read(file, arena, roads, &error) != ERROR_NONE) fail_msg("%s: %s", file, error.message);
    assert_true(road_data_holds(roads));
}

static void save_text(const char *text)
{
    struct osm_bytes bytes = {0};
    osm_bytes_add(&bytes, text, strlen(text));
    osm_bytes_save(&bytes, path);
    osm_bytes_free(&bytes);
}

static void read_text(const char *text, struct arena *arena, struct road_data *roads)
{
    save_text(text);
    read_roads(path, arena, roads);
}

/* The first piece of a way. */
static const struct road_way *way_of(const struct road_data *roads, int64_t id)
{
    for (int32_t w = 0; w < roads->way_count; w++)
        if (roads->ways[w].id == id) return &roads->ways[w];
    fail_msg("no way %lld", (long long)id);
    return NULL;
}

static const struct road_node *node_of(const struct road_data *roads, int64_t id)
{
    for (int32_t n = 0; n < roads->node_count; n++)
        if (roads->node_ids[n] == id) return &roads->nodes[n];
    fail_msg("no node %lld", (long long)id);
    return NULL;
}

static void assert_name(const struct road_data *roads, int64_t way, const char *name)
{
    assert_string_equal(roads->names[way_of(roads, way)->name], name);
}

/* ---- The town ---- */

static void ways_are_those_that_vehicles_use(void **state)
{
    (void)state;
    struct arena arena;
    struct road_data roads;
    read_roads(TOWN, &arena, &roads);
    static const int64_t ids[] = {100, 101, 102, 103, 104, 105, 106, 107, 107};
    assert_int_equal(roads.way_count, COUNT_OF(ids));
    for (size_t w = 0; w < COUNT_OF(ids); w++) assert_int_equal(roads.ways[w].id, ids[w]);
    assert_int_equal(way_of(&roads, 100)->class, ROAD_SECONDARY);
    assert_int_equal(way_of(&roads, 100)->limit_kmh[1], 50);
    assert_int_equal(way_of(&roads, 100)->lanes, 2);
    assert_int_equal(way_of(&roads, 102)->node_count, 2); /* its first node is named twice */
    assert_int_equal(way_of(&roads, 103)->access[ROAD_CAR][0], ROAD_CLOSED);
    assert_int_equal(way_of(&roads, 104)->access[ROAD_TRUCK][0], ROAD_TO_DESTINATION);
    assert_true(way_of(&roads, 105)->roundabout);
    assert_int_equal(way_of(&roads, 106)->class, ROAD_DRIVEWAY);
    assert_int_equal(way_of(&roads, 106)->height_cm, 320);
    assert_int_equal(way_of(&roads, 106)->width_cm, 250);
    assert_int_equal(way_of(&roads, 107)->weight_kg, 7500);
    assert_int_equal(way_of(&roads, 107)->axle_kg, 4000);
    assert_int_equal(way_of(&roads, 107)->truck_limit_kmh, 40);
    assert_false(roads.left_hand);
    arena_free(&arena);
}

static void names_stand_once(void **state)
{
    (void)state;
    struct arena arena;
    struct road_data roads;
    read_roads(TOWN, &arena, &roads);
    assert_int_equal(roads.name_count, 4);
    assert_name(&roads, 100, "Rue de la Gare");
    assert_name(&roads, 101, "Rue de la Gare");
    assert_name(&roads, 102, "Rue Haute & Basse");
    assert_name(&roads, 103, "Allée des Érables");
    assert_name(&roads, 107, "D 12");
    assert_int_equal(way_of(&roads, 105)->name, -1);
    arena_free(&arena);
}

static void nodes_are_those_of_ways_by_id(void **state)
{
    (void)state;
    struct arena arena;
    struct road_data roads;
    read_roads(TOWN, &arena, &roads);
    assert_int_equal(roads.node_count, 16);
    assert_int_equal(roads.node_ids[0], -5);
    assert_int_equal(roads.node_ids[15], INT64_MAX);
    assert_int_equal(roads.nodes[15].lat_e7, 472000001);
    assert_int_equal(roads.nodes[15].lon_e7, -15569999);
    assert_int_equal(node_of(&roads, 11)->flags, ROAD_CROSSING | ROAD_SIGNALS);
    assert_int_equal(node_of(&roads, 12)->flags, ROAD_SIGNALS);
    assert_int_equal(node_of(&roads, 14)->flags, ROAD_TURNING_PLACE);
    assert_int_equal(node_of(&roads, 16)->access[ROAD_CAR], ROAD_CLOSED);
    assert_int_equal(node_of(&roads, 30)->access[ROAD_TRUCK], ROAD_PRIVATE);
    arena_free(&arena);
}

static void ways_are_cut_where_nodes_are_missing(void **state)
{
    (void)state;
    struct arena arena;
    struct road_data roads;
    read_roads(TOWN, &arena, &roads);
    assert_int_equal(roads.missing_nodes, 3); /* one of way 107, two of way 113 of which nothing is left */
    const struct road_way *pieces = way_of(&roads, 107);
    const int32_t *first = roads.way_nodes + pieces[0].first_node;
    const int32_t *second = roads.way_nodes + pieces[1].first_node;
    assert_int_equal(pieces[1].id, 107);
    assert_int_equal(pieces[0].node_count, 2);
    assert_int_equal(roads.node_ids[first[0]], 13);
    assert_int_equal(roads.node_ids[first[1]], INT64_MAX);
    assert_int_equal(pieces[1].node_count, 2);
    assert_int_equal(roads.node_ids[second[0]], 31);
    assert_int_equal(roads.node_ids[second[1]], -5);
    arena_free(&arena);
}

static void restrictions_name_ways_and_vehicles(void **state)
{
    (void)state;
    static const struct {
        int64_t id, from, via, via_way, to;
        bool only, car, truck;
    } expected[] = {{200, 100, 12, 0, 102, false, true, true},  {201, 101, 12, 0, 100, true, true, false},
                    {202, 102, 12, 0, 101, false, false, true}, {203, 102, 0, 101, 105, false, true, true},
                    {204, 100, 12, 0, 102, false, true, false}, {204, 101, 12, 0, 102, false, true, false},
                    {204, 100, 12, 0, 102, true, false, true},  {204, 101, 12, 0, 102, true, false, true}};
    struct arena arena;
    struct road_data roads;
    read_roads(TOWN, &arena, &roads);
    assert_int_equal(roads.restriction_count, COUNT_OF(expected));
    assert_int_equal(roads.lost_restrictions, 2); /* into a way that is not there, and from a node */
    for (size_t r = 0; r < COUNT_OF(expected); r++) {
        const struct road_restriction *found = &roads.restrictions[r];
        assert_int_equal(found->id, expected[r].id);
        assert_int_equal(roads.ways[found->from].id, expected[r].from);
        assert_int_equal(roads.ways[found->to].id, expected[r].to);
        assert_int_equal(found->only, expected[r].only);
        assert_int_equal(found->binds[ROAD_CAR], expected[r].car);
        assert_int_equal(found->binds[ROAD_TRUCK], expected[r].truck);
        if (expected[r].via_way == 0)
            assert_int_equal(roads.node_ids[found->via], expected[r].via);
        else
            assert_int_equal(roads.ways[found->via_way].id, expected[r].via_way);
    }
    arena_free(&arena);
}

/* ---- Its forms ---- */

static void assert_same(const struct road_data *a, const struct road_data *b)
{
    assert_int_equal(a->node_count, b->node_count);
    assert_int_equal(a->way_count, b->way_count);
    assert_int_equal(a->way_node_count, b->way_node_count);
    assert_int_equal(a->restriction_count, b->restriction_count);
    assert_int_equal(a->name_count, b->name_count);
    assert_int_equal(a->missing_nodes, b->missing_nodes);
    assert_int_equal(a->lost_restrictions, b->lost_restrictions);
    assert_memory_equal(a->nodes, b->nodes, (size_t)a->node_count * sizeof *a->nodes);
    assert_memory_equal(a->node_ids, b->node_ids, (size_t)a->node_count * sizeof *a->node_ids);
    assert_memory_equal(a->way_nodes, b->way_nodes, (size_t)a->way_node_count * sizeof *a->way_nodes);
    for (int32_t w = 0; w < a->way_count; w++) {
        assert_int_equal(a->ways[w].id, b->ways[w].id);
        assert_memory_equal(a->ways[w].access, b->ways[w].access, sizeof a->ways[w].access);
        assert_int_equal(a->ways[w].name, b->ways[w].name);
        assert_int_equal(a->ways[w].weight_kg, b->ways[w].weight_kg);
    }
    for (int32_t r = 0; r < a->restriction_count; r++) {
        assert_int_equal(a->restrictions[r].from, b->restrictions[r].from);
        assert_int_equal(a->restrictions[r].via, b->restrictions[r].via);
    }
    for (int32_t n = 0; n < a->name_count; n++) assert_string_equal(a->names[n], b->names[n]);
}

static void assert_same_as_town(struct osm_bytes bytes)
{
    struct arena town_arena, arena;
    struct road_data town, roads;
    read_roads(TOWN, &town_arena, &town);
    osm_bytes_save(&bytes, path);
    read_roads(path, &arena, &roads);
    assert_same(&town, &roads);
    arena_free(&arena);
    arena_free(&town_arena);
    osm_bytes_free(&bytes);
}

static void all_forms_give_the_same_roads(void **state)
{
    (void)state;
    struct osm_bytes town = osm_bytes_load(TOWN);
    assert_same_as_town(osm_packed(&town));
    osm_bytes_free(&town);
    for (int32_t form = 0; form < 4; form++) {
        const struct osm_pbf_options options = {.dense = form % 2 != 0, .compressed = form / 2 != 0};
        assert_same_as_town(osm_pbf_of(TOWN, options));
    }
}

/* As some programs write it: a mark of the encoding, and blanks, before the first tag. */
static void marks_and_blanks_may_come_first(void **state)
{
    (void)state;
    struct osm_bytes town = osm_bytes_load(TOWN), marked = {0};
    osm_bytes_add(&marked, "\xef\xbb\xbf", 3);
    osm_bytes_add(&marked, town.items, (size_t)town.count);
    assert_same_as_town(marked);
    const char *root = strstr((char *)town.items, "<osm");
    struct osm_bytes blank = {0};
    osm_bytes_add(&blank, "\r\n \t", 4);
    osm_bytes_add(&blank, root, (size_t)(town.count - (root - (char *)town.items)));
    assert_same_as_town(blank);
    osm_bytes_free(&town);
}

/* ---- Small files ---- */

#define NODE(id, lat, lon) "<node id='" id "' lat='" lat "' lon='" lon "'/>"
#define WAY(id, a, b, tags) "<way id='" id "'><nd ref='" a "'/><nd ref='" b "'/>" tags "</way>"
#define TAG(key, value) "<tag k='" key "' v='" value "'/>"
#define MEMBER(type, ref, role) "<member type='" type "' ref='" ref "' role='" role "'/>"
#define RESTRICTION(value, members) \
    "<relation id='9'>" members TAG("type", "restriction") TAG("restriction", value) "</relation>"
#define STREET TAG("highway", "residential")

/* A star: node 1, and ways 11, 12 and 13 to the nodes 2, 3 and 4; way 14 goes on from node 4. */
#define STAR                    \
    NODE("1", "1", "1")         \
    NODE("2", "1", "2")         \
    NODE("3", "2", "1")         \
    NODE("4", "0", "1")         \
    NODE("5", "-1", "1")        \
    WAY("11", "2", "1", STREET) \
    WAY("12", "1", "3", STREET) WAY("13", "1", "4", STREET) WAY("14", "4", "5", STREET)

static void restrictions_of_several_ways(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t found, lost;
    } rows[] = {
        {RESTRICTION("no_left_turn", MEMBER("way", "11", "from") MEMBER("node", "1", "via")
                                         MEMBER("way", "12", "to") MEMBER("node", "5", "location_hint")),
         1, 0},
        /* a street of two ways was listed: the one that meets the others counts */
        {RESTRICTION("no_left_turn", MEMBER("way", "14", "from") MEMBER("way", "13", "from")
                                         MEMBER("node", "1", "via") MEMBER("way", "12", "to")),
         1, 0},
        {RESTRICTION("no_exit", MEMBER("way", "11", "from") MEMBER("node", "1", "via")
                                    MEMBER("way", "12", "to") MEMBER("way", "13", "to")),
         2, 0},
        /* only into one, and only into the other */
        {RESTRICTION("only_straight_on", MEMBER("way", "11", "from") MEMBER("node", "1", "via")
                                             MEMBER("way", "12", "to") MEMBER("way", "13", "to")),
         0, 1},
        {RESTRICTION("only_straight_on", MEMBER("way", "11", "from") MEMBER("node", "1", "via")
                                             MEMBER("way", "14", "to") MEMBER("way", "13", "to")),
         1, 0},
        {RESTRICTION("no_u_turn",
                     MEMBER("way", "11", "from") MEMBER("node", "1", "via") MEMBER("way", "11", "to")),
         1, 0},
        {RESTRICTION("no_u_turn",
                     MEMBER("way", "12", "from") MEMBER("way", "13", "via") MEMBER("way", "14", "to")),
         1, 0},
        /* both at the same end of the way between */
        {RESTRICTION("no_u_turn",
                     MEMBER("way", "12", "from") MEMBER("way", "13", "via") MEMBER("way", "11", "to")),
         0, 1},
        {RESTRICTION("no_left_turn",
                     MEMBER("way", "11", "from") MEMBER("node", "4", "via") MEMBER("way", "12", "to")),
         0, 1},
        {RESTRICTION("no_left_turn",
                     MEMBER("way", "11", "from") MEMBER("node", "77", "via") MEMBER("way", "12", "to")),
         0, 1},
        {RESTRICTION("no_left_turn", MEMBER("way", "11", "from") MEMBER("way", "12", "to")), 0, 1},
        {RESTRICTION("no_left_turn", MEMBER("way", "11", "from") MEMBER("node", "1", "via")), 0, 1},
        {RESTRICTION("no_left_turn", MEMBER("node", "1", "via") MEMBER("way", "12", "to")), 0, 1},
        {RESTRICTION("no_left_turn",
                     MEMBER("way", "11", "from") MEMBER("relation", "1", "via") MEMBER("way", "12", "to")),
         0, 1},
        {RESTRICTION("no_left_turn", MEMBER("way", "11", "from") MEMBER("way", "13", "via")
                                         MEMBER("node", "4", "via") MEMBER("way", "14", "to")),
         0, 1},
        {RESTRICTION("give_way",
                     MEMBER("way", "11", "from") MEMBER("node", "1", "via") MEMBER("way", "12", "to")),
         0, 0},
        {RESTRICTION("no_left_turn' /><tag k='except' v='motor_vehicle",
                     MEMBER("way", "11", "from") MEMBER("node", "1", "via") MEMBER("way", "12", "to")),
         0, 0},
    };
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        char text[4096];
        struct arena arena;
        struct road_data roads;
        snprintf(text, sizeof text, "<osm>" STAR "%s</osm>", rows[r].text);
        read_text(text, &arena, &roads);
        if (roads.restriction_count != rows[r].found || roads.lost_restrictions != rows[r].lost)
            fail_msg("%s: %d found, %d lost", rows[r].text, (int)roads.restriction_count,
                     (int)roads.lost_restrictions);
        arena_free(&arena);
    }
}

/* Two extracts put together have what lies in both twice. */
static void ways_that_stand_twice_count_once(void **state)
{
    (void)state;
    struct arena arena;
    struct road_data roads;
    read_text("<osm>" STAR STAR WAY("12", "4", "5", STREET) "</osm>", &arena, &roads);
    assert_int_equal(roads.way_count, 4);
    assert_int_equal(roads.node_count, 5);
    assert_int_equal(roads.node_ids[roads.way_nodes[way_of(&roads, 12)->first_node]], 1);
    arena_free(&arena);
}

#define ROUND "<nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='1'/>"
#define CORNERS NODE("1", "1", "1") NODE("2", "1", "2") NODE("3", "2", "1")

static void the_side_of_the_road_is_seen(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool left;
    } rows[] = {
        {"<way id='1'>" ROUND STREET TAG("junction", "roundabout") "</way>", false},
        {"<way id='1'>" ROUND STREET TAG("junction", "roundabout") TAG("oneway", "-1") "</way>", true},
        {"<way id='1'>" ROUND STREET TAG("junction", "roundabout") TAG("oneway", "no") "</way>", false},
        {"<way id='1'><nd ref='3'/><nd ref='2'/><nd ref='1'/>" STREET TAG("junction", "circular") "</way>",
         true},
        {WAY("1", "1", "2", STREET TAG("driving_side", "left")), true},
        {WAY("1", "1", "2", STREET TAG("driving_side", "right")), false},
        {WAY("1", "1", "2", STREET), false}};
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        char text[1024];
        struct arena arena;
        struct road_data roads;
        snprintf(text, sizeof text, "<osm>" CORNERS "%s</osm>", rows[r].text);
        read_text(text, &arena, &roads);
        if (roads.left_hand != rows[r].left) fail_msg("%s: the wrong side", rows[r].text);
        arena_free(&arena);
    }
}

/* ---- Memory ---- */

static void assert_memory_may_fail(const char *file)
{
    int64_t refused = 0;
    for (error_code rc = ERROR_MEMORY; rc != ERROR_NONE;) {
        struct arena arena;
        struct road_data roads;
        struct error error;
        arena_init(&arena);
        arena_fail_after(++refused);
        rc = osm_read(file, &arena, &roads, &error);
        arena_fail_after(0);
        if (rc != ERROR_NONE && rc != ERROR_MEMORY) fail_msg("%lld: %s", (long long)refused, error.message);
        if (rc != ERROR_NONE) assert_int_equal(error.code, ERROR_MEMORY);
        arena_free(&arena);
    }
    assert_true(refused > 40);
}

static void exhausted_memory_is_said(void **state)
{
    (void)state;
    assert_memory_may_fail(TOWN);
    struct osm_bytes pbf = osm_pbf_of(TOWN, (struct osm_pbf_options){.dense = true, .compressed = true});
    osm_bytes_save(&pbf, path);
    assert_memory_may_fail(path);
    osm_bytes_free(&pbf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ways_are_those_that_vehicles_use),
        cmocka_unit_test(names_stand_once),
        cmocka_unit_test(nodes_are_those_of_ways_by_id),
        cmocka_unit_test(ways_are_cut_where_nodes_are_missing),
        cmocka_unit_test(restrictions_name_ways_and_vehicles),
        cmocka_unit_test(all_forms_give_the_same_roads),
        cmocka_unit_test(marks_and_blanks_may_come_first),
        cmocka_unit_test(restrictions_of_several_ways),
        cmocka_unit_test(ways_that_stand_twice_count_once),
        cmocka_unit_test(the_side_of_the_road_is_seen),
        cmocka_unit_test(exhausted_memory_is_said),
    };
    snprintf(path, sizeof path, "/tmp/benne-test-osm-%ld", (long)getpid());
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
