/* Best ways between arcs of the roads, from tail to tail: the states of road_graph.h put aside.
 *
 * The truck leaves an exit arc by its leave_state and comes to an entry arc by the best of its states. From
 * an arc to itself nothing is driven here: tours are road_tour.h's. O(hierarchy_ways). */
#ifndef BENNE_NETWORK_ROAD_WAYS_H
#define BENNE_NETWORK_ROAD_WAYS_H

#include "solver/network/roads/road_places.h"

/* exit × entry into `ways`, WAY_NONE where there is none, 0 from an arc to itself. */
error_code road_ways_find(const struct road_network *network, const int32_t *exits, int32_t exit_count,
                          const int32_t *entries, int32_t entry_count, way_weight *ways,
                          struct error *error) ERROR_CHECKED;

/* The arcs of the best way, or tour, both ends included, on the arena; count 0 where there is none. */
error_code road_ways_path(const struct road_network *network, int32_t exit, int32_t entry,
                          struct arena *arena, int32_t **arcs, int32_t *count,
                          struct error *error) ERROR_CHECKED;

#endif
