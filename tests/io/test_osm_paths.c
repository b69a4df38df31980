/* An extract made by hand, a crossing for each kind of rule, and the path that each leaves.
 *
 * Every crossing has four streets to its middle, w e n s, and a ring around: a from west to north, b from
 * north to east, c from east to south, d from south to west. A street is listed from the west to the middle,
 * and from the middle out for the others; a capital is a street driven against its listing. */
#include "io/osm.h"
#include "solver/network/roads/road_graph.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WAYS = 8, IDS = 100, PATH_MOST = 32 };
static const char LETTERS[] = "wensabcd";

/* Tags of one of the streets, or a relation, or tags of the middle. */
struct rule {
    const char *name;
    char street;             /* that has the tags; 0: none */
    const char *tags;        /* "k=v k=v" */
    const char *turn;        /* "wn": of a relation from, to; "wen": from, via way, to; NULL: none */
    const char *turn_tags;   /* beside type=restriction */
    const char *middle;      /* tags of the middle node; NULL: none */
    const char *car, *truck; /* the path between its ends; none between the letters before a colon */
};

static const struct rule RULES[] = {
    {"nothing", 0, NULL, NULL, NULL, NULL, "wn", "wn"},
    {"no left turn", 0, NULL, "wn", "restriction=no_left_turn", NULL, "weEn", "wecSn"},
    {"no straight on", 'd', "oneway=-1", "we", "restriction=no_straight_on", NULL, "wsSe", "wnbcSe"},
    {"only straight on", 0, NULL, "we", "restriction=only_straight_on", NULL, "weEn", "wecSn"},
    {"only right turn", 0, NULL, "ws", "restriction=only_right_turn", NULL, "wsSn", "wsCEn"},
    {"cars excepted", 0, NULL, "wn", "restriction=no_left_turn except=motorcar", NULL, "wn", "wecSn"},
    {"for trucks alone", 0, NULL, "wn", "restriction:hgv=no_left_turn", NULL, "wn", "wecSn"},
    {"over a way", 0, NULL, "wec", "restriction=no_right_turn", NULL, "wc: wnbc", "wc: wnbc"},
    {"one way", 'n', "oneway=yes", NULL, NULL, NULL, "wn", "wn"},
    {"one way against", 'n', "oneway=-1", NULL, NULL, NULL, "wn: ", "wn: "},
    {"closed", 'n', "access=no", NULL, NULL, NULL, "wn: ", "wn: "},
    {"closed to trucks", 'n', "hgv=no", NULL, NULL, NULL, "wn", "wn: "},
    {"private", 'n', "access=private", NULL, NULL, NULL, "wn: ", "wn: "},
    {"for destination", 'n', "motor_vehicle=destination", NULL, NULL, NULL, "wn", "wn"},
    {"weak", 'n', "maxweight=7.5", NULL, NULL, NULL, "wn", "wn: "},
    {"low", 'n', "maxheight=2.5", NULL, NULL, NULL, "wn", "wn: "},
    {"narrow", 'n', "maxwidth=2.1", NULL, NULL, NULL, "wn", "wn: "},
    {"barred", 0, NULL, NULL, NULL, "barrier=bollard", "wWaNn", "wn: "},
    {"a turning place", 0, NULL, NULL, NULL, "highway=turning_circle", "wW", "wW"},
};
enum { RULE_COUNT = sizeof RULES / sizeof *RULES };

/* --- the extract --- */

static void put_tags(FILE *file, const char *tags)
{
    char text[256];
    if (tags == NULL) return;
    snprintf(text, sizeof text, "%s", tags);
    for (char *tag = strtok(text, " "); tag != NULL; tag = strtok(NULL, " ")) {
        char *value = strchr(tag, '=');
        assert_non_null(value);
        fprintf(file, "<tag k=\"%.*s\" v=\"%s\"/>", (int)(value - tag), tag, value + 1);
    }
}

static int64_t way_id(int32_t rule, char letter)
{
    return (rule + 1) * IDS + (strchr(LETTERS, letter) - LETTERS);
}

/* Node 0 the middle, then west, east, north, south. */
static void put_crossing(FILE *file, int32_t rule)
{
    static const int32_t EAST[] = {0, -1, 1, 0, 0}, NORTH[] = {0, 0, 0, 1, -1};
    for (int32_t k = 0; k < 5; k++) {
        fprintf(file, "<node id=\"%d\" lat=\"%.6f\" lon=\"%.6f\">", (rule + 1) * IDS + k, NORTH[k] * 0.001,
                rule * 0.01 + EAST[k] * 0.001);
        if (k == 0) put_tags(file, RULES[rule].middle);
        fputs("</node>\n", file);
    }
}

static void put_streets(FILE *file, int32_t rule)
{
    static const int32_t ENDS[WAYS][2] = {{1, 0}, {0, 2}, {0, 3}, {0, 4}, {1, 3}, {3, 2}, {2, 4}, {4, 1}};
    for (int32_t w = 0; w < WAYS; w++) {
        fprintf(file, "<way id=\"%d\"><nd ref=\"%d\"/><nd ref=\"%d\"/><tag k=\"highway\" v=\"residential\"/>",
                (rule + 1) * IDS + w, (rule + 1) * IDS + ENDS[w][0], (rule + 1) * IDS + ENDS[w][1]);
        if (RULES[rule].street == LETTERS[w]) put_tags(file, RULES[rule].tags);
        fputs("</way>\n", file);
    }
}

