/* Every row of the tables of tags. */
#include "io/osm_tags.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

/* ---- Tags as a text: "highway=service access=private" ---- */

enum { TAGS_MAX = 16, TEXT_MAX = 512 };

struct tagged {
    char text[TEXT_MAX];
    struct osm_tag items[TAGS_MAX];
    struct osm_tags tags;
};

static const struct osm_tags *tags_of(struct tagged *tagged, const char *text)
{
    int32_t count = 0;
    assert_true(strlen(text) < sizeof tagged->text);
    strcpy(tagged->text, text);
    for (char *word = tagged->text; *word != '\0';) {
        char *value = strchr(word, '=');
        assert_non_null(value);
        *value++ = '\0';
        char *end = value + strcspn(value, " ");
        if (*end != '\0') *end++ = '\0';
        for (char *at = value; *at != '\0'; at++)
            if (*at == '_' && at[1] == '_') memmove(at, at + 1, strlen(at)), *at = ' ';
        assert_true(count < TAGS_MAX);
        tagged->items[count++] = (struct osm_tag){word, value};
        word = end;
    }
    tagged->tags = osm_tags_of(tagged->items, count);
    return &tagged->tags;
}

static bool way_of(const char *text, struct road_way *way)
{
    struct tagged tagged;
    *way = (struct road_way){0};
    return osm_way_tags(tags_of(&tagged, text), way);
}

static struct road_node node_of(const char *text)
{
    struct tagged tagged;
    struct road_node node = {0};
    osm_node_tags(tags_of(&tagged, text), &node);
    return node;
}

/* ---- Ways ---- */

static void classes(void **state)
{
    (void)state;
    static const struct {
        const char *tags;
        int32_t class; /* -1: no road */
    } rows[] = {{"highway=motorway", ROAD_MOTORWAY},
                {"highway=motorway_link", ROAD_MOTORWAY_LINK},
                {"highway=trunk", ROAD_TRUNK},
                {"highway=trunk_link", ROAD_TRUNK_LINK},
                {"highway=primary", ROAD_PRIMARY},
                {"highway=primary_link", ROAD_PRIMARY_LINK},
                {"highway=secondary", ROAD_SECONDARY},
                {"highway=secondary_link", ROAD_SECONDARY_LINK},
                {"highway=tertiary", ROAD_TERTIARY},
                {"highway=tertiary_link", ROAD_TERTIARY_LINK},
                {"highway=unclassified", ROAD_UNCLASSIFIED},
                {"highway=road", ROAD_UNCLASSIFIED},
                {"highway=residential", ROAD_RESIDENTIAL},
                {"highway=living_street", ROAD_LIVING_STREET},
                {"highway=service", ROAD_SERVICE},
                {"highway=service service=drive-through", ROAD_SERVICE},
                {"highway=service service=alley", ROAD_ALLEY},
                {"highway=service service=driveway", ROAD_DRIVEWAY},
                {"highway=service service=parking_aisle", ROAD_PARKING_AISLE},
                {"highway=service service=emergency_access", -1},
                {"highway=service service=emergency_access hgv=yes", ROAD_SERVICE},
                {"highway=track", ROAD_TRACK},
                {"highway=track motor_vehicle=agricultural", -1},
                {"highway=pedestrian", -1},
                {"highway=pedestrian access=yes", -1},
                {"highway=pedestrian motor_vehicle=delivery", ROAD_PEDESTRIAN},
                {"highway=footway vehicle=destination", ROAD_PEDESTRIAN},
                {"highway=path hgv=yes", ROAD_PEDESTRIAN},
                {"highway=cycleway motor_vehicle=permissive", ROAD_PEDESTRIAN},
                {"highway=bridleway motorcar=yes", ROAD_PEDESTRIAN},
                {"highway=steps motor_vehicle=yes", -1},
                {"highway=construction construction=primary", -1},
                {"highway=proposed", -1},
                {"highway=raceway", -1},
                {"highway=services", -1},
                {"highway=busway", -1},
                {"highway=service area=yes", -1},
                {"highway=service area=no", ROAD_SERVICE},
                {"highway=residential access=no", -1},
                {"highway=residential access=no motor_vehicle=yes", ROAD_RESIDENTIAL},
                {"highway=residential oneway=reversible", -1},
                {"route=ferry", -1},
                {"name=primary", -1}};
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        struct road_way way;
        const bool kept = way_of(rows[r].tags, &way);
        if (kept != (rows[r].class >= 0) || (kept && way.class != rows[r].class))
            fail_msg("%s: %s, class %d", rows[r].tags, kept ? "a road" : "no road", way.class);
    }
}

