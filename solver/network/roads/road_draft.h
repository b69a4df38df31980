/* A road graph under construction: what the stages of road_graph_build leave to each other.
 *
 *   road_segments   ways cut at junctions; arcs with their times; who leaves a junction
 *   road_rules      restrictions by the arcs that they speak of
 *   road_turns      the states, and which follows which at what price
 *
 * Junctions, segments, points and arcs stand in the graph's arena for good; all else is scratch.
 */
#ifndef BENNE_NETWORK_ROAD_DRAFT_H
#define BENNE_NETWORK_ROAD_DRAFT_H

#include "solver/network/roads/road_graph.h"

struct road_draft {
    const struct road_data *roads;
    const struct road_profile *profile;
    struct arena *arena; /* the graph's */
    struct arena scratch;

    int32_t junction_count, segment_count, arc_count;
    int32_t *junction_node;
    struct road_segment *segments; /* in the order of the ways */
    struct road_point *points;
    struct road_arc *arcs;

    int32_t *junction_of;     /* by node; -1: none */
    int32_t *first_segment;   /* by way, and the end */
    int32_t *first_out, *out; /* arcs by their tail */
    int32_t *ends_at;         /* by junction: ends of segments that can be driven */
};

/* Turning in one's own track. -1: the segment is driven in one direction alone. */
static inline int32_t road_reverse(const struct road_draft *draft, int32_t arc)
{
    const struct road_arc *driven = &draft->arcs[arc];
    return draft->segments[driven->segment].arc[!driven->against];
}

static inline int32_t road_way_of(const struct road_draft *draft, int32_t arc)
{
    return draft->segments[draft->arcs[arc].segment].way;
}

static inline const struct road_node *road_junction(const struct road_draft *draft, int32_t junction)
{
    return &draft->roads->nodes[draft->junction_node[junction]];
}

/* Does a barrier there stop the vehicle? */
static inline bool road_is_barred(const struct road_draft *draft, const struct road_node *node)
{
    return !road_profile_enters(draft->profile, node->access[draft->profile->vehicle]);
}

#endif
