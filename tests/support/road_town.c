#include "tests/support/road_town.h"

#include "tests/support/test.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Metres of a unit of 1e-7 degrees: mean radius of the Earth. */
static const double M_PER_UNIT = 0.0111194927;

struct road_profile town_profile(road_vehicle vehicle, road_u_turns u_turns)
{
    struct road_profile profile = {.name = "town",
                                   .vehicle = vehicle,
                                   .limit_share = 1,
                                   .weight_kg = 10000,
                                   .axle_kg = 5000,
                                   .height_cm = 300,
                                   .width_cm = 250,
                                   .u_turns = u_turns,
                                   .across_ms = 8000,
                                   .aside_ms = 4000,
                                   .u_turn_ms = 20000,
                                   .signals_ms = 5000,
                                   .crossing_ms = 1000};
    for (int32_t c = 0; c < ROAD_CLASSES; c++) profile.speed_kmh[c] = 36;
    return profile;
}

struct road_town *town_make(void)
{
    struct road_town *town = calloc(1, sizeof *town);
    assert_non_null(town);
    town->data = (struct road_data){.nodes = town->nodes,
                                    .node_ids = town->node_ids,
                                    .ways = town->ways,
                                    .way_nodes = town->way_nodes,
                                    .restrictions = town->restrictions};
    arena_init(&town->arena);
    return town;
}

void town_free(struct road_town *town)
{
    arena_free(&town->arena);
    free(town);
}

int32_t town_node(struct road_town *town, double east_m, double north_m)
{
    const int32_t node = town->data.node_count++;
    assert_true(node < TOWN_MAX);
    town->nodes[node] = (struct road_node){.lat_e7 = (int32_t)lround(north_m / M_PER_UNIT),
                                           .lon_e7 = (int32_t)lround(east_m / M_PER_UNIT)};
    town->node_ids[node] = 100 + node;
    return node;
}

int32_t town_way(struct road_town *town, road_class class, const int32_t *nodes, int32_t count)
{
    const int32_t way = town->data.way_count++;
    assert_true(way < TOWN_MAX && town->data.way_node_count + count <= 4 * TOWN_MAX);
    town->ways[way] = (struct road_way){.id = 1000 + way,
                                        .class = (uint8_t) class,
                                        .first_node = town->data.way_node_count,
                                        .node_count = count,
                                        .name = -1};
    memcpy(town->way_nodes + town->data.way_node_count, nodes, (size_t)count * sizeof *nodes);
    town->data.way_node_count += count;
    return way;
}

static int32_t restrict_turn(struct road_town *town, struct road_restriction restriction)
{
    const int32_t number = town->data.restriction_count++;
    assert_true(number < TOWN_MAX);
    restriction.id = 10000 + number;
    restriction.binds[ROAD_CAR] = restriction.binds[ROAD_TRUCK] = true;
    town->restrictions[number] = restriction;
    return number;
}

int32_t town_forbid(struct road_town *town, int32_t from, int32_t via, int32_t to)
{
    return restrict_turn(town, (struct road_restriction){.from = from, .to = to, .via = via, .via_way = -1});
}

int32_t town_only(struct road_town *town, int32_t from, int32_t via, int32_t to)
{
    return restrict_turn(
        town, (struct road_restriction){.from = from, .to = to, .via = via, .via_way = -1, .only = true});
}

int32_t town_forbid_over(struct road_town *town, int32_t from, int32_t via_way, int32_t to)
{
    return restrict_turn(town,
                         (struct road_restriction){.from = from, .to = to, .via = -1, .via_way = via_way});
}

int32_t town_only_over(struct road_town *town, int32_t from, int32_t via_way, int32_t to)
{
    return restrict_turn(
        town, (struct road_restriction){.from = from, .to = to, .via = -1, .via_way = via_way, .only = true});
}

void town_close(struct road_town *town, int32_t way, int32_t direction)
{
    for (int32_t v = 0; v < ROAD_VEHICLES; v++) town->ways[way].access[v][direction] = ROAD_CLOSED;
}

void town_bar(struct road_town *town, int32_t node)
{
    for (int32_t v = 0; v < ROAD_VEHICLES; v++) town->nodes[node].access[v] = ROAD_CLOSED;
}

void town_build(struct road_town *town, const struct road_profile *profile)
{
    struct error error;
    arena_free(&town->arena);
    assert_int_equal(road_graph_build(&town->data, profile, &town->arena, &town->graph, &error), ERROR_NONE);
}

int32_t town_nth_arc(const struct road_town *town, int letter, int32_t nth)
{
    const int32_t way = tolower(letter) - 'a', against = isupper(letter) != 0;
    for (int32_t s = 0; s < town->graph.segment_count; s++)
        if (town->graph.segments[s].way == way && nth-- == 0) return town->graph.segments[s].arc[against];
    return -1;
}

int32_t town_arc(const struct road_town *town, int letter)
{
    return town_nth_arc(town, letter, 0);
}

static char letter_of(const struct road_graph *graph, int32_t state)
{
    const struct road_arc *arc = &graph->arcs[graph->arc_of[state]];
    return (char)((arc->against ? 'A' : 'a') + graph->segments[arc->segment].way);
}

const char *town_path(struct road_town *town, int from, int to)
{
    const struct road_graph *graph = &town->graph;
    const struct road_arc *goal = &graph->arcs[town_arc(town, to)];
    way_weight *ways = calloc((size_t)graph->state_count, sizeof *ways);
    int32_t *parents = calloc((size_t)graph->state_count, sizeof *parents);
    const int32_t start = graph->arcs[town_arc(town, from)].state;
    int32_t end = TOWN_PATH_MAX - 1, best = goal->state;
    town->path[end] = '\0';
    assert_int_equal(digraph_ways(&graph->turns, start, ways, parents, NULL), ERROR_NONE);
    for (int32_t s = goal->state; s < goal->state + goal->state_count; s++)
        if (ways[s] < ways[best]) best = s;
    if (ways[best] != WAY_NONE)
        for (int32_t s = best; s >= 0 && end > 0; s = parents[s])
            if (letter_of(graph, s) != town->path[end]) town->path[--end] = letter_of(graph, s);
    free(ways);
    free(parents);
    return town->path + end;
}

int64_t town_turn_ms(const struct road_town *town, int32_t arc, int32_t next)
{
    const struct road_graph *graph = &town->graph;
    const int32_t state = graph->arcs[arc].state;
    for (int32_t t = graph->turns.first[state]; t < graph->turns.first[state + 1]; t++)
        if (graph->arc_of[graph->turns.head[t]] == next)
            return (int64_t)way_time_ms(graph->turns.weight[t]) - graph->arcs[arc].time_ms;
    return -1;
}
