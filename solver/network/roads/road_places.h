/* Places on the roads: how each is served, the travel between all of them, and the way of a leg on the map.
 *
 * A stop is served on the way: the truck comes along one arc, halts and drives on in the same direction, so
 * that nobody turns round at a bin. Where either side of a two-way street would do, the direction is chosen
 * once for all, by what coming from and going to the stops nearby costs; equally good ones are served with
 * the bin at the kerb. A yard (depot, disposal site) may be entered and left in any direction: one turns
 * inside.
 *
 * The travel from i to j is the best way from the arc of i, from where it stands on, to the arc of j, up to
 * where it stands; on the same arc it is the piece between, or a tour that comes back when j lies behind.
 * Times and lengths are kept in milliseconds and decimetres until the end and then rounded up, each by
 * itself, so that the times of stops keep the triangle inequality: a way over a stop is a way.
 *
 * Complexity: that of hierarchy_ways over the different arcs, in blocks of rows; memory 8 bytes a pair for
 * the matrices and, for a block of rows, 8 a place and 8 a state of its arcs beside them.
 */
#ifndef BENNE_NETWORK_ROAD_PLACES_H
#define BENNE_NETWORK_ROAD_PLACES_H

#include "solver/model/travel.h"
#include "solver/network/hierarchy/hierarchy.h"
#include "solver/network/roads/road_snap.h"

struct road_place {
    struct road_spot spot; /* segment -1: not on the roads, no way leads there */
    bool yard;
    int32_t arc; /* by which a stop is served; -1: a yard, or not on the roads */
};

/* What ways are looked for in; nothing of it is changed. */
struct road_network {
    const struct road_graph *graph;
    const struct hierarchy *hierarchy; /* of graph->turns */
    int32_t threads;
};

/* Chooses the arc of every stop. */
error_code road_places_choose(const struct road_network *network, struct road_place *places, int32_t count,
                              struct error *error) ERROR_CHECKED;

/* count × count, on the arena; TRAVEL_UNREACHABLE where there is no way. */
error_code road_places_matrix(const struct road_network *network, const struct road_place *places,
                              int32_t count, struct arena *arena, struct travel_matrix *matrix,
                              struct error *error) ERROR_CHECKED;

/* The arc by which a place may be left and come to in a direction of its segment; -1: not so. Before the
 * choice a stop has two. */
static inline int32_t road_place_arc(const struct road_place *place, int32_t direction)
{
    const int32_t arc = place->spot.segment < 0 ? -1 : place->spot.arcs[direction];
    return place->yard || place->arc < 0 || place->arc == arc ? arc : -1;
}

/* As whole seconds and metres, rounded up. */
static inline struct travel_leg road_leg(way_weight way)
{
    if (way == WAY_NONE) return (struct travel_leg){TRAVEL_UNREACHABLE, TRAVEL_UNREACHABLE};
    return (struct travel_leg){((int64_t)way_length_dm(way) + 9) / 10,
                               ((int64_t)way_time_ms(way) + 999) / 1000};
}

static inline bool road_leg_is_better(struct travel_leg a, struct travel_leg b)
{
    return a.duration_s < b.duration_s || (a.duration_s == b.duration_s && a.distance_m < b.distance_m);
}

/* From one place, left by an arc, to another, come to by an arc: WAY_NONE where there is no way. */
error_code road_places_way(const struct road_network *network, const struct road_place *from, int32_t exit,
                           const struct road_place *to, int32_t entry, way_weight *way,
                           struct error *error) ERROR_CHECKED;

/* The line driven from one place to another, both ends included, on the arena; *point_count 0 where there is
 * no way. */
error_code road_places_line(const struct road_network *network, const struct road_place *from,
                            const struct road_place *to, struct arena *arena, struct road_point **points,
                            int32_t *point_count, struct error *error) ERROR_CHECKED;

#endif
