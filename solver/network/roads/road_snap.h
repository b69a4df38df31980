/* From a place to the road: which segment it stands at, where along it, and on which side.
 *
 * The nearest segment by straight line within SNAP_MOST_M of which some arc can be reached and left; with a
 * side given, one that has such an arc with the place on that side as driven; of equally near ones the first.
 * A place farther than half a metre from the middle line, prolonged beyond the ends of the road, is on one
 * side; nearer it is on both. Where a nearer segment had to be passed over the reason is kept: it is what the
 * technical service is told ("bin 12: served from rue X, 48 m away: rue Y is a dead end without a turning
 * place").
 *
 * Distances are those of the plane that touches the Earth at the place. A grid of cells holds the pieces of
 * the segments; cells are looked into ring by ring until the next can hold nothing nearer. O(pieces) to
 * build, O(pieces nearby) to ask; 8 bytes a piece and cell that it touches. Asking changes nothing: threads
 * may share a grid. No roads on both sides of the antimeridian.
 */
#ifndef BENNE_NETWORK_ROAD_SNAP_H
#define BENNE_NETWORK_ROAD_SNAP_H

#include "solver/model/city.h"
#include "solver/network/roads/road_graph.h"

enum { SNAP_MOST_M = 250 };

/* Why a nearer road, or any, does not serve. */
typedef enum snap_reason {
    SNAP_GOOD,
    SNAP_FAR,        /* no road within SNAP_MOST_M */
    SNAP_CLOSED,     /* the vehicle may not use it: access, weight, height, width */
    SNAP_NO_WAY_OUT, /* it cannot be left, or not be reached, by the rules of turning */
    SNAP_WRONG_SIDE  /* it cannot be driven with the place on the side asked for */
} snap_reason;

struct road_spot {
    int32_t segment;    /* -1: none */
    uint32_t offset_dm; /* along the segment as its way is listed */
    int32_t arcs[2];    /* the arcs by which it may be served, -1: not; [1] against the listing */
    int32_t kerb;       /* the direction driven with the place at the kerb: 0 or 1 */
    float distance_m;   /* from the place to the road */
    snap_reason reason; /* of the nearest road passed over, or why there is none */
    int32_t passed_way; /* that road, into roads->ways; -1: none */
};

struct road_grid;

/* On the arena; the graph stays the caller's and must outlive the grid. */
error_code road_grid_build(const struct road_graph *graph, struct arena *arena, struct road_grid **grid,
                           struct error *error) ERROR_CHECKED;

/* Degrees. Numbers that are no place on Earth are SNAP_FAR. */
struct road_spot road_snap(const struct road_grid *grid, double lat, double lon, street_side side);

#endif
