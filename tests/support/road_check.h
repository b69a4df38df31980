/* What holds of any roads that were read: for tests and fuzz targets, which have no assertions in common. */
#ifndef BENNE_TESTS_ROAD_CHECK_H
#define BENNE_TESTS_ROAD_CHECK_H

#include "solver/network/roads/road_data.h"

#include <stddef.h>

static inline bool road_way_holds(const struct road_data *roads, const struct road_way *way)
{
    if (way->first_node < 0 || way->node_count < 2 || way->class >= ROAD_CLASSES) return false;
    if (way->first_node > roads->way_node_count - way->node_count) return false;
    bool open = false;
    for (int32_t v = 0; v < ROAD_VEHICLES; v++)
        for (int32_t d = 0; d < 2; d++) {
            if (way->access[v][d] > ROAD_CLOSED) return false;
            open |= way->access[v][d] != ROAD_CLOSED;
        }
    return open && way->name >= -1 && way->name < roads->name_count && way->weight_kg >= 0 &&
           way->axle_kg >= 0;
}

static inline bool road_node_holds(const struct road_node *node)
{
    for (int32_t v = 0; v < ROAD_VEHICLES; v++)
        if (node->access[v] > ROAD_CLOSED) return false;
    return node->lat_e7 >= -900000000 && node->lat_e7 <= 900000000 && node->lon_e7 >= -1800000000 &&
           node->lon_e7 <= 1800000000;
}

static inline bool road_way_passes(const struct road_data *roads, int32_t way, int32_t node)
{
    for (int32_t n = 0; n < roads->ways[way].node_count; n++)
        if (roads->way_nodes[roads->ways[way].first_node + n] == node) return true;
    return false;
}

static inline bool road_restriction_holds(const struct road_data *roads, const struct road_restriction *turn)
{
    const int32_t ways = roads->way_count;
    if (turn->from < 0 || turn->from >= ways || turn->to < 0 || turn->to >= ways) return false;
    if (!turn->binds[ROAD_CAR] && !turn->binds[ROAD_TRUCK]) return false;
    if (turn->via_way >= 0) return turn->via == -1 && turn->via_way < ways;
    return turn->via >= 0 && turn->via < roads->node_count && road_way_passes(roads, turn->from, turn->via) &&
           road_way_passes(roads, turn->to, turn->via);
}

static inline bool road_data_holds(const struct road_data *roads)
{
    for (int32_t n = 0; n < roads->node_count; n++) {
        if (!road_node_holds(&roads->nodes[n])) return false;
        if (n > 0 && roads->node_ids[n - 1] >= roads->node_ids[n]) return false;
    }
    for (int32_t w = 0; w < roads->way_count; w++)
        if (!road_way_holds(roads, &roads->ways[w])) return false;
    for (int32_t n = 0; n < roads->way_node_count; n++)
        if (roads->way_nodes[n] < 0 || roads->way_nodes[n] >= roads->node_count) return false;
    for (int32_t r = 0; r < roads->restriction_count; r++)
        if (!road_restriction_holds(roads, &roads->restrictions[r])) return false;
    for (int32_t n = 0; n < roads->name_count; n++)
        if (roads->names[n] == NULL || roads->names[n][0] == '\0') return false;
    return roads->way_count > 0 && roads->node_count > 0;
}

#endif
