/* A town of a few streets, drawn by hand, and the ways through it.
 *
 * Nodes stand in metres east and north of a point on the equator, where a degree is as long either way. The
 * ways are the letters a, b, c … in the order of their making: 'b' is the second as listed, 'B' against. A
 * path is told by the letters of its arcs, segments of one way in a row as one.
 *
 *     struct road_town *town = town_make();
 *     const int32_t west = town_node(town, 0, 0), east = town_node(town, 100, 0);
 *     town_way(town, ROAD_RESIDENTIAL, TOWN_NODES(west, east));
 *     town_build(town, &profile);
 *     assert_string_equal(town_path(town, 'a', 'A'), "aA");
 *     town_free(town);
 */
#ifndef BENNE_TESTS_ROAD_TOWN_H
#define BENNE_TESTS_ROAD_TOWN_H

#include "solver/network/roads/road_graph.h"

enum { TOWN_MAX = 4096, TOWN_PATH_MAX = 256 };

struct road_town {
    struct road_node nodes[TOWN_MAX];
    int64_t node_ids[TOWN_MAX];
    struct road_way ways[TOWN_MAX];
    int32_t way_nodes[4 * TOWN_MAX];
    struct road_restriction restrictions[TOWN_MAX];
    struct road_data data;
    struct arena arena; /* of the graph */
    struct road_graph graph;
    char path[TOWN_PATH_MAX];
};

#define TOWN_NODES(...) \
    (const int32_t[]){__VA_ARGS__}, (int32_t)(sizeof((int32_t[]){__VA_ARGS__}) / sizeof(int32_t))

/* 10 m/s on every road; turns of 8 s across, 4 s aside, 0 ahead, 20 s round; signals 5 s, crossings 1 s. */
struct road_profile town_profile(road_vehicle vehicle, road_u_turns u_turns);

struct road_town *town_make(void);
void town_free(struct road_town *town);

/* Each gives the number of what it adds. */
int32_t town_node(struct road_town *town, double east_m, double north_m);
int32_t town_way(struct road_town *town, road_class class, const int32_t *nodes, int32_t count);
int32_t town_forbid(struct road_town *town, int32_t from, int32_t via, int32_t to);
int32_t town_only(struct road_town *town, int32_t from, int32_t via, int32_t to);
int32_t town_forbid_over(struct road_town *town, int32_t from, int32_t via_way, int32_t to);
int32_t town_only_over(struct road_town *town, int32_t from, int32_t via_way, int32_t to);

/* Closes a direction of a way, or a node, to all vehicles. */
void town_close(struct road_town *town, int32_t way, int32_t direction);
void town_bar(struct road_town *town, int32_t node);

/* A graph whose memory goes with the next one or the town. Fails the test if there is none. */
void town_build(struct road_town *town, const struct road_profile *profile);

/* The first arc of a way, by its letter; -1: none. Of the segment `nth` from the way's beginning. */
int32_t town_arc(const struct road_town *town, int letter);
int32_t town_nth_arc(const struct road_town *town, int letter, int32_t nth);

/* The best path from the free state of one arc to any state listed of another; "" where there is none. */
const char *town_path(struct road_town *town, int from, int to);

/* Milliseconds of the turn from a free state into the next arc, without those of the arc; -1: no such turn.
 * A turn into a copy counts. */
int64_t town_turn_ms(const struct road_town *town, int32_t arc, int32_t next);

#endif
