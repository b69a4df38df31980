/* The roads as one vehicle sees them: segments, arcs and the turns between them.
 *
 * A segment is a piece of one way between two junctions: nodes where ways that the vehicle may use meet, end
 * or come by twice, where it may turn round, or where a barrier stops it. A way that it may not use is one
 * segment without arcs. An arc is a segment driven in one direction. What is searched has arcs, not
 * junctions, for nodes ("edge-based"), so that the direction of arrival counts: a STATE is "at the tail of
 * the arc, about to drive it", and an arc of the graph `turns` drives its arc and turns into the next: its
 * weight is the time and length of the arc driven and the time of the turn.
 *
 * Restrictions. A turn over a node that is forbidden, or not the only one allowed, is not there. One over a
 * way is kept by copies: who comes from its `from` enters copies of the states of the via way, which lack the
 * turn; and where it is the only one allowed, he must enter them and has no other. Details: road_rules.h.
 *
 * Turning round is a turn into the arc's own reverse, where the profile allows it (road_profile.h). A dead
 * end is where no other turn is left, be it for want of roads, by a barrier or by the rules.
 *
 * `in_part`: has the arc states in the largest strongly connected part? If so they are those listed in the
 * arc: it has others if a copy cannot be left, or a state cannot be come by; they are in `turns` but nobody
 * is in them who comes from the part and gets back. If not, the arc cannot be reached from the rest, or not
 * left, and no place is to be snapped there; all of its states are listed. Who serves a stop on an arc may
 * come by any of the states listed, and leaves by the one of the fewest turns, so that a stop between does
 * not undo a restriction.
 *
 * Memory: 24 bytes a segment and 8 a point of its shape, 32 an arc, 8 a state, 12 a turn. O(roads) to build,
 * but for restrictions, which look through their ways.
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
    int32_t state, state_count; /* those listed: they stand together, a free one first */
    int32_t leave_state;        /* of them the one of the fewest turns */
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
    const bool *in_part; /* by arc */
};

/* On the arena; roads and profile stay the caller's. ERROR_NETWORK when the vehicle may use none of the
 * roads. */
error_code road_graph_build(const struct road_data *roads, const struct road_profile *profile,
                            struct arena *arena, struct road_graph *graph, struct error *error) ERROR_CHECKED;

/* The junction-to-junction way of an arc on the map: point k of `count`, in the direction driven. */
struct road_point road_arc_point(const struct road_graph *graph, int32_t arc, int32_t k);

#endif