/* Car forward, backward, truck forward, backward: O open, D to destination, P private, - closed. */
static void access_and_directions(void **state)
{
    (void)state;
    static const struct {
        const char *tags, *expected;
    } rows[] = {
        {"", "OOOO"},
        {"oneway=yes", "O-O-"},
        {"oneway=true", "O-O-"},
        {"oneway=1", "O-O-"},
        {"oneway=-1", "-O-O"},
        {"oneway=reverse", "-O-O"},
        {"oneway=no", "OOOO"},
        {"oneway=false", "OOOO"},
        {"oneway=0", "OOOO"},
        {"oneway=alternating", "OOOO"},
        {"oneway=perhaps", "OOOO"},
        {"oneway=yes oneway:hgv=no", "O-OO"},
        {"oneway=yes oneway:motor_vehicle=no", "OOOO"},
        {"oneway=yes oneway:motorcar=no", "OOO-"},
        {"oneway=no oneway:hgv=yes", "OOO-"},
        {"oneway:bicycle=no oneway=yes", "O-O-"},
        {"oneway=reversible oneway:hgv=no", "--OO"},
        {"junction=roundabout", "O-O-"},
        {"junction=circular", "O-O-"},
        {"junction=roundabout oneway=no", "OOOO"},
        {"junction=roundabout oneway=-1", "-O-O"},
        {"access=yes", "OOOO"},
        {"access=designated", "OOOO"},
        {"access=permissive", "OOOO"},
        {"access=official", "OOOO"},
        {"access=public", "OOOO"},
        {"access=discouraged", "OOOO"},
        {"access=destination", "DDDD"},
        {"access=delivery", "DDDD"},
        {"access=customers", "DDDD"},
        {"access=residents", "DDDD"},
        {"access=private", "PPPP"},
        {"access=permit", "PPPP"},
        {"access=unknown", "OOOO"},
        {"hgv=no", "OO--"},
        {"hgv=agricultural", "OO--"},
        {"hgv=forestry", "OO--"},
        {"hgv=emergency", "OO--"},
        {"hgv=military", "OO--"},
        {"hgv=use_sidepath", "OO--"},
        {"hgv=psv", "OO--"},
        {"hgv=bus", "OO--"},
        {"hgv=agricultural;delivery", "OODD"},
        {"hgv=agricultural;forestry", "OO--"},
        {"hgv=delivery;__private", "OODD"},
        {"access=no motorcar=yes", "OO--"},
        {"access=private vehicle=destination", "DDDD"},
        {"vehicle=no motor_vehicle=yes", "OOOO"},
        {"motor_vehicle=no hgv=delivery", "--DD"},
        {"goods=no", "OO--"},
        {"goods=no hgv=yes", "OOOO"},
        {"hgv=private goods=yes", "OOPP"},
        {"hgv=designated motor_vehicle=unheard_of access=private", "PPOO"},
        {"access:forward=no", "-O-O"},
        {"motor_vehicle:backward=no", "O-O-"},
        {"motor_vehicle=private motor_vehicle:forward=yes", "OPOP"},
        {"access:backward=no motor_vehicle=yes", "OOOO"},
        {"hgv:forward=no", "OO-O"},
        {"hgv:backward=destination", "OOOD"},
        {"motorcar:forward=no", "-OOO"},
        {"goods:backward=no", "OOO-"},
        {"vehicle:backward=private", "OPOP"},
        {"hgv:conditional=no__@__(22:00-06:00)", "OOOO"},
        {"oneway=yes access:backward=yes", "O-O-"},
    };
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        char tags[TEXT_MAX], found[5] = {0};
        struct road_way way;
        snprintf(tags, sizeof tags, "highway=residential %s", rows[r].tags);
        way_of(tags, &way);
        for (int32_t i = 0; i < 4; i++) found[i] = "ODP-"[way.access[i / 2][i % 2]];
        if (strcmp(found, rows[r].expected) != 0)
            fail_msg("%s: %s, not %s", rows[r].tags, found, rows[r].expected);
    }
}

