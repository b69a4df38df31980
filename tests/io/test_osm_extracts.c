/* Real extracts, where they are: counts that were looked at, and what reading costs. */
#include "io/osm.h"
#include "tests/support/benchmark_data.h"
#include "tests/support/road_check.h"
#include "tests/support/test.h"

struct counts {
    int32_t at[ROAD_CLASSES];
    int32_t truck_closed, named, roundabouts, turning_places, signals, barriers;
};

static bool read_extract(const char *name, struct arena *arena, struct road_data *roads)
{
    char path[DATA_PATH_SIZE];
    struct error error;
    arena_init(arena);
    if (!data_path("osm", name, path)) return false;
    if (osm_read(path, arena, roads, &error) != ERROR_NONE) fail_msg("%s: %s", name, error.message);
    assert_true(road_data_holds(roads));
    return true;
}

static struct counts count(const struct road_data *roads)
{
    struct counts counts = {0};
    for (int32_t w = 0; w < roads->way_count; w++) {
        const struct road_way *way = &roads->ways[w];
        counts.at[way->class]++;
        counts.truck_closed +=
            way->access[ROAD_TRUCK][0] == ROAD_CLOSED && way->access[ROAD_TRUCK][1] == ROAD_CLOSED;
        counts.named += way->name >= 0;
        counts.roundabouts += way->roundabout;
    }
    for (int32_t n = 0; n < roads->node_count; n++) {
        counts.turning_places += (roads->nodes[n].flags & ROAD_TURNING_PLACE) != 0;
        counts.signals += (roads->nodes[n].flags & ROAD_SIGNALS) != 0;
        counts.barriers += roads->nodes[n].access[ROAD_TRUCK] != ROAD_OPEN;
    }
    return counts;
}

/* Of 51,349 highways, less what is for others (2,039 pedestrian, 1,577 footways, 652 steps, …), closed or not
 * there yet. Of 357 restrictions: 14 lack a member, 3 turn into a footway, one into a closed road, 2 name a
 * node where their ways do not meet. */
static void porto(void **state)
{
    (void)state;
    struct arena arena;
    struct road_data roads;
    if (!read_extract("porto_portugal.osm.pbf", &arena, &roads)) return;
    const struct counts counts = count(&roads);
    assert_int_equal(roads.way_count, 46208);
    assert_int_equal(counts.at[ROAD_MOTORWAY], 884);
    assert_int_equal(counts.at[ROAD_PRIMARY], 1997);
    assert_in_range(counts.at[ROAD_RESIDENTIAL], 24600, 24692);
    assert_in_range(counts.at[ROAD_TRACK], 2900, 3050);
    assert_int_equal(roads.node_count, 307778);
    assert_int_equal(roads.missing_nodes, 0);
    assert_int_equal(roads.restriction_count, 337);
    assert_int_equal(roads.lost_restrictions, 20);
    assert_in_range(counts.named, 15000, 15100);
    assert_int_equal(counts.roundabouts, 683);
    assert_int_equal(counts.turning_places, 154);
    assert_int_equal(counts.signals, 355);
    assert_in_range(counts.barriers, 300, 400);
    assert_false(roads.left_hand);
    assert_true(arena.used < (size_t)11 * 1000 * 1000);
    arena_free(&arena);
}

static void liechtenstein(void **state)
{
    (void)state;
    struct arena arena;
    struct road_data roads;
    if (!read_extract("liechtenstein-latest.osm.pbf", &arena, &roads)) return;
    const struct counts counts = count(&roads);
    assert_int_equal(counts.at[ROAD_MOTORWAY], 0);
    assert_in_range(roads.way_count, 3200, 3400);
    assert_in_range(counts.at[ROAD_TRACK], 900, 950);
    assert_in_range(counts.named, 1600, 1700);
    assert_int_equal(roads.restriction_count, 2);
    assert_false(roads.left_hand);
    arena_free(&arena);
}

static void monaco(void **state)
{
    (void)state;
    struct arena arena;
    struct road_data roads;
    if (!read_extract("monaco.osm.gz", &arena, &roads)) return;
    assert_in_range(roads.way_count, 500, 520);
    assert_in_range(roads.node_count, 3000, 3100);
    assert_true(roads.nodes[0].lat_e7 > 437000000 && roads.nodes[0].lat_e7 < 438000000);
    assert_false(roads.left_hand);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(porto),
        cmocka_unit_test(liechtenstein),
        cmocka_unit_test(monaco),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
