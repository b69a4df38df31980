/* The roads as one vehicle sees them: segments, arcs and the turns between them.
 *
 * A segment is a piece of one way between two junctions: nodes where ways meet or end, where a restriction
 * turns, where a vehicle may turn round, or a barrier stands. An arc is a segment driven in one direction.
 * What is searched has arcs, not junctions, for nodes ("edge-based"), so that the direction of arrival
 * counts: a STATE is "at the tail of the arc, about to drive it", and an arc of the graph `turns` drives its
 * arc and turns into the next: its weight is the time and length of the arc driven and the time of the turn.
 *
 * Restrictions. A turn over a node that is forbidden, or not the only one allowed, is not there. One over a
 * way is kept by copies: who comes from its `from` enters copies of the states of the via way, which lack the
 * turn; a state thus has an arc, an arc one state or more, the first of them free. Who serves a stop on an
 * arc may come by any of its states, and leaves by the one of the fewest turns, so that a stop between does
 * not undo a restriction.
 *
 * Turning round is a turn into the arc's own reverse, where the profile allows it (road_profile.h).
 *
 * `part`: the largest strongly connected part. A stop on an arc outside it cannot be reached from the rest,
 * or not left, and is not to be snapped there.
 *
 * Memory: 32 bytes a segment and 8 a point of its shape, 24 an arc, 12 a turn. O(roads log roads) to build.
 */
#ifndef BENNE_NETWORK_ROAD_GRAPH_H
#define BENNE_NETWORK_ROAD_GRAPH_H

#include "solver/network/hierarchy/digraph.h"
#include "solver/network/roads/road_profile.h"

struct road_point {
    int32_t lat_e7, lon_e7;
};

struct road_segment {
    int32_t first_point, point_count; /* 2 or more, ends included */
    int32_t way;
    int32_t arc[2]; /* as the way is listed, against; -1: may not be driven so */
    uint32_t length_dm;
};

struct road_arc {
    int32_t segment, tail, head; /* junctions */
    bool against;                /* the way's listing */
    uint32_t time_ms;
    int32_t state, state_count; /* the states of the arc stand together */
    int32_t leave_state;        /* the one of the fewest turns */
};

struct road_graph {
    const struct road_data *roads;
    const struct road_profile *profile;
    int32_t junction_count, segment_count, arc_count, state_count;
    const int32_t *junction_node; /* into roads->nodes */
    const struct road_segment *segments;
    const struct road_point *points;
    const struct road_arc *arcs;
    const int32_t *arc_of; /* by state */
    struct digraph turns;
    const bool *in_part; /* by arc: all of its states are in the largest part */
};

/* On the arena; roads and profile stay the caller's. ERROR_NETWORK when the vehicle may use none of the
 * roads. */
error_code road_graph_build(const struct road_data *roads, const struct road_profile *profile,
                            struct arena *arena, struct road_graph *graph, struct error *error) ERROR_CHECKED;

/* The junction-to-junction way of an arc on the map: point k of `count`, in the direction driven. */
struct road_point road_arc_point(const struct road_graph *graph, int32_t arc, int32_t k);

#endif