static void motorways_are_oneway(void **state)
{
    (void)state;
    static const char *const classes_of[] = {"highway=motorway", "highway=motorway_link"};
    struct road_way way;
    for (size_t c = 0; c < COUNT_OF(classes_of); c++) {
        assert_true(way_of(classes_of[c], &way));
        assert_int_equal(way.access[ROAD_CAR][1], ROAD_CLOSED);
        assert_int_equal(way.access[ROAD_TRUCK][1], ROAD_CLOSED);
    }
    assert_true(way_of("highway=motorway_link oneway=no", &way));
    assert_int_equal(way.access[ROAD_CAR][1], ROAD_OPEN);
}

static void speeds(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        uint8_t kmh;
    } rows[] = {{"50", 50},
                {"50 km/h", 50},
                {"50 kmh", 50},
                {"50kph", 50},
                {"30 mph", 48},
                {"20mph", 32},
                {"10 knots", 19},
                {"walk", 6},
                {"none", 0},
                {"signals", 0},
                {"", 0},
                {"0", 0},
                {"-50", 0},
                {"5000", 255},
                {"50;30", 30},
                {"70|90", 70},
                {"variable;80", 80},
                {"FR:urban", 50},
                {"FR:rural", 80},
                {"FR:motorway", 130},
                {"FR:trunk", 110},
                {"FR:zone30", 30},
                {"FR:30", 30},
                {"FR:zone:20", 20},
                {"FR:living_street", 20},
                {"PT:urban", 50},
                {"PT:rural", 90},
                {"PT:motorway", 120},
                {"DE:motorway", 0},
                {"DE:rural", 100},
                {"DE:bicycle_road:30", 30},
                {"DE:living_street", 6},
                {"BE-WAL:rural", 90},
                {"GB:nsl_single", 97},
                {"UK:nsl_dual", 113},
                {"GB:nsl_restricted", 48},
                {"ZZ:urban", 0},
                {"ZZ:30", 30},
                {"ZZ:living_street", 20},
                {"FR:pedestrian_zone", 6},
                {"fr:urban", 0},
                {"FR:", 0},
                {":", 0},
                {"FR:zone9999", 0},
                {"1e9", 0},
                {"nan", 0},
                {"5 furlongs", 0}};
    for (size_t r = 0; r < COUNT_OF(rows); r++)
        if (osm_speed_kmh(rows[r].value) != rows[r].kmh)
            fail_msg("maxspeed=%s: %d", rows[r].value, osm_speed_kmh(rows[r].value));
    assert_int_equal(osm_speed_kmh(NULL), 0);
}

static void limits_of_ways(void **state)
{
    (void)state;
    static const struct {
        const char *tags;
        uint8_t forward, backward, truck;
    } rows[] = {{"maxspeed=50", 50, 50, 0},
                {"maxspeed=50 maxspeed:backward=30", 50, 30, 0},
                {"maxspeed:forward=70", 70, 0, 0},
                {"maxspeed=90 maxspeed:hgv=80", 90, 90, 80},
                {"maxspeed:hgv=80 maxspeed:hgv:forward=60", 0, 0, 60},
                {"maxspeed:hgv:backward=50", 0, 0, 50},
                {"maxspeed:goods=70", 0, 0, 70},
                {"maxspeed:type=FR:urban", 50, 50, 0},
                {"source:maxspeed=FR:zone30", 30, 30, 0},
                {"zone:maxspeed=DE:30", 30, 30, 0},
                {"zone:traffic=DE:rural", 100, 100, 0},
                {"maxspeed=none maxspeed:type=DE:rural", 0, 0, 0},
                {"maxspeed:type=sign", 0, 0, 0},
                {"maxspeed:type=sign zone:traffic=FR:urban", 50, 50, 0},
                {"maxspeed:conditional=30__@__(07:00-09:00)", 0, 0, 0}};
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        char tags[TEXT_MAX];
        struct road_way way;
        snprintf(tags, sizeof tags, "highway=primary %s", rows[r].tags);
        assert_true(way_of(tags, &way));
        if (way.limit_kmh[0] != rows[r].forward || way.limit_kmh[1] != rows[r].backward ||
            way.truck_limit_kmh != rows[r].truck)
            fail_msg("%s: %d %d %d", rows[r].tags, way.limit_kmh[0], way.limit_kmh[1], way.truck_limit_kmh);
    }
}