static void put_turn(FILE *file, int32_t rule)
{
    const char *turn = RULES[rule].turn;
    if (turn == NULL) return;
    const bool over_way = strlen(turn) == 3;
    fprintf(file, "<relation id=\"%d\"><member type=\"way\" ref=\"%lld\" role=\"from\"/>", rule + 1,
            (long long)way_id(rule, turn[0]));
    if (over_way)
        fprintf(file, "<member type=\"way\" ref=\"%lld\" role=\"via\"/>", (long long)way_id(rule, turn[1]));
    else
        fprintf(file, "<member type=\"node\" ref=\"%d\" role=\"via\"/>", (rule + 1) * IDS);
    fprintf(file, "<member type=\"way\" ref=\"%lld\" role=\"to\"/><tag k=\"type\" v=\"restriction\"/>",
            (long long)way_id(rule, turn[strlen(turn) - 1]));
    put_tags(file, RULES[rule].turn_tags);
    fputs("</relation>\n", file);
}

static void write_extract(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("<osm version=\"0.6\">\n", file);
    for (int32_t r = 0; r < RULE_COUNT; r++) put_crossing(file, r);
    for (int32_t r = 0; r < RULE_COUNT; r++) put_streets(file, r);
    for (int32_t r = 0; r < RULE_COUNT; r++) put_turn(file, r);
    fputs("</osm>\n", file);
    assert_int_equal(fclose(file), 0);
}

/* --- paths --- */

static int32_t arc_of(const struct road_graph *graph, int32_t rule, char letter)
{
    const char listed = letter >= 'a' ? letter : (char)(letter - 'A' + 'a');
    for (int32_t a = 0; a < graph->arc_count; a++) {
        const struct road_segment *segment = &graph->segments[graph->arcs[a].segment];
        if (graph->roads->ways[segment->way].id == way_id(rule, listed) &&
            graph->arcs[a].against == (letter < 'a'))
            return a;
    }
    return -1;
}

static char letter_of(const struct road_graph *graph, int32_t arc)
{
    const struct road_segment *segment = &graph->segments[graph->arcs[arc].segment];
    const char letter = LETTERS[graph->roads->ways[segment->way].id % IDS];
    return graph->arcs[arc].against ? (char)(letter - 'a' + 'A') : letter;
}

/* The first state that begins an arc: the free one. */
static int32_t free_state(const struct road_graph *graph, int32_t arc)
{
    for (int32_t s = 0; s < graph->state_count; s++)
        if (graph->arc_of[s] == arc) return s;
    fail_msg("arc %d has no state", arc);
    return -1;
}

/* From one street to another, by the letters of the streets; "" where there is no way. */
static void find_path(const struct road_graph *graph, int32_t rule, char from, char to, char path[PATH_MOST])
{
    way_weight *ways = malloc((size_t)graph->state_count * sizeof *ways);
    int32_t *parents = malloc((size_t)graph->state_count * sizeof *parents), best = -1;
    const int32_t exit = arc_of(graph, rule, from), entry = arc_of(graph, rule, to);
    path[0] = '\0';
    assert_non_null(ways);
    assert_non_null(parents);
    assert_true(exit >= 0);
    if (entry >= 0) {
        assert_int_equal(digraph_ways(&graph->turns, free_state(graph, exit), ways, parents, NULL),
                         ERROR_NONE);
        for (int32_t s = 0; s < graph->state_count; s++)
            if (graph->arc_of[s] == entry && ways[s] != WAY_NONE && (best < 0 || ways[s] < ways[best]))
                best = s;
    }
    int32_t length = 0;
    for (int32_t s = best; s >= 0; s = parents[s]) length++;
    assert_in_range(length, 0, PATH_MOST - 1);
    path[length] = '\0';
    for (int32_t s = best; s >= 0; s = parents[s]) path[--length] = letter_of(graph, graph->arc_of[s]);
    free(ways);
    free(parents);
}

static int32_t try_rules(const struct road_data *roads, const char *profile, bool truck)
{
    struct arena arena;
    struct road_graph graph;
    struct error error = {0};
    int32_t wrong = 0;
    arena_init(&arena);
    assert_int_equal(road_graph_build(roads, road_profile_named(profile), &arena, &graph, &error),
                     ERROR_NONE);
    for (int32_t r = 0; r < RULE_COUNT; r++) {
        const char *said = truck ? RULES[r].truck : RULES[r].car, *colon = strchr(said, ':');
        const char *expected = colon == NULL ? said : colon + 2;
        char path[PATH_MOST];
        const char to = colon == NULL ? said[strlen(said) - 1] : colon[-1];
        find_path(&graph, r, said[0], to, path);
        if (strcmp(path, expected) == 0) continue;
        print_message("%s, %s: “%s”, not “%s”\n", RULES[r].name, profile, path, expected);
        wrong++;
    }
    arena_free(&arena);
    return wrong;
}

static void each_rule_leaves_its_path(void **state)
{
    (void)state;
    char path[] = "/tmp/benne-paths-XXXXXX";
    struct arena arena;
    struct road_data roads;
    struct error error = {0};
    const int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    write_extract(path);
    arena_init(&arena);
    const error_code rc = osm_read(path, &arena, &roads, &error);
    unlink(path);
    if (rc != ERROR_NONE) fail_msg("%s", error.message);
    const int32_t wrong = try_rules(&roads, "car", false) + try_rules(&roads, "truck", true);
    arena_free(&arena);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_rule_leaves_its_path)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
