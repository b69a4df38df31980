#include "bench/roads/repeat.h"

/* Longitudes from the one copy to the next. */
static int32_t step_e7(const struct road_data *roads)
{
    int32_t least = roads->nodes[0].lon_e7, most = least;
    for (int32_t n = 1; n < roads->node_count; n++) {
        if (roads->nodes[n].lon_e7 < least) least = roads->nodes[n].lon_e7;
        if (roads->nodes[n].lon_e7 > most) most = roads->nodes[n].lon_e7;
    }
    return most - least + 10000;
}

static void copy_part(const struct road_data *roads, int32_t k, int32_t step, struct road_data *to)
{
    const int32_t nodes = k * roads->node_count, ways = k * roads->way_count;
    for (int32_t n = 0; n < roads->node_count; n++) {
        struct road_node *node = &to->nodes[nodes + n];
        *node = roads->nodes[n];
        node->lon_e7 += k * step;
        to->node_ids[nodes + n] = nodes + n + 1;
    }
    for (int32_t w = 0; w < roads->way_count; w++) {
        to->ways[ways + w] = roads->ways[w];
        to->ways[ways + w].first_node += k * roads->way_node_count;
    }
    for (int32_t n = 0; n < roads->way_node_count; n++)
        to->way_nodes[k * roads->way_node_count + n] = roads->way_nodes[n] + nodes;
    for (int32_t r = 0; r < roads->restriction_count; r++) {
        struct road_restriction *restriction = &to->restrictions[k * roads->restriction_count + r];
        *restriction = roads->restrictions[r];
        restriction->from += ways;
        restriction->to += ways;
        if (restriction->via >= 0) restriction->via += nodes;
        if (restriction->via_way >= 0) restriction->via_way += ways;
    }
}

/* From one copy to the next, open to all. */
static void join(const struct road_data *roads, int32_t k, int32_t joint, struct road_data *to)
{
    const int32_t first = to->way_node_count;
    to->way_nodes[to->way_node_count++] = k * roads->node_count + joint;
    to->way_nodes[to->way_node_count++] = (k + 1) * roads->node_count + joint;
    to->ways[to->way_count++] = (struct road_way){
        .id = to->way_count + 1, .first_node = first, .node_count = 2, .name = -1, .class = ROAD_PRIMARY};
}

error_code repeat_roads(const struct road_data *roads, int32_t times, int32_t joint, struct arena *arena,
                        struct road_data *repeated, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t step = step_e7(roads);
    *repeated = *roads;
    TRY_NEW(arena, repeated->nodes, (size_t)times * (size_t)roads->node_count);
    TRY_NEW(arena, repeated->node_ids, (size_t)times * (size_t)roads->node_count);
    TRY_NEW(arena, repeated->ways, (size_t)times * ((size_t)roads->way_count + 1));
    TRY_NEW(arena, repeated->way_nodes, (size_t)times * ((size_t)roads->way_node_count + 2));
    TRY_NEW(arena, repeated->restrictions, (size_t)times * (size_t)roads->restriction_count + 1);
    for (int32_t k = 0; k < times; k++) copy_part(roads, k, step, repeated);
    repeated->node_count = times * roads->node_count;
    repeated->way_count = times * roads->way_count;
    repeated->way_node_count = times * roads->way_node_count;
    repeated->restriction_count = times * roads->restriction_count;
    for (int32_t k = 0; k + 1 < times; k++) join(roads, k, joint, repeated);
done:
    return rc;
}