/* ---- Measures ---- */

static void weights(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int32_t kg;
    } rows[] = {{"7.5", 7500},
                {"7,5", 7500},
                {"3.5 t", 3500},
                {"3.5t", 3500},
                {"12 mt", 12000},
                {"3500 kg", 3500},
                {"16535 lbs", 7500},
                {"100 lb", 45},
                {"10 st", 9072},
                {"10 lt", 10160},
                {"2 cwt", 102},
                {"none", 0},
                {"default", 0},
                {"", 0},
                {"t", 0},
                {"7.5 stones", 0},
                {"1.2.3", 0},
                {"-4", 0},
                {"inf", 0},
                {"0x10", 0},
                {"99999999999", 1000000},
                {"unsigned", 0},
                {"7.5 t; 3.5 t", 0}};
    for (size_t r = 0; r < COUNT_OF(rows); r++)
        if (osm_weight_kg(rows[r].value) != rows[r].kg)
            fail_msg("maxweight=%s: %d", rows[r].value, (int)osm_weight_kg(rows[r].value));
    assert_int_equal(osm_weight_kg(NULL), 0);
}

static void lengths(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        uint16_t cm;
    } rows[] = {{"3.2", 320},     {"3,2", 320},         {"3.20 m", 320}, {"3m", 300},      {"350 cm", 350},
                {"3500mm", 350},  {"12'6\"", 381},      {"12'", 366},    {"12' 6\"", 381}, {"12 ft", 366},
                {"7ft 6in", 229}, {"10 ft 2 in", 310},  {"6\"", 15},     {"12'6''", 381},  {"none", 0},
                {"default", 0},   {"below_default", 0}, {"no_sign", 0},  {"99999", 65535}, {"3 m high", 0},
                {".", 0},         {"3..2", 0},          {"'", 0},        {" 2.5 ", 250}};
    for (size_t r = 0; r < COUNT_OF(rows); r++)
        if (osm_length_cm(rows[r].value) != rows[r].cm)
            fail_msg("maxheight=%s: %d", rows[r].value, osm_length_cm(rows[r].value));
    assert_int_equal(osm_length_cm(NULL), 0);
}

static void sizes_of_ways(void **state)
{
    (void)state;
    static const struct {
        const char *tags;
        int32_t weight_kg, axle_kg;
        uint16_t height_cm, width_cm;
        uint8_t lanes;
    } rows[] = {{"maxweight=7.5", 7500, 0, 0, 0, 0},
                {"maxweight:hgv=7.5", 7500, 0, 0, 0, 0},
                {"maxweightrating=3.5", 3500, 0, 0, 0, 0},
                {"maxweightrating:hgv=12 maxweight=19", 12000, 0, 0, 0, 0},
                {"maxaxleload=10", 0, 10000, 0, 0, 0},
                {"maxheight=3.2", 0, 0, 320, 0, 0},
                {"maxheight=3.5 maxheight:physical=3.7", 0, 0, 350, 0, 0},
                {"maxheight=below_default maxheight:physical=3.7", 0, 0, 370, 0, 0},
                {"maxwidth=2.3", 0, 0, 0, 230, 0},
                {"maxwidth:physical=2.4", 0, 0, 0, 240, 0},
                {"lanes=3", 0, 0, 0, 0, 3},
                {"lanes=1.5", 0, 0, 0, 0, 0},
                {"lanes=-2", 0, 0, 0, 0, 0},
                {"lanes=999", 0, 0, 0, 0, 0},
                {"maxweight:conditional=3.5__@__(22:00-06:00)", 0, 0, 0, 0, 0}};
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        char tags[TEXT_MAX];
        struct road_way way;
        snprintf(tags, sizeof tags, "highway=primary %s", rows[r].tags);
        assert_true(way_of(tags, &way));
        if (way.weight_kg != rows[r].weight_kg || way.axle_kg != rows[r].axle_kg ||
            way.height_cm != rows[r].height_cm || way.width_cm != rows[r].width_cm ||
            way.lanes != rows[r].lanes)
            fail_msg("%s: %d %d %d %d %d", rows[r].tags, (int)way.weight_kg, (int)way.axle_kg, way.height_cm,
                     way.width_cm, way.lanes);
    }
}

/* ---- Nodes ---- */

static void flags(void **state)
{
    (void)state;
    assert_int_equal(node_of("highway=turning_circle").flags, ROAD_TURNING_PLACE);
    assert_int_equal(node_of("highway=turning_loop").flags, ROAD_TURNING_PLACE);
    assert_int_equal(node_of("highway=mini_roundabout").flags, ROAD_TURNING_PLACE);
    assert_int_equal(node_of("highway=traffic_signals").flags, ROAD_SIGNALS);
    assert_int_equal(node_of("highway=crossing").flags, ROAD_CROSSING);
    assert_int_equal(node_of("highway=crossing crossing=traffic_signals").flags,
                     ROAD_SIGNALS | ROAD_CROSSING);
    assert_int_equal(node_of("highway=street_lamp access=no").flags, 0);
    assert_int_equal(node_of("highway=street_lamp access=no").access[ROAD_CAR], ROAD_OPEN);
}

/* For a car and a truck, as in access_and_directions. */
static void barriers(void **state)
{
    (void)state;
    static const struct {
        const char *tags, *expected;
    } rows[] = {{"barrier=kerb", "OO"},
                {"barrier=cattle_grid", "OO"},
                {"barrier=toll_booth", "OO"},
                {"barrier=border_control", "OO"},
                {"barrier=entrance", "OO"},
                {"barrier=sally_port", "OO"},
                {"barrier=no", "OO"},
                {"barrier=bus_trap", "-O"},
                {"barrier=height_restrictor", "O-"},
                {"barrier=height_restrictor maxheight=2.1", "O-"},
                {"barrier=height_restrictor maxheight=4.2", "OO"},
                {"barrier=gate", "PP"},
                {"barrier=lift_gate", "PP"},
                {"barrier=swing_gate", "PP"},
                {"barrier=sliding_gate", "PP"},
                {"barrier=hampshire_gate", "PP"},
                {"barrier=bump_gate", "PP"},
                {"barrier=chain", "PP"},
                {"barrier=gate access=yes", "OO"},
                {"barrier=gate access=no", "--"},
                {"barrier=lift_gate motor_vehicle=destination", "DD"},
                {"barrier=bollard", "--"},
                {"barrier=bollard bicycle=yes foot=yes", "--"},
                {"barrier=bollard motor_vehicle=permissive", "OO"},
                {"barrier=bollard hgv=yes", "-O"},
                {"barrier=bollard bollard=rising", "PP"},
                {"barrier=bollard bollard=removable", "PP"},
                {"barrier=bollard bollard=foldable", "PP"},
                {"barrier=bollard bollard=fixed", "--"},
                {"barrier=block", "--"},
                {"barrier=cycle_barrier", "--"},
                {"barrier=jersey_barrier", "--"},
                {"barrier=of_a_new_kind", "--"},
                {"access=no", "OO"}};
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        const struct road_node node = node_of(rows[r].tags);
        const char found[3] = {"ODP-"[node.access[0]], "ODP-"[node.access[1]], '\0'};
        if (strcmp(found, rows[r].expected) != 0)
            fail_msg("%s: %s, not %s", rows[r].tags, found, rows[r].expected);
    }
}

static void exceptions(void **state)
{
    (void)state;
    static const struct {
        const char *list;
        bool car, truck;
    } rows[] = {{"motorcar", true, false}, {"hgv", false, true},          {"psv;hgv", false, true},
                {"psv; hgv", false, true}, {"psv;bicycle", false, false}, {"motor_vehicle", true, true},
                {"vehicle", true, true},   {"goods", false, false},       {"", false, false},
                {";;", false, false},      {"hgvs", false, false}};
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        assert_int_equal(osm_excepted(rows[r].list, ROAD_CAR), rows[r].car);
        assert_int_equal(osm_excepted(rows[r].list, ROAD_TRUCK), rows[r].truck);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes),
        cmocka_unit_test(access_and_directions),
        cmocka_unit_test(motorways_are_oneway),
        cmocka_unit_test(speeds),
        cmocka_unit_test(limits_of_ways),
        cmocka_unit_test(weights),
        cmocka_unit_test(lengths),
        cmocka_unit_test(sizes_of_ways),
        cmocka_unit_test(flags),
        cmocka_unit_test(barriers),
        cmocka_unit_test(exceptions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
